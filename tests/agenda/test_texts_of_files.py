"""Which translations files of the agenda hold: what was reviewed, unless somebody chooses otherwise.

Each text holds a word of its own, and each word is looked for in the bytes of every kind of file.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
import pypdf
import pytest
from flask.testing import FlaskClient

from forum.agenda.models import AgendaSession, Contribution, Slot
from forum.agenda.operations.restoring import restore
from forum.agenda.programme import SpeakerRole
from forum.agenda.queries import draft, released
from forum.agenda.visibility import ViewerLevel, visible
from forum.commands.exporting import FORMATS, encoded, export_agenda
from forum.core.bilingual import TextState
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.events.models import Room, Segment, Track
from forum.translation.operations import record, review
from forum.translation.standing import TEXTS
from tests.agenda.public_programme import at
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.furnishing import ORGANISER, Said, add_session, release
from tests.translation.planting import plant_state

KINDS = ("agenda.pdf", "agenda.xlsx", "agenda.csv", "schedule.xml", "schedule.json", "programme")
LIVE = ("agenda.ics", "agenda.json")
# By state: a word of its translation in Chinese, whose original is English, and the other way round.
ENGLISH = {
    "machine": "Kingfisher", "human": "Marmalade", "reviewed": "Quartzite", "outdated": "Thistledown",
}  # fmt: skip
CHINESE = {"machine": "翠鸟", "human": "橘酱", "reviewed": "石英", "outdated": "蓟绒"}
REACH = {"agenda.xlsx": 300, "agenda.csv": 300}  # characters behind a text in which its mark is
# Kinds of names that a kind of file doesn't print.
ABSENT = {
    ("agenda.pdf", ""): [],
    ("agenda.csv", ""): ["forum", "part"],
    ("programme", "en"): ["theme", "part", "stand-in"],
}
NAMES = {"forum": "鹈鹕", "theme": "琥珀", "part": "紫檀", "stand-in": "青瓷"}  # each drafted by a machine


@dataclass
class Planted:
    """A released programme in which each state stands in a session of its own, in either direction."""

    slug: str
    guids: dict[tuple[str, str], str]  # (state, language of the translation): the slot's guid

    def page(self, path: str, language: str, texts: str = "") -> str:
        query = f"?texts={texts}" if texts else ""
        return f"/{language}/forums/{self.slug}/{path}{query}"


@pytest.fixture
def planted(cast: Cast, clock: FixedClock) -> Iterator[Planted]:
    with cast.app.app_context():
        begin_writing()
        yield plant(cast, clock())


def plant(cast: Cast, now: datetime) -> Planted:
    """Write and release a programme with a text in each state and each direction."""
    forum = cast.forum
    hall = session.get_one(Room, cast.rooms["hall"])
    theme = session.query(Track).filter_by(forum_id=forum.id, slug="resilience").one()
    part = session.query(Segment).filter_by(forum_id=forum.id, code="parallel").one()
    guids = {}
    for number, kind in enumerate(ENGLISH):
        for language in ("zh", "en"):
            own, far = ("en", "zh") if language == "zh" else ("zh", "en")
            words = {"en": f"Original {kind} of day", "zh": f"原文{number}"}
            words[far] = CHINESE[kind] if far == "zh" else ENGLISH[kind]
            abstract = {"en": f"Abstract {words['en']}", "zh": f"摘要{words['zh']}"}
            made = add_session(
                forum,
                Said((words["en"], words["zh"]), abstract=(abstract["en"], abstract["zh"])),
                hall,
                at(20 if language == "zh" else 21, 9 + number),
                45,
                source_lang=own,
                track_id=theme.id,
                segment_id=part.id,
            )
            for field in ("title", "abstract"):
                plant_state(made, field, kind, now)
            guids[kind, language] = made.slots[0].guid
            if kind == "machine" and language == "zh":
                made.contributions.append(
                    Contribution(
                        role=SpeakerRole.REMARKS, placeholder_en="A vice-mayor", placeholder_zh=NAMES["stand-in"]
                    )
                )
    session.flush()
    stand_in = session.query(Contribution).filter_by(placeholder_zh=NAMES["stand-in"]).one()
    for thing, field, name in (
        (forum, "title", "forum"),
        (theme, "name", "theme"),
        (part, "name", "part"),
        (stand_in, "placeholder", "stand-in"),
    ):
        setattr(thing, f"{field}_zh", NAMES[name])
        session.flush()
        plant_state(thing, field, "machine", now)
    release(forum, now, "Version 1")
    session.commit()
    return Planted(forum.slug, guids)


def text_of(path: str, body: bytes) -> str:
    """Return all that a reader of the file can read, without white space."""
    if path.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(body))
        words = [page.extract_text() for page in reader.pages]
        words += [str(value) for value in (reader.metadata or {}).values()]
        found = "\n".join(words)
    elif path.endswith(".xlsx"):
        book: Any = openpyxl.load_workbook(io.BytesIO(body))
        cells = [str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row]
        heads = [str(page.oddHeader.left.text) for page in book.worksheets]
        found = "\n".join([*cells, *heads, str(book.properties.title), str(book.properties.description)])
    elif path.endswith(".ics"):
        found = body.decode().replace("\r\n ", "")
    else:
        found = body.decode("utf-8-sig")
    return re.sub(r"\s+", "", found)


def fetched(visitor: FlaskClient, planted: Planted, path: str, language: str, texts: str, lang: str = "") -> str:
    address = planted.page(path, language, texts)
    if lang:
        address += ("&" if "?" in address else "?") + f"lang={lang}"
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return text_of(path, answer.data)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_choice_a_file_holds_what_was_reviewed(
    planted: Planted, visitor: FlaskClient, path: str, language: str
) -> None:
    for lang in ("", "both"):
        for texts in ("", "reviewed"):
            found = fetched(visitor, planted, path, language, texts, lang)
            for words in (ENGLISH, CHINESE):
                assert words["reviewed"] in found or (
                    words is not (CHINESE if language == "zh" else ENGLISH) and not lang
                )
                for kind in ("machine", "human", "outdated"):
                    assert words[kind] not in found, (kind, lang, texts)
            assert not [name for name in NAMES.values() if name in found]
            assert "Originalmachineofday" in found, "the original stands in its place"
            assert "原文0" in found


@pytest.mark.parametrize("path", KINDS + LIVE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_originals_alone_are_a_choice(planted: Planted, visitor: FlaskClient, path: str, language: str) -> None:
    found = fetched(visitor, planted, path, language, "source", "both")
    assert not [word for word in (*ENGLISH.values(), *CHINESE.values(), *NAMES.values()) if word in found]
    for number, kind in enumerate(ENGLISH):
        assert f"Original{kind}ofday" in found
        assert f"原文{number}" in found


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_with_machine_drafts_each_is_marked_and_the_head_says_so(
    planted: Planted, visitor: FlaskClient, path: str, language: str
) -> None:
    found = fetched(visitor, planted, path, language, "machine", "both")
    for words in (ENGLISH, CHINESE):
        for kind, word in words.items():
            assert word in found, kind
    absent = ABSENT.get((path, language), ABSENT.get((path, ""), ["part"]))
    assert [name for name, word in NAMES.items() if word not in found] == absent
    marks = {squeezed(translator(each)("machine translation")) for each in ("en", "zh")}
    if path == "programme":
        marks = {squeezed(translator(language)("Machine translation, not reviewed."))}
    if path in {"agenda.csv", "agenda.xlsx"}:
        marks |= {squeezed(translator(each)("Machine translation")) for each in ("en", "zh")}
    for word in (ENGLISH["machine"], CHINESE["machine"], *NAMES.values()) if path != "programme" else ():
        for place in re.finditer(word, found):
            assert any(mark in found[place.start() : place.start() + REACH.get(path, 60)] for mark in marks), word
    if path in {"agenda.pdf", "agenda.xlsx"}:
        assert all(squeezed(notice(each, 8)) in found for each in ("zh", "en"))
    if path == "programme":
        assert squeezed(notice(language, 8)) in found
        # Title and abstract where they lead, the title where it follows, the forum, and the theme of each session.
        assert sum(map(found.count, marks)) == (12 if language == "zh" else 4)


def notice(language: str, number: int) -> str:
    return translator(language).ngettext(
        "%(num)s text is a machine translation that nobody has reviewed; it is marked.",
        "%(num)s texts are machine translations that nobody has reviewed; they are marked.",
        number,
    )


def entries(body: str) -> dict[str, str]:
    """Return the title of each item of a calendar by its guid."""
    found = {}
    for part in body.split("BEGIN:VEVENT")[1:]:
        guid = re.search(r"UID:([0-9a-f-]{36})", part)
        summary = re.search(r"SUMMARY[^:]*:(.*?)(?:DESCRIPTION|LOCATION|DTSTART|URL|STATUS|$)", part)
        assert guid
        assert summary
        found[guid.group(1)] = summary.group(1)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_calendar_lives_on_and_marks_each_draft(planted: Planted, visitor: FlaskClient, language: str) -> None:
    words = CHINESE if language == "zh" else ENGLISH
    found = entries(fetched(visitor, planted, "agenda.ics", language, ""))
    mark = f"[{squeezed(translator(language)('machine translation'))}]"
    assert found[planted.guids["machine", language]].startswith(f"{words['machine']}{mark}")
    assert mark not in found[planted.guids["human", language]]
    changed = f"[{squeezed(translator(language)('original changed since'))}]"
    assert found[planted.guids["outdated", language]].startswith(f"{words['outdated']}{changed}")
    strict = entries(fetched(visitor, planted, "agenda.ics", language, "reviewed"))
    assert words["machine"] not in strict[planted.guids["machine", language]]
    assert strict[planted.guids["reviewed", language]].startswith(words["reviewed"])


def test_json_tells_the_state_of_each_side(planted: Planted, visitor: FlaskClient) -> None:
    document = json.loads(visitor.get(planted.page("agenda.json", "en")).data)
    items = {item["guid"]: item for item in document["programme"]["items"]}
    for (kind, language), guid in planted.guids.items():
        for field in ("title", "abstract"):
            assert items[guid][field]["state"] == {language: kind, "zh" if language == "en" else "en": "source"}
    machine = {"en": "source", "zh": "machine"}
    assert document["programme"]["forum"]["title"]["state"] == machine
    for parts, name in (("tracks", "theme"), ("segments", "part")):
        states = {each["name"]["zh"]: each["name"]["state"] for each in document["programme"][parts]}
        assert states[NAMES[name]] == machine
    speaker = next(each for item in items.values() for each in item["speakers"])
    assert speaker["name"]["state"] == machine
    less = json.loads(visitor.get(planted.page("agenda.json", "en", "reviewed")).data)
    stripped = json.dumps(less, ensure_ascii=False)
    assert not [word for word in (CHINESE["machine"], ENGLISH["machine"], *NAMES.values()) if word in stripped]


@pytest.mark.parametrize("path", KINDS + LIVE)
def test_each_choice_is_another_body_with_its_own_validator(planted: Planted, visitor: FlaskClient, path: str) -> None:
    seen: dict[str, str] = {}
    for _round in range(2):  # the second answers come from what was kept
        for texts in ("reviewed", "machine", "source"):
            answer = visitor.get(planted.page(path, "zh", texts))
            assert seen.setdefault(texts, answer.headers["ETag"]) == answer.headers["ETag"]
            repeat = visitor.get(planted.page(path, "zh", texts), headers={"If-None-Match": answer.headers["ETag"]})
            assert repeat.status_code == 304
    assert len(set(seen.values())) == 3


@pytest.mark.parametrize("path", KINDS + LIVE)
def test_a_choice_that_nobody_knows_is_refused_in_words(planted: Planted, visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(planted.page(path, "en", "all"))
    assert answer.status_code == 400
    assert "Possible values: reviewed, machine, source." in answer.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_s_own_agenda_keeps_to_the_same_rule(cast: Cast, planted: Planted, language: str) -> None:
    client = cast.client("stranger")
    for guid in planted.guids.values():
        client.submit(
            planted.page(f"agenda/{guid}/star", language), {"starred": "1"}, page=planted.page("agenda", language)
        )
    words = CHINESE if language == "zh" else ENGLISH
    paper = text_of(".pdf", client.get(planted.page("my-agenda.pdf", language)).data)
    assert words["reviewed"] in paper
    assert not [kind for kind in ("machine", "human", "outdated") if words[kind] in paper]
    more = text_of(".pdf", client.get(planted.page("my-agenda.pdf", language, "machine")).data)
    assert f"{words['machine']}" in more
    assert squeezed(translator(language)("machine translation")) in more
    page = client.get(planted.page("my-agenda", language)).text
    assert all(f"/my-agenda.pdf?texts={texts}" in page for texts in ("reviewed", "machine", "source"))
    calendar = text_of(".ics", client.get(planted.page("my-agenda.ics", language)).data)
    assert f"{words['machine']}[" in calendar
    assert client.get(planted.page("my-agenda.pdf", language, "x")).status_code == 400


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_choice_stands_beside_the_files_and_on_the_page_to_print(
    planted: Planted, visitor: FlaskClient, language: str
) -> None:
    say = translator(language)
    page = visitor.get(planted.page("agenda", language)).text
    form = page[page.index("file-choice-head") :]
    form = form[: form.index("</form>")]
    for texts in ("Reviewed only", "Reviewed and machine drafts, marked", "As written (original language)"):
        assert say(texts) in form
    for ending in ("agenda.xlsx", "agenda.csv", "programme"):
        assert f'formaction="/{language}/forums/{planted.slug}/{ending}"' in form
    assert say.ngettext(
        "%(num)s translation that nobody has reviewed is left out; the original stands in its place.",
        "%(num)s translations that nobody has reviewed are left out; the originals stand in their place.",
        16,
    ) in form  # fmt: skip
    printed = visitor.get(planted.page("programme", language, "machine")).text
    here = say("Reviewed and machine drafts, marked")
    assert f'<strong aria-current="true">{here}</strong>' in re.sub(
        r">\s+|\s+<", lambda one: one.group().strip(), printed
    )
    assert "agenda.pdf?lang=both&amp;texts=machine" in printed
    source = visitor.get(planted.page("programme", "zh", "source")).text
    assert re.search(r'<h3 lang="en">Original machine of day</h3>', source)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_command_line_keeps_to_the_same_rule(cast: Cast, planted: Planted, kind: str, clock: FixedClock) -> None:
    whole = released.current(cast.forum)
    assert whole is not None
    shown = visible(whole, ViewerLevel.PUBLIC, clock())
    for texts in TEXTS:
        body = encoded(cast.forum, shown, kind, "both", texts, base_url="http://forum.test", host="forum.test")
        found = text_of(f".{kind}", body)
        assert (CHINESE["machine"] in found) is (texts == "machine")
        assert (CHINESE["reviewed"] in found) is (texts != "source")
    usual = next(each for each in export_agenda.params if each.name == "texts")
    assert usual.default == "reviewed"


def test_a_release_keeps_the_states_of_all_that_the_desk_translates(cast: Cast, planted: Planted) -> None:
    frozen, working = released.current(cast.forum), draft.programme(cast.forum)
    assert frozen is not None
    for programme in (frozen, working):
        assert programme.forum.title.state("zh") is TextState.MACHINE
        assert {each.slug: each.name.state("zh") for each in programme.tracks}["resilience"] is TextState.MACHINE
        assert TextState.MACHINE in {each.name.state("zh") for each in programme.segments}


def test_a_review_reaches_the_files_with_the_next_release(
    cast: Cast, planted: Planted, visitor: FlaskClient, clock: FixedClock
) -> None:
    slot = session.query(Slot).filter_by(guid=planted.guids["machine", "zh"]).one()
    held = session.get_one(AgendaSession, slot.session_id)
    begin_writing()
    review(held, "title", "zh", actor=ORGANISER, now=clock())
    session.commit()
    assert CHINESE["machine"] not in fetched(visitor, planted, "agenda.csv", "zh", "")
    clock.forward(days=1)
    begin_writing()
    release(cast.forum, clock(), "Version 2")
    session.commit()
    assert CHINESE["machine"] in fetched(visitor, planted, "agenda.csv", "zh", "")
    clock.forward(days=1)
    begin_writing()
    record(held, "agenda_session", {("title", "en"): "Another original"}, actor=ORGANISER, now=clock())
    release(cast.forum, clock(), "Version 3")
    session.commit()
    found = fetched(visitor, planted, "agenda.csv", "zh", "")
    assert CHINESE["machine"] not in found
    assert "Anotheroriginal" in found


def test_a_draft_that_is_restored_is_a_machine_s_again(cast: Cast, planted: Planted, clock: FixedClock) -> None:
    slot = session.query(Slot).filter_by(guid=planted.guids["machine", "zh"]).one()
    held = session.get_one(AgendaSession, slot.session_id)
    begin_writing()
    record(held, "agenda_session", {("title", "zh"): "人工标题"}, actor=ORGANISER, now=clock())
    held.contributions.clear()
    session.flush()
    first = released.by_number(cast.forum, 1)
    assert first is not None
    restore(cast.forum, first, actor=ORGANISER, now=clock())
    item = draft.programme(cast.forum).item(slot.guid)
    assert item is not None
    assert (item.title.zh, item.title.state("zh")) == (CHINESE["machine"], TextState.MACHINE)
    assert [(each.name.zh, each.name.state("zh")) for each in item.speakers] == [(NAMES["stand-in"], TextState.MACHINE)]
    session.rollback()
