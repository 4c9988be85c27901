"""Entering a ballot with its timetable, moving its closing day, planning again what is not done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from forum.accounts.models import Account
from forum.ballots import errors
from forum.ballots.models import NATIONAL_KINDS, Ballot, BallotKind, BallotStep, CaseState, StepKind
from forum.ballots.operations.configuring import seed_rules
from forum.ballots.operations.recording import note, take, tell
from forum.ballots.queries import configured, people
from forum.ballots.rules import terms as reading
from forum.ballots.rules.backplan import Moved, Plan, closing_instant, day_in_beijing, moved, plan
from forum.ballots.rules.terms import OfficeTerms
from forum.committees.models import Committee
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean, clean_line
from forum.standards.models import Scheme, Standard
from forum.workdays import queries as workdays
from forum.workdays.rules.hours import local_instant

MOST_DAYS = 7 * reading.LONGEST_WEEKS
MOST_AHEAD = 800  # days from today to the opening, on either side
_ENDED = frozenset({CaseState.CLOSED, CaseState.DISPOSITIONED, CaseState.MISSED, CaseState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a ballot when it is entered."""

    kind: BallotKind
    committee: Committee
    national: Committee | None
    opens_on: date
    closes_on: date  # as the body names it
    standard: Standard | None = None
    title: Text = field(default_factory=Text)
    document_number: str = ""
    summary: Text = field(default_factory=Text)
    outline: tuple[str, ...] = ()
    mandatory: bool | None = None  # None: as the rule says
    secretary: Account | None = None
    previous: Ballot | None = None


def open_ballot(what: Opening, *, actor: Actor, now: datetime) -> Ballot:
    """Enter a ballot under the rule in force on its day of opening, and plan its steps back from the closing.

    Raises ``ClosesBeforeItOpens``, ``RuleUnknown``, ``StageWrong``, ``SubjectMissing`` or ``ClosedAlready``.
    """
    if what.closes_on <= what.opens_on:
        raise errors.ClosesBeforeItOpens
    _near(what.opens_on, what.closes_on, now)
    seed_rules(now=now)  # before the first ballot of an empty house
    rule = configured.rule_on(what.kind, what.opens_on)
    if rule is None:
        raise errors.RuleUnknown
    terms = reading.read(rule.terms)
    _check_subject(what, terms.stage)
    office = configured.terms_on(what.opens_on)
    body = str(what.committee.body)
    closes_at, zone = closing_instant(what.closes_on, body, office)
    if closes_at <= now:
        raise errors.ClosedAlready(field="closes_on")
    opens_at = local_instant(what.opens_on, datetime.min.time(), ZoneInfo(zone))
    ballot = Ballot(
        kind=what.kind,
        rule=rule,
        standard=what.standard,
        committee=what.committee,
        national=what.national,
        previous_id=what.previous.id if what.previous is not None else None,
        title_en=clean_line(what.title.en),
        title_zh=clean_line(what.title.zh),
        document_number=clean_line(what.document_number),
        summary_en=clean(what.summary.en),
        summary_zh=clean(what.summary.zh),
        outline=[clean_line(one) for one in what.outline if one.strip()],
        mandatory=terms.mandatory if what.mandatory is None else what.mandatory,
        opens_at=opens_at,
        closes_at=closes_at,
        closes_zone=zone,
        state_since=now,
        changed_at=now,
        secretary=what.secretary,
    )
    session.add(ballot)
    session.flush()
    made = plan(
        what.opens_on,
        closes_at,
        office,
        zone=zone,
        calendar=workdays.calendar(),
        known_on=max(what.opens_on, day_in_beijing(now)),
    )
    _write(ballot, made)
    note(ballot, "open", "", actor=actor, now=now)
    tell(
        ballot,
        "ballot_opened",
        people.holders(ballot, ("secretary", "chair"), now),
        key="opened",
        but=actor.account_id,
        now=now,
        due=made.steps.get(StepKind.SUBMIT),
    )
    return ballot


def _near(opens_on: date, closes_on: date, now: datetime) -> None:
    """Refuse days at the ends of the calendar, with which nobody can count."""
    if abs((opens_on - now.date()).days) > MOST_AHEAD or not 0 < (closes_on - opens_on).days <= MOST_DAYS:
        raise errors.DaysTooFar


def _check_subject(what: Opening, stage: str) -> None:
    if what.standard is None:
        if not (what.title.en.strip() and what.title.zh.strip()):
            raise errors.SubjectMissing
        return
    standard = what.standard
    if stage and standard.scheme is Scheme.ISO and standard.stage_equivalent != stage:
        raise errors.StageWrong(stage=stage, now=standard.stage_equivalent or standard.stage or "–")


def _write(ballot: Ballot, made: Plan) -> list[Moved]:
    """Write a plan into the rows of the steps; return what moved."""
    rows = {row.kind: row for row in ballot.steps}
    before = {kind: row.due_on for kind, row in rows.items()}
    for order, kind in enumerate(StepKind):
        day = made.steps.get(kind)
        if day is None:
            continue
        row = rows.get(kind)
        if row is None:
            ballot.steps.append(BallotStep(kind=kind, order=order, due_on=day))
        elif row.due_on != day:
            row.due_on = day
            row.sequence += 1
    ballot.compressed, ballot.too_short = made.compressed, made.too_short
    ballot.provisional = made.provisional
    session.flush()
    return list(moved(before, made.steps))


def replan(ballot: Ballot, *, now: datetime, office: OfficeTerms | None = None) -> list[Moved]:
    """Plan again what is not done; what is done stays on its day."""
    zone = ZoneInfo(ballot.closes_zone)
    opens_on = ballot.opens_at.astimezone(zone).date()
    made = plan(
        opens_on,
        ballot.closes_at,
        office or configured.terms_on(opens_on),
        zone=ballot.closes_zone,
        calendar=workdays.calendar(),
        known_on=max(opens_on, day_in_beijing(now)),
        done={row.kind: row.due_on for row in ballot.steps if row.done_at is not None},
    )
    return _write(ballot, made)


def redate(
    ballot: Ballot, closes_on: date, *, reason: str, actor: Actor, now: datetime, seen: int | None = None
) -> list[Moved]:
    """Move the closing day, plan the undone steps again and tell their owners; return what moved.

    Raises ``ClosedAlready`` and ``ClosesBeforeItOpens``.
    """
    take(ballot, seen, now)
    if ballot.state in _ENDED:
        raise errors.ClosedAlready
    zone = ZoneInfo(ballot.closes_zone)
    opens_on = ballot.opens_at.astimezone(zone).date()
    if closes_on <= opens_on:
        raise errors.ClosesBeforeItOpens
    if (closes_on - opens_on).days > MOST_DAYS:
        raise errors.DaysTooFar
    office = configured.terms_on(opens_on)
    closes_at, _ = closing_instant(closes_on, str(ballot.committee.body), office)
    if closes_at <= now:
        raise errors.ClosesBeforeItOpens
    ballot.closes_at = closes_at
    ballot.sequence += 1
    ballot.changed_at = now
    changed = replan(ballot, now=now, office=office)
    note(ballot, "redate", str(ballot.state), actor=actor, now=now, reason=reason)
    accounts = people.holders(ballot, ("secretary", "chair", "office", "submission"), now)
    submit = next((row.due_on for row in ballot.steps if row.kind is StepKind.SUBMIT), None)
    tell(
        ballot,
        "ballot_redated",
        accounts,
        key=f"redated:{ballot.sequence}",
        but=actor.account_id,
        now=now,
        due=submit,
    )
    return changed


def is_national(ballot: Ballot) -> bool:
    """Tell whether a ballot is one of the mirror committee itself."""
    return ballot.kind in NATIONAL_KINDS
