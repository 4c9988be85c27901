"""Who keeps the glossary: translators and the national standards office."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.terms.models import TermConcept, TermRendering
from forum.terms.queries import concepts
from forum.terms.states import OFFICE, TRANSLATOR
from forum.web.policy import Policy
from forum.web.viewer import Viewer


def roles_of(who: Viewer) -> frozenset[str]:
    """Return as what somebody keeps the glossary."""
    roles = set()
    if who.is_admin or who.places_of("standards_officer"):
        roles.add(OFFICE)
    if who.places_of("translator"):
        roles.add(TRANSLATOR)
    return frozenset(roles)


def current_concept() -> TermConcept:
    """Return the concept of this page; the policy has loaded it."""
    return cast("TermConcept", g.term_concept)


def current_word() -> TermRendering:
    """Return the word of this page; the policy has loaded it."""
    return cast("TermRendering", g.term_word)


def _reads(_who: Viewer, args: dict[str, Any]) -> bool:
    g.term_concept = concepts.one(args["concept_id"])
    return g.term_concept is not None


def _keeps(who: Viewer, _args: dict[str, Any]) -> bool:
    return bool(roles_of(who))


def _keeps_one(who: Viewer, args: dict[str, Any]) -> bool:
    return _keeps(who, args) and _reads(who, args)


def _keeps_word(who: Viewer, args: dict[str, Any]) -> bool:
    if not _keeps_one(who, args):
        return False
    g.term_word = concepts.word_of(g.term_concept, args["term_id"])
    return g.term_word is not None


TERM_READERS = Policy("glossary: everybody", _reads, public=True)
TERMS_DESK = Policy("glossary: translators and the national office", _keeps, staff=True)
TERM_KEEPERS = Policy("glossary: translators and the national office, one concept", _keeps_one, staff=True)
WORD_KEEPERS = Policy("glossary: translators and the national office, one word", _keeps_word, staff=True)
