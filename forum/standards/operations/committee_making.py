"""Committees that a published record names and nobody here has entered: made at once, marked as unreviewed."""

from __future__ import annotations

from sqlalchemy import insert

from forum.committees.models import Body, Committee, CommitteeAlias, CommitteeKind, CommitteeState, Confidence
from forum.committees.references import folded, normal, slug, sort_key
from forum.core.database import session
from forum.standards.queries.importing import committees_by_iso_id, free_committee_slug

_KINDS = {"TC", "SC", "PC", "JTC", "WG", "JWG", "TG", "AG", "CAG", "SG"}


def unreviewed(reference: str, source: str) -> int:
    """Make a committee of which only the reference is known; return its id."""
    made = of_reference(reference)
    made.unreviewed = True
    made.source = source
    session.add(made)
    session.flush()
    remember(made, reference)
    return made.id


def of_reference(reference: str) -> Committee:
    """Return a new committee with what its reference says; not yet in the session."""
    canonical = normal(reference)
    above = canonical.rpartition("/")[0]
    parents = [each for each in committees_by_iso_id((), (above,)) if above] if above else []
    return Committee(
        reference=canonical,
        slug=free_committee_slug(slug(canonical) or folded(canonical)),
        body=body_of(canonical),
        kind=kind_of(canonical),
        state=CommitteeState.ACTIVE,
        parent_id=parents[0].id if parents else None,
        sort_key=sort_key(canonical)[:120],
        confidence=Confidence.VERIFIED,
    )


def remember(committee: Committee, *spellings: str) -> None:
    """Keep spellings of a committee, each once."""
    known = {alias for alias in (folded(each) for each in (committee.reference, *spellings)) if alias}
    for key in sorted(known):
        if not committees_by_iso_id((), (key,)):
            spelling = next((each for each in (committee.reference, *spellings) if folded(each) == key), key)
            session.execute(
                insert(CommitteeAlias).values(committee_id=committee.id, spelling=spelling[:120], folded=key[:120])
            )


def body_of(reference: str) -> Body:
    """Return whose committee it is, by its reference."""
    for beginning, body in (
        ("ISO/IEC", Body.ISO_IEC),
        ("IEC/ISO", Body.ISO_IEC),
        ("IEC", Body.IEC),
        ("ITU-T", Body.ITU_T),
        ("SAC", Body.SAC),
    ):
        if reference.startswith(beginning):
            return body
    return Body.ISO


def kind_of(reference: str) -> CommitteeKind:
    """Return what kind of group it is, by the last part of its reference."""
    word = reference.replace("/", " ").split()[-2:-1]
    if word and word[0] in _KINDS:
        return CommitteeKind(word[0].lower())
    return CommitteeKind.OTHER
