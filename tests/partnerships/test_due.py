"""Due dates of partnerships on their way: from the case through the round of reminders into the outbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from forum.accounts.models import Account
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.core.refusals import NotFound
from forum.offices.models import Line, Office
from forum.partnerships.errors import NothingChanged, SettingsChanged
from forum.partnerships.models import AgreementVersion, CaseOpinion, CaseReview, OpinionKind
from forum.partnerships.operations.governing import set_reminder_days, set_terms
from forum.partnerships.operations.reviewing import take_up
from forum.partnerships.queries import due
from forum.partnerships.rules.case import Given
from forum.partnerships.rules.due import DAYS, DUE_KINDS, WORDS, DueKind
from forum.partnerships.states import VersionState
from forum.places.models import City, Country
from forum.ports.mail.models import OutboxMail
from forum.reminders import jobs
from forum.reminders import queries as reminders
from forum.reminders.errors import OffsetsOutOfRange
from forum.schedule import REMINDER_SOURCES, turn_partnerships
from forum.workdays import operations as workdays
from forum.workdays.models import DayKind
from forum.workdays.rules.calendars import Region
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    POINT,
    World,
    act,
    active,
    approved,
    at_nation,
    at_province,
    drafted,
    negotiating,
    signed,
    standing,
    world,
)
from tests.statements import counted_statements

BEIJING, PARIS, BERLIN, TOKYO, CAIRO = (
    ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Paris", "Europe/Berlin", "Asia/Tokyo", "Africa/Cairo")
)
ABROAD = {
    "Kiel": ("DE", "DEU", "Europe/Berlin"),
    "Alexandria": ("EG", "EGY", "Africa/Cairo"),
}
# As the office enters them when the State Council has announced them.
SPRING = (date(2027, 2, 5), date(2027, 2, 11))
SPRING_WORKED = (date(2027, 1, 30), date(2027, 2, 13))
NATIONAL = (date(2027, 10, 1), date(2027, 10, 7))
NATIONAL_WORKED = (date(2027, 9, 26), date(2027, 10, 9))  # a Sunday before, a Saturday after


class Desk:
    """Cities with their people, the office's calendar, and rounds of the real sources at chosen instants."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.version_id = 0
        self.of: World

    def open(self, make: Callable[[World], AgreementVersion], *, announced: bool = True) -> None:
        """Keep a case, in a year whose Chinese holidays are announced or not."""
        with self.cast.app.app_context():
            begin_writing()
            self.of = world()
            for name, (iso2, iso3, zone) in ABROAD.items():
                session.add(Country(iso2=iso2, iso3=iso3, name_en=name, name_zh=name))
                session.flush()
                city = City(name_en=name, name_zh=name, country_iso2=iso2, zone_name=zone)
                session.add(city)
                session.flush()
                self.of.cities[name] = city
                self.of.officers[name.lower()] = self.of.officer(("city_liaison", name))
            entered = (
                (*SPRING, DayKind.CLOSED),
                (*NATIONAL, DayKind.CLOSED),
                *((day, day, DayKind.WORKING) for day in (*SPRING_WORKED, *NATIONAL_WORKED)),
            )
            for first, last, kind in entered if announced else ():
                workdays.enter(
                    workdays.Special(Region("CN"), first, last, kind, Text("Holiday", "节假日")), actor=SYSTEM, now=NOW
                )
            self.version_id = make(self.of).id
            session.commit()
            session.remove()

    def change(self, **values: object) -> None:
        with self.cast.app.app_context():
            begin_writing()
            session.execute(update(AgreementVersion).where(AgreementVersion.id == self.version_id).values(**values))
            session.commit()
            session.remove()

    def round(self, now: datetime) -> int:
        """Make a round as the worker does; return how many mails it made."""
        with self.cast.app.app_context():
            try:
                done = jobs.run(REMINDER_SOURCES, base_url="http://forum.test", now=now)
            finally:
                session.remove()
        assert (done.unheard, done.failed) == ([], 0)
        return done.mails

    def letters(self, who: str) -> list[OutboxMail]:
        with self.cast.app.app_context():
            address = session.get_one(Account, self.of[who].account_id).email
            found = list(
                session.scalars(
                    select(OutboxMail)
                    .where(OutboxMail.kind == "reminders_digest", OutboxMail.recipient == address)
                    .order_by(OutboxMail.id)
                )
            )
            session.expunge_all()
            return found

    def days(self, who: str, first: date, last: date, zone: ZoneInfo, hour: time = time(8, 0)) -> list[date]:
        """Make a round on every day at an hour of somebody's clock; return the days on which they got a mail."""
        told, day = list[date](), first
        while day <= last:
            before = len(self.letters(who))
            self.round(datetime.combine(day, hour, zone).astimezone(UTC))
            if len(self.letters(who)) > before:
                told.append(day)
            day += timedelta(days=1)
        return told


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def invited(of: World, counterpart: str = "Nantes", answer_by: date = date(2027, 4, 30)) -> AgreementVersion:
    version = drafted(of, counterparts=(counterpart,))
    act(version, "invite", of["liaison"], given=Given(answer_by=answer_by))
    return version


def inviting(counterpart: str, answer_by: date) -> Callable[[World], AgreementVersion]:
    """A case that the Chinese liaison has to answer, or the one abroad."""
    return lambda of: invited(of, counterpart, answer_by)


# --- Holidays of either side, and the clocks ------------------------------------------------------------


@pytest.mark.parametrize(
    ("counterpart", "who", "zone", "answer_by", "told"),
    [
        # Seven days before is 8 February, in Spring Festival, and one day before is a Sunday: both on Friday the 12th.
        ("Nantes", "other_liaison", PARIS, date(2027, 2, 15), [date(2027, 2, 12), date(2027, 2, 22)]),
        # National Day, 1 to 7 October; Saturday the 9th is worked in China, and not in France.
        (
            "Nantes",
            "other_liaison",
            PARIS,
            date(2027, 10, 11),
            [date(2027, 10, 8), date(2027, 10, 18)],
        ),
        # A Sunday that both work: in China for National Day, in Egypt as every Sunday.
        (
            "Alexandria",
            "alexandria",
            CAIRO,
            date(2027, 10, 3),
            [date(2027, 9, 26), date(2027, 9, 30), date(2027, 10, 11)],
        ),
        # Ascension Day in France, 6 May 2027.
        ("Nantes", "other_liaison", PARIS, date(2027, 5, 13), [date(2027, 5, 7), date(2027, 5, 12), date(2027, 5, 20)]),
        # Golden Week in Japan: 29 April, 3 to 5 May 2027; 1 to 3 May would be China's, which nobody has entered.
        ("Kobe", "kobe_liaison", TOKYO, date(2027, 5, 10), [date(2027, 5, 6), date(2027, 5, 7), date(2027, 5, 17)]),
        # Whit Monday in Germany, 17 May 2027.
        ("Kiel", "kiel", BERLIN, date(2027, 5, 24), [date(2027, 5, 18), date(2027, 5, 21), date(2027, 5, 31)]),
    ],
)
def test_a_reminder_in_a_holiday_of_either_side_moves_to_a_day_that_both_work(
    desk: Desk, counterpart: str, who: str, zone: ZoneInfo, answer_by: date, told: list[date]
) -> None:
    desk.open(inviting(counterpart, date(2027, 12, 1)))
    desk.change(answer_by=answer_by)
    first, last = answer_by - timedelta(days=8), answer_by + timedelta(days=8)
    assert desk.days(who, first, last, zone) == told


def test_without_the_holiday_it_is_told_on_the_day_itself(desk: Desk) -> None:
    """The control of the one above: as long as nobody has entered the holidays, Monday to Friday is assumed."""
    desk.open(inviting("Nantes", date(2027, 12, 1)), announced=False)
    desk.change(answer_by=date(2027, 2, 15))
    told = desk.days("other_liaison", date(2027, 2, 7), date(2027, 2, 22), PARIS)
    assert told == [date(2027, 2, 8), date(2027, 2, 12), date(2027, 2, 22)]


@pytest.mark.parametrize(
    ("answer_by", "hour"),
    [
        (date(2027, 3, 26), 7),
        (date(2027, 4, 1), 6),  # forward on Sunday 28 March
        (date(2027, 10, 29), 6),
        (date(2027, 11, 3), 7),  # back on Sunday 31 October
    ],
)
def test_eight_in_the_morning_stays_eight_when_the_clocks_of_europe_change(
    desk: Desk, answer_by: date, hour: int
) -> None:
    desk.open(inviting("Nantes", date(2027, 12, 1)))
    desk.change(answer_by=answer_by)
    day = answer_by - timedelta(days=1)
    eight = datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)
    assert eight.astimezone(PARIS).time() == time(8, 0)
    desk.round(eight - timedelta(hours=23))
    before = len(desk.letters("other_liaison"))
    desk.round(eight - timedelta(minutes=1))
    assert len(desk.letters("other_liaison")) == before
    desk.round(eight)
    assert len(desk.letters("other_liaison")) == before + 1


def test_each_is_told_in_their_language_with_the_next_step_and_the_address(desk: Desk) -> None:
    desk.open(approved)
    day = date(2028, 2, 23)  # a week before the last day of the approval
    for zone in (BEIJING, PARIS):
        desk.days("liaison", day, day, zone)
    (chinese,), (english,) = desk.letters("liaison"), desk.letters("other_liaison")
    assert (chinese.language, english.language) == ("zh", "en")
    assert "Standards for quiet streets" in english.body
    assert "valid until Wed, 1 Mar 2028" in english.body
    assert "Next step: Agree with the other side on the day of signing." in english.body
    assert re.search(r"http://forum\.test/en/desk/partnerships/\w+\n", english.body)
    assert "安静街道标准合作" in chinese.body
    assert "2028年3月1日周三" in chinese.body
    assert "/zh/desk/partnerships/" in chinese.body
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"https?://\S+|Officer \d+|P-\d+-\d+", "", chinese.body))


def test_twice_a_day_sends_once(desk: Desk) -> None:
    desk.open(inviting("Nantes", date(2027, 4, 30)))
    morning = datetime(2027, 4, 23, 7, 0, tzinfo=UTC)
    assert desk.round(morning) == 1
    assert desk.round(morning) == 0
    assert desk.round(morning + timedelta(hours=5)) == 0


def test_an_invitation_ends_by_itself_when_two_reminders_went_out(desk: Desk) -> None:
    desk.open(inviting("Nantes", date(2027, 4, 30)))
    assert len(desk.days("other_liaison", date(2027, 4, 20), date(2027, 4, 30), PARIS)) == 2
    with desk.cast.app.app_context():
        begin_writing()
        assert turn_partnerships(datetime(2027, 4, 30, 12, tzinfo=UTC)) == 0
        assert turn_partnerships(datetime(2027, 5, 1, 12, tzinfo=UTC)) == 1
        session.commit()
        session.remove()
    desk.round(datetime(2027, 5, 7, 12, tzinfo=UTC))
    with desk.cast.app.app_context():
        assert reminders.open_for(desk.of["other_liaison"].account_id) == []


# --- Who is told of what --------------------------------------------------------------------------------


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


def named(of: World, now: datetime = NOW) -> dict[DueKind, tuple[date, set[str]]]:
    """Return what is named: each kind with its day and the people."""
    people = {who.account_id: name for name, who in of.officers.items()}
    found: dict[DueKind, tuple[date, set[str]]] = {}
    for one in due.dues(now):
        _, names = found.setdefault(DueKind(one.kind), (one.on, set()))
        names.add(people[one.account_id])
    return found


def at(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def test_reviewers_hear_of_the_day_and_the_lead_when_it_has_passed(of: World) -> None:
    version = at_province(of)
    assert named(of) == {DueKind.REVIEW: (date(2027, 3, 22), {"reviewer"})}
    late = named(of, at(date(2027, 3, 23)))
    assert late == {
        DueKind.REVIEW: (date(2027, 3, 22), {"reviewer"}),
        DueKind.REVIEW_LATE: (date(2027, 3, 22), {"province_lead"}),
    }
    act(version, "return", of["reviewer"], given=Given(points=(POINT,)))
    assert named(of) == {DueKind.RETURN: (date(2027, 3, 31), {"liaison"})}  # the clock of the level stands still


def test_whoever_took_the_review_up_is_reminded_alone(of: World) -> None:
    of.officers["colleague"] = of.officer(("province_reviewer", "330000"))
    version = at_province(of)
    assert named(of)[DueKind.REVIEW][1] == {"reviewer", "colleague"}
    take_up(version, standing=standing(version, of["colleague"]), actor=of["colleague"].actor, now=NOW)
    assert named(of)[DueKind.REVIEW][1] == {"colleague"}


def test_an_approver_who_has_approved_waits_no_more(of: World) -> None:
    version = at_nation(of)
    assert named(of)[DueKind.REVIEW][1] == {"national", "approver", "second_approver"}
    act(version, "approve", of["approver"])
    assert named(of)[DueKind.REVIEW][1] == {"national", "second_approver"}
    late = named(of, at(date(2027, 6, 1)))
    assert (late[DueKind.REVIEW][1], late[DueKind.REVIEW_LATE][1]) == ({"national"}, {"second_approver"})


def test_the_foreign_affairs_officers_owe_an_opinion_until_one_is_there(of: World) -> None:
    version = negotiating(of)
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    assert named(of)[DueKind.OPINION] == (date(2027, 3, 22), {"fa"})
    opinion = CaseOpinion(
        version_id=version.id, kind=OpinionKind.FOREIGN_AFFAIRS, asked_at=NOW, given_on=NOW.date(), favourable=False
    )
    session.add(opinion)
    session.flush()
    assert DueKind.OPINION not in named(of)  # unfavourable: it is the city's turn
    opinion.asked_at -= timedelta(days=1)
    session.flush()
    assert DueKind.OPINION in named(of)  # but that was said of an earlier round


def test_a_consulted_line_and_an_expert_are_reminded_until_they_answer(of: World) -> None:
    version = at_nation(of)
    of.officers["expert"] = of.officer(("tc_expert", None))
    of.officers["housing"] = of.officer(("national_reviewer", None))
    session.execute(update(Office).where(Office.account_id == of["housing"].account_id).values(line=Line.HOUSING))
    session.add_all(
        [
            CaseOpinion(
                version_id=version.id,
                kind=OpinionKind.EXPERT,
                author_id=of["expert"].account_id,
                asked_at=NOW,
                due_on=date(2027, 3, 9),
            ),
            CaseOpinion(
                version_id=version.id, kind=OpinionKind.LINE, line=Line.HOUSING, asked_at=NOW, due_on=date(2027, 3, 9)
            ),
        ]
    )
    session.flush()
    session.expire_all()
    assert named(of)[DueKind.CONSULTATION] == (date(2027, 3, 9), {"expert", "housing"})
    session.execute(update(CaseOpinion).values(given_on=date(2027, 3, 2)))
    assert DueKind.CONSULTATION not in named(of)


def test_an_approval_about_to_lapse_is_told_to_both_and_its_report_to_the_city_that_reports(of: World) -> None:
    version = approved(of)
    assert version.valid_until == date(2028, 3, 1)
    assert named(of) == {}  # a year ahead waits for nobody
    assert named(of, at(date(2028, 2, 1))) == {DueKind.VALIDITY: (date(2028, 3, 1), {"liaison", "other_liaison"})}
    assert named(of, at(date(2028, 3, 2))) == {DueKind.LAPSE: (date(2028, 3, 11), {"liaison"})}


def test_a_signature_is_to_be_registered_within_thirty_days(of: World) -> None:
    signed(of)
    assert named(of, at(date(2027, 3, 10))) == {DueKind.REGISTRATION: (date(2027, 3, 31), {"registrar"})}


def test_the_end_of_a_term_and_the_day_for_notice_are_told_to_both_sides(of: World) -> None:
    version = active(of, ends_on=date(2030, 12, 31))
    assert named(of, at(date(2029, 1, 1))) == {}
    near = named(of, at(date(2030, 9, 1)))
    assert near[DueKind.TERM] == (date(2030, 12, 31), {"liaison", "other_liaison"})
    assert near[DueKind.NOTICE] == (date(2030, 9, 30), {"liaison", "lead", "other_liaison", "other_lead"})
    session.execute(update(AgreementVersion).values(auto_renew=True))
    assert set(named(of, at(date(2030, 9, 1)))) == {DueKind.NOTICE}  # it goes on unless somebody says no
    session.execute(update(AgreementVersion).values(state=VersionState.SUSPENDED, review_again_on=date(2030, 9, 15)))
    session.expire_all()
    assert named(of, at(date(2030, 9, 1)))[DueKind.SUSPENSION] == (date(2030, 9, 15), {"lead", "other_lead"})
    assert version.state is VersionState.SUSPENDED


def test_the_first_reminder_of_the_end_comes_with_the_opening_of_the_renewal(of: World) -> None:
    active(of, ends_on=date(2030, 12, 31))
    (one, *_) = (each for each in due.dues(at(date(2030, 9, 1))) if each.kind == DueKind.TERM)
    assert one.offsets == (-180, -90, -30)
    set_terms({"renewal_days": 200}, seen=0, actor=SYSTEM, now=NOW)
    (one, *_) = (each for each in due.dues(at(date(2030, 9, 1))) if each.kind == DueKind.TERM)
    assert one.offsets == (-200, -90, -30)


def test_the_other_side_is_told_no_date_of_the_domestic_review(of: World) -> None:
    foreign = {of["other_liaison"].account_id, of["other_lead"].account_id}
    version = at_nation(of)
    for state in ("city_review", "province_review", "national_review", "returned", "signed"):
        session.execute(update(AgreementVersion).values(state=state, signed_on=date(2027, 3, 1)))
        session.expire_all()
        session.execute(update(CaseReview).values(closed_at=None))
        told = list(due.dues(at(date(2027, 4, 20))))
        assert told, state
        assert not foreign & {one.account_id for one in told}, state
    assert version.state is VersionState.SIGNED


def test_every_kind_has_its_name_its_words_and_its_days() -> None:
    assert set(DUE_KINDS) == set(WORDS) == set(DAYS) == set(map(str, DueKind))


def test_the_national_office_sets_the_days_of_a_kind_and_the_planning_follows(of: World) -> None:
    approved(of)
    assert DueKind.VALIDITY not in named(of, at(date(2027, 10, 1)))
    kind = "partnership_validity"
    set_reminder_days({kind: [-10, -150]}, seen=0, actor=SYSTEM, now=NOW)
    assert DueKind.VALIDITY in named(of, at(date(2027, 10, 1)))
    with pytest.raises(SettingsChanged):
        set_reminder_days({kind: [-1]}, seen=0, actor=SYSTEM, now=NOW)
    with pytest.raises(NothingChanged):
        set_reminder_days({kind: [-150, -10]}, seen=1, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        set_reminder_days({"anything": [-1]}, seen=1, actor=SYSTEM, now=NOW)
    with pytest.raises(OffsetsOutOfRange) as outside, session.begin_nested():
        set_reminder_days({kind: [-4000]}, seen=1, actor=SYSTEM, now=NOW)
    assert outside.value.field == kind
    set_reminder_days({kind: DAYS[DueKind.VALIDITY]}, seen=1, actor=SYSTEM, now=NOW)
    assert DueKind.VALIDITY not in named(of, at(date(2027, 10, 1)))
    assert reminders.offsets() == {}  # the default again, so that a later default reaches this office


def test_forty_cases_are_read_with_as_many_statements_as_two(of: World) -> None:
    counts = []
    for number in (2, 38):
        for _ in range(number):
            version = drafted(of, counterparts=("Nantes",))
            version.partnership.party_key = f"many{version.id}"
            version.state, version.answer_by = VersionState.INVITED, date(2027, 3, 10)
        session.flush()
        session.expire_all()
        with counted_statements() as seen:
            found = list(due.dues(NOW))
        counts.append(len(seen))
    assert len(found) == 40
    assert counts[0] == counts[1]
    assert session.scalar(select(func.count()).select_from(AgreementVersion)) == 40
