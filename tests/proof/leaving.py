"""What leaves the house: a word of its own in every text of every table, everything drafted, and all that arrived.

What may leave is decided here once more, in a few lines that share nothing with the product's own gates.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as daytime
from typing import Any

from flask import Flask
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    LargeBinary,
    Numeric,
    String,
    Table,
    Time,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

import forum.tables  # noqa: F401 - every model must be known
from forum import schedule
from forum.adoptions.models import Adoption
from forum.agenda.models import AgendaSession, Contribution
from forum.agenda.programme import SessionState, SpeakerRole, SpeakerState, Visibility
from forum.cities.models import CityProfile
from forum.cities.words import Visibility as ProfileVisibility
from forum.core.bilingual import fingerprint, other
from forum.core.database import Base, Instant, WallTime, Word, begin_writing, session
from forum.drafting.models import ClearedProgramme, JobState, KeptInside, TranslationJob
from forum.drafting.neighbours import Source, neighbours
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.performing import perform_due
from forum.events.models import Forum, ForumState, Room
from forum.ports.engines.calling import Caller
from forum.ports.engines.libre import LibreEngine
from forum.ports.jobs.running import run_due
from tests.furnishing import Said, add_session
from tests.gates.embargo import LETTERS, words
from tests.gates.matrix import answers
from tests.gates.world import World
from tests.translation.libre import libre
from tests.translation.silence import trapped

MARK = re.compile(rf"(?<![{LETTERS}])[{LETTERS}]{{12}}(?![{LETTERS}])")
# What the product itself goes by: names of records, kinds, languages and zones. People type nothing of it.
NAMES = re.compile(
    r"^(public_id|slug|code|guid|key|entity|entity_id|field|lang|language|source_lang|zone_name|scope|chain)$"
)
# Rows of these decide what may leave; a released text is one that the public reads.
DECIDING = frozenset({"agenda_release", "cleared_programme", "kept_inside", "translation_job"})
OF_CITIES = frozenset({"city_profile", "city_offer", "city_need", "city_pilot", "city_certificate"})
OF_FORUMS = frozenset({"forum", "agenda_session", "contribution", "track", "segment", "practical_section"})
CLEARED = "hangzhou-test"
ROLES = ("visitor", "delegate", "organiser", "translator", "admin")
SHORTEST = 12  # characters that a column must hold to hold a word


@dataclass
class Outcome:
    """What left, and what might have."""

    tables: int = 0
    columns: int = 0
    records: int = 0  # whose texts could be asked for
    allowed: int = 0  # texts that may leave
    asked: int = 0
    arrived: int = 0  # of those that may
    leaked: list[str] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)  # columns that hold no word
    spoken: list[Any] = field(default_factory=list)  # what was tried although no engine is set


def trial(app: Flask, world: World, now: datetime, sessions: int, seed: int) -> Outcome:
    """Put a word into everything, ask for drafts of all that can be asked for, and read what arrives."""
    outcome = Outcome()
    dice = random.Random(seed)
    with app.app_context(), libre() as server:
        begin_writing()
        _programme(world, now, sessions, dice)
        planted = _Planted(dice)
        planted.everywhere()
        session.commit()
        begin_writing()
        allowed = planted.records(now)
        session.add(ClearedProgramme(forum_id=world.cast.forum_id, by="x", at=now))
        outcome.asked = _ask_for_everything(now)
        session.commit()
        engine = LibreEngine(Caller(f"{server.url}/translate"), "127.0.0.1", "key")
        while session.scalar(select(TranslationJob.id).where(TranslationJob.state == JobState.QUEUED).limit(1)):
            session.rollback()
            perform_due(now, engine, allowance=Allowance(1_000_000, 0))  # one round ends after a minute
        session.rollback()
        session.remove()
        arrived = "\n".join(f"{got.path} {got.headers} {got.body.decode()}" for got in server.got)
    found = set(MARK.findall(arrived))
    outcome.tables, outcome.columns = len(planted.tables), planted.columns
    outcome.untried, outcome.records = planted.untried, planted.asked_of
    outcome.allowed, outcome.arrived = len(allowed), len(found & allowed)
    outcome.leaked = sorted(planted.places.get(word, word) for word in found - allowed)
    return outcome


def silence(app: Flask, world: World, now: datetime, roles: tuple[str, ...], only: frozenset[str]) -> Outcome:
    """Open and send everything as these people, with no engine set, and do all the work that is due."""
    outcome = Outcome()
    with app.app_context():
        begin_writing()
        session.merge(ClearedProgramme(forum_id=world.cast.forum_id, by="x", at=now))
        outcome.asked = _ask_for_everything(now)  # as if an engine had been set once
        session.commit()
        session.remove()
    with trapped() as spoken:
        for role in roles:
            outcome.records += len(answers(app, world, role, only))
        run_due(app, schedule.JOBS, now)
        run_due(app, schedule.JOBS, now + timedelta(days=1))
    outcome.spoken = spoken
    return outcome


def _programme(world: World, now: datetime, sessions: int, dice: random.Random) -> None:
    """Sessions of every kind in both forums; the forum elsewhere isn't cleared."""
    for held_at in (world.cast.forum, session.get_one(Forum, world.cast.other_forum_id)):
        room = session.scalars(select(Room).where(Room.forum_id == held_at.id)).first()
        for number in range(sessions):
            start = datetime.combine(held_at.first_day, daytime(9)) + timedelta(minutes=15 * (number % 40))
            said = Said(("x", ""), ("x", ""), ("x", "") if dice.random() < 0.3 else ("", ""), placeholder=("x", ""))
            facts: dict[str, Any] = {"state": dice.choice(list(SessionState)), "description_en": "x"}
            facts["visibility"] = dice.choice((Visibility.PUBLIC, *Visibility))
            if dice.random() < 0.3:
                facts["embargo_until"] = now + timedelta(hours=dice.choice((-5, 5)))
            held = add_session(held_at, said, room, start, 10, **facts)
            held.contributions.append(
                Contribution(
                    role=SpeakerRole.CHAIR, state=dice.choice(list(SpeakerState)), placeholder_en="x", person_id=None
                )
            )
        session.flush()


class _Planted:
    """Where each word was put."""

    def __init__(self, dice: random.Random) -> None:
        self._fresh = iter(words(dice, 40_000))
        self._dice = dice
        self.places: dict[str, str] = {}
        self.tables: set[str] = set()
        self.untried: list[str] = []
        self.columns = self.asked_of = 0
        self._number = 100_000

    def _next(self) -> int:
        self._number += 1
        return self._number

    def word(self, place: str) -> str:
        """A word that stands nowhere else."""
        made = next(self._fresh)
        self.places[made] = place
        return made

    def everywhere(self) -> None:
        """Put a word into each text column of each table; a table that is empty gets a row."""
        for table in Base.metadata.sorted_tables:
            for column in table.c if table.name not in DECIDING else ():
                if not _holds_text(column):
                    continue
                word: Any = self.word(f"{table.name}.{column.name}")
                values = {column.name: [word] if isinstance(column.type, JSON) else word}
                rows = [insert(table).values(_made_up(table, number) | values) for number in (self._next(), 1)]
                if _tried(rows[0]) or _tried(rows[1]) or _tried(update(table).values(values)):
                    _tried(update(table).values(values))  # where the database lets anybody, every row
                    self.tables.add(table.name)
                    self.columns += 1
                else:
                    self.untried.append(f"{table.name}.{column.name}")

    def records(self, now: datetime) -> set[str]:
        """Put a word of its own into each text that can be asked for; return those that may leave."""
        allowed: set[str] = set()
        session.expire_all()
        for source in neighbours.sources.values():
            for record in session.scalars(select(source.model)).all():
                kept = self._dice.random() < 0.15
                if kept:
                    session.merge(KeptInside(entity=source.entity, entity_id=record.public_id, by="x", at=now))
                self.asked_of += 1
                for name in source.fields:
                    made = self.word(f"{source.entity}.{name} of {record.public_id}")
                    setattr(record, f"{name}_{record.source_lang}", f"Words {made} end")
                    setattr(record, f"{name}_{other(record.source_lang)}", None)
                    if not kept and may_leave(source, record, name, now):
                        allowed.add(made)
        session.flush()
        return allowed


def may_leave(source: Source, record: Any, name: str, now: datetime) -> bool:
    """Decide by the house's rules, in its plainest words; no release shows any of these texts.

    A kind of record that isn't named here may not leave: whoever lets it out says here on what that hangs.
    """
    if source.entity in OF_CITIES:
        query = select(CityProfile.visibility, CityProfile.successor_id).where(CityProfile.city_id == record.city_id)
        is_open = getattr(record, "closed_on", None) is None
        return is_open and session.execute(query).all() == [(ProfileVisibility.PUBLIC, None)]
    if source.entity not in OF_FORUMS:
        return _is_read_by_all(source.entity, record)
    held = record.agenda_session if isinstance(record, Contribution) else record
    of = record if isinstance(record, Forum) else session.get_one(Forum, held.forum_id)
    if of.state is ForumState.DRAFT or source.entity in {"forum", "practical_section"}:
        return of.state is not ForumState.DRAFT
    if of.slug != CLEARED or not isinstance(held, AgendaSession):
        return bool(of.slug == CLEARED)
    told = held.visibility is Visibility.PUBLIC and held.state is SessionState.CONFIRMED
    told = told and (held.embargo_until is None or held.embargo_until <= now)
    if isinstance(record, Contribution):
        return told and record.state not in {SpeakerState.DECLINED, SpeakerState.REPLACED}
    return told and name != "placeholder"


def _is_read_by_all(entity: str, record: Any) -> bool:
    """Tell of entries of the ledger, topics, cases and ideas whether everybody reads them; of a partnership nothing."""
    if entity == "idea":
        return record.published_at is not None
    if entity in {"adoption", "adoption_difference"}:
        entry = record if entity == "adoption" else session.get_one(Adoption, record.adoption_id)
        return str(entry.entry) == "entered"
    if entity == "city_use":
        open_to_all = select(CityProfile.id).where(
            CityProfile.city_id == record.city_id, CityProfile.visibility == ProfileVisibility.PUBLIC
        )
        is_open = session.execute(open_to_all).first() is not None
        return (str(record.state), str(record.consent)) == ("confirmed", "public") and is_open
    return entity == "topic"


def _holds_text(column: Column[Any]) -> bool:
    kind = column.type
    if not isinstance(kind, String | JSON) or column.primary_key or column.foreign_keys or NAMES.match(column.name):
        return False
    return isinstance(kind, JSON) or kind.length is None or kind.length >= SHORTEST


def _tried(statement: Any) -> bool:
    """Do what the database's own rules allow."""
    try:
        with session.begin_nested():
            return bool(getattr(session.execute(statement), "rowcount", 0))
    except (SQLAlchemyError, ValueError):
        return False


def _made_up(table: Table, number: int) -> dict[str, Any]:
    """A row that a table might hold, with that number in its whole numbers; what may be empty is left out."""
    row: dict[str, Any] = {}
    for column in table.c:
        if column.nullable or ((column.default or column.server_default) is not None and "number" not in column.name):
            continue
        if column.foreign_keys:
            row[column.name] = session.scalar(select(next(iter(column.foreign_keys)).column).limit(1))
        elif not column.primary_key or isinstance(column.type, String):
            row[column.name] = _made_up_value(column, number)
    return row


def _made_up_value(column: Column[Any], number: int) -> Any:
    kind: Any = column.type
    if isinstance(kind, Word):
        return next(iter(kind.enum))
    if isinstance(kind, String):
        return f"{number}x"[: kind.length]
    if isinstance(kind, Instant):
        return datetime.fromisoformat("2027-03-01T09:00:00+00:00")
    values: tuple[tuple[type, Any], ...] = (
        *((WallTime, datetime(2027, 3, 1, 9)), (Date, date(2027, 3, 1)), (Time, daytime(9)), (Boolean, False)),
        *((LargeBinary, b"x"), (JSON, []), (Numeric, 1)),
    )
    return next((value for of, value in values if isinstance(kind, of)), number)


def _ask_for_everything(now: datetime) -> int:
    """Put a job for every text into the queue, past all that asking looks at."""
    rows = [
        {"entity": source.entity, "entity_id": record.public_id, "field": name, "lang": other(record.source_lang)}
        | {"source_hash": fingerprint(record.side(name, record.source_lang)), "state": JobState.QUEUED, "next_at": now}
        | {"asked_by": "x", "asked_at": now, "scope": source.scope_of(record)}
        for source in neighbours.sources.values()
        for record in session.scalars(select(source.model)).all()
        for name in source.fields
        if record.side(name, record.source_lang)
    ]
    session.execute(insert(TranslationJob), rows)
    return len(rows)
