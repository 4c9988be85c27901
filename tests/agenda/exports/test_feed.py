"""The calendar of a forum: one identity, one language, tombstones, and nothing that isn't the reader's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.agenda.exports import as_ics, farewell, select, without_old_tombstones
from forum.agenda.programme import Item, Programme, SessionState, SpeakerRole, SpeakerState
from forum.core.bilingual import Text, TextState
from forum.core.catalogue import translator
from forum.events.kinds import SegmentKind
from tests.agenda.exports import programmes as cast

PAGE = "https://forum.example/en/forums/hangzhou-2027"


def ics(programme: Programme, language: Any = "en", **changes: Any) -> bytes:
    facts = {"host": "forum.example", "feed_url": f"{PAGE}/agenda.ics", "page_url": PAGE}
    return as_ics(programme, language, **(facts | changes))


def only(item: Item, language: Any = "en", **changes: Any) -> Any:
    return icalendar.Calendar.from_ical(ics(cast.programme(item), language, **changes)).events[0]


def test_every_item_is_read_at_its_instant_by_two_readers() -> None:
    programme = cast.large(60)
    content = ics(programme, "both")
    wanted = {item.guid + "@forum.example": item.starts_at for item in programme.items}
    found = {str(event["UID"]): event.start for event in icalendar.Calendar.from_ical(content).events}
    assert found == wanted
    read = {each.uid.value: each.dtstart.value for each in vobject.readOne(content.decode()).vevent_list}
    assert read == wanted


def test_the_identity_is_the_same_in_every_language_and_on_every_page() -> None:
    uids = {
        str(only(cast.item(), language, page_url=page)["UID"])
        for language in ("en", "zh", "both")
        for page in (PAGE, "https://other.example/zh/forums/h")
    }
    assert uids == {f"{cast.item().guid}@forum.example"}


def test_there_is_one_summary_with_its_language() -> None:
    title = Text("City standards", "城市标准")
    english, chinese, both = (only(cast.item(title=title), each)["SUMMARY"] for each in ("en", "zh", "both"))
    assert (str(english), english.params["LANGUAGE"]) == ("City standards", "en")
    assert (str(chinese), chinese.params["LANGUAGE"]) == ("城市标准", "zh-Hans")
    assert str(both) == "城市标准 / City standards"
    assert "LANGUAGE" not in both.params


def test_a_missing_title_falls_back_and_says_its_language() -> None:
    summary = only(cast.item(title=Text("City standards", "")), "zh")["SUMMARY"]
    assert (str(summary), summary.params["LANGUAGE"]) == ("City standards", "en")


def test_machine_text_is_marked_and_can_be_left_out() -> None:
    title = Text("City standards", "城市标准", state_zh=TextState.MACHINE)
    mark = translator("zh")("machine translation")
    assert str(only(cast.item(title=title), "zh")["SUMMARY"]) == f"城市标准 [{mark}]"
    assert str(only(cast.item(title=title), "zh", texts="reviewed")["SUMMARY"]) == "City standards"


def test_a_cancelled_item_stays_as_a_tombstone_for_its_time() -> None:
    cancelled = cast.item(state=SessionState.CANCELLED, cancelled_at=datetime(2027, 4, 10, tzinfo=UTC), sequence=3)
    event = only(cancelled)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 3)
    assert str(event["SUMMARY"]).startswith("[Cancelled] ")
    mark = translator("zh")("Cancelled")
    assert str(only(cancelled, "both")["SUMMARY"]).startswith(f"[{mark}]")
    programme = cast.programme(cancelled, cast.item(2))
    assert len(without_old_tombstones(programme, datetime(2027, 7, 8, tzinfo=UTC)).items) == 2
    assert [each.number for each in without_old_tombstones(programme, datetime(2027, 7, 10, tzinfo=UTC)).items] == [2]


def test_an_item_that_became_secret_leaves_without_telling() -> None:
    secret = cast.item(
        title=Text("Secret talks", "秘密会谈"),
        abstract=Text("hush"),
        placeholder=Text("Closed session", "闭门会"),
        speakers=(cast.speaker(0),),
        sequence=5,
    )
    programme = cast.programme(secret)
    content = ics(programme, "both", items=[farewell(secret, programme)])
    event = icalendar.Calendar.from_ical(content).events[0]
    assert event["STATUS"] == "CANCELLED"
    assert "Closed session" in str(event["SUMMARY"])
    for word in ("Secret", "hush", "秘密", "ZHOU", "Qiantang", secret.session_id):
        assert word not in content.decode().replace("\r\n ", "")


def test_the_description_tells_who_speaks_in_which_role_and_language() -> None:
    item = cast.item(
        speakers=(
            cast.speaker(1, SpeakerRole.KEYNOTE),
            cast.speaker(0, SpeakerRole.CHAIR),
            cast.speaker(2, SpeakerRole.PANELLIST, state=SpeakerState.DECLINED),
        )
    )
    text = str(only(item)["DESCRIPTION"])
    assert "Chair: ZHOU Lan, Deputy Director, Hangzhou Municipal Bureau" in text
    assert text.index("Chair") < text.index("Keynote speaker: Élise Marchand")
    assert "Kanda" not in text
    assert "Interpretation: Chinese" in text
    assert text.endswith(f"{PAGE}/sessions/{item.session_id}")


def test_a_long_abstract_is_cut() -> None:
    text = str(only(cast.item(abstract=Text("word " * 1000, "")))["DESCRIPTION"])
    assert len(text.split("\n\n", maxsplit=1)[0]) <= 1000


def test_breaks_leave_the_reader_free_and_private_feeds_are_private() -> None:
    assert only(cast.item(kind=SegmentKind.BREAK))["TRANSP"] == "TRANSPARENT"
    assert only(cast.item())["TRANSP"] == "OPAQUE"
    assert only(cast.item())["CLASS"] == "PUBLIC"
    assert only(cast.item(), private=True)["CLASS"] == "PRIVATE"


def test_the_venue_stands_in_place_and_position() -> None:
    event = only(cast.item(1))
    assert str(event["LOCATION"]) == "Qiantang Hall, Hangzhou International Conference Centre, Hangzhou"
    assert event["GEO"].latitude == 30.2291
    nowhere = cast.programme(cast.item(), forum=cast.forum_facts(latitude=None))
    assert b"GEO" not in ics(nowhere)


def test_a_feed_of_chosen_items_has_their_name_and_no_others() -> None:
    programme = cast.large(30)
    chosen = select(programme, guids={programme.items[3].guid}).items
    calendar = icalendar.Calendar.from_ical(ics(programme, items=chosen, name="My agenda"))
    assert [str(event["UID"]) for event in calendar.events] == [f"{programme.items[3].guid}@forum.example"]
    assert str(calendar["X-WR-CALNAME"]) == "My agenda"


def test_a_change_alters_the_feed_and_nothing_else_does() -> None:
    programme = cast.large(30)
    assert ics(programme) == ics(replace(programme, items=tuple(reversed(programme.items))))
    moved = replace(programme.items[0], changed_at=programme.items[0].changed_at + timedelta(seconds=1))
    assert ics(programme) != ics(replace(programme, items=(moved, *programme.items[1:])))


def test_an_empty_draft_is_a_calendar() -> None:
    content = ics(cast.programme(number="", released_at=None))
    assert not icalendar.Calendar.from_ical(content).events


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=80), st.sampled_from(["en", "zh", "both"]))
def test_hostile_words_anywhere_add_no_event(word: str, language: str) -> None:
    text = Text(word, f"市{word}")
    item = cast.item(
        title=text,
        abstract=text,
        speakers=(cast.speaker(0, name=text, organisation=text, function=text),),
        language=word,
        interpretation=(word,),
    )
    programme = cast.programme(item, forum=cast.forum_facts(title=text, venue=text, city=text, organiser=text))
    content = ics(programme, language)
    assert len(icalendar.Calendar.from_ical(content).events) == 1
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.count(b"BEGIN:VEVENT\r\n") == 1
