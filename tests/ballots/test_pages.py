"""The pages of ballots: who sees what, the whole way of a case by forms, and nothing internal outside."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.accounts.models import SignIn
from forum.ballots.models import Ballot, BallotKind, BallotRule, CaseState
from forum.ballots.neighbours import neighbours
from forum.ballots.operations import performing, positions
from forum.ballots.queries import cases
from forum.ballots.rules.coherence import CommentFacts
from forum.committees.models import Post
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from tests.ballots import house as making
from tests.ballots.house import CHAIR, OFFICE, SECRETARY, SUBMITTER, House
from tests.conftest import START, FixedClock
from tests.statements import counted_statements

CANARY = "CANARYWORD"


def entered(house: House, **changes: object) -> str:
    """Enter a ballot and commit; return its address part."""
    with house.cast.app.app_context():
        begin_writing()
        ballot = making.opened(house, **changes)
        key = ballot.public_id
        session.commit()
    return key


def advanced(house: House, how: object, key: str) -> None:
    """Bring a ballot on, and commit."""
    with house.cast.app.app_context():
        begin_writing()
        ballot = cases.by_public_id(key)
        assert ballot is not None
        how(ballot)  # type: ignore[operator]
        session.commit()


def later(house: House, clock: FixedClock, days: int) -> None:
    """Let days go by; everybody stays signed in."""
    clock.forward(days=days)
    with house.cast.app.app_context():
        begin_writing()
        session.execute(update(SignIn).values(last_seen_at=clock.at))
        session.commit()


def state_of(house: House, key: str) -> CaseState:
    with house.cast.app.app_context():
        ballot = cases.by_public_id(key)
        assert ballot is not None
        return ballot.state


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_public_sees_what_is_open_with_its_closing_on_both_clocks(kept: House, language: str) -> None:
    key = entered(kept)
    listed = kept.cast.client().get(f"/{language}/ballots/")
    page = kept.cast.client().get(f"/{language}/ballots/{key}/")
    for answer in (listed, page):
        assert answer.status_code == 200
        assert "ISO/DIS 90001" in answer.text
        assert "05:59" in answer.text  # Beijing
        assert "23:59" in answer.text  # Geneva
        assert "SAC/TC 901" not in answer.text
    assert len(re.findall("<h1", page.text)) == 1


def test_nothing_of_our_case_is_anywhere_outside(kept: House) -> None:
    key = entered(kept, summary=Text(f"{CANARY} summary", f"{CANARY}摘要"), document_number=f"N {CANARY}")

    def on(ballot: Ballot) -> None:
        making.drafting(kept, ballot)
        said = positions.Wording("disapprove", Text(f"{CANARY} reason", f"{CANARY}理由"))
        positions.draft(ballot, said, **kept.as_(SECRETARY))  # type: ignore[arg-type]
        making.voted(kept, making.approved(kept, ballot))
        performing.perform(ballot, "reopen", reason=CANARY, **kept.as_(OFFICE))  # type: ignore[arg-type]

    advanced(kept, on, key)
    surfaces = ["/en/ballots/", f"/en/ballots/{key}/", "/en/ballots.ics", f"/zh/ballots/{key}/", "/zh/ballots.ics"]
    for who in (None, "stranger", "neighbour", "other_focal"):
        for address in surfaces:
            text = kept.cast.client(who).get(address).text
            assert CANARY not in text, (who, address)
            assert "Disapprove" not in text
            assert "反对" not in text
            assert "Drafting" not in text
    assert CANARY in kept.cast.client("viewer").get(f"/en/ballots/{key}/").text  # the canary sings inside


def test_a_step_of_our_case_leaves_no_trace_in_the_public_calendar_or_page(kept: House, clock: FixedClock) -> None:
    key = entered(kept)
    surfaces = ("/en/ballots.ics", "/en/ballots/", f"/en/ballots/{key}/")

    def seen() -> list[str]:
        return [re.sub(r'nonce="[^"]*"', "", kept.cast.client().get(address).text) for address in surfaces]

    before = seen()
    clock.forward(minutes=5)
    advanced(kept, lambda ballot: making.drafting(kept, ballot, clock.at), key)
    assert seen() == before
    assert "Drafting the position" in kept.cast.client("viewer").get(surfaces[2]).text


def test_internal_pages_and_files_are_not_there_for_strangers(kept: House) -> None:
    key = entered(kept)
    advanced(kept, lambda ballot: making.asked(kept, ballot), key)
    with kept.cast.app.app_context():
        file_id = cases.documents(cases.by_public_id(key).id)[0].public_id  # type: ignore[union-attr]
    for part in ("position", "enquiry", "vote", "result", "closing", "steps/approve", f"files/{file_id}", "answer"):
        for who in ("stranger", "neighbour", "other_focal"):
            assert kept.cast.client(who).get(f"/en/ballots/{key}/{part}").status_code == 404, (who, part)
    assert kept.cast.client("delegate").get(f"/en/ballots/{key}/files/{file_id}").status_code == 200
    assert kept.cast.client().get(f"/en/ballots/{key}/files/{file_id}").status_code == 404


def test_a_national_ballot_is_not_there_for_the_public(kept: House) -> None:
    national = {"kind": BallotKind.NCIB, "standard": None, "title": Text("Our question", "国内问题")}
    with kept.cast.app.app_context():
        begin_writing()
        key = making.opened(kept, committee=kept.committee("SAC/TC 901"), **national).public_id
        session.commit()
    assert kept.cast.client().get(f"/en/ballots/{key}/").status_code == 404
    assert "Our question" not in kept.cast.client().get("/en/ballots/").text
    assert "Our question" not in kept.cast.client().get("/en/ballots.ics").text
    assert "Our question" in kept.cast.client(SECRETARY).get("/en/ballots/?tab=open").text


def test_a_case_goes_its_whole_way_by_forms(kept: House, clock: FixedClock) -> None:
    key = entered(kept, summary=Text("Summary", ""))
    here = f"/en/ballots/{key}"
    secretary, chair = kept.cast.client(SECRETARY), kept.cast.client(CHAIR)
    office, submitter = kept.cast.client(OFFICE), kept.cast.client(SUBMITTER)
    people = [str(kept.cast.accounts[who]) for who in ("delegate", "focal", "door")]
    without = secretary.submit(f"{here}/enquiry", {"people": people, "summary_zh": ""})
    assert without.status_code == 409
    assert "summary in Chinese" in without.text
    draft = {"people": people, "summary_zh": "摘要", "draft": (io.BytesIO(making.PDF), "draft.pdf")}
    assert secretary.submit(f"{here}/enquiry", draft).status_code == 303
    expert = kept.cast.client("delegate")
    assert "Your opinion is asked" in expert.get("/en/ballots/").text
    assert expert.submit(f"{here}/answer", {"answer": "approve", "remark": "好。"}).status_code == 303
    for action in ("close_enquiry", "begin_position"):
        assert secretary.submit(f"{here}/steps/{action}").status_code == 303
    said = {"answer": "disapprove", "reason_en": "", "reason_zh": ""}
    assert secretary.submit(f"{here}/position", said).status_code == 303
    blocked = chair.submit(f"{here}/steps/pass_on")
    assert blocked.status_code == 409
    assert "needs a technical comment" in blocked.text
    assert secretary.submit(f"{here}/position", {"answer": "approve", "reason_zh": "同意。"}).status_code == 303
    assert secretary.get(f"{here}/steps/approve").status_code == 200  # the form is there, the table refuses
    assert secretary.submit(f"{here}/steps/approve").status_code == 409
    assert chair.submit(f"{here}/steps/pass_on").status_code == 303
    assert office.submit(f"{here}/steps/approve").status_code == 303
    receipt = {"receipt": (io.BytesIO(making.PDF), "receipt.pdf")}
    assert submitter.submit(f"{here}/vote", receipt).status_code == 303
    assert state_of(kept, key) is CaseState.SUBMITTED
    page = kept.cast.client("viewer").get(f"{here}/").text
    assert "同意。" in page
    assert "Vote submitted" in page
    later(kept, clock, 90)
    advanced(kept, lambda ballot: performing.settle(ballot, now=clock.at), key)
    counts = {"p_approve": "20", "p_disapprove": "10", "o_approve": "10"}
    assert secretary.submit(f"{here}/result", counts).status_code == 303
    assert "20/30" in secretary.get(f"{here}/").text
    unlawful = {"decision": "60.60", "on": "2027-05-28"}
    assert secretary.submit(f"{here}/decision", unlawful).status_code == 422
    assert secretary.submit(f"{here}/decision", {"decision": "40.99", "on": "2027-05-28"}).status_code == 303
    with kept.cast.app.app_context():
        assert kept.standard.stage_equivalent == "40.99"


def test_an_approved_position_is_a_file_for_readers_of_the_case(kept: House) -> None:
    key = entered(kept)
    address = f"/zh/ballots/{key}/position.pdf"

    def on(ballot: Ballot) -> None:
        making.drafting(kept, ballot)
        said = positions.Wording("approve", Text("Clause 4 is right.", "第4章正确。"))
        positions.draft(ballot, said, **kept.as_(SECRETARY))  # type: ignore[arg-type]

    advanced(kept, on, key)
    assert kept.cast.client("viewer").get(address).status_code == 404  # nobody has approved it
    advanced(kept, lambda ballot: making.approved(kept, ballot), key)
    made = kept.cast.client("viewer").get(address)
    assert made.data.startswith(b"%PDF-")
    assert made.data == kept.cast.client(CHAIR).get(address).data
    for who in ("stranger", "neighbour"):
        assert kept.cast.client(who).get(address).status_code == 404


def test_a_form_opened_on_an_earlier_version_is_refused(kept: House) -> None:
    key = entered(kept)
    here = f"/en/ballots/{key}"
    chair = kept.cast.client(CHAIR)
    advanced(kept, lambda ballot: making.asked(kept, ballot), key)
    stale = chair.submit(f"{here}/steps/take_no_position", {"reason": "None.", "version": "1"})
    assert stale.status_code == 409
    assert "Somebody changed this ballot" in stale.text


def test_the_tabs_show_what_they_say(kept: House, clock: FixedClock) -> None:
    entered(kept)
    client = kept.cast.client(SECRETARY)
    for tab in ("required", "mandatory", "open", "new"):
        assert "ISO/DIS 90001" in client.get(f"/en/ballots/?tab={tab}").text, tab
    for tab in ("closing", "closed"):
        assert "ISO/DIS 90001" not in client.get(f"/en/ballots/?tab={tab}").text, tab
    later(kept, clock, 70)
    assert "ISO/DIS 90001" in client.get("/en/ballots/?tab=closing").text
    assert "ISO/DIS 90001" not in client.get("/en/ballots/?tab=new").text
    later(kept, clock, 10)
    assert "ISO/DIS 90001" in client.get("/en/ballots/?tab=closed").text
    assert client.get("/en/ballots/?tab=nonsense&page=x").status_code == 200


def test_a_missed_vote_shows_in_the_risk_meter(kept: House, clock: FixedClock) -> None:
    key = entered(kept)
    later(kept, clock, 90)
    advanced(kept, lambda ballot: performing.settle(ballot, now=clock.at), key)
    assert "A vote was missed" in kept.cast.client(OFFICE).get("/en/ballots/").text
    assert "A vote was missed" not in kept.cast.client("other_focal").get("/en/ballots/").text


def test_lists_ask_the_same_number_of_statements_for_one_ballot_as_for_twenty(kept: House) -> None:
    entered(kept)
    clients = (kept.cast.client(), kept.cast.client(OFFICE))
    addresses = ("/en/ballots/?tab=open", "/en/ballots.ics")

    def counted() -> list[int]:
        numbers = []
        for client in clients:
            for address in addresses:
                client.get(address)
                with kept.cast.app.app_context(), counted_statements() as seen:
                    assert client.get(address).status_code == 200
                numbers.append(len(seen))
        return numbers

    few = counted()
    for _ in range(19):
        entered(kept)
    assert counted() == few
    assert max(few) <= 20


def test_the_calendar_keeps_its_uid_and_raises_its_sequence(kept: House) -> None:
    key = entered(kept)

    def entry() -> str:
        text = kept.cast.client().get("/en/ballots.ics").text.replace("\r\n ", "")
        (found,) = [part for part in text.split("BEGIN:VEVENT") if f"UID:ballot-{key}@" in part]
        return found

    assert "SEQUENCE:0" in entry()
    assert "2027-05-18 05:59" in entry()
    assert "2027-05-17 23:59" in entry()
    office = kept.cast.client(OFFICE)
    moved = {"closes_on": "2027-06-14", "reason": "Extended."}
    assert office.submit(f"/en/ballots/{key}/closing", moved).status_code == 303
    assert "SEQUENCE:1" in entry()
    assert office.submit(f"/en/ballots/{key}/steps/cancel", {"reason": "Withdrawn."}).status_code == 303
    assert "STATUS:CANCELLED" in entry()
    assert "SEQUENCE:2" in entry()


def test_a_calendar_by_its_secret_holds_the_steps_and_no_position(kept: House) -> None:
    entered(kept)
    client = kept.cast.client(SECRETARY)
    page = client.submit("/en/ballots/calendar")
    (address,) = re.findall(r"http://forum\.test(/en/ballots/calendar/[^<]+\.ics)", page.text)
    feed = kept.cast.client().get(address)
    assert feed.status_code == 200
    assert "Submit the vote" in feed.text.replace("\r\n ", "")
    assert "Submit the vote" not in kept.cast.client().get("/en/ballots.ics").text
    client.submit("/en/ballots/calendar/end", page="/en/ballots/calendar")
    assert kept.cast.client().get(address).status_code == 404


def test_a_rule_is_never_changed_and_an_open_ballot_keeps_its_version(kept: House) -> None:
    key = entered(kept)
    office = kept.cast.client(OFFICE)
    assert kept.cast.client(SECRETARY).get("/en/ballots/rules").status_code == 200
    assert kept.cast.client(SECRETARY).get("/en/ballots/rules/dis/new").status_code == 404
    with kept.cast.app.app_context():
        terms = dict(cases.by_public_id(key).rule.terms)  # type: ignore[union-attr]
    new = {
        "effective_from": (START + timedelta(days=1)).date().isoformat(),
        "terms": json.dumps({**terms, "weeks": [10]}),
        "name_en": "DIS",
        "name_zh": "国际标准草案",
        "certainty": "verified",
    }
    broken = office.submit("/en/ballots/rules/dis/new", {**new, "terms": '{"weeks": []}'})
    assert broken.status_code == 409
    assert office.submit("/en/ballots/rules/dis/new", {**new, "terms": "[1"}).status_code == 422
    assert office.submit("/en/ballots/rules/dis/new", {**new, "effective_from": "2020-01-01"}).status_code == 409
    assert office.submit("/en/ballots/rules/dis/new", new).status_code == 303
    with kept.cast.app.app_context():
        assert session.query(BallotRule).filter_by(kind="dis").count() == 2
        assert cases.by_public_id(key).rule.number == 1  # type: ignore[union-attr]


def test_a_ballot_is_entered_by_a_secretary_for_their_own_committee_alone(kept: House) -> None:
    page = "/en/ballots/new?standard=iso-dis-90001"
    with kept.cast.app.app_context():
        own, abroad = kept.committee("SAC/TC 901").public_id, kept.committee("ISO/TC 900").public_id
        foreign = kept.committee("SAC/TC 902").public_id
    form = {"kind": "dis", "committee": abroad, "opens_on": "2027-02-22", "closes_on": "2027-05-17"}
    secretary = kept.cast.client(SECRETARY)
    assert secretary.submit(page, {**form, "national": foreign}).status_code == 422
    assert secretary.submit(page, {**form, "national": own, "kind": "fdis"}).status_code == 409
    assert secretary.submit(page, {**form, "national": own}).status_code == 303
    assert kept.cast.client("delegate").get(page).status_code == 404
    assert kept.cast.client(OFFICE).submit(page, {**form, "national": foreign}).status_code == 409


def test_whoever_may_enter_the_ballot_of_a_draft_finds_the_way_on_its_page(kept: House) -> None:
    page, way = "/en/standards/iso-dis-90001/", "/en/ballots/new?standard=iso-dis-90001"

    def finds(who: str | None) -> bool:
        return way in kept.cast.client(who).get(page).text

    with kept.cast.app.app_context():
        begin_writing()
        making.standard(kept.committee("ISO/TC 900"), "90002", "Streets", "街道", "60.60")
        session.commit()

    assert [who for who in (SECRETARY, OFFICE, CHAIR, SUBMITTER, "delegate", "other_focal", None) if finds(who)] == [
        SECRETARY,
        OFFICE,
    ]
    assert "/ballots/new" not in kept.cast.client(OFFICE).get("/en/standards/iso-dis-90002/").text  # no vote there
    form = kept.cast.client(SECRETARY).get(way).text
    assert 'name="outline"' in form
    assert 'name="title_en"' not in form  # the draft has its own
    entered(kept)
    assert not finds(SECRETARY)


def test_an_objection_leads_to_where_it_is_answered(kept: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = entered(kept)
    advanced(kept, lambda ballot: making.worded(kept, making.drafting(kept, ballot)), key)
    page = f"/en/ballots/{key}/steps/pass_on"
    monkeypatch.setattr(neighbours, "comments", lambda _ballot: CommentFacts(kept=1, technical_kept=1, must_change=1))
    refused = kept.cast.client(CHAIR).submit(page)
    assert refused.status_code == 409
    assert f"/en/ballots/{key}/warnings/VG-02" in refused.text


def test_a_result_asks_for_what_its_rule_reckons_with(kept: House, clock: FixedClock) -> None:
    key = entered(kept)
    later(kept, clock, 90)
    page = kept.cast.client(OFFICE).get(f"/en/ballots/{key}/result").text
    assert 'name="p_disapprove"' in page
    assert not [name for name in ("p_members", "naming", "countries", "substantive") if f'name="{name}"' in page]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("0001-01-01", "0001-02-01"), ("2027-02-22", "9999-12-31"), ("9999-01-01", "9999-12-31"), ("x", "2027-13-40")],
)
def test_days_at_the_ends_of_the_calendar_are_refused(kept: House, opens: str, closes: str) -> None:
    with kept.cast.app.app_context():
        own, abroad = kept.committee("SAC/TC 901").public_id, kept.committee("ISO/TC 900").public_id
    form = {"kind": "dis", "committee": abroad, "national": own, "opens_on": opens, "closes_on": closes}
    page = "/en/ballots/new?standard=iso-dis-90001"
    assert kept.cast.client(SECRETARY).submit(page, form).status_code in {409, 422}
    key = entered(kept)
    moved = kept.cast.client(OFFICE).submit(f"/en/ballots/{key}/closing", {"closes_on": closes, "reason": "x"})
    assert moved.status_code in {409, 422}


@pytest.mark.parametrize(
    "terms",
    [
        '{"weeks": [1e400], "answers": [], "criteria": []}',
        '{"weeks": [12], "answers": ["approve"], "criteria": [{"rule": "majority", "share": [1e400, 1]}]}',
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
        "[" * 5000,
        '{"weeks": 12, "answers": 1, "criteria": 2}',
    ],
)
def test_terms_that_make_no_sense_are_refused(kept: House, terms: str) -> None:
    office = kept.cast.client(OFFICE)
    rule = {"effective_from": "2027-03-02", "name_en": "a", "name_zh": "b", "certainty": "verified", "terms": terms}
    assert office.submit("/en/ballots/rules/dis/new", rule).status_code in {409, 422}
    assert office.submit("/en/ballots/rules/terms", rule).status_code in {409, 422}


def test_a_post_that_ended_yesterday_opens_nothing_today(kept: House) -> None:
    key = entered(kept)
    assert "Timetable" in kept.cast.client(SECRETARY).get(f"/en/ballots/{key}/").text
    with kept.cast.app.app_context():
        begin_writing()
        post = session.query(Post).filter_by(account_id=kept.cast.accounts[SECRETARY]).one()
        post.ends_on = START.date() - timedelta(days=1)
        session.commit()
    assert "Timetable" not in kept.cast.client(SECRETARY).get(f"/en/ballots/{key}/").text
    assert kept.cast.client(SECRETARY).get(f"/en/ballots/{key}/closing").status_code == 404
