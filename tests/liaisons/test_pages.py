"""The pages of liaison work, as those who use them and those who may not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.committees.models import Post
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.liaisons.models import Confidentiality, Obligation, Statement
from forum.liaisons.states import StatementState
from forum.ports.mail.models import OutboxMail
from tests.cast import Cast
from tests.conftest import START
from tests.gates.pages import Page
from tests.liaisons.committees import Desk, found
from tests.liaisons.scene import furnish
from tests.liaisons.test_statements import PDF
from tests.statements import counted_statements

CANARY = "KANARIENVOGEL"


def arranged(cast: Cast, *deeds: Callable[[Desk], Any]) -> list[str]:
    """Set the committees up and do some deeds; return what they gave by its public id."""
    with cast.app.app_context():
        begin_writing()
        found(cast)
        made = [deed(Desk(cast)).public_id for deed in deeds]
        session.commit()
        session.remove()
    return made


def fields(**more: str) -> dict[str, str]:
    return {
        "title_en": "Terms for city data",
        "title_zh": "城市数据术语",
        "senders-0-group": "ISO/TC 268",
        "receivers-0-group": "ITU-T SG20",
        "receivers-0-purpose": "action",
        "deadline_on": "2027-04-30",
        "deadline_time": "17:00",
        "deadline_zone": "Asia/Shanghai",
        "body_en": "Please review.",
        "confidentiality": "public",
        "contacts-0-role": "to",
        "contacts-0-name": "Counsellor Moreau",
        "contacts-0-email": "sg20@itu.example",
        "contacts-0-language": "en",
        **more,
    }


def step(cast: Cast, who: str, public_id: str, action: str, **more: str) -> Any:
    page = f"/en/liaisons/{public_id}/"
    with cast.app.app_context():
        version = session.scalars(select(Statement.version).where(Statement.public_id == public_id)).one()
        session.remove()
    return cast.client(who).submit(
        f"/en/desk/liaisons/{public_id}/step", {"action": action, "version": str(version), **more}, page=page
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_statement_goes_its_way_through_the_pages(cast: Cast, language: str) -> None:
    arranged(cast)
    officer, chair = cast.client("agenda"), cast.client("delegate")
    made = officer.submit(f"/{language}/desk/liaisons/new", fields())
    assert made.status_code == 303, made.text
    public_id = made.headers["Location"].rstrip("/").rpartition("/")[2]
    assert cast.client().get(f"/{language}/liaisons/{public_id}/").status_code == 404
    assert step(cast, "agenda", public_id, "submit").status_code == 303
    assert chair.get(f"/{language}/liaisons/{public_id}/").status_code == 200
    assert step(cast, "delegate", public_id, "approve").status_code == 303
    preview = officer.get(f"/{language}/desk/liaisons/{public_id}/send")
    assert "sg20@itu.example" in preview.text
    assert "Please review." in preview.text
    assert officer.submit(f"/{language}/desk/liaisons/{public_id}/send").status_code == 303
    public = cast.client().get(f"/{language}/liaisons/{public_id}/")
    assert public.status_code == 200
    assert "LS-2027-001" in public.text
    assert "Moreau" not in public.text
    assert "LS-2027-001" in cast.client().get(f"/{language}/liaisons/").text
    with cast.app.app_context():
        sent = session.scalars(select(OutboxMail).where(OutboxMail.kind == "liaison_statement")).all()
        assert [mail.recipient for mail in sent] == ["sg20@itu.example"]
        row = session.scalars(select(Statement)).one()
        assert (row.deadline_at, row.deadline_zone) == (START.replace(month=4, day=30, hour=9), "Asia/Shanghai")


def test_for_action_without_a_deadline_says_so_at_the_field(cast: Cast) -> None:
    arranged(cast)
    answer = cast.client("agenda").submit("/en/desk/liaisons/new", fields(deadline_on=""))
    assert answer.status_code == 422
    assert "needs a deadline" in answer.text
    assert "Please review." in answer.text  # nothing that was typed is lost


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadline_zone": "CST"},
        {"deadline_time": "25:00"},
        {"deadline_on": "2027-02-31"},
        {"deadline_on": "2027-03-28", "deadline_time": "02:30", "deadline_zone": "Europe/Zurich"},
        {"senders-0-group": ""},
        {"receivers-0-purpose": "nonsense"},
        {"contacts-0-email": "nobody"},
        {"confidentiality": "nonsense"},
        {"title_en": "", "title_zh": ""},
        {"deadline_on": "9999-12-31"},
    ],
)
def test_bad_input_is_answered_with_the_form(cast: Cast, wrong: dict[str, str]) -> None:
    arranged(cast)
    answer = cast.client("agenda").submit("/en/desk/liaisons/new", fields(**wrong))
    assert answer.status_code in {303, 409, 422}
    assert (answer.status_code == 303) == ("9999-12-31" in wrong.values())


def test_more_rows_come_without_script(cast: Cast) -> None:
    arranged(cast)
    answer = cast.client("agenda").submit("/en/desk/liaisons/new", fields(more="1"))
    assert answer.status_code == 200
    assert 'name="receivers-5-group"' in answer.text
    assert "Please review." in answer.text


def test_what_came_in_makes_an_obligation_that_a_reply_answers(cast: Cast) -> None:
    arranged(cast)
    officer = cast.client("agenda")
    with cast.app.app_context():
        owner = cast.account("focal").public_id
        session.remove()
    came = fields(**{"senders-0-group": "ITU-T SG20", "receivers-0-group": "ISO/TC 268", "number": "SG20-LS 12"})
    assert officer.submit("/en/desk/liaisons/incoming", came).status_code == 422  # nobody would owe the answer
    file = (io.BytesIO(PDF), "letter.pdf")
    made = officer.submit(
        "/en/desk/liaisons/incoming", {**came, "owner": owner, "file": file}, content_type="multipart/form-data"
    )
    assert made.status_code == 303, made.text
    public_id = made.headers["Location"].rstrip("/").rpartition("/")[2]
    register = cast.client("focal").get("/en/desk/liaisons/obligations/?show=mine").text
    assert "Terms for city data" in register
    form = officer.get(f"/en/desk/liaisons/new?tie=reply_to:{public_id}").text
    assert "Reply to LS from ITU-T SG20 of 1 March 2027" in form
    assert 'value="ISO/TC 268"' in form
    reply = {"body_en": "Thank you.", "deadline_on": "", "deadline_time": "", "deadline_zone": ""}
    sides = {"senders-0-group": "ISO/TC 268", "receivers-0-group": "ITU-T SG20", "receivers-0-purpose": "response"}
    answered = officer.submit(
        "/en/desk/liaisons/new",
        {**fields(), **reply, **sides, "title_en": "Reply", "tie": f"reply_to:{public_id}"},
        page=f"/en/desk/liaisons/new?tie=reply_to:{public_id}",
    )
    reply_id = answered.headers["Location"].rstrip("/").rpartition("/")[2]
    for who, action in (("agenda", "submit"), ("delegate", "approve"), ("agenda", "post")):
        assert step(cast, who, reply_id, action).status_code == 303
    with cast.app.app_context():
        row = session.scalars(select(Obligation)).one()
        assert (str(row.state), row.statement.action) == ("answered", "taken")
    page = officer.get(f"/en/liaisons/{public_id}/").text
    assert "Answered by" in page
    assert f"/en/liaisons/{reply_id}/" in page


# --- the canary: what is internal is nowhere outside ---------------------------------------------------------


def _hidden(cast: Cast) -> list[str]:
    title = Text(CANARY, CANARY)
    return arranged(
        cast,
        lambda desk: desk.drafted(title=title, body=title),
        lambda desk: desk.posted(title=title, confidentiality=Confidentiality.INTERNAL),
        lambda desk: desk.posted(title=title, confidentiality=Confidentiality.CONFIDENTIAL),
        lambda desk: desk.received(title=title),
    )


@pytest.mark.parametrize("who", [None, "stranger", "organiser"])
def test_drafts_and_confidential_statements_are_nowhere_outside(cast: Cast, who: str | None) -> None:
    hidden = _hidden(cast)
    client = cast.client(who)
    for language in ("en", "zh"):
        lists = [
            "liaisons/",
            "liaisons.json",
            "liaisons/?q=KANARIEN",
            "liaisons.json?q=KANARIEN",
            "liaisons/relations/",
        ]
        for path in [*lists, "liaisons/?state=draft", "liaisons/?committee=iso-tc-268", "desk/"]:
            assert CANARY not in client.get(f"/{language}/{path}", follow_redirects=True).text, path
        for one in hidden:
            for path in ("", "itu.docx", "iso.pdf"):
                assert client.get(f"/{language}/liaisons/{one}/{path}").status_code == 404
    inside = cast.client("viewer").get("/en/desk/liaisons/").text
    assert CANARY in inside  # the canary lives


def test_each_reads_what_their_post_allows(cast: Cast) -> None:
    draft, internal, confidential, received = _hidden(cast)
    may = {
        "viewer": {draft, internal, confidential, received},
        "protocol": {draft, internal, confidential, received},
        "agenda": {draft, internal, confidential, received},  # drafted them all
        "delegate": {draft, internal, confidential, received},
        "focal": {draft, internal, confidential, received},
        "door": {internal},
        "other_focal": {draft, internal, confidential, received},  # of the group on the other side
    }
    for who, seen in may.items():
        client = cast.client(who)
        for one in (draft, internal, confidential, received):
            expected = 200 if one in seen else 404
            assert client.get(f"/en/liaisons/{one}/").status_code == expected, (who, one)


def test_a_post_that_ended_yesterday_opens_nothing(cast: Cast) -> None:
    hidden = _hidden(cast)
    with cast.app.app_context():
        begin_writing()
        for row in session.scalars(select(Post).where(Post.account_id == cast.accounts["delegate"])):
            row.ends_on = (START - timedelta(days=1)).date()
        session.commit()
        session.remove()
    client = cast.client("delegate")
    assert [client.get(f"/en/liaisons/{one}/").status_code for one in hidden] == [404] * 4
    assert client.get("/en/desk/liaisons/").status_code == 404


def test_the_data_hold_what_the_list_holds(cast: Cast) -> None:
    (public_id,) = arranged(cast, lambda desk: desk.posted())
    held = json.loads(cast.client().get("/zh/liaisons.json").text)
    (one,) = held["statements"]
    assert (one["id"], one["title"]["zh"], one["from"]) == (public_id, "城市数据术语", ["ISO/TC 268"])
    assert one["to"][0]["purpose"] == "action"
    assert "sg20@itu.example" not in json.dumps(held)
    assert json.loads(cast.client().get("/en/liaisons.json?q=nothing").text)["count"] == 0
    assert json.loads(cast.client().get("/en/liaisons.json?q=tc%20268").text)["count"] == 1


def test_every_page_of_the_room_opens(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        found(cast)
        ids = furnish(cast, START)["own"]
        Desk(cast).posted()
        session.commit()
        session.remove()
    sid, oid, rid = ids["statement_id"], ids["obligation_id"], ids["relation_id"]
    for language in ("en", "zh"):
        for path in (
            "liaisons/",
            "liaisons/relations/",
            f"liaisons/{sid}/",
            f"liaisons/{sid}/attachments/{ids['attachment_id']}",
            "desk/liaisons/",
            "desk/liaisons/new",
            "desk/liaisons/incoming",
            f"desk/liaisons/{sid}/change",
            f"desk/liaisons/{sid}/attach",
            f"desk/liaisons/{sid}/attachments/{ids['attachment_id']}/take-out",
            f"desk/liaisons/{sid}/send",
            "desk/liaisons/obligations/",
            f"desk/liaisons/obligations/{oid}",
            f"desk/liaisons/obligations/{oid}/hand-over",
            "desk/liaisons/relations/",
            "desk/liaisons/relations/new",
            f"desk/liaisons/relations/{rid}",
            f"desk/liaisons/relations/{rid}/representative",
            "desk/liaisons/rules",
        ):
            answer = cast.client("viewer").get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            if answer.mimetype == "text/html":
                assert answer.text.count("<h1") == 1, path


@pytest.mark.parametrize("path", ["/en/liaisons/", "/en/desk/liaisons/", "/en/desk/liaisons/obligations/"])
def test_a_list_costs_the_same_for_many(cast: Cast, path: str) -> None:
    arranged(cast, lambda desk: desk.posted(), lambda desk: desk.received())
    client = cast.client("viewer")
    client.get(path)
    with cast.app.app_context(), counted_statements() as few:
        client.get(path)
    with cast.app.app_context():
        begin_writing()
        for _ in range(6):
            Desk(cast).posted()
            Desk(cast).received()
        session.commit()
        session.remove()
    with cast.app.app_context(), counted_statements() as many:
        client.get(path)
    assert len(many) <= len(few)


def test_the_approver_who_wrote_it_is_told_why_not(cast: Cast) -> None:
    (public_id,) = arranged(cast, lambda desk: desk.drafted("delegate"))
    step(cast, "delegate", public_id, "submit")
    refused = step(cast, "delegate", public_id, "approve")
    assert refused.status_code == 409
    assert "Somebody else must approve it" in refused.text
    with cast.app.app_context():
        assert session.scalars(select(Statement)).one().state is StatementState.PENDING


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["statement", "obligation", "relation"])
def test_a_reason_that_is_too_long_is_kept_and_the_refusal_leads_to_it(cast: Cast, language: str, kind: str) -> None:
    with cast.app.app_context():
        begin_writing()
        found(cast)
        own = furnish(cast, START)["own"]
        drafted = Desk(cast).drafted("delegate").public_id
        session.commit()
        session.remove()
    assert step(cast, "delegate", drafted, "submit").status_code == 303
    who, page, address, action = {
        "statement": ("delegate", f"liaisons/{drafted}/", f"desk/liaisons/{drafted}/step", "shelve"),
        "obligation": ("viewer", f"desk/liaisons/obligations/{own['obligation_id']}", "", "waive"),
        "relation": ("viewer", f"desk/liaisons/relations/{own['relation_id']}", "", "end"),
    }[kind]
    reason = "because of this and that " * 40
    sent = {"action": action, "reason": reason}
    answer = cast.client(who).submit(f"/{language}/{address or page + '/step'}", sent, page=f"/{language}/{page}")
    assert answer.status_code == 422
    shown = Page(page, answer.text)
    (summary,) = shown.tree.find_class("error-summary")
    (target,) = [str(link.get("href"))[1:] for link in summary.iter("a")]
    assert shown.tree.get_element_by_id(target).text.strip() == reason.strip()
