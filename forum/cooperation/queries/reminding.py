"""What falls due under a partnership, for each liaison who has to do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forum.cooperation.queries.due import due
from forum.cooperation.queries.pulse import heartbeats, limits
from forum.cooperation.rules.due import REMINDER_DAYS, WORDS, reminder_kind
from forum.cooperation.rules.due import Due as Row
from forum.cooperation.rules.heartbeat import REVIVAL_DAYS, REVIVAL_SENTENCE, revivals
from forum.core.bilingual import Text
from forum.core.database import session
from forum.offices import queries as offices
from forum.offices.models import Office
from forum.partnerships.models import AgreementVersion
from forum.partnerships.queries.settings import reminder_days
from forum.partnerships.rules.dates import today_in
from forum.partnerships.states import VersionState
from forum.reminders.rules import Due
from forum.workdays import queries as workdays

_IN_FORCE = (VersionState.ACTIVE, VersionState.RENEWAL, VersionState.SUSPENDED)
_PAGES = {"activity": "/activities", "assessment": "/assessments"}  # the others stand on the plan itself


@dataclass(frozen=True, slots=True)
class Desk:
    """What is read once: everybody in office, the days of telling, and the version whose page shows the plan."""

    roster: Mapping[tuple[str, str], Sequence[Office]]
    days: Mapping[str, tuple[int, ...]]
    versions: Mapping[int, AgreementVersion]  # by partnership

    def liaisons(self, city_ids: Iterable[int]) -> list[int]:
        """Return the liaisons of these cities."""
        held = (self.roster.get(("city_liaison", f"city:{city_id}"), ()) for city_id in city_ids)
        return list(dict.fromkeys(office.account_id for each in held for office in each))


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one due date to whomever it concerns."""

    kind: str
    subject: str
    title: Text
    on: date
    sentence: str
    next_step: str
    since: date | None = None


def dues(now: datetime) -> Iterator[Due]:
    """Return every date that is near or has passed and still waits for somebody, and the ways to wake a pair up."""
    today = today_in("", now)
    versions = _versions()
    if not versions:
        return
    desk = Desk(offices.roster(now), reminder_days({**REMINDER_DAYS, **REVIVAL_DAYS}), versions)
    for row in due(now):
        if row.partnership_id in versions:
            yield from _row(row, desk)
    yield from _revivals(desk, today, now)


def _versions() -> Mapping[int, AgreementVersion]:
    """Return for each partnership the version in force, else the one that has expired."""
    rows = session.scalars(
        select(AgreementVersion)
        .where(AgreementVersion.state.in_((*_IN_FORCE, VersionState.EXPIRED)))
        .order_by(AgreementVersion.id)
    )
    ordered = sorted(rows, key=lambda row: row.state in _IN_FORCE)
    return {row.partnership_id: row for row in ordered}


def _row(row: Row, desk: Desk) -> Iterator[Due]:
    sentence, step = WORDS[row.kind]
    said = Said(reminder_kind(row.kind), row.subject, row.title, row.due_on, sentence, step)
    version = desk.versions[row.partnership_id]
    for person in desk.liaisons(row.city_ids):
        yield _named(version, said, person, desk.days[said.kind])


def _revivals(desk: Desk, today: date, now: datetime) -> Iterator[Due]:
    ids = [one for one, version in desk.versions.items() if version.state in _IN_FORCE]
    known = limits()
    for partnership_id, pulse in heartbeats(ids, now).items():
        version = desk.versions[partnership_id]
        partnership = version.partnership
        people = desk.liaisons(party.city_id for party in partnership.parties)
        for way in revivals(pulse, today, limits=known, days=desk.days):
            title, since = partnership.text("title"), pulse.since or way.on
            said = Said(way.kind, partnership.reference, title, way.on, REVIVAL_SENTENCE, way.next_step, since)
            for person in people:
                yield _named(version, said, person, desk.days[way.kind])


def _named(version: AgreementVersion, said: Said, person: int, days: tuple[int, ...]) -> Due:
    partnership = version.partnership
    facts: dict[str, str | date] = {"number": partnership.number}
    return Due(
        kind=said.kind,
        object_reference=said.subject,
        title=said.title,
        on=said.on,
        account_id=person,
        sentence=said.sentence,
        facts=facts if said.since is None else {**facts, "since": said.since},
        next_step=said.next_step,
        link=_page(version, said.subject),
        offsets=days,
        places=tuple(dict.fromkeys(workdays.region_of(party.city) for party in partnership.parties)),
    )


def _page(version: AgreementVersion, subject: str) -> str:
    """Return where somebody acts: the page of the activity or assessment, else the plan."""
    kind, _, public_id = subject.partition(":")
    plan = f"/desk/partnerships/{version.public_id}/plan"
    return f"{plan}{_PAGES[kind]}/{public_id}" if kind in _PAGES else plan
