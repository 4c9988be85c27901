"""Files for a bureau: only what may leave goes out; what comes back is looked at first and written once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import select
from werkzeug.test import TestResponse

from forum.agenda.models import AgendaSession
from forum.agenda.programme import Visibility
from forum.audit.models import AuditEntry
from forum.core.bilingual import TextState
from forum.core.database import session
from forum.drafting.neighbours import neighbours
from forum.drafting.operations.keeping import clear_programme, keep_inside
from forum.drafting.rules import UNRELEASED
from forum.ports.exchange import tables, xliff
from forum.ports.exchange.tables import TableRow
from forum.ports.files.kinds import Kind
from forum.ports.files.models import StoredFile
from forum.translating import own_data
from forum.translating.models import BureauFile
from forum.translating.operations import bureau
from forum.translation.operations import record
from tests.cast import Cast, Client, hidden_fields
from tests.conftest import START
from tests.furnishing import ORGANISER
from tests.ports.exchange.test_xliff import SCHEMA
from tests.ports.files.hostile import encrypted, linked, lying_about_length, office
from tests.translating.house import address, begin, held, title_of, written

FORMATS = ("xlf", "xlsx", "docx")
CHINESE = ("安静的街道", "依据ISO 37101的水务", "为12座城市净化空气")
Rows = dict[str, TableRow]
BY_ORGANISER: dict[str, Any] = {"actor": ORGANISER, "now": START}


@pytest.fixture
def talks(cast: Cast) -> list[str]:
    """Three sessions that may leave; the stranger is the translator."""
    made = begin(cast)
    with written(cast.app):
        clear_programme(cast.forum, actor=ORGANISER, now=START)
    return made


def sent(cast: Cast, kind: str, more: str = "?kind=agenda_session", into: str = "zh", who: str = "stranger") -> bytes:
    client = cast.client(who)
    page = address(cast, f"files{more}")
    answer = client.submit(address(cast, f"files/out{more}"), {"into": into, "format": kind}, page=page)
    assert answer.status_code == 200, answer.text
    assert f'filename="texts-{cast.slug}-{into}.{kind}"' in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def rows_of(content: bytes, kind: str) -> list[TableRow]:
    """What a bureau reads in a file, whichever the format."""
    if kind != "xlf":
        return list(tables.read(content, kind))  # type: ignore[arg-type]
    (file,) = xliff.read(content).files
    return [
        TableRow(
            unit.unit_id,
            unit.name,
            xliff.words_of(unit.segments[0].source),
            xliff.words_of(unit.segments[0].target),
            str(unit.segments[0].state),
        )
        for unit in file.units
    ]


def translated(content: bytes, kind: str, words: dict[str, str]) -> bytes:
    """The file as a bureau sends it back, with translations by original."""
    if kind != "xlf":
        rows = [replace(row, target=words.get(row.source, row.target)) for row in rows_of(content, kind)]
        return tables.encode(rows, kind)  # type: ignore[arg-type]
    document = xliff.read(content)
    (file,) = document.files
    units = []
    for unit in file.units:
        (segment,) = unit.segments
        text = words.get(xliff.words_of(segment.source), xliff.words_of(segment.target))
        units.append(replace(unit, segments=(replace(segment, target=(text,) if text else None),)))
    return xliff.encode(replace(document, files=(replace(file, units=tuple(units)),)))


def handed_in(cast: Cast, content: bytes, name: str, who: str = "stranger") -> TestResponse:
    """Send a file as a browser does; the test client would leave a file of its own open for a large one."""
    client, page, edge = cast.client(who), address(cast, "files"), "edge-of-parts"
    token = hidden_fields(client.get(page).text)["csrf_token"]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    answer: TestResponse = client.post(page, data=body, content_type=f"multipart/form-data; boundary={edge}")
    return answer


def taken_in(cast: Cast, content: bytes, kind: str) -> str:
    """Hand a file in and confirm it; return the page that its preview was."""
    answer = handed_in(cast, content, f"back.{kind}")
    assert answer.status_code == 303, answer.text
    client, page = cast.client("stranger"), answer.headers["Location"]
    shown = str(client.get(page).text)
    if "Take " in shown:
        assert client.submit(page, page=page).status_code == 303
    return shown


def told(shown: str, what: str) -> int:
    found = re.search(rf"{what}</dt><dd>(\d+)<", shown)
    assert found is not None, what
    return int(found.group(1))


def left(cast: Cast) -> tuple[int, int]:
    with cast.app.app_context():
        found = session.query(BureauFile).count(), session.query(StoredFile).count()
        session.remove()
    return found


def audited(cast: Cast) -> str:
    with cast.app.app_context():
        found = "\n".join(session.scalars(select(AuditEntry.body)))
        session.remove()
    return found


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_goes_out_comes_back_translated_and_is_reviewed_by_somebody_else(
    cast: Cast, talks: list[str], kind: str
) -> None:
    content = sent(cast, kind)
    found = {row.source: row for row in rows_of(content, kind)}
    assert set(found) == {"Quiet streets", "Water under ISO 37101", "Clean air for 12 cities"}
    row = found["Quiet streets"]
    assert row.row_id.startswith(f"agenda_session.{talks[0]}.title.zh.")
    assert row.target == ""
    assert "Session" in row.context
    back = translated(content, kind, dict(zip(sorted(found), sorted_chinese(found), strict=True)))
    shown = taken_in(cast, back, kind)
    assert (told(shown, "New"), told(shown, "Left out")) == (3, 0)
    assert [title_of(cast, name) for name in talks] == [(text, TextState.HUMAN) for text in CHINESE]
    assert left(cast) == (0, 0)
    page = address(cast, f"agenda_session/{talks[0]}/")
    settle = {"deed": "review", "text": "title"}
    assert "Somebody else has to review what you wrote." in cast.client("stranger").get(page).text
    mark = re.search(r'name="mark" value="(\w+)"', cast.client("organiser").get(page).text)
    assert mark is not None
    facts = {**settle, "mark": mark.group(1)}
    assert cast.client("stranger").submit(f"{page}settle", facts, page=page).status_code == 409
    assert cast.client("organiser").submit(f"{page}settle", facts, page=page).status_code == 303
    noted = audited(cast)
    assert all(f'"{deed}"' in noted for deed in ("send_texts_out", "take_texts_in", "translate"))
    assert "安静" not in noted
    assert "Quiet" not in noted


def sorted_chinese(found: dict[str, TableRow]) -> list[str]:
    known = dict(zip(("Quiet streets", "Water under ISO 37101", "Clean air for 12 cities"), CHINESE, strict=True))
    return [known[source] for source in sorted(found)]


def test_the_xliff_that_goes_out_holds_to_the_rules_of_the_format(cast: Cast, talks: list[str]) -> None:
    with written(cast.app):
        record(held(talks[0]), "agenda_session", {("title", "zh"): "安静街道"}, **BY_ORGANISER)
    content = sent(cast, "xlf", "")
    schema = etree.RelaxNG(etree.fromstring(SCHEMA))
    assert schema.validate(etree.fromstring(content)), schema.error_log
    document = xliff.read(content)
    assert (document.source_lang, document.target_lang) == ("en", "zh")
    states = {unit.unit_id.split(".")[1]: unit.segments[0].state for unit in document.files[0].units}
    assert states[talks[0]] is xliff.SegmentState.TRANSLATED
    assert states[talks[1]] is xliff.SegmentState.INITIAL


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_file_taken_in_twice_changes_nothing_the_second_time(
    cast: Cast, talks: list[str], kind: str, language: str
) -> None:
    back = translated(sent(cast, kind), kind, {"Quiet streets": "安静的街道"})
    first = taken_in(cast, back, kind)
    assert (told(first, "New"), told(first, "Left out")) == (1, 2)
    assert "The file has no translation of it." in first
    second = taken_in(cast, back, kind)
    assert (told(second, "New"), told(second, "As they are here")) == (0, 1)
    assert "Take " not in second
    assert title_of(cast, talks[0]) == ("安静的街道", TextState.HUMAN)
    page = handed_in(cast, back, f"back.{kind}").headers["Location"].replace("/en/", f"/{language}/")
    assert cast.client("stranger").get(page).status_code == 200


def test_what_may_not_leave_stays_and_is_told_with_its_reason(cast: Cast, talks: list[str]) -> None:
    with written(cast.app):
        session.scalars(select(AgendaSession).filter_by(public_id=talks[0])).one().visibility = Visibility.STAFF
        keep_inside(neighbours.sources["agenda_session"], held(talks[1]), actor=ORGANISER, now=START)
    for who in ("stranger", "organiser", "admin"):
        page = cast.client(who).get(address(cast, "files?kind=agenda_session")).text
        assert "1 text may leave." in page
        assert "2 texts stay here" in page
        assert "Somebody said that it is never sent outside." in page
        assert "not everybody may see it" in page
        for kind in FORMATS:
            content = sent(cast, kind, who=who)
            assert [row.source for row in rows_of(content, kind)] == ["Clean air for 12 cities"]
            inside = content if kind == "xlf" else unpacked(content)
            assert b"Quiet" not in inside
            assert b"Water" not in inside
            assert b"never sent outside" in inside


def unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_where_nothing_may_leave_there_is_no_file(cast: Cast) -> None:
    begin(cast)  # neither released nor cleared
    client, page = cast.client("organiser"), address(cast, "files?kind=agenda_session")
    assert "0 texts may leave." in client.get(page).text
    out = page.replace("files?", "files/out?")
    answer = client.submit(out, {"into": "zh", "format": "xlf"}, page=page)
    assert answer.status_code == 422
    assert "send_texts_out" not in audited(cast)


def test_the_file_holds_what_was_ticked_or_found(cast: Cast, talks: list[str]) -> None:
    one = sent(cast, "xlf", f"?which=ticked&text=agenda_session.{talks[1]}.title")
    assert [row.source for row in rows_of(one, "xlf")] == ["Water under ISO 37101"]
    page = cast.client("stranger").get(address(cast, "files?which=ticked")).text
    assert "Only the chosen texts" not in page
    assert len(rows_of(sent(cast, "xlf", "?state=missing"), "xlf")) < len(rows_of(sent(cast, "xlf", ""), "xlf"))


def changed_source(cast: Cast, talks: list[str]) -> None:
    record(held(talks[0]), "agenda_session", {("title", "en"): "Quiet streets at night"}, **BY_ORGANISER)


def changed_target(cast: Cast, talks: list[str]) -> None:
    record(held(talks[0]), "agenda_session", {("title", "zh"): "宁静街道"}, **BY_ORGANISER)


def turned_round(cast: Cast, talks: list[str]) -> None:
    found = held(talks[0])
    found.title_zh, found.source_lang = "宁静街道", "zh"


def nothing(_cast: Cast, _talks: list[str]) -> None:
    """Nothing happens meanwhile."""


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("meanwhile", "source", "text", "reason"),
    [
        (changed_source, "Quiet streets", "安静的街道", "it was changed since"),
        (changed_target, "Quiet streets", "安静的街道", "Its translation was changed here since the file was made."),
        (turned_round, "Quiet streets", "安静的街道", "into the wrong language"),
        (nothing, "Quiet streets", "长" * 301, "at most 300 characters fit"),
        (nothing, "Water under ISO 37101", "依据ISO 37102的水务", "is missing or added: ISO 37101, ISO 37102"),
        (nothing, "Water under ISO 37101", "水务", "is missing or added: ISO 37101"),
    ],
)
def test_what_does_not_fit_is_left_out_with_place_and_reason(
    cast: Cast,
    talks: list[str],
    kind: str,
    meanwhile: Callable[[Cast, list[str]], None],
    source: str,
    text: str,
    reason: str,
) -> None:
    back = translated(sent(cast, kind), kind, {source: text, "Clean air for 12 cities": CHINESE[2]})
    with written(cast.app):
        meanwhile(cast, talks)
    before = title_of(cast, talks[0])
    shown = taken_in(cast, back, kind)
    assert reason in shown
    assert re.search(rf"{'Line' if kind == 'xlf' else 'Row'} \d+</span>", shown)
    assert (told(shown, "New"), told(shown, "Left out")) == (1, 2)
    assert title_of(cast, talks[0]) == before
    assert title_of(cast, talks[1])[0] == ""
    assert title_of(cast, talks[2])[0] == CHINESE[2]


def test_words_that_are_fixed_neither_go_out_nor_come_in(
    cast: Cast, talks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    back = translated(sent(cast, "xlf"), "xlf", {"Quiet streets": "安静的街道"})
    source = neighbours.sources["agenda_session"]
    fixed = replace(source, fixed=lambda held, _field: UNRELEASED if held.public_id == talks[0] else None)
    monkeypatch.setitem(neighbours.sources, "agenda_session", fixed)
    assert "no release shows this text" in taken_in(cast, back, "xlf")
    assert title_of(cast, talks[0])[0] == ""
    assert "Quiet streets" not in {row.source for row in rows_of(sent(cast, "xlf"), "xlf")}


def test_unknown_ids_other_forums_and_doubles_are_left_out(cast: Cast, talks: list[str]) -> None:
    (row,) = [each for each in rows_of(sent(cast, "xlsx"), "xlsx") if each.source == "Quiet streets"]
    good = replace(row, target="安静的街道")
    rows = [
        good,
        replace(good, row_id=f"{row.row_id[:-1]}x", target="另一"),
        replace(good, row_id="one"),
        replace(good, row_id=f"account.{talks[0]}.email.zh.0123456789abcdef"),
        replace(good, row_id=row.row_id.replace("title", "internal_note")),
        replace(good, row_id=row.row_id.replace(".zh.", ".en.")),
    ]
    shown = taken_in(cast, tables.encode(rows, "xlsx"), "xlsx")
    assert (told(shown, "New"), told(shown, "Left out")) == (1, 5)
    assert shown.count("No such text stands in this list.") == 3
    assert shown.count("This text stands in the file more than once.") == 2
    elsewhere = address(cast, "files").replace(cast.slug, cast.other_slug)
    answer = cast.client("stranger").submit(
        elsewhere,
        {"file": (io.BytesIO(tables.encode([good], "xlsx")), "a.xlsx")},
        content_type="multipart/form-data",
    )
    assert "No such text stands in this list." in cast.client("stranger").get(answer.headers["Location"]).text


def test_a_translation_that_is_divided_by_a_tool_comes_together(cast: Cast, talks: list[str]) -> None:
    content = sent(cast, "xlf", f"?which=ticked&text=agenda_session.{talks[0]}.title").decode()
    whole = re.search(r"<segment.*?</segment>", content)
    assert whole is not None
    parts = (
        '<segment id="s1" state="final"><source>Quiet</source><target>安静的</target></segment>'
        "<ignorable><source> </source><target/></ignorable>"
        '<segment id="s2" state="final"><source>streets</source><target>街道</target></segment>'
    )
    assert told(taken_in(cast, content.replace(whole.group(), parts).encode(), "xlf"), "New") == 1
    assert title_of(cast, talks[0])[0] == "安静的 街道"
    unfinished = parts.replace("<target>街道</target>", "")
    assert "The file has no translation of it." in taken_in(
        cast, content.replace(whole.group(), unfinished).encode(), "xlf"
    )


def test_a_title_stays_one_line_and_markup_stays_text(cast: Cast, talks: list[str]) -> None:
    back = translated(sent(cast, "docx"), "docx", {"Quiet streets": "安静\n<b>街道</b>\t=1+1"})
    shown = taken_in(cast, back, "docx")
    assert "is missing or added: &lt;b&gt;" in shown
    plain = translated(sent(cast, "docx"), "docx", {"Quiet streets": "=1+1\n安静"})
    taken_in(cast, plain, "docx")
    assert title_of(cast, talks[0])[0] == "=1+1 安静"


def test_a_person_may_say_a_name_in_the_other_language(cast: Cast, talks: list[str]) -> None:
    with written(cast.app):
        record(held(talks[0]), "agenda_session", {("title", "en"): "Members of ISO meet Marie"}, **BY_ORGANISER)
    said = "国际标准化组织成员与玛丽座谈"
    taken_in(cast, translated(sent(cast, "xlf"), "xlf", {"Members of ISO meet Marie": said}), "xlf")
    assert title_of(cast, talks[0])[0] == said


def test_warnings_stand_beside_what_is_taken_in(cast: Cast, talks: list[str]) -> None:
    back = translated(sent(cast, "xlsx"), "xlsx", {"Clean air for 12 cities": "为20座城市净化空气"})
    shown = taken_in(cast, back, "xlsx")
    assert "The number 20 isn’t in the source." in shown
    assert title_of(cast, talks[2])[0] == "为20座城市净化空气"


def test_a_file_that_was_only_looked_at_leaves_nothing_once_it_is_dropped_or_replaced(
    cast: Cast, talks: list[str]
) -> None:
    back = translated(sent(cast, "xlf"), "xlf", {"Quiet streets": "安静的街道"})
    first = handed_in(cast, back, "a.xlf").headers["Location"]
    second = handed_in(cast, back, "a.xliff").headers["Location"]
    client = cast.client("stranger")
    assert client.get(first).status_code == 404
    assert left(cast) == (1, 1)
    for who in ("organiser", "admin", "agenda"):
        assert cast.client(who).get(second).status_code == 404
        assert cast.client(who).submit(second, page=address(cast)).status_code == 404
    assert client.submit(f"{second}/drop", page=second).status_code == 303
    assert left(cast) == (0, 0)
    assert client.submit(second, page=address(cast)).status_code == 404
    assert title_of(cast, talks[0])[0] == ""
    handed_in(cast, back, "a.xlf")
    with written(cast.app):
        assert "a.xlf" in str(own_data.sections(cast.accounts["stranger"], START))
        own_data.erase_for(cast.accounts["stranger"], START)
    assert left(cast) == (0, 0)


def test_a_transaction_that_breaks_off_takes_nothing_in(
    cast: Cast, talks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    back = translated(sent(cast, "xlf"), "xlf", {"Quiet streets": "甲", "Clean air for 12 cities": "为12乙"})
    page = handed_in(cast, back, "a.xlf").headers["Location"]
    client = cast.client("stranger")
    written_so_far: list[str] = []

    def breaks(texts: Any, **options: Any) -> None:
        if written_so_far:
            raise ConnectionError
        written_so_far.append("one")
        original(texts, **options)

    original = bureau._write
    monkeypatch.setattr(bureau, "_write", breaks)
    with pytest.raises(ConnectionError):
        client.submit(page, page=page)
    monkeypatch.undo()
    assert [title_of(cast, name)[0] for name in talks] == ["", "", ""]
    assert left(cast) == (1, 1)
    assert client.submit(page, page=page).status_code == 303
    assert [title_of(cast, name)[0] for name in talks] == ["甲", "", "为12乙"]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="zh">'
    b'<file id="f"><unit id="u"><segment><source>&b;</source></segment></unit></file></xliff>'
)


def workbook(**cells: Any) -> bytes:
    """A workbook with the right headings and one row, as a spreadsheet would save it."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(tables.HEADINGS))
    page.append(["a", "", "One", "", "", ""])
    for place, value in cells.items():
        page[place] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def packed(kind: Kind, name: str, content: bytes) -> bytes:
    return office(kind, {name: content})


HOSTILE: list[tuple[str, str, bytes | Callable[[], bytes], str]] = [
    ("entities", "a.xlf", BOMB, "declares a document type or entities"),
    ("no xml", "a.xlf", b"<xliff", "well-formed"),
    ("another xml", "a.xlf", b"<html/>", "where “xliff” was expected"),
    ("binary", "a.xlf", b"\0\1\2", "not what its name says"),
    ("empty", "a.xlf", b"", "Choose a file."),
    ("pdf", "a.pdf", b"%PDF-1.7", "can’t be taken here|can&#39;t be taken here"),
    ("no name", "", b"<xliff/>", "Please fill in this field.|Choose a file."),
    ("no zip", "a.docx", b"PK\x03\x04rest", "damaged"),
    ("wrong zip", "a.xlsx", lambda: office(Kind.DOCX), "damaged"),
    ("macros", "a.docx", lambda: packed(Kind.DOCX, "word/vbaProject.bin", b"x"), "such as macros"),
    ("bomb", "a.xlsx", lambda: packed(Kind.XLSX, "xl/big.xml", b" " * 30_000_000), "such as macros"),
    ("entities inside", "a.xlsx", lambda: packed(Kind.XLSX, "xl/s.xml", BOMB), "such as macros"),
    ("linked", "a.docx", lambda: linked(Kind.DOCX), "such as macros"),
    ("encrypted", "a.xlsx", lambda: encrypted(Kind.XLSX), "such as macros"),
    ("lying", "a.docx", lambda: lying_about_length(Kind.DOCX), "damaged|such as macros"),
    ("hollow", "a.docx", lambda: office(Kind.DOCX), "can’t be read as a file of translations"),
    ("hollow workbook", "a.xlsx", lambda: office(Kind.XLSX), "can’t be read as a file of translations"),
    ("formula", "a.xlsx", lambda: workbook(D2="=1+1"), "a formula stands where a text should"),
    ("number", "a.xlsx", lambda: workbook(D2=12.5), "took the text for a number"),
    ("headings", "a.xlsx", lambda: workbook(A1="key"), "no table with the columns"),
    ("no rows", "a.xlsx", lambda: workbook(A2="", C2=""), "holds no text with its translation"),
    ("large", "a.xlf", b"<" + b" " * (10 * 1024 * 1024), "At most 10 MB"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_file_that_is_no_such_file_is_refused_in_a_sentence_at_its_field(
    cast: Cast, name: str, content: bytes | Callable[[], bytes], sentence: str
) -> None:
    answer = handed_in(cast, content if isinstance(content, bytes) else content(), name, "organiser")
    assert answer.status_code == 422
    assert re.search(sentence, answer.text), re.findall(r'class="error">.*?</p>', answer.text)
    assert 'id="file-error"' in answer.text
    assert left(cast) == (0, 0)


def test_a_cell_of_enormous_length_is_left_out_as_too_long(cast: Cast, talks: list[str]) -> None:
    back = translated(sent(cast, "docx"), "docx", {"Quiet streets": "长" * 100_000})
    assert "at most 300 characters fit" in taken_in(cast, back, "docx")


def test_a_text_that_a_format_cannot_carry_is_named(cast: Cast, talks: list[str]) -> None:
    with written(cast.app):
        record(held(talks[0]), "agenda_session", {("title", "en"): "Quiet\u2028streets"}, **BY_ORGANISER)
    client: Client = cast.client("stranger")
    page = address(cast, "files?kind=agenda_session")
    out = page.replace("files?", "files/out?")
    answer = client.submit(out, {"into": "zh", "format": "xlsx"}, page=page)
    assert answer.status_code == 409
    assert "can’t be carried unchanged in this format. Use XLIFF." in answer.text
    assert client.submit(out, {"into": "zh", "format": "xlf"}, page=page).status_code == 200


def test_nobody_else_gets_a_file_or_hands_one_in(cast: Cast, talks: list[str]) -> None:
    for who in ("delegate", "door", "neighbour", "viewer"):
        assert cast.client(who).get(address(cast, "files")).status_code == 404
        answer = cast.client(who).submit(
            address(cast, "files/out"), {"into": "zh", "format": "xlf"}, page="/en/account"
        )
        assert answer.status_code == 404
