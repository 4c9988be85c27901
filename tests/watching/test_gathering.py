"""Who is told of what, when, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from forum.committees.models import Succession, SuccessionKind
from forum.core.catalogue import translator
from forum.core.database import session
from forum.ports.mail.delivery import as_message
from forum.reminders.queries import Recipient
from forum.standards.models import Standard
from forum.standards.operations.events import Happening, note_event
from forum.watching import errors, operations
from forum.watching.models import Frequency, Level, Watch, WatchDigest, WatchNotice
from forum.watching.neighbours import neighbours
from forum.watching.operations import Rule, Wish
from forum.watching.queries import lists, matching
from forum.watching.rules import due_at, family
from tests.conftest import START
from tests.evidence.chain import standard
from tests.statements import counted_statements
from tests.watching.following import LONG_AGO, Followed, imported, mails, moved, run

BEIJING = ZoneInfo("Asia/Shanghai")


def notices() -> int:
    return session.scalar(select(func.count(WatchNotice.id))) or 0


class TestTimes:
    """At once, at eight, on Monday at eight: by the reader's clock."""

    @pytest.mark.parametrize(
        ("frequency", "now", "due"),
        [
            (Frequency.AT_ONCE, datetime(2027, 3, 3, 15, 0, tzinfo=UTC), datetime(2027, 3, 3, 15, 0, tzinfo=UTC)),
            (Frequency.DAILY, datetime(2027, 3, 2, 23, 0, tzinfo=UTC), datetime(2027, 3, 3, 0, 0, tzinfo=UTC)),
            (Frequency.DAILY, datetime(2027, 3, 3, 0, 1, tzinfo=UTC), datetime(2027, 3, 4, 0, 0, tzinfo=UTC)),
            (Frequency.WEEKLY, datetime(2027, 3, 3, 1, 0, tzinfo=UTC), datetime(2027, 3, 8, 0, 0, tzinfo=UTC)),
            (Frequency.WEEKLY, datetime(2027, 3, 7, 23, 0, tzinfo=UTC), datetime(2027, 3, 8, 0, 0, tzinfo=UTC)),
            (Frequency.WEEKLY, datetime(2027, 3, 8, 0, 1, tzinfo=UTC), datetime(2027, 3, 15, 0, 0, tzinfo=UTC)),
        ],
    )
    def test_the_next_time(self, frequency: Frequency, now: datetime, due: datetime) -> None:
        assert due_at(frequency, now, BEIJING) == due

    def test_eight_stays_eight_when_the_clocks_change(self) -> None:
        paris = ZoneInfo("Europe/Paris")
        for day in range(20, 32):
            at = due_at(Frequency.DAILY, datetime(2027, 3, day, 12, 0, tzinfo=UTC), paris)
            assert at.astimezone(paris).hour == 8

    def test_a_family_grows_on_its_day_and_ends_in_a_ring(self) -> None:
        moves = [(1, 2, date(2027, 3, 1)), (2, 3, date(2027, 4, 1)), (3, 1, date(2027, 4, 1)), (4, 5, None)]
        assert family(1, moves, date(2027, 2, 28)) == {1}
        assert family(1, moves, date(2027, 3, 1)) == {1, 2}
        assert family(1, moves, date(2027, 5, 1)) == {1, 2, 3}
        assert family(4, moves, date(2027, 5, 1)) == {4}  # nobody knows since when


class TestOnce:
    """One mail, not two; nothing twice."""

    def test_two_rules_that_fit_are_one_line_in_one_mail(self, world: Followed) -> None:
        world.follow(world.standard)
        world.follow(world.committee)
        world.rule(Rule("Cities", word="communities"))
        moved(world.standard, "90.92")
        assert world.gather() == 1
        assert world.tell() == 1
        assert len(mails()) == 1
        assert mails()[0].body.count("90.92") == 1

    def test_a_round_that_is_made_again_tells_nothing_again(self, world: Followed) -> None:
        world.follow(world.standard)
        moved(world.standard, "90.92")
        assert (world.gather(), world.gather()) == (1, 0)
        assert (world.tell(), world.tell()) == (1, 0)
        assert (world.gather(), world.tell()) == (0, 0)
        assert len(mails()) == 1

    def test_what_was_lost_with_a_transaction_is_told_once_after_it(self, world: Followed) -> None:
        world.follow(world.standard)
        moved(world.standard, "90.92")
        world.gather()
        with session.begin_nested() as cut_off:
            assert world.tell() == 1
            cut_off.rollback()
        assert mails() == []
        assert world.tell() == 1
        assert len(mails()) == 1

    def test_several_changes_make_one_mail_in_the_readers_language(self, world: Followed) -> None:
        world.follow(world.committee)
        world.follow(world.committee, "organiser")  # reads Chinese
        moved(world.standard, "90.92")
        moved(world.other, "90.20")
        for who in ("stranger", "organiser"):
            world.gather(who)
            assert world.tell(who) == 2
        english, chinese = mails()
        assert (english.language, chinese.language) == ("en", "zh")
        assert "ISO 37120:2018" in english.body
        assert "拟修订" in chinese.body
        assert "CANARY-unofficial" not in english.body + chinese.body

    def test_the_sooner_of_two_wishes_counts(self, world: Followed) -> None:
        world.follow(world.committee, frequency=Frequency.WEEKLY)
        world.follow(world.standard, frequency=Frequency.AT_ONCE)
        moved(world.standard, "90.92")
        moved(world.other, "90.92")
        assert world.gather() == 2
        assert world.tell() == 1
        assert world.tell(now=START + timedelta(days=8)) == 1

    def test_nobody_is_told_of_what_was_before_they_followed(self, world: Followed) -> None:
        moved(world.standard, "40.20", START - timedelta(hours=2))
        account = world.account()
        operations.follow(account, world.standard, actor=account.actor(), now=START)
        assert world.gather() == 0

    def test_no_mail_means_no_mail(self, world: Followed) -> None:
        world.follow(world.standard, frequency=Frequency.OFF)
        moved(world.standard, "90.92")
        assert world.gather() == 0


class TestFitting:
    """What fits: with successors, without what is left out, and by every condition."""

    def test_who_follows_a_committee_follows_its_work_to_another(self, world: Followed) -> None:
        world.follow(world.committee)
        moved_on = standard("ISO/IEC 99999", "iso-iec-99999", world.later)
        moved(moved_on, "20.00")
        assert world.gather() == 0  # negative control: no succession yet
        step = Succession(
            from_id=world.ids["committee"],
            to_id=world.ids["later"],
            kind=SuccessionKind.TRANSFERRED,
            effective_on=START.date(),
        )
        session.add(step)
        session.flush()
        assert world.gather() == 1

    def test_what_is_left_out_is_not_told(self, world: Followed) -> None:
        watch = world.follow(world.committee)
        watch_wish(world, watch, Wish(Frequency.AT_ONCE, left_out=(world.other,)))
        moved(world.other, "90.92")
        moved(world.standard, "90.92")
        assert world.gather() == 1

    def test_only_what_is_significant(self, world: Followed) -> None:
        world.rule(Rule("All of it", word="communities"), level=Level.SIGNIFICANT)
        moved(world.standard, "90.20")
        assert world.gather() == 0
        moved(world.standard, "90.92")
        assert world.gather() == 1

    @pytest.mark.parametrize(
        ("rule", "fits"),
        [
            (Rule("r", ics="13."), {"iso-37101"}),
            (Rule("r", ics="14"), set()),
            (Rule("r", type="TS"), {"iso-37120"}),
            (Rule("r", word="COMMUNITIES"), {"iso-37101", "iso-37120"}),
            (Rule("r", word="100%"), set()),
            (Rule("r", stage_from="60.60", stage_to="90.93"), {"iso-37101", "iso-37120"}),
            (Rule("r", stage_to="40.99"), set()),
        ],
    )
    @pytest.mark.usefixtures("world")
    def test_each_condition_of_a_rule(self, rule: Rule, fits: set[str]) -> None:
        found = matching.preview(operations.drafted(rule), START)
        assert {one.slug for one in found.first} == fits
        assert found.count == len(fits)

    def test_committee_topic_and_adoption_narrow_a_rule(self, world: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
        found = matching.preview(operations.drafted(Rule("r", world.committee, world.topic)), START)
        assert [one.slug for one in found.first] == ["iso-37120"]
        key = world.ids["standard"]
        monkeypatch.setattr(neighbours, "adopted", lambda: select(Standard.id).where(Standard.id == key))
        adopted = matching.preview(operations.drafted(Rule("r", world.committee, adopted=True)), START)
        assert [one.slug for one in adopted.first] == ["iso-37101"]

    def test_the_preview_counts_what_ninety_days_would_have_told(self, world: Followed) -> None:
        moved(world.standard, "90.20", START - timedelta(days=100))
        moved(world.standard, "90.60", START - timedelta(days=80))
        found = matching.preview(operations.drafted(Rule("r", world.committee)), START)
        assert found.told == 1
        assert [event.code for event in found.stages] == ["90.60"]

    @pytest.mark.usefixtures("world")
    def test_a_rule_without_conditions_is_refused(self) -> None:
        for rule, refusal in (
            (Rule("r"), errors.RuleEmpty),
            (Rule("", word="city"), errors.NameNeeded),
            (Rule("r", stage_from="60.60", stage_to="40.20"), errors.RangeReversed),
        ):
            with pytest.raises(refusal):
                operations.drafted(rule)


class TestNews:
    """What other rooms note, and imports that lay the catalogue out."""

    def test_the_first_import_of_a_committee_is_silent_and_the_second_is_not(self, world: Followed) -> None:
        world.follow(world.later)
        first = run(START - timedelta(days=2))
        new = standard("ISO/IEC 1", "iso-iec-1", world.later, created_at=first.started_at + timedelta(seconds=5))
        imported(new, "20.00", first)
        assert world.gather() == 0
        second = run(START - timedelta(days=1))
        imported(new, "30.20", second)
        assert world.gather() == 1
        fresh = standard("ISO/IEC 2", "iso-iec-2", world.later, created_at=second.started_at + timedelta(seconds=5))
        imported(fresh, "10.99", second)
        assert world.gather() == 1  # a new project of a committee that was known

    def test_what_another_room_notes_is_told_once(self, world: Followed) -> None:
        world.follow(world.standard)
        what = Happening(
            "ballot_opened",
            "ballot_opened:1",
            "A ballot is open until %(day)s.",
            {"day": date(2027, 5, 1)},
            significant=True,
        )
        assert note_event(what, standard=world.standard, now=START)
        assert not note_event(what, standard=world.standard, now=START)
        assert (world.gather(), world.tell()) == (1, 1)
        assert "A ballot is open until Sat, 1 May 2027." in mails()[0].body

    def test_what_concerns_a_committee_alone_reaches_who_follows_it(self, world: Followed) -> None:
        world.follow(world.committee)
        world.rule(Rule("By word", word="communities"), "organiser")
        note_event(Happening("transfer", "t:1", "Its work goes on elsewhere."), committee=world.committee, now=START)
        assert (world.gather(), world.gather("organiser")) == (1, 0)


class TestStopping:
    """Changing one's mind, and the one click."""

    def test_one_click_stops_every_mail_and_keeps_the_list(self, world: Followed) -> None:
        watch = world.follow(world.standard)
        moved(world.standard, "90.92")
        world.gather()
        world.tell()
        mail = mails()[0]
        message = as_message(mail, "forum@forum.test", START)
        assert message["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        secret = mail.unsubscribe.rpartition("/")[2]
        assert lists.account_of_secret(secret) == world.account().id
        assert lists.account_of_secret(secret + "x") is None
        assert secret not in str([row.token_hash for row in session.scalars(select(WatchDigest))])
        moved(world.standard, "95.99")
        world.gather()
        assert operations.silence(world.account().id, now=START) == 1
        session.refresh(watch)
        assert watch.frequency is Frequency.OFF
        assert world.tell() == 0

    def test_a_mail_without_such_an_address_carries_no_such_header(self, world: Followed) -> None:
        world.follow(world.standard)
        moved(world.standard, "90.92")
        world.gather()
        world.tell()
        mail = mails()[0]
        mail.unsubscribe = ""
        assert as_message(mail, "forum@forum.test", START)["List-Unsubscribe"] is None

    def test_who_stops_following_is_told_no_more(self, world: Followed) -> None:
        watch = world.follow(world.standard)
        moved(world.standard, "90.92")
        world.gather()
        operations.unfollow(watch, actor=world.account().actor(), now=START)
        assert world.tell() == 0
        assert lists.of_account(world.account().id) == []

    def test_a_new_wish_moves_what_waits(self, world: Followed) -> None:
        watch = world.follow(world.standard, frequency=Frequency.WEEKLY)
        moved(world.standard, "90.92")
        world.gather()
        assert world.tell() == 0
        watch_wish(world, watch, Wish(Frequency.AT_ONCE))
        assert world.tell() == 1
        with pytest.raises(errors.ChangedMeanwhile):
            operations.change(watch, Wish(), None, seen=0, person=None, actor=world.account().actor(), now=START)

    def test_following_twice_is_following_once(self, world: Followed) -> None:
        assert world.follow(world.standard).id == world.follow(world.standard).id

    def test_an_account_that_is_deleted_leaves_nothing(self, world: Followed) -> None:
        watch = world.follow(world.committee)
        watch_wish(world, watch, Wish(Frequency.AT_ONCE, left_out=(world.other,)))
        moved(world.standard, "90.92")
        world.gather()
        world.tell()
        operations.erase(world.account().id, START)
        for model in (Watch, WatchNotice, WatchDigest):
            assert session.scalar(select(func.count()).select_from(model)) == 0


def watch_wish(world: Followed, watch: Watch, wish: Wish) -> None:
    person: Recipient = world.person()
    operations.change(watch, wish, None, seen=watch.version, person=person, actor=world.account().actor(), now=START)


def test_gathering_costs_the_same_for_many_events(world: Followed) -> None:
    world.follow(world.committee)

    def cost() -> int:
        person, moves = world.person(), matching.families(START)
        with counted_statements() as seen:
            for watch in lists.active_of(person.account.id):
                list(operations._fitting(watch, matching.wanted(watch, moves, START), LONG_AGO))
        return len(seen)

    moved(world.standard, "90.20")
    first = cost()
    for code in ("90.60", "90.92", "95.20", "95.60", "95.99"):
        moved(world.standard, code)
    assert cost() == first
    assert notices() == 0
    assert translator("zh")("Stop these mails") != ""
