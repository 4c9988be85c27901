"""Who works at the desk: translators on what the public reads, others on their own; see ``collections``."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.drafting.neighbours import Scope
from forum.translating.collections import COLLECTIONS, Collection
from forum.web.policy import Policy
from forum.web.viewer import Viewer


def current_scope() -> Scope:
    """Return the texts of this page; the policy has loaded them."""
    return cast("Scope", g.texts_scope)


def collections_of(who: Viewer) -> list[Collection]:
    """Return the collections of which somebody may work on any texts."""
    return [each for each in COLLECTIONS.values() if each.has_any(who)]


def _in_collection(who: Viewer, args: dict[str, Any]) -> bool:
    collection = COLLECTIONS.get(args["collection"])
    return collection is not None and collection.has_any(who)


def _on_texts(who: Viewer, args: dict[str, Any]) -> bool:
    collection = COLLECTIONS.get(args["collection"])
    g.texts_scope = collection.found(who, args["key"]) if collection is not None and collection.has_any(who) else None
    return g.texts_scope is not None


TRANSLATION_DESK = Policy(
    "translation: whoever works on any texts", lambda who, _args: bool(collections_of(who)), staff=True
)
COLLECTION = Policy("translation: whoever works on texts of that kind", _in_collection, staff=True)
TEXTS = Policy("translation: those who work on these texts", _on_texts, staff=True)
