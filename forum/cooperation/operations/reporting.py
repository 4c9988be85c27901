"""Writing reports, answering them, accepting them; outcomes and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from forum.audit.operations import record
from forum.cooperation import errors
from forum.cooperation.models import (
    Activity,
    Evidence,
    EvidenceVerdict,
    Outcome,
    OutcomeValue,
    Report,
    ReportAnswer,
    ReportKind,
)
from forum.cooperation.operations.acting import add_once, as_seen, blank, own_party, roles_towards, tell, write_texts
from forum.cooperation.rules.money import figure
from forum.cooperation.states import REPORT_LIFE, ReportState
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.partnerships.models import Partnership, PartnershipParty, Side
from forum.partnerships.rules.seeing import Standing

WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED, ReportState.DISPUTED})
_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class Account:
    """What a report says about a period."""

    kind: ReportKind
    period_from: date
    period_to: date
    promised: Text = field(default_factory=Text)
    done: Text = field(default_factory=Text)
    not_done: Text = field(default_factory=Text)
    activity: Activity | None = None


def write(partnership: Partnership, account: Account, *, standing: Standing, actor: Actor, now: datetime) -> Report:
    """Begin a report of one's own side; raise ``PeriodReversed`` or ``ReportThere``."""
    party = own_party(partnership, standing)
    activity = account.activity
    if activity is not None and activity.partnership_id != partnership.id:
        raise NotFound
    report = Report(
        partnership_id=partnership.id,
        partnership=partnership,
        kind=account.kind,
        subject=activity.reference if activity else "",
        activity_id=activity.id if activity else None,
        party_id=party.id,
        written_by=party.side,
        author_id=actor.account_id,
        state=ReportState.DRAFT,
    )
    _write(report, account, actor, now)
    add_once(report, errors.ReportThere)
    record(actor, "write", "report", report.public_id, now=now, what=str(account.kind))
    return report


def rewrite(
    report: Report, account: Account, *, standing: Standing, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Change a report of one's own side that is a draft, disputed or returned."""
    if "author" not in roles_towards(report.written_by, report.partnership, standing):
        raise NotFound
    as_seen(report.version, seen)
    if report.state not in WRITABLE:
        raise errors.ReportClosed
    _write(report, account, actor, now)
    session.flush()
    record(actor, "rewrite", "report", report.public_id, now=now)


def _write(report: Report, account: Account, actor: Actor, now: datetime) -> None:
    if account.period_to < account.period_from:
        raise errors.PeriodReversed
    report.period_from, report.period_to = account.period_from, account.period_to
    texts = {"promised": account.promised, "done": account.done, "not_done": account.not_done}
    write_texts(report, texts, actor=actor, now=now)


def perform(
    report: Report,
    action: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take a step of a report's life.

    The author submits, the counterpart confirms or dissents (both are kept), the nation accepts or returns.
    Where several cities are the counterpart, it is confirmed when each of them has confirmed.
    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``ReportIncomplete``, ``FinalNotConfirmed``.
    """
    roles = roles_towards(report.written_by, report.partnership, standing)
    if not roles:
        raise NotFound
    as_seen(report.version, seen)
    row = REPORT_LIFE.step(report.state, action, roles, reason)
    if action == "submit":
        if not (report.text("promised") and report.text("done")):
            raise errors.ReportIncomplete
        report.submitted_at = now
    elif action in {"confirm", "dissent"}:
        _answer(report, standing, actor, now, confirms=action == "confirm", text=clean(reason))
        if action == "confirm" and not _confirmed_by_all(report):
            record(actor, "confirm_in_part", "report", report.public_id, now=now)
            return
    elif action == "accept":
        if report.kind is ReportKind.FINAL and report.state is not ReportState.CONFIRMED:
            raise errors.FinalNotConfirmed
        report.accepted_at, report.accepted_by = now, actor.account_id
    elif action == "return":
        report.returned_because = clean(reason)
    before = report.state
    report.state = ReportState(row.target)
    session.flush()
    record(actor, action, "report", report.public_id, now=now, **{"from": str(before), "to": row.target})
    _tell(report, action, actor, now)


def _answer(report: Report, standing: Standing, actor: Actor, now: datetime, *, confirms: bool, text: str) -> None:
    for party in _answering(report):
        if party.id in standing.parties:
            session.add(
                ReportAnswer(
                    report_id=report.id,
                    party_id=party.id,
                    confirms=confirms,
                    text=text,
                    account_id=actor.account_id,
                    given_at=now,
                )
            )
    session.flush()
    session.expire(report, ["answers"])


def _answering(report: Report) -> list[PartnershipParty]:
    return [party for party in report.partnership.parties if party.side is not report.written_by]


def _confirmed_by_all(report: Report) -> bool:
    """Tell whether the last word of each city of the counterpart, since it was submitted, is a yes."""
    since = report.submitted_at
    last = {row.party_id: row.confirms for row in report.answers if since is None or row.given_at >= since}
    return all(last.get(party.id, False) for party in _answering(report))


def accept_final(report: Report, *, actor: Actor, now: datetime) -> None:
    """Accept a joint final report by closing the partnership with it; one that is accepted stays so."""
    if report.state is ReportState.ACCEPTED:
        return
    row = REPORT_LIFE.step(report.state, "accept", {"nation"})
    before = report.state
    report.accepted_at, report.accepted_by = now, actor.account_id
    report.state = ReportState(row.target)
    session.flush()
    record(actor, "accept", "report", report.public_id, now=now, **{"from": str(before), "to": row.target})
    _tell(report, "accept", actor, now)


def _tell(report: Report, action: str, actor: Actor, now: datetime) -> None:
    other = Side.FOREIGN if report.written_by is Side.DOMESTIC else Side.DOMESTIC
    template, side = (
        ("cooperation_report_waits", other)
        if action == "submit"
        else ("cooperation_report_answered", report.written_by)
    )
    key = f"report:{report.public_id}:{report.version}"
    tell(report.partnership, side, template, key=key, but=actor.account_id, now=now)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What an outcome measures: from which baseline to which target."""

    indicator: Text
    unit: Text
    source: Text
    baseline: str
    baseline_year: int
    target: str
    target_year: int


def set_outcome(
    partnership: Partnership, aim: Indicator, *, standing: Standing, actor: Actor, now: datetime
) -> Outcome:
    """Set an outcome with its baseline; raise ``TitleNeeded``, ``SourceNeeded`` or ``NotAFigure``."""
    own_party(partnership, standing)
    if blank(aim.indicator):
        raise errors.TitleNeeded(field="indicator_en")
    if blank(aim.source):
        raise errors.SourceNeeded
    years = (aim.baseline_year, aim.target_year)
    if any(year not in _YEARS for year in years) or aim.target_year < aim.baseline_year:
        raise errors.NotAFigure(field="target_year")
    outcome = Outcome(
        partnership_id=partnership.id,
        partnership=partnership,
        baseline=_figure(aim.baseline, "baseline"),
        baseline_year=aim.baseline_year,
        target=_figure(aim.target, "target"),
        target_year=aim.target_year,
    )
    texts = {"indicator": aim.indicator, "unit": aim.unit, "source": aim.source}
    write_texts(outcome, texts, actor=actor, now=now)
    session.add(outcome)
    session.flush()
    record(actor, "set", "outcome", outcome.public_id, now=now)
    return outcome


def measure(
    outcome: Outcome,
    year: int,
    value: str,
    evidence: Evidence,
    *,
    parts: Sequence[tuple[str, str, str]] = (),
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> OutcomeValue:
    """Write down what an indicator came to in a year, on accepted evidence, perhaps by groups (en, zh, value).

    Raises ``NotAFigure``, ``EvidenceNotAccepted``, ``ValueThere``.
    """
    own_party(outcome.partnership, standing)
    if year not in _YEARS:
        raise errors.NotAFigure(field="year")
    if evidence.partnership_id != outcome.partnership_id or evidence.verdict is not EvidenceVerdict.ACCEPTED:
        raise errors.EvidenceNotAccepted
    row = OutcomeValue(
        outcome_id=outcome.id,
        year=year,
        value=_figure(value, "value"),
        parts=[[clean(en), clean(zh), _figure(number, "value")] for en, zh, number in parts],
        evidence_id=evidence.id,
    )
    add_once(row, errors.ValueThere)
    session.expire(outcome, ["values"])
    record(actor, "measure", "outcome", outcome.public_id, now=now, year=year)
    return row


def _figure(text: str, field_name: str) -> str:
    number = figure(text)
    if number is None:
        raise errors.NotAFigure(field=field_name)
    return f"{number:f}"
