"""The deliverables that the product brings along: what isn't here yet is added, what is here is left as it is.

Source: bibliographic facts of ISO, IEC and ITU (identifiers, titles, dates, stages), public announcements for the
national ones.  Titles belong to their publishers; Chinese ones that we made are marked unofficial.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from typing import Any

from sqlalchemy import select

from forum.audit.operations import record
from forum.committees import operations as committees
from forum.committees.models import Committee, Confidence, Precision, TitleStatus
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.standards.models import (
    Assignment,
    ReferenceRecord,
    RelationKind,
    Scheme,
    StageEvent,
    StageKind,
    Standard,
    StandardIcs,
    StandardRelation,
    StandardTopic,
    Topic,
)
from forum.standards.operations.addresses import describe, settle_addresses
from forum.standards.operations.stages import settle
from forum.standards.references import dated_slug, folded, slug

SUPPLEMENTS = {"Amd": "Amd", "Cor": "Cor"}


def seed(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Add committees and deliverables that aren't kept yet; return how many of each were added."""
    bodies = committees.seed(actor=actor, now=now)
    owners = {row.reference: row for row in session.scalars(select(Committee))}
    known = {row.reference: row for row in session.scalars(select(Standard))}
    taken = {row.iso_id for row in known.values() if row.iso_id}
    fresh: dict[str, Standard] = {}
    rows = [
        row
        for row in _rows("standards")
        if row["reference"] not in known and not (row["iso_id"] and int(row["iso_id"]) in taken)
    ]
    for row in rows:
        fresh[row["reference"]] = _standard(row, owners)
    session.add_all(fresh.values())
    session.flush()
    session.add_all(_belongings(rows, fresh, known | fresh, now.date()))
    _topics(fresh)
    session.flush()
    for family in sorted({slug(reference) for reference in fresh}):
        settle_addresses(family)
    if fresh:
        record(actor, "seed", "standard", "seeds", now=now, added=len(fresh))
        revisions.bump(revisions.STANDARDS, now=now)
    session.flush()
    return bodies, len(fresh)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (resources.files("forum.standards") / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _standard(row: dict[str, str], owners: dict[str, Committee]) -> Standard:
    owner = owners.get(row["committee"])
    made = Standard(
        slug=dated_slug(row["reference"]),
        scheme=Scheme(row["scheme"]),
        reference=row["reference"],
        iso_id=int(row["iso_id"]) if row["iso_id"] and row["scheme"] == Scheme.ISO else None,
        kind="IS" if row["kind"] in SUPPLEMENTS else row["kind"],
        supplement=SUPPLEMENTS.get(row["kind"], ""),
        title_en=row["title_en"],
        title_fr=row["title_fr"],
        title_zh=row["title_zh"],
        en_status=TitleStatus(row["en_status"]),
        zh_status=TitleStatus(row["zh_status"]),
        zh_source=row["zh_source"],
        edition=int(row["edition"]) if row["edition"] else None,
        published_on=_day(row["published"]),
        published_precision=Precision(row["precision"] or "day"),
        stability_on=_day(row["stability"]),
        committee_id=owner.id if owner else None,
        as_of=_day(row["as_of"]),
        confidence=Confidence(row["confidence"]),
        source=row["source"],
        note_en=row["note_en"],
        note_zh=row["note_zh"],
    )
    describe(made)
    # A code other than that of publication is dated by no source: known is only that it stood on that day.
    dated = row["stage"] in {"60.60", "PPUB", "in-force", "published"}
    settle(made, row["stage"], made.published_on if dated else None)
    return made


def _belongings(
    rows: list[dict[str, str]], fresh: dict[str, Standard], known: dict[str, Standard], today: date
) -> Iterator[Any]:
    for row in rows:
        made = fresh[row["reference"]]
        if row["base"] in known:
            made.base_id = known[row["base"]].id
            yield StandardRelation(standard_id=made.id, kind=RelationKind.AMENDS, other_id=made.base_id)
        for code in filter(None, row["ics"].split(";")):
            yield StandardIcs(standard_id=made.id, code=code)
        yield ReferenceRecord(
            standard_id=made.id, reference=made.reference, folded=folded(made.reference), seen_on=made.as_of
        )
        if made.committee_id is not None:
            yield Assignment(standard_id=made.id, committee_id=made.committee_id, confidence=made.confidence)
        yield from _events(made)
        for reference in filter(None, row["replaces"].split("; ")):
            other = known.get(reference)
            yield StandardRelation(
                standard_id=made.id,
                kind=RelationKind.REPLACES,
                other_id=other.id if other else None,
                other_reference="" if other else reference,
                confidence=Confidence(row["relation_confidence"]),
            )
    for row in _rows("history"):
        if (past := fresh.get(row["reference"])) is not None:
            seen = _day(row["as_of"])
            yield StageEvent(
                standard_id=past.id,
                scheme=past.scheme,
                code=row["code"],
                on=_day(row["on"]),
                kind=StageKind.OBSERVED,
                source=past.source,
                as_of=seen or today,
            )
            yield ReferenceRecord(
                standard_id=past.id, reference=row["carried"], folded=folded(row["carried"]), seen_on=seen
            )


def _events(made: Standard) -> Iterator[StageEvent]:
    published = {Scheme.ISO: "60.60", Scheme.IEC: "PPUB", Scheme.ITU: "in-force", Scheme.SAC: "published"}[made.scheme]
    codes = [published] if made.published_on is not None else []
    codes += [made.stage] if made.stage != published else []
    for code in codes:
        yield StageEvent(
            standard_id=made.id,
            scheme=made.scheme,
            code=code,
            on=made.published_on if code == published else made.stage_on,
            precision=made.published_precision if code == published else Precision.DAY,
            kind=StageKind.OBSERVED,
            source=made.source,
            as_of=made.as_of,
        )


def _topics(fresh: dict[str, Standard]) -> None:
    text = (resources.files("forum.standards") / "seeds" / "topics.json").read_text(encoding="utf-8")
    for facts in json.loads(text):
        topic = session.scalar(select(Topic).where(Topic.slug == facts["slug"]))
        if topic is None:
            topic = Topic(slug=facts["slug"], name_en=facts["en"], name_zh=facts["zh"])
            session.add(topic)
            session.flush()
        session.add_all(
            StandardTopic(standard_id=fresh[reference].id, topic_id=topic.id)
            for reference in facts["standards"]
            if reference in fresh
        )


def _day(text: str) -> date | None:
    """Return a day that a seed writes as year, month or day."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)
