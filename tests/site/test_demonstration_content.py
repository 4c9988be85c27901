"""The demonstration forum is complete in both languages, invented where it must be and real where it can be."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forum.agenda.programme import SessionState, SpeakerState, Visibility
from forum.agenda.rules.changes import compare
from forum.agenda.rules.conflicts import Code, Severity, conflicts, stopping
from forum.core.bilingual import LANGUAGES, Text, TextState
from forum.places.reference import place
from forum.registration.models import Chain
from forum.registration.rules.fields import ACCESS_NEEDS, DIETS, DOCUMENT_KINDS
from forum.registration.states import SEATED_STATES, DelegationState, ParticipationState
from forum.site.demonstration.content import draft_sessions, load_content, read, release_1_sessions
from forum.site.demonstration.names import passport_form
from forum.site.demonstration.people import participants
from forum.site.demonstration.programme import programme

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
AT = datetime(2026, 10, 19, 2, tzinfo=UTC)
HAN = "\u4e00-\u9fff"
# A standard as texts cite it; the alternatives stand from the most to the least particular.
CITATION = re.compile(
    r"ISO/IEC 5087-\d:\d{4}|IEC SRD \d+(?:-\d)?:\d{4}|IEC \d+:\d{4}"
    r"|ISO(?:/IEC|/TS|/TR)? \d{4,5}(?:-\d)?:\d{4}(?:/Amd \d:\d{4})?"
    r"|ITU-T Y\.\d{4} \(\d\d/\d{4}\)|GB/T \d{5}(?:\.\d)?-\d{4}|2025\d{4}-T-\d{3}"
)
# What the demonstration may cite, so that the test stands without the shared sources.
KNOWN = {
    "20250645-T-469",
    "GB/T 36749-2018",
    "GB/T 40759-2021",
    "GB/T 41150-2021",
    "IEC 63152:2020",
    "IEC SRD 63152-2:2022",
    "IEC SRD 63233-1:2022",
    "IEC SRD 63233-2:2023",
    "IEC SRD 63233-4:2024",
    "IEC SRD 63273-2:2024",
    "IEC SRD 63301-1:2024",
    "IEC SRD 63347-1:2025",
    "ISO 37100:2016",
    "ISO 37101:2016",
    "ISO 37101:2016/Amd 1:2024",
    "ISO 37104:2019",
    "ISO 37106:2021",
    "ISO 37110:2022",
    "ISO 37111:2024",
    "ISO 37113:2024",
    "ISO 37114:2025",
    "ISO 37120:2018",
    "ISO 37122:2019",
    "ISO 37123:2019",
    "ISO 37124:2024",
    "ISO 37125:2024",
    "ISO 37156:2020",
    "ISO 37157:2018",
    "ISO 37158:2019",
    "ISO 37165:2020",
    "ISO 37166:2022",
    "ISO 37170:2022",
    "ISO 37174:2024",
    "ISO 37175:2024",
    "ISO 37179:2024",
    "ISO 37181:2022",
    "ISO/IEC 21972:2020",
    "ISO/IEC 5087-1:2023",
    "ISO/IEC 5087-2:2024",
    "ISO/TR 37112:2024",
    "ISO/TR 37178:2023",
    "ISO/TR 6030:2022",
    "ISO/TS 37107:2019",
    "ITU-T Y.4051 (07/2019)",
    "ITU-T Y.4222 (01/2025)",
    "ITU-T Y.4461 (01/2020)",
    "ITU-T Y.4470 (08/2020)",
    "ITU-T Y.4600 (08/2022)",
    "ITU-T Y.4903 (03/2022)",
    "ITU-T Y.4904 (12/2019)",
}
FORUM_TEXTS = ("title", "theme", "introduction", "venue", "venue_address")
WITHOUT_CHINESE_TITLE = {"consultation"}
WITHOUT_ENGLISH_ABSTRACT = {"lo-county"}


def texts() -> Iterator[tuple[str, Text]]:
    """Yield every bilingual text of the content with a name to find it by."""
    content = load_content()
    yield from ((name, getattr(content, name)) for name in FORUM_TEXTS)
    for session in content.sessions:
        yield f"{session.key} title", session.title
        yield f"{session.key} abstract", session.abstract
        yield from ((session.key, text) for text in (session.placeholder, session.cancel_reason) if text)
    for speaker in content.speakers:
        own = (speaker.name.shown, speaker.function, speaker.organisation, speaker.biography)
        yield from ((speaker.key, text) for text in own)
    yield from ((room.key, room.name) for room in content.rooms)
    yield from ((track.slug, track.name) for track in content.tracks)
    yield from ((segment.code, segment.name) for segment in content.segments)
    yield from ((delegation.key, delegation.name) for delegation in content.delegations)
    yield from ((s.slug, text) for s in content.practical for text in (s.title, s.body))
    yield from ((c.code, text) for c in content.categories for text in (c.name, c.description))
    yield from ((release.number, release.note) for release in content.releases)


def test_the_forum_has_the_size_that_the_demonstration_promises() -> None:
    content = load_content()
    assert len(content.rooms) == 8
    assert len(content.sessions) >= 64
    assert len(content.speakers) >= 95
    assert len(content.delegations) >= 32
    assert len(participants()) >= 420
    assert {session.local_start.date() for session in content.sessions} == {
        content.first_day + timedelta(days=day) for day in range(3)
    }


def test_every_speaker_speaks_and_every_role_has_a_speaker() -> None:
    content = load_content()
    speaking = {role.speaker_key for session in content.sessions for role in session.roles}
    assert speaking == {speaker.key for speaker in content.speakers}


def test_every_text_is_there_in_both_languages_but_for_the_named_exceptions() -> None:
    missing = {(name, language) for name, text in texts() for language in LANGUAGES if not text.side(language)}
    expected = {(f"{key} title", "zh") for key in WITHOUT_CHINESE_TITLE}
    expected |= {(f"{key} abstract", "en") for key in WITHOUT_ENGLISH_ABSTRACT}
    assert missing == expected


def test_the_states_of_texts_that_pages_show_are_all_present() -> None:
    found = Counter(text.state(language) for _, text in texts() for language in LANGUAGES)
    assert set(found) == set(TextState)
    sessions = load_content().sessions
    machine = [s.key for s in sessions if TextState.MACHINE in (s.abstract.state_en, s.abstract.state_zh)]
    outdated = [s.key for s in sessions if TextState.OUTDATED in (s.abstract.state_en, s.abstract.state_zh)]
    assert (len(machine), len(outdated)) == (2, 1)


def slips_in_chinese(chinese: str) -> list[str]:
    """Return what breaks the house rules of Chinese typesetting; references keep their own brackets."""
    plain = re.sub(r" \(\d\d/\d{4}\)", "", chinese.replace("**", ""))
    return [
        slip
        for pattern in (
            rf"[{HAN}] +\w|\w +[{HAN}]",
            rf"[{HAN}][,;:!?()]|[,;:!?()][{HAN}]",
            "[，。：；（）“”《》] | [，。：；（）“”《》]",
        )
        for slip in re.findall(pattern, plain)
    ]


def test_chinese_text_has_full_width_punctuation_and_no_blanks_beside_latin() -> None:
    assert {name: slips for name, text in texts() if (slips := slips_in_chinese(text.zh))} == {}


@pytest.mark.parametrize("chinese", ["采用 ISO 标准", "城市,标准", "会场（一） 楼", "标准(草案)"])
def test_the_check_of_chinese_typesetting_sees_each_slip(chinese: str) -> None:
    assert slips_in_chinese(chinese)


def test_english_text_has_no_chinese_marks_no_straight_quotes_and_no_double_blanks() -> None:
    slip = re.compile(rf"[{HAN}，。：；（）《》\"']|  ")
    assert {name: text.en for name, text in texts() if slip.search(text.en)} == {}


def test_abstracts_of_working_sessions_have_a_readable_length() -> None:
    for session in load_content().sessions:
        if session.segment_code in {"service", "bilaterals"} or session.key in WITHOUT_ENGLISH_ABSTRACT:
            continue
        assert 40 <= len(session.abstract.en.split()) <= 90, session.key
        assert len(session.abstract.zh) >= 65, session.key


def test_biographies_are_short_and_say_that_the_person_is_invented() -> None:
    for speaker in load_content().speakers:
        assert len(speaker.biography.en.split()) <= 60, speaker.key
        assert "invented" in speaker.biography.en
        assert "虚构" in speaker.biography.zh
        assert speaker.organisation.en.endswith("(fictitious)")
        assert speaker.organisation.zh.endswith("（虚构）")


def test_every_standard_cited_exists() -> None:
    known = set(KNOWN)
    source = SHARED / "deliverables.csv"
    if source.exists():
        with source.open(encoding="utf-8", newline="") as lines:
            catalogue = {row["reference"] for row in csv.DictReader(lines)}
        assert catalogue >= KNOWN
    cited = {found for _, text in texts() for side in (text.en, text.zh) for found in CITATION.findall(side)}
    assert len(cited) >= 40
    assert cited <= known


def test_both_languages_cite_the_same_standards() -> None:
    for session in load_content().sessions:
        if session.abstract.en and session.abstract.zh:
            english, chinese = (set(CITATION.findall(side)) for side in (session.abstract.en, session.abstract.zh))
            assert english == chinese, session.key


def test_guids_numbers_and_keys_are_unique() -> None:
    content = load_content()
    guids = [session.guid for session in content.sessions]
    guids += [speaker.guid for speaker in content.speakers]
    guids += [room.guid for room in content.rooms]
    assert len(guids) == len(set(guids))
    for values in (
        [session.key for session in content.sessions],
        [session.number for session in content.sessions],
        [delegation.key for delegation in content.delegations],
    ):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("version", ["release 1", "release 2"])
def test_no_room_holds_two_sessions_at_once(version: str) -> None:
    content = load_content()
    sessions = content.sessions if version == "release 2" else release_1_sessions(content)
    for room in content.rooms:
        held = sorted(
            (s.local_start, s.minutes, s.key)
            for s in sessions
            if s.room_key == room.key and s.state is not SessionState.CANCELLED
        )
        for (start, minutes, key), (following, _, other) in pairwise(held):
            assert start + timedelta(minutes=minutes) <= following, (key, other)


@pytest.mark.parametrize("version", ["release 1", "release 2"])
def test_nothing_stops_a_release(version: str) -> None:
    content = load_content()
    sessions = content.sessions if version == "release 2" else release_1_sessions(content)
    assert stopping(conflicts(programme(content, sessions, AT))) == ()


def test_release_2_shows_exactly_the_warnings_meant_for_the_conflict_panel() -> None:
    content = load_content()
    found = conflicts(programme(content, content.sessions, AT))
    warned = Counter(conflict.code for conflict in found if conflict.severity is Severity.WARNING)
    assert warned == {
        Code.ROOM_TURNAROUND: 1,
        Code.ROOM_CAPACITY: 1,
        Code.SPEAKER_UNCONFIRMED: 1,
        Code.TEXT_MISSING: 1,
        Code.TEXT_MACHINE: 2,
        Code.TEXT_OUTDATED: 1,
    }


def test_the_draft_holds_one_error_that_stops_its_release() -> None:
    content = load_content()
    errors = stopping(conflicts(programme(content, draft_sessions(content), AT)))
    assert [conflict.code for conflict in errors] == [Code.ROOM_OVERLAP]


def test_release_2_changes_release_1_in_every_way_that_readers_are_told_about() -> None:
    content = load_content()
    before = programme(content, release_1_sessions(content), AT)
    after = programme(content, content.sessions, AT)
    kinds = Counter(change.kind for change in compare(before, after) if change.guid)
    assert kinds == {
        "added": 2,
        "moved_time": 2,
        "moved_room": 1,
        "lengthened": 1,
        "renamed": 1,
        "speakers_changed": 1,
        "cancelled": 1,
    }
    assert compare(after, after) == ()


def test_there_is_something_to_see_for_every_circle_of_readers() -> None:
    sessions = load_content().sessions
    assert Counter(session.visibility for session in sessions if session.visibility is not Visibility.PUBLIC) == {
        Visibility.HEADS: 2,
        Visibility.REGISTERED: 2,
        Visibility.STAFF: 1,
    }
    assert [session.key for session in sessions if session.embargo_until] == ["announcement"]
    assert [session.key for session in sessions if session.state is SessionState.CANCELLED] == ["workshop-drafting"]


def test_the_banquet_ends_after_midnight() -> None:
    banquet = next(session for session in load_content().sessions if session.key == "banquet")
    end = banquet.local_start + timedelta(minutes=banquet.minutes)
    assert end.date() == banquet.local_start.date() + timedelta(days=1)
    assert (end.hour, end.minute) == (0, 30)


def test_exactly_one_speaker_is_still_tentative() -> None:
    states = Counter(role.state for session in load_content().sessions for role in session.roles)
    assert states[SpeakerState.TENTATIVE] == 1
    assert set(states) == {SpeakerState.CONFIRMED, SpeakerState.TENTATIVE}


def test_categories_show_every_chain_and_ask_only_for_known_documents() -> None:
    categories = load_content().categories
    assert {category.code for category in categories} == {
        "GOV",
        "CITY",
        "NSB",
        "IGO",
        "SDO",
        "SPEAKER",
        "EXPERT",
        "MEDIA",
        "INTERPRETER",
        "STAFF",
        "ACCOMPANYING",
    }
    assert {category.chain for category in categories} == set(Chain)
    for category in categories:
        assert set(category.required_documents) <= set(DOCUMENT_KINDS)
        assert category.needs_delegation == (category.chain is Chain.FOCAL_THEN_SECRETARIAT)
        assert not (category.needs_delegation and category.self_registration)


def test_delegations_stand_for_real_places() -> None:
    for delegation in load_content().delegations:
        assert place(delegation.kind.value, delegation.place_code).name.zh in delegation.name.zh


def test_the_same_seed_invents_the_same_people_and_another_seed_others() -> None:
    assert participants(7) == participants(7)
    assert participants(7) != participants(8)


def test_participants_are_in_every_state() -> None:
    assert {person.state for person in participants()} == set(ParticipationState)


def test_every_participant_is_one_person_with_one_address_in_the_example_domain() -> None:
    people = participants()
    for values in ([person.key for person in people], [person.email for person in people]):
        assert len(values) == len(set(values))
    for person in people:
        assert re.fullmatch(r"[a-z0-9.\-]+@([a-z]+\.)?forum\.example", person.email), person.email


def test_no_two_participants_share_a_displayed_name() -> None:
    shown = Counter(person.name.shown for person in participants())
    assert [name for name, number in shown.items() if number > 1] == []


def test_passport_forms_hold_only_what_the_machine_readable_zone_can_hold() -> None:
    for person in participants():
        for part in (person.name.passport_surname, person.name.passport_given):
            assert re.fullmatch(r"[A-Z]*( [A-Z]+)*", part), person
            assert len(part) <= 39
        assert person.name.passport_surname or person.name.passport_given


@pytest.mark.parametrize(
    ("latin", "country", "expected"),
    [
        ("Lü", "CN", "LYU"),
        ("Müller", "DE", "MUELLER"),
        ("Sørbø", "NO", "SOERBOE"),
        ("Núñez Vidal", "ES", "NUNEZ VIDAL"),
        ("Đặng", "VN", "DANG"),
        ("Lefèvre-Diallo", "FR", "LEFEVRE DIALLO"),
        ("Yıldızhan", "TR", "YILDIZHAN"),
    ],
)
def test_names_are_spelled_as_their_passports_spell_them(latin: str, country: str, expected: str) -> None:
    assert passport_form(latin, country) == expected


def test_chinese_names_are_written_in_characters_and_others_in_their_own_script() -> None:
    for person in participants():
        if person.country == "CN":
            assert re.search(f"[{HAN}]", person.name.name_zh), person
        elif person.country == "RU" and not person.speaker_key:
            assert re.search("[а-я]", person.name.native_name), person


def test_each_delegation_has_one_head_one_focal_point_and_keeps_its_quotas() -> None:
    content = load_content()
    members = {
        key: [p for p in participants() if p.delegation_key == key]
        for key in (delegation.key for delegation in content.delegations)
    }
    for delegation in content.delegations:
        inside = members[delegation.key]
        assert len(inside) == delegation.size
        if not inside:
            assert delegation.state in {
                DelegationState.INVITED,
                DelegationState.ACCEPTED,
                DelegationState.DECLINED,
            }
            continue
        assert sum(person.is_head for person in inside) == 1
        assert sum(person.is_focal_point for person in inside) == 1
        for category, number in Counter(person.category for person in inside).items():
            assert number <= delegation.quotas[category], delegation.key


def test_people_wait_only_where_the_category_is_full_and_no_category_is_oversold() -> None:
    people = participants()
    seated = Counter(person.category for person in people if person.state in SEATED_STATES)
    waiting = {person.category for person in people if person.state is ParticipationState.WAITLISTED}
    quotas = {category.code: category.quota for category in load_content().categories if not category.needs_delegation}
    assert waiting == {"EXPERT", "MEDIA"}
    for code, quota in quotas.items():
        assert quota is not None
        assert seated[code] == quota if code in waiting else seated[code] < quota


def test_whoever_is_replaced_is_replaced_by_somebody_of_the_same_delegation() -> None:
    people = {person.key: person for person in participants()}
    successors = {person.replaces: person for person in people.values() if person.replaces}
    for person in people.values():
        if person.state is ParticipationState.REPLACED:
            assert successors[person.key].delegation_key == person.delegation_key
            assert successors[person.key].state is ParticipationState.APPROVED


def test_a_decision_against_somebody_gives_a_reason_in_both_languages() -> None:
    for person in participants():
        if person.state in {ParticipationState.RETURNED, ParticipationState.REFUSED, ParticipationState.REVOKED}:
            assert person.reason.en
            assert person.reason.zh


def test_needs_use_the_words_of_the_form() -> None:
    people = participants()
    assert {diet for person in people for diet in person.diet} <= set(DIETS)
    assert {need for person in people for need in person.access} <= set(ACCESS_NEEDS)
    assert sum(bool(person.diet) for person in people) > 60
    assert sum(bool(person.access) for person in people) > 10


def test_those_who_come_arrive_before_they_leave() -> None:
    travelling = [person for person in participants() if person.journey]
    assert len(travelling) > 100
    for person in travelling:
        arrival, departure = person.journey
        assert (arrival.direction, departure.direction) == ("arrival", "departure")
        assert arrival.local_time < departure.local_time


def test_wishes_and_stars_point_at_things_that_exist_and_that_everybody_may_see() -> None:
    content = load_content()
    segments = {segment.code for segment in content.segments}
    public = {
        session.key
        for session in content.sessions
        if session.visibility is Visibility.PUBLIC and session.embargo_until is None
    }
    for person in participants():
        assert set(person.segments) <= segments
        assert set(person.starred) <= public


def test_the_demonstration_accounts_are_the_six_that_the_guide_lists() -> None:
    accounts = load_content().accounts
    assert [account.email.split("@")[0] for account in accounts] == [
        "admin",
        "organiser",
        "registration",
        "protocol",
        "focalpoint",
        "delegate",
    ]
    people = {person.key: person for person in participants()}
    for account in accounts:
        if account.participant_key:
            assert people[account.participant_key].email == account.email
            assert people[account.participant_key].state is ParticipationState.CONFIRMED
        else:
            assert account.name.en
            assert account.name.zh


def test_a_person_is_never_in_two_rooms_at_once() -> None:
    taken: dict[str, list[tuple[datetime, datetime, str]]] = {}
    for session in load_content().sessions:
        for role in session.roles:
            end = session.local_start + timedelta(minutes=session.minutes)
            taken.setdefault(role.speaker_key, []).append((session.local_start, end, session.key))
    for spans in taken.values():
        for (start, end, key), (other_start, other_end, other) in combinations(spans, 2):
            assert end <= other_start or other_end <= start, (key, other)


def test_content_files_hold_no_address_outside_the_example_domain() -> None:
    for name in ("forum.json", "sessions.json", "speakers.json", "practical.json", "names.json", "delegations.json"):
        found = re.findall(r"https?://[^\s\"]+|[\w.]+@[\w.]+", str(read(name)))
        assert [address for address in found if not address.endswith("@forum.example")] == []
