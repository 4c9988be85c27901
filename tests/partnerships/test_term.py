"""An agreement in force: its term, renewal, suspension, reports, and what of the record never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from forum.cooperation.operations import reporting
from forum.cooperation.states import ReportState
from forum.core.database import session
from forum.partnerships import errors
from forum.partnerships.models import (
    AgreementVersion,
    AttachmentKind,
    ConsentKind,
    TransitionRecord,
)
from forum.partnerships.neighbours import NoWork, neighbours
from forum.partnerships.operations import settle
from forum.partnerships.operations.calendar import turn_of_the_day
from forum.partnerships.operations.taking_part import consent
from forum.partnerships.queries.timeline import records
from forum.partnerships.rules.case import Given
from forum.partnerships.rules.dates import in_force
from forum.partnerships.states import VersionState
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    World,
    act,
    active,
    final_report,
    renewing,
    scan,
    standing,
    world,
)

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


def test_a_term_is_in_force_until_it_is_over_in_the_west_as_well(of: World) -> None:
    version = active(of, ends_on=date(2030, 12, 31))
    zones = ("Asia/Shanghai", "Europe/Paris")
    evening = datetime(2030, 12, 31, 22, 30, tzinfo=UTC)  # 23:30 in Nantes, New Year's Day in Wenzhou
    assert in_force(version.effective_on, version.ends_on, zones, evening, registered=True)
    assert settle(version, now=evening) == ()
    after = evening + timedelta(hours=1)
    assert not in_force(version.effective_on, version.ends_on, zones, after, registered=True)
    assert settle(version, now=after) == ("term_ended",)
    assert version.state is VersionState.EXPIRED


def test_a_renewal_opens_near_the_end_of_the_term(of: World) -> None:
    version = active(of, ends_on=date(2030, 12, 31))
    with pytest.raises(errors.NotYetForRenewal):
        act(version, "open_renewal", of["liaison"])
    turn_of_the_day(now=datetime(2030, 7, 4, 3, tzinfo=UTC))
    assert version.state is VersionState.RENEWAL


def test_the_same_terms_go_on_with_a_letter_of_each_party(of: World) -> None:
    version, then = renewing(of)
    longer = Given(ends_on=date(2035, 12, 31))
    scan(version, AttachmentKind.RENEWAL_LETTER, party_id=version.partnership.parties[0].id)
    with pytest.raises(errors.LettersNeeded):
        act(version, "renewed_same_terms", of["registrar"], now=then, given=longer)
    scan(version, AttachmentKind.RENEWAL_LETTER, party_id=version.partnership.parties[1].id)
    act(version, "renewed_same_terms", of["registrar"], now=then, given=longer)
    assert (version.state, version.ends_on) == (VersionState.ACTIVE, date(2035, 12, 31))


def test_new_terms_open_a_successor_and_the_old_version_stays_in_force(of: World) -> None:
    version, then = renewing(of)
    assert not act(version, "new_terms", of["liaison"], now=then).moved
    done = act(version, "new_terms", of["other_liaison"], now=then)
    following = done.successor
    assert following is not None
    assert (following.number, following.state, following.predecessor_id) == (2, VersionState.NEGOTIATING, version.id)
    assert (version.state, version.ends_on) == (VersionState.RENEWAL, date(2030, 12, 31))
    assert records(following)[0].number_before == 1
    with pytest.raises(errors.SuccessorOpen):
        act(version, "new_terms", of["liaison"], now=then)
    act(following, "withdraw", of["liaison"], now=then)
    assert version.state is VersionState.RENEWAL
    assert version.partnership.closed_at is None
    assert not act(version, "new_terms", of["liaison"], now=then).moved  # the former consents are used up
    assert settle(version, now=datetime(2031, 1, 2, tzinfo=UTC)) == ("term_ended",)


def test_a_late_renewal_comes_within_a_year(of: World) -> None:
    version = active(of)
    settle(version, now=datetime(2031, 1, 2, tzinfo=UTC))
    with pytest.raises(errors.TooLateToRenew):
        act(version, "late_renewal", of["liaison"], now=datetime(2032, 1, 2, tzinfo=UTC))
    then = datetime(2031, 6, 1, tzinfo=UTC)
    act(version, "late_renewal", of["liaison"], now=then)
    following = act(version, "late_renewal", of["other_liaison"], now=then).successor
    assert following is not None
    assert version.state is VersionState.EXPIRED


class TwoTrainings(NoWork):
    """Two trainings run under every agreement."""

    def undecided(self, version: AgreementVersion, decisions: Mapping[str, str]) -> int:  # noqa: ARG002 - the protocol's
        return len({"first", "second"} - set(decisions))


def test_stopping_asks_a_decision_for_each_running_activity(of: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version = active(of)
    monkeypatch.setattr(neighbours, "work", TwoTrainings())
    later = date(2027, 6, 1)
    for decisions in ({}, {"first": "finish"}, {"first": "finish", "second": "forget"}):
        with pytest.raises(errors.ActivitiesUndecided):
            act(version, "terminate", of["lead"], given=Given(stops_on=later, decisions=decisions))
    decided = {"first": "finish", "second": "transfer"}
    with pytest.raises(errors.NoticeTooShort, match="2027-06-01"):
        act(version, "terminate", of["lead"], given=Given(stops_on=date(2027, 5, 31), decisions=decided))
    act(version, "terminate", of["other_lead"], given=Given(stops_on=later, decisions=decided))
    assert (version.state, version.stopped_on) == (VersionState.TERMINATED, later)
    assert records(version)[-1].facts["decisions"] == decided


def test_resuming_needs_the_consent_of_every_party(of: World) -> None:
    version = active(of)
    act(version, "suspend", of["other_lead"])
    with pytest.raises(errors.NotEveryPartyAgrees):
        act(version, "resume", of["approver"])
    for who in ("lead", "other_lead"):
        consent(version, ConsentKind.RESUME, standing=standing(version, of[who]), actor=of[who].actor, now=NOW)
    act(version, "resume", of["approver"], now=NOW + timedelta(days=10))
    assert version.state is VersionState.ACTIVE
    assert records(version)[-1].facts["days_suspended"] == 10


def test_a_final_report_is_confirmed_by_the_counterpart(of: World) -> None:
    version = active(of)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    report = final_report(version, of, confirmed=False)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    who = of["other_liaison"]
    reporting.perform(report, "confirm", standing=standing(version, who), actor=who.actor, now=NOW)
    act(version, "close_with_final_report", of["national"])
    assert version.state is VersionState.COMPLETED
    assert version.partnership.closed_at is not None
    assert report.state is ReportState.ACCEPTED
    assert records(version)[-1].facts["report"] == report.public_id


def test_a_report_that_the_counterpart_disputes_closes_nothing(of: World) -> None:
    version = active(of)
    report = final_report(version, of, confirmed=False)
    who = of["other_liaison"]
    mine = standing(version, who)
    reporting.perform(report, "dissent", reason="No.", standing=mine, actor=who.actor, now=NOW)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])
    reporting.perform(report, "confirm", standing=mine, actor=who.actor, now=NOW)
    act(version, "close_with_final_report", of["national"])


def test_the_report_of_an_earlier_term_closes_no_later_one(of: World) -> None:
    version = active(of)
    report = final_report(version, of)
    report.period_from, report.period_to = date(2020, 1, 1), date(2020, 12, 31)
    with pytest.raises(errors.ReportNotConfirmed):
        act(version, "close_with_final_report", of["national"])


# --- The record -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deed", ["UPDATE partnership_transition SET reason = 'x'", "DELETE FROM partnership_transition"]
)
def test_the_record_refuses_to_be_altered(of: World, deed: str) -> None:
    active(of)
    with pytest.raises(Exception, match="append-only"), session.begin_nested():
        session.execute(text(deed))
    assert session.scalar(select(func.count()).select_from(TransitionRecord)) == 8
