"""What conflicts in an agenda, and what only looks as if it did."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.programme import (
    Item,
    SegmentFacts,
    SessionState,
    SpeakerRole,
    SpeakerState,
    Visibility,
)
from forum.agenda.rules.conflicts import conflicts, for_reader, stopping, touching
from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.agenda.rules.sentences import sentence
from forum.core.bilingual import Text, TextState
from forum.events.kinds import SegmentKind
from tests.agenda.programmes import HALL, ROOM_5, facts, item, programme, speaker


def found(*items: Item, code: Code | None = None, **given_facts: Any) -> list[Conflict]:
    keywords = {
        name: given_facts.pop(name)
        for name in ("granted", "people_away", "at", "fold_chosen", "turnaround")
        if name in given_facts
    }
    result = conflicts(programme(*items, **given_facts), **keywords)
    return [each for each in result if code is None or each.code is code]


def codes(*items: Item, **given_facts: Any) -> set[Code]:
    return {each.code for each in found(*items, **given_facts)}


def test_a_sound_programme_has_no_conflicts() -> None:
    assert found(item("a"), item("b", "2027-04-20 10:10"), item("c", room_guid=ROOM_5.guid)) == []


def test_two_items_in_one_room_are_one_error_whichever_way_round() -> None:
    a, b = item("a"), item("b", "2027-04-20 09:59")
    (one,) = found(a, b, code=Code.ROOM_OVERLAP)
    assert (one.severity, one.guids, one.room_guid) == (Severity.ERROR, ("a", "b"), HALL.guid)
    assert found(b, a, code=Code.ROOM_OVERLAP) == [one]


def test_back_to_back_is_no_overlap_but_leaves_no_time_to_turn_the_room_round() -> None:
    a, b = item("a"), item("b", "2027-04-20 10:00")
    assert codes(a, b) == {Code.ROOM_TURNAROUND}
    assert codes(a, b, turnaround=0) == set()
    assert codes(a, item("b", "2027-04-20 10:10")) == set()


def test_a_bilateral_needs_a_quarter_of_an_hour() -> None:
    a, b = item("a", kind=SegmentKind.BILATERAL), item("b", "2027-04-20 10:12")
    assert codes(a, b) == {Code.ROOM_TURNAROUND}
    assert codes(replace(a, kind=SegmentKind.PARALLEL), b) == set()


def test_breaks_and_parts_of_one_session_need_no_turnaround() -> None:
    a = item("a")
    assert codes(a, item("b", "2027-04-20 10:00", kind=SegmentKind.BREAK)) == set()
    assert codes(a, item("b", "2027-04-20 10:00", session_id=a.session_id)) == set()


def test_cancelled_items_conflict_with_nothing() -> None:
    gone = item("b", state=SessionState.CANCELLED, speakers=(speaker("Li"),))
    assert found(item("a", speakers=(speaker("Li"),)), gone) == []


def test_overlap_across_midnight_is_seen() -> None:
    assert Code.ROOM_OVERLAP in codes(item("a", "2027-04-20 23:30"), item("b", "2027-04-21 00:15"))


@pytest.mark.parametrize(
    ("granted", "severity"),
    [(351, Severity.BLOCK), (301, Severity.ERROR), (271, Severity.NOTE), (270, None)],
)
def test_seats_granted_are_measured_against_the_room(granted: int, severity: Severity | None) -> None:
    result = found(item("a"), granted={"a": granted}, code=Code.ROOM_CAPACITY)
    assert [each.severity for each in result] == ([severity] if severity else [])


def test_offering_more_seats_than_the_room_has_is_a_warning() -> None:
    (one,) = found(item("a", room_guid=ROOM_5.guid, capacity=100))
    assert (one.code, one.severity) == (Code.ROOM_CAPACITY, Severity.WARNING)


def test_nobody_speaks_in_two_places() -> None:
    a = item("a", speakers=(speaker("Li"),))
    b = item("b", "2027-04-20 09:30", room_guid=ROOM_5.guid, speakers=(speaker("Li"),))
    (one,) = found(a, b)
    assert (one.code, one.severity, one.person_guid) == (Code.PERSON_OVERLAP, Severity.ERROR, "Li")
    unsure = replace(b, speakers=(speaker("Li", state=SpeakerState.TENTATIVE),))
    (overlap,) = found(a, unsure, code=Code.PERSON_OVERLAP)
    assert overlap.severity is Severity.WARNING
    declined = replace(b, speakers=(speaker("Li", state=SpeakerState.DECLINED),))
    assert found(a, declined) == []


def test_the_chair_of_an_enclosing_item_may_speak_in_its_parts() -> None:
    whole = item("a", minutes=180, segment_code="plenary", speakers=(speaker("Li", role=SpeakerRole.CHAIR),))
    part = item("b", "2027-04-20 09:30", room_guid=ROOM_5.guid, segment_code="plenary", speakers=(speaker("Li"),))
    assert found(whole, part) == []
    assert codes(whole, replace(part, segment_code="side")) == {Code.PERSON_OVERLAP}
    panellist = replace(whole, speakers=(speaker("Li"),))
    assert codes(panellist, part) == {Code.PERSON_OVERLAP}


def test_five_minutes_between_rooms_are_needed() -> None:
    a = item("a", speakers=(speaker("Li"),))
    b = item("b", "2027-04-20 10:04", room_guid=ROOM_5.guid, speakers=(speaker("Li"),))
    assert codes(a, b) == {Code.PERSON_TRAVEL}
    assert codes(a, item("b", "2027-04-20 10:05", room_guid=ROOM_5.guid, speakers=(speaker("Li"),))) == set()
    assert codes(a, replace(b, speakers=(speaker("Li", remote=True),))) == set()


def test_a_person_who_is_not_there_yet_is_named_without_the_journey() -> None:
    away = {"Li": [(datetime(2027, 4, 19, tzinfo=UTC), datetime(2027, 4, 20, 1, 30, tzinfo=UTC))]}
    (one,) = found(item("a", speakers=(speaker("Li"),)), people_away=away)
    assert (one.code, one.severity) == (Code.PERSON_ABSENT, Severity.WARNING)
    assert set(one.facts) == {"person", "title", "when"}
    assert found(item("a", "2027-04-20 09:30", speakers=(speaker("Li"),)), people_away=away) == []


def test_each_outgoing_language_needs_a_booth() -> None:
    assert codes(item("a", interpretation=("zh", "fr", "en"))) == set()
    assert codes(item("a", interpretation=("zh", "fr", "ru"))) == {Code.LANG_BOOTHS}
    assert codes(item("a", room_guid=ROOM_5.guid, interpretation=("zh",))) == {Code.LANG_BOOTHS}


def test_a_speech_in_a_language_that_nobody_interprets_is_an_error() -> None:
    arabic = (speaker("Amal", language="ar"),)
    (one,) = found(item("a", interpretation=("zh",), speakers=arabic))
    assert one.code is Code.LANG_UNCOVERED
    assert "Arabic" in sentence(one.message, one.facts, "en", str)
    assert "阿拉伯语" in sentence(one.message, one.facts, "zh", str)
    assert codes(item("a", interpretation=("ar", "zh"), speakers=arabic)) == set()


def test_unconfirmed_speakers_of_public_items_need_an_acknowledgement() -> None:
    unsure = item("a", speakers=(speaker("Li", state=SpeakerState.INVITED), speaker("Wu")))
    (one,) = found(unsure)
    assert (one.code, one.severity) == (Code.SPEAKER_UNCONFIRMED, Severity.WARNING)
    assert one.facts["people"] == (speaker("Li").name,)
    assert found(replace(unsure, visibility=Visibility.STAFF)) == []


def test_a_public_title_must_be_there_in_both_languages() -> None:
    (one,) = found(item("a", title=Text("Only English")))
    assert (one.code, one.severity) == (Code.TEXT_MISSING, Severity.ERROR)
    (two,) = found(item("a", abstract=Text(zh="只有中文")))
    assert (two.code, two.severity) == (Code.TEXT_MISSING, Severity.WARNING)
    assert found(item("a", title=Text("Only English"), visibility=Visibility.HEADS)) == []
    assert len(found(item("a", title=Text()))) == 2


def test_a_placeholder_is_public_and_needs_both_languages() -> None:
    secret = item("a", visibility=Visibility.HEADS, placeholder=Text("Closed session"))
    (one,) = found(secret)
    assert (one.code, one.severity) == (Code.TEXT_MISSING, Severity.ERROR)
    assert found(replace(secret, placeholder=Text("Closed session", "闭门会议"))) == []


def test_unreviewed_machine_text_and_outdated_translations_are_warnings() -> None:
    machine = Text("Cities", "城市", TextState.SOURCE, TextState.MACHINE)
    outdated = Text("Cities", "城市", TextState.OUTDATED, TextState.SOURCE)
    assert codes(item("a", title=machine)) == {Code.TEXT_MACHINE}
    assert codes(item("a", description=outdated)) == {Code.TEXT_OUTDATED}
    assert codes(item("a", title=Text("Cities", "城市", TextState.SOURCE, TextState.REVIEWED))) == set()


def test_an_embargo_that_outlasts_the_beginning_contradicts_itself() -> None:
    late = item("a", embargo_until=datetime(2027, 4, 20, 2, tzinfo=UTC))
    assert codes(late) == {Code.VIS_CONTRADICTION}
    assert codes(replace(late, embargo_until=late.starts_at)) == set()


def test_a_public_text_must_not_name_what_is_under_embargo() -> None:
    until = datetime(2027, 4, 19, tzinfo=UTC)
    secret = item(
        "s",
        title=Text("Harbour Accord signing", "港口协定签署"),
        embargo_until=until,
        room_guid=ROOM_5.guid,
        speakers=(speaker("Marguerite Okafor"),),
    )
    for words in ("Before the HARBOUR accord signing", "with marguerite okafor"):
        (one,) = found(secret, item("a", abstract=Text(words, "摘要")))
        assert (one.code, one.guids) == (Code.VIS_CONTRADICTION, ("a", "s"))
    assert codes(secret, item("a", description=Text("See", "出席港口协定签署的代表"))) == {Code.VIS_CONTRADICTION}
    assert codes(secret, item("a", abstract=Text("Harbour Accord signings", "摘要"))) == set()
    leaking = item("a", abstract=Text("Harbour Accord signing", "摘要"))
    assert codes(secret, leaking, at=until) == set()
    known = item("b", "2027-04-20 14:00", speakers=(speaker("Marguerite Okafor"),))
    assert codes(secret, known, item("a", abstract=Text("with Marguerite Okafor", "摘要"))) == set()


def test_an_item_outside_its_segment_is_a_warning() -> None:
    window = SegmentFacts(
        "opening",
        SegmentKind.OPENING,
        Text("Opening", "开幕式"),
        datetime(2027, 4, 20, 1, tzinfo=UTC),
        datetime(2027, 4, 20, 2, tzinfo=UTC),
    )
    inside = item("a", segment_code="opening")
    assert codes(inside, segments=(window,)) == set()
    assert codes(replace(inside, ends_at=inside.ends_at + timedelta(minutes=1)), segments=(window,)) == {
        Code.SEGMENT_BOUNDS
    }


def test_time_outside_the_forum_or_without_length_cannot_be_saved() -> None:
    assert [each.severity for each in found(item("a", "2027-04-23 09:00"))] == [Severity.BLOCK]
    assert codes(item("a", "2027-04-23 01:00", 60)) == set()
    assert [each.code for each in found(item("a", minutes=0))] == [Code.TIME_INVALID]


def test_ending_at_midnight_is_nothing_and_after_it_a_note() -> None:
    assert codes(item("a", "2027-04-20 23:00", 60)) == set()
    assert codes(item("a", "2027-04-20 23:00", 61)) == {Code.MIDNIGHT}


def test_days_on_which_the_clocks_change_are_seen() -> None:
    paris: dict[str, Any] = {"zone": "Europe/Paris"}
    autumn: dict[str, Any] = {"forum": facts("Europe/Paris", datetime(2027, 10, 30).date()), **paris}
    twice = item("a", "2027-10-31 02:30", 20, **paris)
    assert codes(twice, **autumn) == {Code.TIME_AMBIGUOUS}
    assert codes(twice, fold_chosen=["a"], **autumn) == set()
    assert codes(item("a", "2027-10-31 02:30", 20, fold=1, **paris), **autumn) == set()
    assert Code.CLOCK_CHANGE in codes(item("a", "2027-10-31 01:30", 120, **paris), **autumn)
    first = item("a", "2027-10-31 02:00", 60, **paris)
    second = item("b", "2027-10-31 02:00", 60, fold=1, **paris)
    assert Code.ROOM_OVERLAP not in codes(first, second, **autumn)
    spring: dict[str, Any] = {"forum": facts("Europe/Paris", datetime(2027, 3, 27).date()), **paris}
    lost = replace(item("a", "2027-03-28 01:30", 20, **paris), local_start=datetime(2027, 3, 28, 2, 30))
    assert [each.severity for each in found(lost, **spring)] == [Severity.BLOCK]


def test_every_sentence_can_be_said_and_internal_items_stay_internal() -> None:
    secret = item("s", visibility=Visibility.STAFF, title=Text("Secret handshake", "秘密会面"))
    (overlap,) = found(item("a"), secret)
    told = sentence(overlap.message, overlap.facts, "en", str)
    assert "Secret handshake" in told
    assert "Main Hall" in told
    shown = for_reader(overlap, {"s"})
    spoken = sentence(shown.message, shown.facts, "zh", str)
    assert "秘密会面" not in spoken
    assert "标题a" in spoken
    (late,) = found(replace(secret, embargo_until=secret.ends_at))
    hidden = for_reader(late, {"s"})
    assert sentence(hidden.message, hidden.facts, "en", str) == "An internal item has a conflict."
    assert for_reader(overlap, {"other"}) is overlap


def test_touching_and_stopping_pick_their_part() -> None:
    result = found(item("a"), item("b"), item("c", "2027-04-21 23:30", 60))
    assert {each.code for each in touching(result, ["c"])} == {Code.MIDNIGHT}
    assert {each.code for each in stopping(result)} == {Code.ROOM_OVERLAP}


def oracle(items: Sequence[Item]) -> set[tuple[Code, tuple[str, ...], str]]:
    """Compare everything with everything, in whole minutes since the epoch."""
    pairs: set[tuple[Code, tuple[str, ...], str]] = set()
    live = [each for each in items if each.state is not SessionState.CANCELLED and each.minutes > 0]
    for number, a in enumerate(live):
        for b in live[number + 1 :]:
            begin_a, begin_b = a.starts_at.timestamp() // 60, b.starts_at.timestamp() // 60
            meets = begin_a < begin_b + b.minutes and begin_b < begin_a + a.minutes
            guids = tuple(sorted((a.guid, b.guid)))
            if meets and a.room_guid == b.room_guid:
                pairs.add((Code.ROOM_OVERLAP, guids, ""))
            for person in {each.person_guid for each in a.speakers} & {each.person_guid for each in b.speakers}:
                if meets:
                    pairs.add((Code.PERSON_OVERLAP, guids, person))
                gap = max(begin_b - begin_a - a.minutes, begin_a - begin_b - b.minutes)
                if not meets and gap < 5 and a.room_guid != b.room_guid:
                    pairs.add((Code.PERSON_TRAVEL, guids, person))
    return pairs


ZONE_NIGHTS = [
    ("America/New_York", "2027-11-06"),
    ("America/New_York", "2027-03-13"),
    ("Europe/Paris", "2027-10-30"),
    ("Europe/Paris", "2027-03-27"),
    ("Australia/Lord_Howe", "2027-04-03"),
    ("Australia/Lord_Howe", "2027-10-02"),
    ("Asia/Kathmandu", "2027-04-20"),
    ("Asia/Shanghai", "2027-04-20"),
]


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(ZONE_NIGHTS), st.integers(2, 25))
def test_the_sweep_finds_what_comparing_everything_finds(
    chance: random.Random, night: tuple[str, str], count: int
) -> None:
    zone, day = night
    opening = datetime.fromisoformat(f"{day} 20:00").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    items = []
    for number in range(count):
        begin = opening + timedelta(minutes=5 * chance.randrange(120))
        minutes = chance.choice((5, 15, 30, 60, 90, 240))
        local = begin.astimezone(ZoneInfo(zone))
        items.append(
            replace(
                item(f"i{number:02}"),
                local_start=local.replace(tzinfo=None, fold=0),
                fold=local.fold,
                minutes=minutes,
                starts_at=begin,
                ends_at=begin + timedelta(minutes=minutes),
                room_guid=chance.choice((HALL.guid, ROOM_5.guid)),
                state=chance.choice((SessionState.CONFIRMED, SessionState.CONFIRMED, SessionState.CANCELLED)),
                speakers=tuple(speaker(name) for name in chance.sample(["Li", "Wu", "Amal"], chance.randrange(3))),
            )
        )
    result = found(*items, zone=zone, forum=facts(zone, datetime.fromisoformat(day).date()))
    wanted = {Code.ROOM_OVERLAP, Code.PERSON_OVERLAP, Code.PERSON_TRAVEL}
    listed = [(each.code, each.guids, each.person_guid) for each in result if each.code in wanted]
    assert len(listed) == len(set(listed))
    assert set(listed) == oracle(items)


def test_five_hundred_items_take_less_than_a_tenth_of_a_second() -> None:
    chance = random.Random(7)
    rooms = tuple(replace(HALL, guid=f"room-{number}") for number in range(12))
    items = [
        item(
            f"i{number}",
            f"2027-04-2{chance.randrange(3)} {chance.randrange(8, 19):02}:{chance.choice((0, 15, 30)):02}",
            chance.choice((30, 45, 60)),
            room_guid=chance.choice(rooms).guid,
            speakers=tuple(speaker(f"p{chance.randrange(200)}-{n}") for n in range(4)),
            embargo_until=datetime(2027, 4, 19, tzinfo=UTC) if number % 25 == 0 else None,
            abstract=Text("A city is a system of standards. " * 20, "城市是标准的体系。" * 20),
        )
        for number in range(500)
    ]
    whole = programme(*items, rooms=rooms)
    spent = []
    for _ in range(5):
        begin = time.process_time()
        assert conflicts(whole)
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.1
