"""Standards of which the house says something of its own; translators work on what everybody reads of it.

The national office works on all entries of the ledger, the secretary of a committee on those that it proposes.  Only
standards with such a text are listed, however many the catalogue holds.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from forum.adoptions.models import Adoption, AdoptionDifference
from forum.adoptions.permissions import hand_of
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Scope
from forum.drafting.sources.standards import (
    EVERY_ENTRY,
    TOPICS,
    AllTopics,
    LedgerRights,
    LedgerTexts,
    name_of,
)
from forum.standards.models import Standard
from forum.translating.collections.kinds import Collection, is_translator
from forum.web.viewer import Viewer

_TOPICS = Scope(
    "standards", "topics", TOPICS, "topic", "topics", Text("Topics of the catalogue", "标准目录主题"), AllTopics()
)


def _rights(who: Viewer) -> LedgerRights:
    hand = hand_of(who)
    return LedgerRights(hand.is_office, is_translator(who), hand.mirror_ids)


def _keeps_topics(who: Viewer) -> bool:
    return is_translator(who) or hand_of(who).is_office


def _has_any(who: Viewer) -> bool:
    return is_translator(who) or bool(hand_of(who).roles)


def _said() -> ColumnElement[bool]:
    """The condition that an entry of the ledger has a text."""
    noted = [func.coalesce(getattr(Adoption, f"note_{language}"), "") != "" for language in LANGUAGES]
    return or_(*noted, Adoption.id.in_(select(AdoptionDifference.adoption_id)))


def _named(rights: LedgerRights) -> Select[int, str, str, str]:
    """Return what names the standards that have such texts, and nothing more of them."""
    texts = select(Adoption.national_id).where(rights.condition(), _said())
    return (
        select(Standard.id, Standard.slug, Standard.public_id, Standard.reference)
        .where(Standard.id.in_(texts))
        .order_by(Standard.sort_key, Standard.reference)
    )


def _scope_of(row: Row[int, str, str, str], rights: LedgerRights) -> Scope:
    number, slug, public_id, reference = row
    title = Text(reference, reference)  # the number alone: titles are the publisher's words
    return Scope("standards", slug, name_of(number), "standard", public_id, title, LedgerTexts(number, rights))


def _with_rights(rights: LedgerRights) -> list[Scope]:
    return [_scope_of(row, rights) for row in session.execute(_named(rights))]


def _listed(who: Viewer) -> list[Scope]:
    return [*([_TOPICS] if _keeps_topics(who) else []), *_with_rights(_rights(who))]


def _found(who: Viewer, key: str) -> Scope | None:
    if key == _TOPICS.key:
        return _TOPICS if _keeps_topics(who) else None
    rights = _rights(who)
    row = session.execute(_named(rights).where(Standard.slug == key)).first()
    return _scope_of(row, rights) if row is not None else None


def _whole() -> list[Scope]:
    return [_TOPICS, *_with_rights(EVERY_ENTRY)]


STANDARDS = Collection("standards", N_("Standards"), _has_any, _listed, _found, _whole)
