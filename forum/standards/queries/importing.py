"""What an import compares published records with, read in batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, func, or_, select

from forum.committees.models import Committee, CommitteeAlias, LiaisonRelation, Membership, RelationCategory
from forum.committees.references import folded
from forum.core.database import session
from forum.standards.models import (
    ImportNote,
    ImportRun,
    ReferenceRecord,
    RelationKind,
    RunState,
    Standard,
    StandardIcs,
    StandardRelation,
)

OPEN_STATES = (RunState.RUNNING,)
_COMPARED = (
    Standard.id,
    Standard.iso_id,
    Standard.slug,
    Standard.kind,
    Standard.supplement,
    Standard.reference,
    Standard.title_en,
    Standard.title_fr,
    Standard.title_zh,
    Standard.zh_status,
    Standard.edition,
    Standard.published_on,
    Standard.published_precision,
    Standard.pages,
    Standard.languages,
    Standard.scope_extract,
    Standard.committee_id,
    Standard.stage,
    Standard.stage_equivalent,
    Standard.stage_on,
    Standard.replaces,
    Standard.replaced_by,
    Standard.imported,
    Standard.edited_fields,
    Standard.absent_since,
    Standard.as_of,
)


def table(model: type[Any]) -> Table:
    """Return the table of a model."""
    found = model.__table__
    assert isinstance(found, Table)  # noqa: S101 - for the type checker: no model of ours is a join
    return found


def standards_by_iso_id(ids: Collection[int]) -> Mapping[int, Row[Any]]:
    """Return what is kept of these deliverables, by the publisher's id."""
    query = select(*_COMPARED, Committee.reference.label("committee")).outerjoin(
        Committee, Committee.id == Standard.committee_id
    )
    rows = session.execute(query.where(Standard.iso_id.in_(list(ids))))
    return {row.iso_id: row for row in rows}


def ics_of(standard_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Return the ICS codes of these standards."""
    found: dict[int, list[str]] = {}
    query = select(StandardIcs.standard_id, StandardIcs.code).where(StandardIcs.standard_id.in_(list(standard_ids)))
    for standard_id, code in session.execute(query.order_by(StandardIcs.standard_id, StandardIcs.code)):
        found.setdefault(standard_id, []).append(code)
    return found


def taken_slugs(slugs: Iterable[str]) -> set[str]:
    """Return which of these addresses are taken."""
    return set(session.scalars(select(Standard.slug).where(Standard.slug.in_(list(slugs)))))


def committees_by_spelling() -> dict[str, int]:
    """Return every committee's id by its folded spellings."""
    found = {
        folded(reference): number for number, reference in session.execute(select(Committee.id, Committee.reference))
    }
    spellings = session.execute(select(CommitteeAlias.folded, CommitteeAlias.committee_id))
    return found | {row.folded: row.committee_id for row in spellings}


def first_imports(committee_ids: Collection[int]) -> Mapping[int, int | None]:
    """Return the run that first brought deliverables of each committee, if any has."""
    rows = session.execute(select(Committee.id, Committee.first_import).where(Committee.id.in_(list(committee_ids))))
    return {row.id: row.first_import for row in rows}


def last_finished(kind: str) -> ImportRun | None:
    """Return the finished import with the newest dataset."""
    query = select(ImportRun).where(ImportRun.kind == kind, ImportRun.state == RunState.FINISHED)
    return session.scalar(query.order_by(ImportRun.dataset_on.desc(), ImportRun.id.desc()).limit(1))


def unfinished(kind: str) -> ImportRun | None:
    """Return the import that was begun and not ended."""
    query = select(ImportRun).where(ImportRun.kind == kind, ImportRun.state.in_(OPEN_STATES))
    return session.scalar(query.order_by(ImportRun.id.desc()).limit(1))


def brought_before() -> Sequence[tuple[int, int, str]]:
    """Return (publisher's id, id, reference) of the standards that an import brought and that are still in its file."""
    query = select(Standard.iso_id, Standard.id, Standard.reference, Standard.imported["reference"].as_string())
    rows = session.execute(
        query.where(Standard.iso_id.is_not(None), Standard.absent_since.is_(None)).order_by(Standard.iso_id)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[3]]


def committees_brought_before() -> Sequence[tuple[int, int, str]]:
    """Return the same of committees."""
    query = select(Committee.iso_id, Committee.id, Committee.reference, Committee.imported["reference"].as_string())
    rows = session.execute(
        query.where(Committee.iso_id.is_not(None), Committee.absent_since.is_(None)).order_by(Committee.iso_id)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[3]]


def replacements() -> Sequence[Row[Any]]:
    """Return id, publisher's id, and what replaces what, of every standard with such an id."""
    query = select(
        Standard.id,
        Standard.iso_id,
        Standard.replaces,
        Standard.replaced_by,
        Standard.imported["reference"].as_string().label("brought"),
    )
    return session.execute(query.where(Standard.iso_id.is_not(None)).order_by(Standard.id)).all()


def relations_by_iso_id() -> Sequence[Any]:
    """Return the relations that name their other side by the publisher's id."""
    kept = StandardRelation
    query = select(kept.id, kept.standard_id, kept.other_iso_id, kept.other_id)
    return session.execute(query.where(kept.kind == RelationKind.REPLACES, kept.other_iso_id.is_not(None))).all()


def supplements_without_base() -> Sequence[Any]:
    """Return the supplements whose base isn't known yet."""
    query = select(Standard.id, Standard.reference).where(Standard.supplement != "", Standard.base_id.is_(None))
    return session.execute(query.order_by(Standard.id)).all()


def ids_by_reference(references: Collection[str]) -> Mapping[str, int]:
    """Return standards by exactly these references."""
    query = select(Standard.reference, func.min(Standard.id)).where(Standard.reference.in_(list(references)))
    return {row[0]: row[1] for row in session.execute(query.group_by(Standard.reference))}


def committees_by_iso_id(ids: Collection[int], references: Collection[str]) -> list[Committee]:
    """Return the committees with one of these ids or spellings."""
    spelt = select(CommitteeAlias.committee_id).where(CommitteeAlias.folded.in_([folded(each) for each in references]))
    query = select(Committee).where(
        or_(Committee.iso_id.in_(list(ids)), Committee.reference.in_(list(references)), Committee.id.in_(spelt))
    )
    return list(session.scalars(query.order_by(Committee.id)))


def members_of(committee_id: int) -> list[Membership]:
    """Return the memberships of a committee that haven't ended."""
    query = select(Membership).where(Membership.committee_id == committee_id, Membership.ends_on.is_(None))
    return list(session.scalars(query.order_by(Membership.id)))


def liaisons_of(committee_id: int, source: str) -> list[LiaisonRelation]:
    """Return the liaisons that a committee lists by that source and that haven't ended."""
    query = select(LiaisonRelation).where(
        LiaisonRelation.committee_id == committee_id,
        LiaisonRelation.ends_on.is_(None),
        LiaisonRelation.source == source,
    )
    return list(session.scalars(query.order_by(LiaisonRelation.id)))


def notes_in_order(run: ImportRun) -> Iterable[Row[Any]]:
    """Return the notes of an import as they were written."""
    columns = (
        ImportNote.line,
        ImportNote.kind,
        ImportNote.key,
        ImportNote.reference,
        ImportNote.field,
        ImportNote.before,
        ImportNote.after,
        ImportNote.sentence,
    )
    query = select(*columns).where(ImportNote.run_id == run.id).order_by(ImportNote.id)
    return session.execute(query.execution_options(yield_per=2000))


def known_references(standard_id: int) -> set[str]:
    """Return every reference that a standard is known to have carried."""
    return set(session.scalars(select(ReferenceRecord.reference).where(ReferenceRecord.standard_id == standard_id)))


def free_committee_slug(wanted: str) -> str:
    """Return an address of a committee that nothing else has."""
    taken = set(session.scalars(select(Committee.slug).where(Committee.slug.startswith(wanted[:70], autoescape=True))))
    choices = (wanted[:80], *(f"{wanted[:70]}-{number}" for number in range(2, 1000)))
    return next(choice for choice in choices if choice not in taken)


def committee_ids() -> dict[int, int]:
    """Return every committee's id by its publisher's."""
    rows = session.execute(select(Committee.iso_id, Committee.id).where(Committee.iso_id.is_not(None)))
    return {row.iso_id: row.id for row in rows}


def committees_with_parent_id() -> list[Committee]:
    """Return the committees that name their parent by an id."""
    return list(session.scalars(select(Committee).where(Committee.parent_iso_id.is_not(None)).order_by(Committee.id)))


def committee_liaisons(source: str) -> list[LiaisonRelation]:
    """Return the liaisons between committees that came from that source."""
    query = select(LiaisonRelation).where(
        LiaisonRelation.category == RelationCategory.INTERNAL, LiaisonRelation.source == source
    )
    return list(session.scalars(query.order_by(LiaisonRelation.id)))


def last_of_next(after: int, most: int) -> int:
    """Return the id of the last of the next standards; zero behind the end."""
    part = select(Standard.id).where(Standard.id > after).order_by(Standard.id).limit(most).subquery()
    return session.scalar(select(func.max(part.c.id))) or 0
