"""The pages of the desk: who gets in, what they show, and that nobody's name leaves the country."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from forum.ballots.models import CaseState
from forum.comments import exports, imports
from forum.comments.models import Comment, SentTable
from forum.comments.operations import deciding, numbering, taking_in, writing
from forum.comments.operations.sending import table_of
from forum.comments.rules.template import CommentTable
from forum.comments.states import CommentState
from forum.core.database import begin_writing, session
from forum.terms.operations import seeding as terms
from tests.cast import Cast
from tests.comments.bench import (
    AUDITOR,
    CHAIR,
    COLLEAGUE,
    ELSEWHERE,
    EXPERT,
    GUEST,
    NEAR,
    OFFICE,
    SECRETARY,
    SUBMITTER,
    Bench,
)
from tests.conftest import START
from tests.statements import counted_statements

CANARY = "Delegate"  # the name of the expert; it is on no page outside, and in no part of any file
WHO = (SECRETARY, CHAIR, EXPERT, COLLEAGUE, GUEST, OFFICE, SUBMITTER, AUDITOR)


def address(app: Flask, bench: Bench, *parts: str, language: str = "en") -> str:
    with app.app_context():
        return "/".join([f"/{language}/ballots/{bench.ballot.public_id}/comments", *parts])


@pytest.fixture
def said(app: Flask, kept: Bench) -> list[str]:
    """Three comments that were handed in: two nearly the same, one in Chinese."""
    with app.app_context():
        begin_writing()
        rows = [kept.say(NEAR[0]), kept.say(NEAR[1], COLLEAGUE), kept.say("范围太宽", clause="4.1")]
        writing.support(rows[0], **kept.as_(GUEST))
        keys = [row.public_id for row in rows]
        session.commit()
    return keys


def row_of(key: str) -> Comment:
    return session.scalars(select(Comment).where(Comment.public_id == key)).one()


def test_the_desk_is_there_for_its_readers_and_for_nobody_else(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    for page in ("", "check", "answers", said[0]):
        here = address(app, kept, page) if page else address(app, kept)
        for who in WHO:
            assert cast.client(who).get(here).status_code == 200, (who, here)
        for who in (ELSEWHERE, "neighbour", "other_focal"):
            assert cast.client(who).get(here).status_code == 404, (who, here)
        assert cast.client().get(here).status_code == 303


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_stands_in_both_languages(
    app: Flask, cast: Cast, kept: Bench, said: list[str], language: str
) -> None:
    for page in ("", "check", "answers", "new", "upload", said[0], f"{said[2]}/english", f"{said[0]}/edit"):
        here = address(app, kept, *([page] if page else []), language=language)
        answer = cast.client(SECRETARY).get(here)
        assert answer.status_code == 200, here
        assert len(re.findall(r"<h1", answer.text)) == 1
    for page, who in (("account/comments", EXPERT), ("desk/comments", SECRETARY)):
        answer = cast.client(who).get(f"/{language}/{page}")
        assert answer.status_code == 200
        assert len(re.findall(r"<h1", answer.text)) == 1
    assert cast.client(EXPERT).get("/en/desk/comments").status_code == 404


def test_an_expert_writes_in_one_go_and_sees_where_it_went(app: Flask, cast: Cast, kept: Bench) -> None:
    page = address(app, kept, "new")
    typed = {"kind": "te", "clause": "3.1", "text_zh": "范围太宽", "change_zh": "改窄", "deed": "hand_in"}
    assert cast.client(EXPERT).submit(page, {**typed, "text_zh": ""}).status_code == 422
    sent = cast.client(EXPERT).submit(page, typed)
    assert sent.status_code == 303
    text = cast.client(EXPERT).get(sent.location).text
    assert "范围太宽" in text
    assert "Handed in" in text
    assert "范围太宽" in cast.client(EXPERT).get("/en/account/comments").text
    assert "范围太宽" in cast.client(COLLEAGUE).get(address(app, kept)).text
    assert cast.client("neighbour").get(page).status_code == 404
    assert cast.client(OFFICE).get(page).status_code == 404


def test_a_draft_shows_itself_to_its_author_alone(app: Flask, cast: Cast, kept: Bench) -> None:
    page = address(app, kept, "new")
    sent = cast.client(EXPERT).submit(page, {"kind": "ge", "text_en": "A secret draft.", "deed": ""})
    assert cast.client(EXPERT).get(sent.location).status_code == 200
    for who in (SECRETARY, COLLEAGUE, OFFICE):
        assert cast.client(who).get(sent.location).status_code == 404
        assert "A secret draft." not in cast.client(who).get(address(app, kept)).text


def test_names_are_shown_to_those_who_decide_and_oversee_alone(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    for page in (address(app, kept), address(app, kept, said[0])):
        for who in (SECRETARY, CHAIR, OFFICE, AUDITOR):
            assert CANARY in cast.client(who).get(page).text, who
        for who in (COLLEAGUE, GUEST, SUBMITTER):
            assert CANARY not in cast.client(who).get(page).text, who


def test_the_secretary_merges_drops_keeps_and_numbers(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    secretary, expert = cast.client(SECRETARY), cast.client(EXPERT)
    desk = secretary.get(address(app, kept)).text
    assert "Nearly the same" in desk
    assert "Nearly the same" not in expert.get(address(app, kept)).text
    one, other, chinese = (address(app, kept, key) for key in said)
    merged = secretary.submit(f"{other}/merge", {"into": said[0]}, page=other)
    assert merged.status_code == 303
    assert "Merged into another comment" in secretary.get(other).text
    assert secretary.submit(f"{chinese}/drop", {"reason": ""}, page=chinese).status_code == 422
    assert secretary.submit(f"{chinese}/drop", {"reason": "Out of scope."}, page=chinese).status_code == 303
    assert "Out of scope." in expert.get("/en/account/comments").text
    assert secretary.submit(f"{one}/decide/keep", page=one).status_code == 303
    assert secretary.submit(address(app, kept, "numbers"), page=address(app, kept)).status_code == 303
    with app.app_context():
        assert row_of(said[0]).code == "CN-001"
    assert "CN-001" in expert.get(one).text
    assert expert.submit(f"{one}/decide/keep", page=one).status_code == 404
    assert secretary.submit(f"{one}/drop", {"reason": "No."}, page=address(app, kept)).status_code == 409


def test_a_stale_form_is_told_and_changes_nothing(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    page = address(app, kept, said[0])
    answer = cast.client(SECRETARY).submit(f"{page}/drop", {"reason": "No.", "version": "99"}, page=page)
    assert answer.status_code == 409
    with app.app_context():
        assert row_of(said[0]).state is CommentState.SUBMITTED


def test_the_english_is_written_and_reviewed_beside_the_chinese(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    page = address(app, kept, said[2], "english")
    assert cast.client(EXPERT).get(page).status_code == 404
    missing = {"text_en": "The range is wide.", "change_en": "", "reviewed": "y"}
    assert cast.client(SECRETARY).submit(page, missing).status_code == 422
    typed = {**missing, "change_en": "Narrow it."}
    assert cast.client(SECRETARY).submit(page, typed).status_code == 303
    with app.app_context():
        assert str(row_of(said[2]).translation) == "reviewed"


def test_a_colleague_supports_and_stops(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    page = address(app, kept, said[0])
    assert cast.client(COLLEAGUE).submit(f"{page}/own/support", page=page).status_code == 303
    assert cast.client(COLLEAGUE).submit(f"{page}/own/support", page=page).status_code == 409
    assert cast.client(COLLEAGUE).submit(f"{page}/own/end_support", page=page).status_code == 303
    assert cast.client(OFFICE).submit(f"{page}/own/support", page=page).status_code == 404


def test_a_file_stays_beside_the_comment_and_never_leaves(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    page = address(app, kept, said[0])
    content = b"%PDF-1.7\nCANARY-OF-THE-FILE\n%%EOF\n"

    def send(who: str, name: str) -> int:
        sent = {"file": (io.BytesIO(content), name)}
        answer = cast.client(who).submit(f"{page}/files", sent, page=page, content_type="multipart/form-data")
        return int(answer.status_code)

    assert send(EXPERT, "measurements.exe") == 422
    assert send(EXPERT, "measurements.pdf") == 303
    assert send(COLLEAGUE, "other.pdf") == 404
    shown = re.search(rf"{page}/files/\w+", cast.client(COLLEAGUE).get(page).text)
    assert shown is not None
    assert cast.client(COLLEAGUE).get(shown.group()).data == content
    assert cast.client(ELSEWHERE).get(shown.group()).status_code == 404
    to_send(app, kept, said)
    for kind in ("docx", "xlsx", "csv"):
        data = cast.client(SUBMITTER).get(address(app, kept, f"table.{kind}")).data
        assert b"CANARY-OF-THE-FILE" not in data
        assert b"measurements" not in data
    assert cast.client(EXPERT).submit(f"{shown.group()}/remove", page=page).status_code == 409, "it is decided"


def to_send(app: Flask, kept: Bench, said: list[str]) -> None:
    with app.app_context():
        begin_writing()
        one, other, chinese = map(row_of, said)
        deciding.merge(other, one, **kept.as_(SECRETARY))
        kept.keep(one)
        kept.english(kept.keep(chinese))
        numbering.freeze(kept.ballot, **kept.as_(SECRETARY))
        session.commit()


def test_no_part_of_any_file_says_who_wrote(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    to_send(app, kept, said)
    hidden = [CANARY, "Focal", "Stranger", "@forum.test", "Institute of Streets", "街道研究院", "Hangzhou office"]
    for kind in ("docx", "xlsx", "csv"):
        for language in ("", "?language=zh"):
            answer = cast.client(SUBMITTER).get(address(app, kept, f"table.{kind}{language}"))
            assert answer.status_code == 200
            parts = [answer.data]
            if kind != "csv":
                with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
                    parts = [package.read(name) for name in package.namelist()]
            for word in hidden:
                assert not any(word.encode() in part for part in parts), (kind, word)
            assert any(NEAR[0][:40].encode() in part for part in parts), "and yet the words are there"
            assert any("范围太宽".encode() in part for part in parts) is bool(language)
    summary = cast.client(SECRETARY).get(address(app, kept, "summary.csv"))
    assert "街道研究院" in summary.data.decode(), "the national summary is for use inside"
    for who in (EXPERT, COLLEAGUE, SUBMITTER, GUEST):
        assert cast.client(who).get(address(app, kept, "summary.csv")).status_code == 404
    for who in (EXPERT, COLLEAGUE, GUEST):
        assert cast.client(who).get(address(app, kept, "table.docx")).status_code == 404


def test_the_check_says_which_cell_and_the_sending_is_recorded(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    to_send(app, kept, said)
    with app.app_context():
        begin_writing()
        row_of(said[2]).translation = "machine"  # type: ignore[assignment]
        session.commit()
    page = address(app, kept, "check")
    text = cast.client(SUBMITTER).get(page).text
    assert "Row 2, column 6" in text
    assert "Record that the table was sent" not in text
    assert cast.client(SUBMITTER).submit(address(app, kept, "sent"), page=page).status_code == 409
    with app.app_context():
        begin_writing()
        kept.english(row_of(said[2]))
        session.commit()
    assert cast.client(SUBMITTER).submit(address(app, kept, "sent"), page=page).status_code == 303
    assert "Yes, as CN-001" in cast.client(COLLEAGUE).get("/en/account/comments").text, "a merged comment left too"
    assert cast.client(EXPERT).submit(address(app, kept, "sent"), page=page).status_code == 404


def uploaded(cast: Cast, app: Flask, kept: Bench, who: str, purpose: str, content: bytes, name: str) -> str:
    page = address(app, kept, "upload")
    sent = cast.client(who).submit(
        page, {"purpose": purpose, "file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )
    assert sent.status_code == 303, sent.text[:2000]
    return str(sent.location)


def test_a_table_is_looked_at_before_it_is_taken_in(app: Flask, cast: Cast, kept: Bench) -> None:
    table = CommentTable(
        "", "", "", (("", "", "9.9", "", "TE", "范围太宽", "", ""), ("", "", "", "", "ge", "Fine.", "", ""))
    )
    content = exports.table_as(table, "xlsx")
    page = uploaded(cast, app, kept, EXPERT, "comments", content, "mine.xlsx")
    look = cast.client(EXPERT).get(page)
    assert look.status_code == 200
    assert "Row 1, column 5" in look.text
    with app.app_context():
        assert session.query(Comment).count() == 0
    assert cast.client(COLLEAGUE).get(page).status_code == 404
    assert cast.client(SECRETARY).get(page).status_code == 200
    assert cast.client(EXPERT).submit(page).status_code == 303
    with app.app_context():
        rows = session.scalars(select(Comment).order_by(Comment.id)).all()
        assert [(str(row.kind), row.text_zh, row.text_en) for row in rows] == [
            ("te", "范围太宽", ""),
            ("ge", "", "Fine."),
        ]
    assert cast.client(EXPERT).submit(page, page=address(app, kept, "upload")).status_code == 409
    with app.app_context():
        assert session.query(Comment).count() == 2


def test_a_broken_table_can_be_looked_at_and_not_taken_in(app: Flask, cast: Cast, kept: Bench) -> None:
    page = uploaded(cast, app, kept, EXPERT, "comments", b"a,b\r\nc,d\r\n", "broken.csv")
    assert "Nothing can be taken in" in cast.client(EXPERT).get(page).text
    refused = cast.client(EXPERT).submit(page, page=address(app, kept, "upload"))
    assert refused.status_code == 422
    with app.app_context():
        assert session.query(Comment).count() == 0
        assert session.query(SentTable).count() == 1


def test_answers_are_taken_in_and_followed(app: Flask, cast: Cast, kept: Bench, said: list[str]) -> None:
    to_send(app, kept, said)
    cast.client(SECRETARY).submit(address(app, kept, "sent"), page=address(app, kept, "check"))
    with app.app_context():
        rows = list(table_of(kept.ballot, "en", START).rows)
    answers = ["Not accepted: decided in 2025.", "Accepted in principle, see 4."]
    ours = [(*row[:7], answer) for row, answer in zip(rows, answers, strict=True)]
    foreign = ("FR-001", "", "3.1", "", "te", "Le domaine est large.", "", "Noted")
    content = exports.table_as(CommentTable("2027-06-01", "", "", (foreign, *ours)), "docx")
    page = address(app, kept, "upload")
    assert (
        cast.client(EXPERT)
        .submit(
            page, {"purpose": "compiled", "file": (io.BytesIO(content), "c.docx")}, content_type="multipart/form-data"
        )
        .status_code
        == 422
    )
    look = uploaded(cast, app, kept, SECRETARY, "compiled", content, "compiled.docx")
    text = cast.client(SECRETARY).get(look).text
    assert re.search(r'<option value="rejected" selected', text), "the proposal is chosen beforehand"
    assert cast.client(EXPERT).get(look).status_code == 404
    wrong = cast.client(SECRETARY).submit(look, {"decided-CN-001": "", "decided-CN-002": "in_principle"})
    assert wrong.status_code == 422
    done = cast.client(SECRETARY).submit(look, {"decided-CN-001": "rejected", "decided-CN-002": "in_principle"})
    assert done.status_code == 303
    page = address(app, kept, "answers")
    text = cast.client(EXPERT).get(page).text
    assert "Le domaine est large." in text
    assert "Accepted in principle, see 4." in text
    assert "Rejected" in cast.client(COLLEAGUE).get("/en/account/comments").text
    one = address(app, kept, said[0])
    assert cast.client(SECRETARY).submit(f"{one}/next", {"found": "no"}, page=one).status_code == 303
    assert "Not in the next draft" in cast.client(EXPERT).get(one).text
    assert cast.client(EXPERT).get(f"{one}/again").status_code == 200
    figures = cast.client(SECRETARY).get("/en/desk/comments").text
    assert "50 %" in figures
    assert cast.client(ELSEWHERE).get("/en/desk/comments").text.count("50 %") == 0, "another committee’s are elsewhere"


def test_the_desk_asks_as_much_of_the_database_for_few_comments_as_for_many(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    client, page = cast.client(SECRETARY), address(app, kept)
    client.get(page)
    with app.app_context(), counted_statements() as few:
        client.get(page)
    with app.app_context():
        begin_writing()
        for place in range(60):
            kept.say(f"Comment {place} speaks of something else: {place * 7919}.", clause=f"4.{place}")
        session.commit()
    with app.app_context(), counted_statements() as many:
        assert client.get(page).status_code == 200
    assert len(many) == len(few)
    assert len(many) < 30


def test_rights_end_with_the_post(app: Flask, cast: Cast, kept: Bench) -> None:
    from forum.committees.models import Post  # noqa: PLC0415 - this test alone looks at posts

    page = address(app, kept)
    assert cast.client(EXPERT).get(page).status_code == 200
    with app.app_context():
        begin_writing()
        post = session.scalars(select(Post).where(Post.account_id == cast.accounts[EXPERT])).one()
        post.ends_on = START.date().replace(day=1) if START.day > 1 else START.date().replace(month=2, day=28)
        session.commit()
    assert cast.client(EXPERT).get(page).status_code == 404


def test_a_closed_ballot_takes_no_comment(app: Flask, cast: Cast, kept: Bench) -> None:
    with app.app_context():
        begin_writing()
        kept.ballot.state = CaseState.CLOSED
        session.commit()
    typed = {"kind": "ge", "text_en": "Too late.", "deed": "hand_in"}
    assert cast.client(EXPERT).submit(address(app, kept, "new"), typed).status_code == 409
    assert "Write a comment" not in cast.client(EXPERT).get(address(app, kept)).text


def test_hostile_words_stay_words(app: Flask, cast: Cast, kept: Bench) -> None:
    with app.app_context():
        begin_writing()
        row = kept.say("<script>alert(1)</script> %(name)s {{ 7*7 }}", clause="<b>3</b>")
        kept.keep(row)
        key = row.public_id
        session.commit()
    for page in (address(app, kept), address(app, kept, key), address(app, kept, "check")):
        text = cast.client(SECRETARY).get(page).text
        assert "<script>alert(1)" not in text
        assert "<b>3</b>" not in text
    reading = imports.read(cast.client(SUBMITTER).get(address(app, kept, "table.csv")).data, "x.csv")
    assert reading.table.rows[0][5] == "<script>alert(1)</script> %(name)s {{ 7*7 }}"


def test_the_scene_furnishes_both_sides(app: Flask, cast: Cast) -> None:
    from tests.comments.scene import furnish  # noqa: PLC0415 - what the matrix of routes asks for

    with app.app_context():
        begin_writing()
        made = furnish(cast, START)
        session.rollback()
    assert set(made) == {"own", "other"}
    assert all(made["own"].values())
    named = {endpoint for endpoint in app.view_functions if endpoint.startswith("comments.")}
    named -= {"comments.mine", "comments.figures", "comments.settings"}
    assert {key.rpartition(".")[0] for key in made["own"]} == named


def test_taking_in_needs_no_other_right_than_writing(app: Flask, kept: Bench) -> None:
    with app.app_context():
        begin_writing()
        rows = (("", "", "", "", "ge", "Fine.", "", ""),)
        made = taking_in.take_in_comments(kept.ballot, CommentTable(rows=rows), [], **kept.as_(GUEST))
        assert made[0].unit == "Hangzhou office"
        session.rollback()


def test_the_desk_asks_the_glossary_for_terms_in_both_directions(
    app: Flask, cast: Cast, kept: Bench, said: list[str]
) -> None:
    with app.app_context():
        begin_writing()
        row = row_of(said[0])
        row.text_en, row.text_zh = "Smart cities ask their convenor.", "智能城市征求主席意见。新型智慧城市"
        session.commit()
    page = address(app, kept, said[0])
    assert "Terms to look at" not in cast.client(SECRETARY).get(page).text  # nobody has filled the glossary yet
    with app.app_context():
        begin_writing()
        terms.write_known(START)
        session.commit()
        session.remove()
    text = html.unescape(cast.client(SECRETARY).get(page).text)
    assert "“智能城市” is not used for this. Write 智慧城市." in text
    assert "The English says “convenor”; the Chinese should say 召集人." in text
    assert "The Chinese says “新型智慧城市”; the English should say new-type smart city." in text
