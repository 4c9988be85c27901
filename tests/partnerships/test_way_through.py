"""One way through the house, page by page: from the proposal to the register, by nine people."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from forum.cities.models import CityProfile
from forum.cities.words import CityLevel, Visibility
from forum.core.database import begin_writing, session
from forum.matching.rules.score import PARTS
from forum.partnerships.models import AgreementVersion, Partnership, Side
from forum.partnerships.operations.texts import start_text
from forum.partnerships.rules.case import Given
from forum.partnerships.states import VersionState
from forum.places.models import City
from tests.cast import Cast
from tests.gates.pages import Page
from tests.partnerships.people import POINT, World, act, at_province, drafted, favour, standing
from tests.partnerships.test_pages import Office
from tests.partnerships.words import chinese

NANTES = "nantes-test"


def profiled(of: World, *, visibility: Visibility = Visibility.PUBLIC) -> AgreementVersion:
    """Two cities with profiles, and a draft of somebody else that the room needs to open."""
    for name in ("Wenzhou", "Nantes", "Ningbo"):
        of.cities[name].search = name.lower()
        session.add(
            CityProfile(
                city_id=of.cities[name].id,
                slug=f"{name.lower()}-test",
                level=CityLevel.PREFECTURE,
                visibility=visibility,
                last_confirmed_on=date(2027, 2, 1),
                working_languages=["en"],
            )
        )
    session.flush()
    return drafted(of, counterparts=("Kobe",))


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)


PROPOSED: dict[str, Any] = {
    "instrument": "memorandum",
    "title_en": "Quiet streets",
    "title_zh": "安静街道",
    "areas": ["A03"],
    "objectives_en": "Less noise.",
    "objectives_zh": "降低噪声。",
    "invitation_en": "We invite you.",
    "invitation_zh": "诚邀贵市合作。",
    "origin": "match",
}


class Walk:
    """A case on its way, with the browsers of its people."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.case = ""

    def propose(self, who: str = "liaison", **more: Any) -> Any:
        browser = self.office.browser(who)
        address = f"/en/desk/partnerships/propose?with={NANTES}&from=match"
        with self.office.cast.app.app_context():
            data = {**PROPOSED, "city": self.city_key(), **more}
        answer = browser.submit(address, data)
        if answer.status_code == 303:
            self.case = answer.location.rsplit("/", 1)[1]
        return answer

    @staticmethod
    def city_key() -> str:
        query = select(City.public_id).join(CityProfile, CityProfile.city_id == City.id)
        return str(session.scalar(query.where(CityProfile.slug == "wenzhou-test")))

    def address(self, rest: str = "", language: str = "en") -> str:
        return f"/{language}/desk/partnerships/{self.case}{rest}"

    def get(self, who: str, rest: str = "", language: str = "en") -> Any:
        return self.office.browser(who).get(self.address(rest, language))

    def step(self, who: str, action: str, **data: Any) -> None:
        answer = self.office.browser(who).submit(self.address(f"/steps/{action}"), data)
        assert answer.status_code == 303, re.sub(r"<[^>]+>|\s+", " ", answer.text)[:3000]

    def press(self, who: str, deed: str, page: str = "/text") -> Any:
        """Press the button whose form leads to a deed."""
        browser = self.office.browser(who)
        opened = browser.get(self.address(page)).text
        form = re.search(
            rf'<form method="post" action="({re.escape(self.address(deed))})"[^>]*>(.*?)</form>', opened, re.DOTALL
        )
        assert form, f"{who} finds no button for {deed}"
        return browser.post(form[1], data=dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2])))

    def version(self) -> AgreementVersion:
        return session.scalars(select(AgreementVersion).where(AgreementVersion.public_id == self.case)).one()

    def state(self) -> str:
        with self.office.cast.app.app_context():
            return str(self.version().state)

    def alter(self) -> None:
        """Change one letter of the text past the product."""
        with self.office.cast.app.app_context():
            begin_writing()
            session.execute(
                sql("UPDATE agreement_clause SET zh = zh || '。' WHERE key = 'scope' AND text_id = :text"),
                {"text": self.version().text_id},
            )
            session.commit()

    def negotiate(self) -> None:
        """From the proposal to an agreed text."""
        assert self.propose().status_code == 303
        self.step("liaison", "invite")
        self.step("other_liaison", "express_interest", contact="office@nantes.test")
        assert self.press("other_liaison", "/text/start").status_code == 303
        edited = {"en": "The Parties work together on quiet streets.", "zh": "双方在安静街道领域开展合作。"}
        answer = self.office.browser("liaison").submit(self.address("/text/clauses/scope"), edited)
        assert answer.status_code == 303
        assert self.press("other_liaison", "/text/clauses/scope/match").status_code == 303
        for who in ("liaison", "other_liaison"):
            assert self.press(who, "/text/confirm").status_code == 303
        assert self.state() == "negotiating"
        self.step("other_liaison", "agree_text")  # every side has confirmed: one press is enough
        assert self.state() == "city_review"

    def approve(self) -> None:
        """From the agreed text to the approval."""
        self.negotiate()
        browser = self.office.browser("fa")
        assert browser.submit(self.address("/opinion"), {"favourable": "yes", "text": "OPINION"}).status_code == 303
        self.step("lead", "endorse")
        assert self.press("reviewer", "/take-up", "").status_code == 303
        self.step("reviewer", "endorse")
        assert self.press("national", "/take-up", "").status_code == 303
        self.step("approver", "approve")
        assert self.state() == "national_review"
        self.step("second_approver", "approve")
        assert self.state() == "approved"

    def copy(self, who: str) -> bytes:
        answer = self.get(who, "/text/copy.pdf")
        assert answer.status_code == 200
        return bytes(answer.data)

    def scan(self, who: str, language: str) -> Any:
        data = {"kind": "scan", "language": language, "file": (io.BytesIO(self.copy(who)), f"signed-{language}.pdf")}
        return self.office.browser(who).submit(self.address("/files"), data, content_type="multipart/form-data")


@pytest.fixture
def walk(office: Office) -> Walk:
    office.open(profiled)
    return Walk(office)


def printed(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).replace(" ", "")


def test_nine_people_take_a_case_from_the_proposal_to_the_register(walk: Walk) -> None:
    walk.approve()
    with walk.office.cast.app.app_context():
        approved = walk.version().approved_both
    said = printed(walk.copy("liaison"))
    assert approved[:16] in said
    assert "DRAFT" not in said
    check = walk.office.cast.client(None).get(f"/en/verify/{approved[:16]}")
    assert check.status_code == 200
    assert "Wenzhou" in check.text
    for language in ("en", "zh"):
        assert walk.scan("liaison", language).status_code == 303
    walk.step("liaison", "record_signature", signed_on="2027-03-01", ends_on="2031-12-31", place="Nantes")
    browser = walk.office.browser("registrar")
    wrong = browser.submit(walk.address("/steps/register"), {"printed_digits": "0" * 16})
    assert wrong.status_code == 409
    walk.step("registrar", "register", printed_digits=approved[:16])
    assert walk.state() == "active"
    with walk.office.cast.app.app_context():
        version = walk.version()
        assert version.registry_number
        names = {party.side: party.city.side("name", "en") for party in version.partnership.parties}
        assert names == {Side.DOMESTIC: "Wenzhou", Side.FOREIGN: "Nantes"}


def test_the_last_day_of_the_term_is_the_one_that_the_text_says_unless_another_is_given(walk: Walk) -> None:
    walk.approve()
    for language in ("en", "zh"):
        assert walk.scan("liaison", language).status_code == 303
    walk.step("liaison", "record_signature", signed_on="2027-03-01")
    with walk.office.cast.app.app_context():
        version = walk.version()
        assert version.ends_on == date(2032, 2, 29)  # the library's five years
    walk.step("registrar", "register", printed_digits=version.approved_both[:16], ends_on="2031-12-31")
    with walk.office.cast.app.app_context():
        assert walk.version().ends_on == date(2031, 12, 31)


def test_a_letter_changed_past_the_product_takes_the_case_back_to_the_national_review(walk: Walk) -> None:
    walk.approve()
    with walk.office.cast.app.app_context():
        digits = walk.version().approved_both[:16]
    assert "altered" not in walk.office.cast.client(None).get(f"/en/verify/{digits}").text
    walk.alter()
    for language in ("en", "zh"):
        refused = walk.office.browser("liaison").get(walk.address("/text/copy.pdf"))
        assert refused.status_code == 409, language
    walk.step("liaison", "record_signature", signed_on="2027-03-01", ends_on="2031-12-31")
    assert walk.state() == "national_review"


def test_a_copy_is_a_draft_until_it_is_approved(walk: Walk) -> None:
    walk.negotiate()
    assert "DRAFT" in printed(walk.copy("lead"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_is_sound_in_both_languages(walk: Walk, language: str) -> None:
    walk.negotiate()
    browsers = walk.office.browser
    for who, address in (
        ("liaison", f"/{language}/desk/partnerships/propose?q=nan"),
        ("liaison", f"/{language}/desk/partnerships/propose?with={NANTES}"),
        ("liaison", walk.address("", language)),
        ("other_liaison", walk.address("/text", language)),
        ("lead", walk.address("/text", language)),
        ("lead", walk.address("/text/clauses/scope", language)),
        ("fa", walk.address("/opinion", language)),
        ("fa", walk.address("/files", language)),
    ):
        answer = browsers(who).get(address)
        assert answer.status_code == 200, address
        assert list(Page("", answer.text).blemishes()) == [], address


def test_a_city_is_found_by_its_name_and_one_of_ones_own_side_is_not_offered(walk: Walk) -> None:
    browser = walk.office.browser("liaison")
    assert f"with={NANTES}" in browser.get("/en/desk/partnerships/propose?q=nantes").text
    near = browser.get("/en/desk/partnerships/propose?q=ningbo").text
    assert "ningbo-test" in near
    assert "with=ningbo-test" not in near
    refused = browser.get("/en/desk/partnerships/propose?with=ningbo-test")
    assert refused.status_code == 409
    assert list(Page("", refused.text).blemishes()) == []


def test_nobody_proposes_for_another_city_or_without_being_a_liaison(walk: Walk) -> None:
    for who in ("lead", "fa", "reviewer", "registrar", "auditor"):
        assert walk.office.browser(who).get(f"/en/desk/partnerships/propose?with={NANTES}").status_code == 404
    assert walk.propose("neighbour").status_code == 422  # the neighbour's form doesn't offer Wenzhou
    assert walk.propose(areas=[]).status_code == 422
    assert walk.propose(areas=["A99"]).status_code == 422
    assert walk.propose(origin="made up").status_code == 422
    assert walk.propose().status_code == 303


def test_a_hidden_city_cannot_be_proposed_to(office: Office) -> None:
    office.open(lambda of: profiled(of, visibility=Visibility.HIDDEN))
    assert office.browser("liaison").get(f"/en/desk/partnerships/propose?with={NANTES}").status_code == 404


def test_what_a_form_says_of_a_score_is_not_believed(walk: Walk) -> None:
    assert walk.propose(origin_parts='{"total": 10000}', total="10000").status_code == 303
    with walk.office.cast.app.app_context():
        one = session.scalars(select(Partnership).order_by(Partnership.id.desc())).first()
        assert one is not None
        parts = dict(one.origin_parts)
    assert parts["rank"] == 1
    assert 0 < parts["total"] < 10000
    assert parts["total"] == sum(parts[name] for name in PARTS)


def test_a_city_that_was_chosen_otherwise_brings_no_score(walk: Walk) -> None:
    assert walk.propose(origin="forum", origin_reference="Forum of Hangzhou").status_code == 303
    with walk.office.cast.app.app_context():
        one = session.scalars(select(Partnership).order_by(Partnership.id.desc())).first()
        assert one is not None
        assert one.origin_parts == {}
        assert one.origin_reference == "Forum of Hangzhou"


@pytest.mark.parametrize(
    "rest",
    ["/text/clauses/%00", "/text/clauses/" + "9" * 300, "/text/proposals/x/accept", "/files/%00", "/points/%00/close"],
)
def test_an_address_that_nobody_wrote_is_no_fault(walk: Walk, rest: str) -> None:
    walk.negotiate()
    for who in ("liaison", "other_liaison", "lead"):
        assert walk.get(who, rest).status_code in {400, 404, 405}


@pytest.mark.parametrize("query", ["q=%00", "with=%00", "with=" + "x" * 3000, "q=" + "%25" * 500, "from=%F0%9F&city=9"])
def test_a_search_that_makes_no_sense_is_no_fault(walk: Walk, query: str) -> None:
    answer = walk.office.browser("liaison").get(f"/zh/desk/partnerships/propose?{query}")
    assert answer.status_code in {200, 400, 404}


def test_a_second_proposal_of_the_same_cities_and_instrument_is_refused_and_kept_on_the_page(walk: Walk) -> None:
    assert walk.propose().status_code == 303
    again = walk.propose(title_en="Quieter streets")
    assert again.status_code == 409
    assert "Quieter streets" in again.text


def test_nobody_but_the_parties_while_they_negotiate_changes_a_clause(walk: Walk) -> None:
    walk.negotiate()
    edited = {"en": "Nothing.", "zh": "无。"}
    for who in ("liaison", "other_liaison", "lead", "reviewer"):
        answer = walk.office.browser(who).submit(
            walk.address("/text/clauses/scope"), edited, page=walk.address("/text/clauses/scope")
        )
        assert answer.status_code in {404, 409}, who
    assert walk.get("national", "/text").status_code == 404  # not before the case reaches the nation
    assert walk.get("kobe_liaison", "/text").status_code == 404


def test_signed_copies_come_from_the_reporting_city_after_the_approval_and_opinions_stay_inside(walk: Walk) -> None:
    walk.negotiate()
    assert walk.get("liaison", "/files").status_code == 404
    assert walk.get("other_liaison", "/opinion").status_code == 404
    data = {"kind": "opinion", "language": "", "file": (io.BytesIO(walk.copy("fa")), "opinion.pdf")}
    sent = walk.office.browser("fa").submit(walk.address("/files"), data, content_type="multipart/form-data")
    assert sent.status_code == 303
    found = re.search(rf"{walk.address('/files/')}\w+", walk.get("lead").text)
    assert found
    assert walk.office.browser("lead").get(found[0]).data.startswith(b"%PDF")
    theirs = walk.office.browser("other_liaison")
    assert theirs.get(found[0]).status_code == 404
    assert "opinion.pdf" not in theirs.get(walk.address()).text


def test_a_file_that_is_none_is_refused_at_its_field(walk: Walk) -> None:
    walk.approve()
    browser = walk.office.browser("liaison")
    for sent in ({}, {"file": (io.BytesIO(b"no picture"), "a.pdf")}):
        answer = browser.submit(
            walk.address("/files"), {"kind": "scan", "language": "en", **sent}, content_type="multipart/form-data"
        )
        assert answer.status_code in {409, 413, 415, 422}
        assert 'id="file-error"' in answer.text
    nowhere = browser.submit(walk.address("/files"), {"kind": "scan", "language": ""})
    assert nowhere.status_code == 422


def returned(of: World) -> AgreementVersion:
    """A text from the library that the province has returned."""
    version = drafted(of)
    act(version, "invite", of["liaison"])
    act(version, "express_interest", of["other_liaison"])
    start_text(version, standing=standing(version, of["liaison"]), actor=of["liaison"].actor, now=version.state_since)
    at_province_from_there(version, of)
    act(version, "return", of["reviewer"], given=Given(points=(POINT,)))
    return version


def at_province_from_there(version: AgreementVersion, of: World) -> None:
    act(version, "agree_text", of["liaison"])
    act(version, "agree_text", of["other_liaison"])
    favour(version, of)
    act(version, "endorse", of["lead"])
    assert version.state is VersionState.PROVINCE_REVIEW


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_text_does_not_tell_the_counterpart_that_the_case_was_returned(office: Office, language: str) -> None:
    walk = Walk(office)
    walk.case = office.open(returned)
    mine = walk.get("liaison", "/text", language).text
    theirs = walk.get("other_liaison", "/text", language).text
    stage = chinese()("Open for changes") if language == "zh" else "Open for changes"
    assert stage in mine
    assert stage not in theirs
    assert "<button" not in theirs.split("<main", 1)[1]
    edited = {"en": "Quieter.", "zh": "更安静。"}
    assert walk.office.browser("liaison").submit(walk.address("/text/clauses/scope"), edited).status_code == 303
    # A changed text needs the other side's word again.
    assert walk.press("other_liaison", "/text/confirm").status_code == 303


def test_a_corrected_text_goes_back_once_every_side_has_confirmed_it_again(office: Office) -> None:
    walk = Walk(office)
    walk.case = office.open(returned)
    browser = office.browser("liaison")
    with office.cast.app.app_context():
        point = session.scalar(sql("SELECT public_id FROM partnership_return_point"))
    browser.submit(walk.address(f"/points/{point}"), {"kind": "changed", "answer": "Clearer now."})
    edited = {"en": "Quieter.", "zh": "更安静。"}
    assert browser.submit(walk.address("/text/clauses/scope"), edited).status_code == 303
    assert walk.press("liaison", "/text/clauses/scope/match").status_code == 303
    assert walk.press("liaison", "/text/confirm").status_code == 303
    alone = browser.submit(walk.address("/steps/resubmit"), {})
    assert alone.status_code == 409
    assert "Not every party has confirmed" in alone.text
    assert walk.press("other_liaison", "/text/confirm").status_code == 303
    walk.step("liaison", "resubmit")
    assert walk.state() == "city_review"


def test_a_reviewer_closes_an_answered_point_of_their_level(office: Office) -> None:
    walk = Walk(office)
    walk.case = office.open(returned)
    with office.cast.app.app_context():
        point = session.scalar(sql("SELECT public_id FROM partnership_return_point"))
    answered = walk.office.browser("liaison").submit(
        walk.address(f"/points/{point}"), {"kind": "explained", "answer": "From the signature."}
    )
    assert answered.status_code == 303
    walk.step("liaison", "resubmit_same_level")
    refused = walk.office.browser("liaison").submit(walk.address(f"/points/{point}/close"), {}, page=walk.address())
    assert refused.status_code == 404
    assert walk.press("reviewer", f"/points/{point}/close", "").status_code == 303
    assert "Close this point" not in walk.get("reviewer").text
    walk.step("reviewer", "endorse")
    assert walk.state() == "national_review"


def test_only_the_reviewer_of_the_level_takes_a_case_up(office: Office) -> None:
    walk = Walk(office)
    walk.case = office.open(at_province)
    for who in ("liaison", "lead", "other_liaison"):
        answer = office.browser(who).submit(walk.address("/take-up"), {}, page=walk.address())
        assert answer.status_code == 404, who
    assert walk.press("reviewer", "/take-up", "").status_code == 303
    assert "Take up the review" not in walk.get("reviewer").text
    recalled = office.browser("liaison").submit(walk.address("/steps/recall"), {}, page=walk.address())
    assert recalled.status_code == 409
