"""The committees that the product brings along: what isn't here yet is added, what is here is left as it is.

Source: ISO Open Data (ODC-By 1.0) for ISO and joint committees; pages and news of the publishers for the others.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from typing import Any

from sqlalchemy import func, select

from forum.audit.operations import record
from forum.committees import references
from forum.committees.models import (
    Body,
    Committee,
    CommitteeAlias,
    CommitteeKind,
    CommitteeName,
    Confidence,
    LiaisonRelation,
    MemberKind,
    Membership,
    Mirror,
    MirrorRole,
    Officer,
    Precision,
    RelationCategory,
    Succession,
    SuccessionKind,
    TitleStatus,
)
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.places.models import Country


def seed(*, actor: Actor, now: datetime) -> int:
    """Add the committees that aren't kept yet, with what belongs to each; return how many were added."""
    known = {row.reference: row for row in session.scalars(select(Committee))}
    countries = frozenset(session.scalars(select(Country.iso2)))
    fresh: dict[str, Committee] = {}
    for row in _rows("committees"):
        if row["reference"] not in known:
            made = _committee(row, known, countries)
            session.add(made)
            session.flush()
            known[made.reference] = fresh[made.reference] = made
            _aliases(made, row["aliases"])
    if not fresh:
        return 0
    session.add_all(_belongings(known, fresh))
    session.flush()
    record(actor, "seed", "committee", "seeds", now=now, added=len(fresh))
    revisions.bump(revisions.STANDARDS, now=now)
    return len(fresh)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (resources.files("forum.committees") / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _committee(row: dict[str, str], known: dict[str, Committee], countries: frozenset[str]) -> Committee:
    parent = known.get(row["parent"])
    return Committee(
        reference=row["reference"],
        slug=references.slug(row["reference"]),
        body=Body(row["body"]),
        kind=CommitteeKind(row["kind"]),
        public_code=row["code"],
        iso_id=_number(row["iso_id"]),
        parent_id=parent.id if parent else None,
        parent_iso_id=parent.iso_id if parent else None,
        sort_key=references.sort_key(row["reference"]),
        secretariat=row["secretariat"],
        country_iso2=row["country"] if row["country"] in countries else None,
        created_on=_day(row["created"]),
        created_precision=Precision(row["precision"]),
        p_members=_number(row["p_members"]),
        o_members=_number(row["o_members"]),
        scope_en=row["scope_en"],
        scope_zh=row["scope_zh"],
        note_en=row["note_en"],
        note_zh=row["note_zh"],
        as_of=_day(row["as_of"]),
        as_of_precision=Precision(row["as_of_precision"]),
        confidence=Confidence(row["confidence"]),
        source=row["source"],
        unreviewed=row["unreviewed"] == "1",
        names=[
            CommitteeName(title_en=row["title_en"], title_zh=row["title_zh"], zh_status=TitleStatus(row["zh_status"]))
        ],
    )


def _aliases(committee: Committee, spellings: str) -> None:
    texts = [committee.reference, *(text.strip() for text in spellings.split(";"))]
    by_key = {references.folded(text): text for text in texts if text}
    taken = set(session.scalars(select(CommitteeAlias.folded).where(CommitteeAlias.folded.in_(list(by_key)))))
    session.add_all(
        CommitteeAlias(committee_id=committee.id, spelling=text, folded=key)
        for key, text in by_key.items()
        if key not in taken
    )
    session.flush()


def _belongings(known: dict[str, Committee], fresh: dict[str, Committee]) -> Iterator[Any]:
    for row in _rows("members"):
        if row["committee"] in fresh:
            yield Membership(
                committee_id=fresh[row["committee"]].id,
                acronym=row["acronym"],
                body_iso_id=_number(row["iso_id"]),
                kind=MemberKind(row["kind"]),
            )
    for row in _rows("officers"):
        if row["committee"] in fresh:
            yield Officer(
                committee_id=fresh[row["committee"]].id,
                role=row["role"],
                name=row["name"],
                source=row["source"],
                confidence=Confidence(row["confidence"]),
            )
    yield from _mirrors(known, fresh)
    yield from _liaisons(known, fresh)
    yield from _ledger(known, fresh)


def _mirrors(known: dict[str, Committee], fresh: dict[str, Committee]) -> Iterator[Mirror]:
    for row in _rows("mirrors"):
        if row["committee"] in fresh:
            yield Mirror(
                committee_id=fresh[row["committee"]].id,
                national_id=known[row["national"]].id,
                role=MirrorRole(row["role"]),
                confidence=Confidence(row["confidence"]),
                basis=row["basis"],
            )


def _liaisons(known: dict[str, Committee], fresh: dict[str, Committee]) -> Iterator[LiaisonRelation]:
    by_iso_id: dict[int | None, Committee] = {each.iso_id: each for each in known.values() if each.iso_id}
    for row in _rows("liaisons"):
        if row["committee"] not in fresh:
            continue
        among = row["kind"] == "committee"
        partner = by_iso_id.get(_number(row["iso_id"])) if among else None
        yield LiaisonRelation(
            committee_id=fresh[row["committee"]].id,
            partner_id=partner.id if partner else None,
            external_iso_id=_number(row["iso_id"]) if among and partner is None else None,
            external_name="" if partner else row["partner"],
            category=RelationCategory.INTERNAL if among else RelationCategory.UNSTATED,
            source="ISO Open Data",
        )


def _ledger(known: dict[str, Committee], fresh: dict[str, Committee]) -> Iterator[Succession]:
    for row in _rows("succession"):
        if row["to"] not in fresh:
            continue
        source = known.get(row["from"])
        yield Succession(
            from_id=source.id if source else None,
            from_name=row["from_name"],
            to_id=fresh[row["to"]].id,
            kind=SuccessionKind(row["kind"]),
            effective_on=_day(row["effective"]),
            precision=Precision(row["precision"]),
            confidence=Confidence(row["confidence"]),
            evidence_url=row["evidence"],
            note_en=row["note_en"] or None,
            note_zh=row["note_zh"] or None,
        )


def count() -> int:
    """Return how many committees are kept."""
    return session.scalar(select(func.count()).select_from(Committee)) or 0


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
