"""Rounds: one mail a day for each person, in their language, on their morning, and nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from forum.accounts.models import Account
from forum.accounts.operations import close_account
from forum.audit.models import AuditEntry
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.reminders import jobs, operations, queries
from forum.reminders.errors import OffsetsOutOfRange
from forum.reminders.models import Notice, NoticeState, Reminder, ReminderDigest, ReminderState
from forum.reminders.rules import Due, Source
from forum.workdays import operations as workdays
from forum.workdays.models import DayKind
from forum.workdays.rules.calendars import Region
from tests.cast import Cast
from tests.reminders.dates import BASE, Room, due, go_round, letters, seat

# Friday 16 October 2026 is a working day in China and in France.
ON = date(2026, 10, 23)
EARLY = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
LYON_MORNING = datetime(2026, 10, 16, 6, 0, tzinfo=UTC)  # 08:00 in summer time
HANGZHOU_MORNING = datetime(2026, 10, 16, 0, 0, tzinfo=UTC)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def lyon(cast: Cast) -> int:
    return seat(cast, "focal", "Lyon", EARLY)


@pytest.fixture
def hangzhou(cast: Cast) -> int:
    return seat(cast, "organiser", "Hangzhou", EARLY)


def _notices(cast: Cast, state: NoticeState) -> list[tuple[date, int, date]]:
    with cast.app.app_context():
        rows = session.execute(
            select(Reminder.due_on, Notice.offset_days, Notice.tell_on)
            .join(Notice)
            .where(Notice.state == state)
            .order_by(Notice.tell_on, Notice.offset_days)
        )
        return [(due_on, days, on) for due_on, days, on in rows]


def test_nobody_is_told_before_eight_of_their_own_clock(cast: Cast, room: Room, lyon: int, hangzhou: int) -> None:
    room.dates = [due(lyon, ON), due(hangzhou, ON)]
    go_round(cast.app, EARLY, room)
    assert letters(cast.app) == []
    assert go_round(cast.app, HANGZHOU_MORNING - timedelta(minutes=1), room).mails == 0
    assert go_round(cast.app, HANGZHOU_MORNING, room).mails == 1
    assert [mail.recipient for mail in letters(cast.app)] == ["organiser@forum.test"]
    assert go_round(cast.app, LYON_MORNING - timedelta(minutes=1), room).mails == 0
    assert go_round(cast.app, LYON_MORNING, room).mails == 1


def test_the_account_own_clock_comes_before_that_of_its_city(cast: Cast, room: Room, lyon: int) -> None:
    with cast.app.app_context():
        begin_writing()
        session.get_one(Account, lyon).zone_name = "Asia/Kolkata"
        session.commit()
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    half_past_two = datetime(2026, 10, 16, 2, 30, tzinfo=UTC)
    assert go_round(cast.app, half_past_two - timedelta(minutes=1), room).mails == 0
    assert go_round(cast.app, half_past_two, room).mails == 1


@pytest.mark.parametrize(
    ("on", "hour"), [(date(2026, 10, 23), 6), (date(2026, 10, 26), 7), (date(2027, 3, 26), 7), (date(2027, 3, 30), 6)]
)
def test_eight_stays_eight_when_the_clocks_change(cast: Cast, room: Room, lyon: int, on: date, hour: int) -> None:
    room.dates = [due(lyon, on, offsets=(0,), places=())]
    go_round(cast.app, datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=9), room)
    eight = datetime(on.year, on.month, on.day, hour, 0, tzinfo=UTC)
    assert go_round(cast.app, eight - timedelta(minutes=1), room).mails == 0
    assert go_round(cast.app, eight, room).mails == 1


def test_each_gets_one_mail_in_their_own_language_with_the_lines_of_one_object_together(
    cast: Cast, room: Room, lyon: int, hangzhou: int
) -> None:
    other = Text("Visit to Osaka", "访问大阪")
    for person in (lyon, hangzhou):
        room.dates += [
            due(person, ON),
            due(person, ON, kind="report"),
            due(person, ON, "visit:1", title=other, link="/visits/1"),
        ]
    go_round(cast.app, EARLY, room)
    go_round(cast.app, HANGZHOU_MORNING, room)
    go_round(cast.app, LYON_MORNING, room)
    chinese, english = letters(cast.app)
    assert (chinese.language, english.language) == ("zh", "en")
    assert english.body.count("Memorandum with Lyon") == 1
    assert english.body.count("http://forum.test/en/agreements/abc") == 2
    assert "Due in 7 days, on Fri, 23 Oct 2026" in english.body
    assert "Next step: Open" in english.body
    assert "与里昂的合作备忘录" in chinese.body
    assert "2026年10月23日周五" in chinese.body
    assert "http://forum.test/zh/visits/1" in chinese.body
    assert "Memorandum" not in chinese.body
    assert "备忘录" not in english.body


@pytest.mark.parametrize("who", ["focal", "organiser"])
def test_a_subject_tells_nothing_to_who_looks_over_the_shoulder(cast: Cast, room: Room, who: str) -> None:
    person = seat(cast, who, "Lyon", EARLY)
    room.dates = [due(person, ON, title=Text("Secret talks", "秘密会谈")), due(person, ON, "visit:1")]
    go_round(cast.app, EARLY, room)
    go_round(cast.app, LYON_MORNING, room)
    (mail,) = letters(cast.app)
    assert "2" in mail.subject
    assert not any(word in mail.subject for word in ("Secret", "秘密", "Lyon", "里昂", "Focal", "Organiser"))
    assert "Secret" in mail.body or "秘密" in mail.body


def test_nothing_is_told_twice_however_often_the_round_is_made(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON), due(lyon, ON)]  # named twice as well
    for minutes in (0, 10, 20, 600):
        go_round(cast.app, LYON_MORNING + timedelta(minutes=minutes), room)
    assert len(letters(cast.app)) == 1
    for day in range(1, 30):
        go_round(cast.app, LYON_MORNING + timedelta(days=day, hours=2), room)
    with cast.app.app_context():
        told = queries.told("agreement:abc", "answer_by", ON)
    assert [(account_id, days) for account_id, days, _ in told] == [(lyon, -7), (lyon, -1), (lyon, 0), (lyon, 7)]
    assert [(mail.subject, mail.language) for mail in letters(cast.app)] == [("One thing waits for you", "en")] * 4


def test_a_second_due_date_of_the_day_waits_for_the_next_mail(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    go_round(cast.app, LYON_MORNING, room)
    room.dates.append(due(lyon, ON, "visit:1", title=Text("Visit", "访问")))
    assert go_round(cast.app, LYON_MORNING + timedelta(hours=1), room).mails == 0
    assert go_round(cast.app, LYON_MORNING + timedelta(days=1), room).mails == 0  # a Saturday
    assert go_round(cast.app, LYON_MORNING + timedelta(days=3), room).mails == 1
    assert "Visit" in letters(cast.app)[-1].body


def test_a_moved_date_cancels_what_was_not_told_and_keeps_what_was(cast: Cast, room: Room, lyon: int) -> None:
    later = date(2026, 11, 6)
    room.dates = [due(lyon, ON)]
    go_round(cast.app, LYON_MORNING, room)
    room.dates = [due(lyon, later)]
    go_round(cast.app, LYON_MORNING + timedelta(hours=1), room)
    assert _notices(cast, NoticeState.TOLD) == [(ON, -7, date(2026, 10, 16))]
    assert {on for on, _, _ in _notices(cast, NoticeState.CANCELLED)} == {ON}
    assert {on for on, _, _ in _notices(cast, NoticeState.PLANNED)} == {later}
    for day in range(1, 35):
        go_round(cast.app, LYON_MORNING + timedelta(days=day, hours=2), room)
    assert not any("23 Oct" in mail.body for mail in letters(cast.app)[1:])
    assert len(letters(cast.app)) == 5


def test_a_date_that_moves_back_is_told_again_only_of_what_was_not_told(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, LYON_MORNING, room)
    room.dates = [due(lyon, date(2026, 11, 6))]
    go_round(cast.app, LYON_MORNING, room)
    room.dates = [due(lyon, ON)]
    go_round(cast.app, LYON_MORNING, room)
    assert [(on, days) for on, days, _ in _notices(cast, NoticeState.TOLD)] == [(ON, -7)]
    assert [(on, days) for on, days, _ in _notices(cast, NoticeState.PLANNED)] == [(ON, -1), (ON, 0), (ON, 7)]
    with cast.app.app_context():
        assert [one.due_on for one in queries.open_for(lyon)] == [ON]


def test_what_is_done_waits_no_more_and_is_not_told(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    with cast.app.app_context():
        assert queries.count_open(lyon) == 1
    room.dates = []
    assert go_round(cast.app, LYON_MORNING, room).planned.settled == 1
    assert letters(cast.app) == []
    with cast.app.app_context():
        assert queries.open_for(lyon) == []
        assert session.scalars(select(Reminder.state)).all() == [ReminderState.SETTLED]


def test_a_room_that_fails_keeps_its_reminders_and_holds_up_nobody(cast: Cast, room: Room, lyon: int) -> None:
    def broken(_now: datetime) -> Iterable[Due]:
        message = "the room is on fire"
        raise RuntimeError(message)

    visits = Room("visits")
    visits.dates = [due(lyon, ON, "visit:1")]
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room, visits)
    with cast.app.app_context():
        done = jobs.run([Source("agreements", broken), visits.source], base_url=BASE, now=LYON_MORNING)
        session.remove()
    assert (done.unheard, done.mails, done.lines) == (["agreements"], 1, 2)


def test_a_sentence_without_its_facts_is_noticed_before_anybody_is_told(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON, sentence="%(city)s waits")]
    assert go_round(cast.app, LYON_MORNING, room).unheard == ["agreements"]
    room.dates = [due(lyon, ON, sentence="%(city)s waits", facts={"city": Text("Lyon", "里昂")})]
    assert go_round(cast.app, LYON_MORNING, room).lines == 1
    assert "Lyon waits" in letters(cast.app)[0].body


def test_a_due_date_that_is_told_late_is_told_once(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    a_day_after = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)  # nobody worked for ten days
    assert go_round(cast.app, a_day_after, room).lines == 1
    assert [days for _, days, _ in _notices(cast, NoticeState.TOLD)] == [0]
    assert [days for _, days, _ in _notices(cast, NoticeState.COVERED)] == [-7, -1]
    assert "Overdue by 3 days" in letters(cast.app)[0].body


def test_what_was_before_a_date_became_known_is_not_made_up_for(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, datetime(2026, 10, 20, 12, 0, tzinfo=UTC), room)
    assert [days for _, days, _ in _notices(cast, NoticeState.PLANNED)] == [-1, 0, 7]


def test_a_special_day_moves_what_is_planned(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    with cast.app.app_context():
        begin_writing()
        day = date(2026, 10, 16)
        special = workdays.Special(Region("FR"), day, day, DayKind.CLOSED, Text("Mourning", "哀悼日"))
        workdays.enter(special, actor=SYSTEM, now=EARLY)
        session.commit()
        session.remove()
    assert go_round(cast.app, LYON_MORNING, room).mails == 0
    assert go_round(cast.app, LYON_MORNING + timedelta(days=3), room).mails == 1


def test_the_national_office_says_on_which_days_a_kind_is_told(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, EARLY, room)
    with cast.app.app_context():
        begin_writing()
        with pytest.raises(OffsetsOutOfRange):
            operations.set_offsets("answer_by", [-9999], actor=SYSTEM, now=EARLY)
        operations.set_offsets("answer_by", [-3, 0, -3], actor=SYSTEM, now=EARLY)
        session.commit()
        session.remove()
    go_round(cast.app, EARLY, room)
    assert [days for _, days, _ in _notices(cast, NoticeState.PLANNED)] == [-3, 0]
    with cast.app.app_context():
        begin_writing()
        operations.set_offsets("answer_by", None, actor=SYSTEM, now=EARLY)
        session.commit()
        session.remove()
    go_round(cast.app, EARLY, room)
    assert [days for _, days, _ in _notices(cast, NoticeState.PLANNED)] == [-7, -1, 0, 7]


def test_a_closed_account_is_told_nothing(cast: Cast, room: Room, lyon: int, hangzhou: int) -> None:
    room.dates = [due(lyon, ON), due(hangzhou, ON)]
    go_round(cast.app, EARLY, room)
    with cast.app.app_context():
        begin_writing()
        close_account(session.get_one(Account, lyon), actor=SYSTEM, now=EARLY)
        session.commit()
        session.remove()
    assert go_round(cast.app, LYON_MORNING, room).mails == 1
    assert [mail.recipient for mail in letters(cast.app)] == ["organiser@forum.test"]
    with cast.app.app_context():
        assert queries.open_for(lyon) == []


def test_an_erased_account_leaves_no_reminder_behind(cast: Cast, room: Room, lyon: int, hangzhou: int) -> None:
    room.dates = [due(lyon, ON), due(hangzhou, ON)]
    go_round(cast.app, LYON_MORNING, room)
    with cast.app.app_context():
        begin_writing()
        operations.erase(lyon, EARLY)
        session.commit()
        assert session.scalars(select(Reminder.account_id)).all() == [hangzhou]
        assert session.scalars(select(ReminderDigest.account_id)).all() == [hangzhou]
        orphans = select(func.count()).select_from(Notice).where(Notice.reminder_id.not_in(select(Reminder.id)))
        assert session.scalar(orphans) == 0
        session.remove()


def test_one_who_cannot_be_told_keeps_nobody_waiting(cast: Cast, room: Room, lyon: int, hangzhou: int) -> None:
    def silent(_now: datetime) -> Iterable[Due]:
        message = "no answer"
        raise RuntimeError(message)

    def say(sentence: str) -> None:
        with cast.app.app_context():
            begin_writing()
            session.execute(update(Reminder).where(Reminder.account_id == lyon).values(sentence=sentence))
            session.commit()
            session.remove()

    room.dates = [due(lyon, ON), due(hangzhou, ON)]
    go_round(cast.app, EARLY, room)
    say("%(nowhere)s")  # a fault that no check of ours can find in time
    with cast.app.app_context():
        done = jobs.run([Source(room.name, silent)], base_url=BASE, now=LYON_MORNING)
        session.remove()
    assert (done.failed, done.mails) == (1, 1)
    assert len(_notices(cast, NoticeState.TOLD)) == 1  # nothing of the other's was kept
    assert go_round(cast.app, LYON_MORNING, room).mails == 1
    assert len(letters(cast.app)) == 2


def test_the_audit_counts_lines_and_names_nothing(cast: Cast, room: Room, lyon: int) -> None:
    room.dates = [due(lyon, ON)]
    go_round(cast.app, LYON_MORNING, room)
    with cast.app.app_context():
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "remind")).all()
        assert '"lines":1' in entry.body.replace(" ", "")
        assert "Lyon" not in entry.body


def test_rounds_at_the_same_time_tell_everybody_once(cast: Cast, room: Room) -> None:
    people = [seat(cast, who, "Lyon", EARLY) for who in ("focal", "other_focal", "delegate", "stranger", "organiser")]
    room.dates = [due(person, ON, f"agreement:{number}") for person in people for number in range(4)]
    faults: list[BaseException] = []
    failed: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for minutes in (0, 10):
            try:
                failed.append(go_round(cast.app, LYON_MORNING + timedelta(minutes=minutes), room).failed)
            except BaseException as fault:  # noqa: BLE001 - every fault is counted
                faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(failed) == 0
    sent = letters(cast.app)
    assert sorted(mail.recipient for mail in sent) == sorted({mail.recipient for mail in sent})
    assert len(sent) == len(people)
    assert all("4" in mail.subject for mail in sent)
    with cast.app.app_context():
        assert session.scalar(select(func.count()).select_from(Reminder)) == len(room.dates)
        assert session.scalar(select(func.count()).where(Notice.state == NoticeState.TOLD)) == len(room.dates)
