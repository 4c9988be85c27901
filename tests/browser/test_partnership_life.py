"""One arrangement walks through its whole life, with the keyboard alone, by people who use different languages.

A suggestion becomes a proposal, the two cities write the text, the levels review it, the foreign-affairs office gives
its opinion, the copies are signed and registered, two activities leave evidence, a report is accepted, the term is
renewed.  Nine people act in a capacity of their own; the nation decides by two approvers, so that a tenth looks too.
Each of the two runs gives everybody the language that they don't use in the other.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy import text as sql

from forum.accounts.models import Account
from forum.agreements.models import Clause
from forum.cooperation.models import Report
from forum.core.database import begin_writing, session
from forum.partnerships.models import AgreementVersion, Approval, CaseOpinion, TransitionRecord
from tests.browser.conftest import Site
from tests.browser.keys import Keys
from tests.demonstration import environment, opened
from tests.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

# What each of them reads in the run that is called "en"; in the other one it is the other language.
READS = {
    "liaison": "zh",
    "counterpart": "en",
    "citylead": "zh",
    "foreignaffairs": "zh",
    "province": "en",
    "nation": "zh",
    "approver": "en",
    "secondapprover": "zh",
    "registrar": "en",
    "auditor": "en",
}
OTHER = {"en": "zh", "zh": "en"}
CITY = {"en": "Cape Town", "zh": "开普敦"}
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
LAST_DAY = TODAY + timedelta(days=150)  # within the days before the end in which a term is renewed
RENEWED_UNTIL = LAST_DAY + timedelta(days=730)
FIRST_SCOPE = ("The Parties work together on quiet streets.", "双方在安静街道领域开展合作。")
SECOND_SCOPE = ("The Parties work together on quiet streets and schools.", "双方在安静街道和校园领域开展合作。")
CORRECTED = (
    "The Parties work together on quiet streets and quiet schools.",
    "双方在安静街道和安静校园领域开展合作。",
)
POINTS = (
    ("clause:scope", "安静校园未作说明。 Say what a quiet school is."),
    ("clause:contacts", "请写明联络处室。 Name the contact offices."),
    ("clause:effect_term", "请写明生效日。 Say when the term begins."),
)


@pytest.fixture
def own_site(demonstration_folder: Path, browser: Browser, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demonstration for one walk alone."""
    folder = tmp_path / "data"
    shutil.copytree(demonstration_folder, folder)
    with serving(environment(folder, FORUM_TRUSTED_PROXIES="0"), folder / "server.log", threads=4) as server:
        yield Site(server, opened(folder), browser)


class Walker:
    """The people of one walk, each at a keyboard of their own, and the case that they work on."""

    def __init__(self, site: Site, run: str, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.reads = READS if run == "en" else {who: OTHER[language] for who, language in READS.items()}
        self.hands: dict[str, Keys] = {}
        self.case = ""

    def keys(self, who: str) -> Keys:
        """The keyboard of somebody, who signs in once."""
        if who not in self.hands:
            self.hands[who] = Keys(self.site.context(who, self.reads[who]).new_page())
        return self.hands[who]

    def open(self, who: str, path: str) -> Keys:
        keys = self.keys(who)
        keys.open(f"/{self.reads[who]}/{path}")
        return keys

    def at(self, who: str, rest: str = "") -> Keys:
        """Open the case, or a page of it."""
        return self.open(who, f"desk/partnerships/{self.case}{rest}")

    def city(self, who: str) -> str:
        return CITY[self.reads[who]]

    def finds(self, who: str) -> Keys:
        """Find the case among what waits for oneself: from the desk, as anybody begins the day."""
        keys = self.open(who, "desk/partnerships")
        keys.press(f"main a[href$='/desk/partnerships/{self.case}']")
        return keys

    def step(self, who: str, action: str) -> Keys:
        """Go from the case to one of the steps that it offers."""
        keys = self.keys(who)
        keys.press(f"main a[href$='/steps/{action}']")
        return keys

    def send(self, who: str) -> None:
        """Send the form; what is refused is told as it is read."""
        keys = self.keys(who)
        before = keys.page.url
        keys.press("main form [type=submit].first, main form button.first:not([type])")
        refused = keys.page.locator("main .error, main [role=alert]")
        assert not refused.count(), (who, before, refused.all_inner_texts())

    def press(self, who: str, deed: str) -> None:
        """Press the button of the form that leads to a deed."""
        keys = self.keys(who)
        keys.press(f"main form[action$='{deed}'] button")
        refused = keys.page.locator("main .error, main [role=alert]")
        assert not refused.count(), (who, deed, refused.all_inner_texts())

    def state(self) -> str:
        with self.site.app.app_context():
            state = session.scalar(select(AgreementVersion.state).where(AgreementVersion.public_id == self.case))
            session.remove()
        return str(state)

    def copy(self, who: str) -> bytes:
        """The PDF as it is downloaded."""
        keys = self.at(who)
        answer = keys.page.request.get(
            str(keys.page.locator("main a[href$='/text/copy.pdf']").first.get_attribute("href"))
        )
        assert answer.status == 200
        return answer.body()

    def alter(self, wording: str) -> str:
        """Write a clause past the product; return what stood there."""
        with self.site.app.app_context():
            begin_writing()
            clause = session.scalars(
                select(Clause)
                .join(AgreementVersion, AgreementVersion.text_id == Clause.text_id)
                .where(AgreementVersion.public_id == self.case, Clause.key == "scope")
            ).one()
            stood = clause.zh
            session.execute(
                sql("UPDATE agreement_clause SET zh = :zh WHERE id = :id"), {"id": clause.id, "zh": wording}
            )
            session.commit()
            session.remove()
        return str(stood)


@pytest.fixture(params=["en", "zh"])
def walker(own_site: Site, request: pytest.FixtureRequest, tmp_path: Path) -> Walker:
    return Walker(own_site, str(request.param), tmp_path)


def test_one_arrangement_walks_through_its_whole_life(walker: Walker) -> None:
    _the_counterpart_speaks_for_the_city(walker)
    _a_suggestion_becomes_a_proposal(walker)
    _the_counterpart_takes_it_up(walker)
    _the_text_is_negotiated(walker)
    _the_city_signs_off(walker)
    _the_province_returns_it_with_three_points(walker)
    _the_city_answers_each_point(walker)
    _the_nation_approves(walker)
    content = walker.copy("liaison")
    printed = _printed(content)
    _the_copy_is_checked(walker, printed)
    _the_signature_is_recorded_and_registered(walker, content, printed)
    _two_activities_leave_evidence(walker)
    _a_report_is_accepted(walker)
    _the_term_is_renewed(walker)
    _the_auditor_reads_the_history(walker)


def _the_counterpart_speaks_for_the_city(walker: Walker) -> None:
    """The registrar gives the counterpart's liaison the city that this walk proposes to."""
    keys = walker.open("registrar", "desk/offices/new")
    keys.write("[name=email]", "counterpart@forum.example")
    keys.choose("[name=role]", "city_liaison")
    keys.write("[name=place]", walker.city("registrar"))
    walker.send("registrar")


def _a_suggestion_becomes_a_proposal(walker: Walker) -> None:
    keys = walker.open("liaison", "desk")
    keys.press("main a[href$='/partners']")
    assert walker.city("liaison") in " ".join(keys.page.locator("main li.suggestion h3").all_inner_texts())
    keys.press("main a[href*='with=cape-town']")
    keys.choose("[name=instrument]", "memorandum")
    keys.write("[name=title_en]", "Quiet streets")
    keys.write("[name=title_zh]", "安静街道")
    keys.tick("[name=areas][value=A03]")
    keys.write("[name=objectives_en]", "Less noise where people live and learn.")
    keys.write("[name=objectives_zh]", "降低居住和学习场所的噪声。")
    keys.write("[name=invitation_en]", "We invite you to work with us.")
    keys.write("[name=invitation_zh]", "诚邀贵市开展合作。")
    walker.send("liaison")
    walker.case = keys.page.url.rsplit("/", 1)[1]
    walker.step("liaison", "invite")
    keys.type_day("[name=answer_by]", TODAY + timedelta(days=30))
    walker.send("liaison")
    assert walker.state() == "invited"


def _the_counterpart_takes_it_up(walker: Walker) -> None:
    keys = walker.finds("counterpart")
    walker.step("counterpart", "express_interest")
    keys.write("[name=contact]", "Standards office, office@capetown.example")
    walker.send("counterpart")
    assert walker.state() == "negotiating"


def _the_text_is_negotiated(walker: Walker) -> None:
    keys = walker.keys("counterpart")
    keys.press("main a[href$='/text']")
    walker.press("counterpart", "/text/start")
    walker.finds("liaison").press("main a[href$='/text']")
    _propose(walker, "liaison", FIRST_SCOPE)
    walker.at("counterpart", "/text")
    _propose(walker, "counterpart", SECOND_SCOPE)
    keys = walker.at("liaison", "/text")
    assert keys.page.locator("main ins, main del").count()
    keys.press("main form[action*='/proposals/'][action$='/accept'] button")
    walker.press("liaison", "/clauses/scope/match")
    keys.press("main a[href$='/text/head']")
    keys.write("[name=term_months]", "")
    keys.page.keyboard.press("Delete")
    keys.type_day("[name=ends_on]", LAST_DAY)
    walker.send("liaison")
    walker.press("liaison", "/text/confirm")
    walker.at("counterpart", "/text")
    walker.press("counterpart", "/text/confirm")
    walker.at("counterpart")
    walker.step("counterpart", "agree_text")
    walker.send("counterpart")
    assert walker.state() == "city_review"


def _propose(walker: Walker, who: str, wording: tuple[str, str]) -> None:
    keys = walker.keys(who)
    keys.press("main a[href$='/clauses/scope/propose']")
    keys.write("[name=en]", wording[0])
    keys.write("[name=zh]", wording[1])
    keys.write("[name=note]", "Shorter, and in plain words. 更为简明。")
    walker.send(who)


def _the_city_signs_off(walker: Walker) -> None:
    keys = walker.finds("foreignaffairs")
    keys.press("main a[href$='/opinion']")
    keys.take("favourable", "yes")
    keys.write("[name=text]", "拟同意。")
    walker.send("foreignaffairs")
    walker.finds("citylead")
    walker.step("citylead", "endorse")
    walker.send("citylead")
    assert walker.state() == "province_review"


def _the_province_returns_it_with_three_points(walker: Walker) -> None:
    keys = walker.finds("province")
    walker.press("province", "/take-up")
    walker.step("province", "return")
    for number, (part, words) in enumerate(POINTS):
        keys.choose(f"[name=points-{number}-part]", part)
        keys.write(f"[name=points-{number}-text]", words)
    keys.write("[name=reason]", "请完善文本。")
    walker.send("province")
    assert walker.state() == "returned"


def _the_city_answers_each_point(walker: Walker) -> None:
    walker.at("liaison", "/text")
    keys = walker.keys("liaison")
    keys.press("main a[href$='/clauses/scope']")
    keys.write("[name=en]", CORRECTED[0])
    keys.write("[name=zh]", CORRECTED[1])
    walker.send("liaison")
    walker.press("liaison", "/clauses/scope/match")
    walker.press("liaison", "/text/confirm")
    walker.finds("liaison")
    for _point in POINTS:
        keys.press("main a.first[href*='/points/']")  # the next one without an answer
        keys.choose("[name=kind]", "changed")
        keys.write("[name=answer]", "已修改。 Done.")
        walker.send("liaison")
    walker.at("counterpart", "/text")
    walker.press("counterpart", "/text/confirm")
    walker.at("liaison")
    walker.step("liaison", "resubmit")
    walker.send("liaison")
    assert walker.state() == "city_review"
    walker.finds("citylead")
    walker.step("citylead", "endorse")
    walker.send("citylead")
    keys = walker.finds("province")
    walker.press("province", "/take-up")
    for _point in POINTS:
        keys.press("main form[action*='/points/'][action$='/close'] button")
    walker.step("province", "endorse")
    walker.send("province")
    assert walker.state() == "national_review"


def _the_nation_approves(walker: Walker) -> None:
    walker.finds("nation")
    walker.press("nation", "/take-up")
    for who in ("approver", "secondapprover"):
        walker.finds(who)
        walker.step(who, "approve")
        walker.send(who)
    assert walker.state() == "approved"


def _printed(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def _the_copy_is_checked(walker: Walker, printed: str) -> None:
    """Both languages and the hash stand in the copy; the public page knows its digits, and sees a changed letter."""
    with walker.site.app.app_context():
        approved = session.scalars(
            select(AgreementVersion.approved_both).where(AgreementVersion.public_id == walker.case)
        ).one()
        session.remove()
    for wording in CORRECTED:
        assert wording.replace(" ", "") in printed
    digits = approved[:16]
    assert digits in printed
    page = walker.site.context(None, "en").new_page()
    reader = Keys(page)
    reader.open("/en/verify")
    reader.write("[name=digits]", digits)
    reader.press("main form button")
    assert page.url.endswith(digits)
    assert CITY["en"] in page.locator("main").inner_text()
    sound = page.locator("main").inner_text()
    stood = walker.alter("双方在安静街道和安静校园领域开展协作。")
    reader.open(f"/en/verify/{digits}")
    assert page.locator("main").inner_text() != sound
    walker.alter(stood)
    reader.open(f"/en/verify/{digits}")
    assert page.locator("main").inner_text() == sound


def _the_signature_is_recorded_and_registered(walker: Walker, content: bytes, printed: str) -> None:
    for language in ("en", "zh"):
        file = walker.folder / f"signed-{language}.pdf"
        file.write_bytes(content + language.encode())
        keys = walker.at("liaison")
        keys.press("main a[href$='/files']")
        keys.choose("[name=kind]", "scan")
        keys.choose("[name=language]", language)
        keys.hand_in("[name=file]", file)
        walker.send("liaison")
    keys = walker.keys("liaison")
    walker.step("liaison", "record_signature")
    keys.type_day("[name=signed_on]", TODAY)
    keys.write("[name=place]", "Hangzhou 杭州")
    walker.send("liaison")
    assert walker.state() == "signed"
    keys = walker.finds("registrar")
    walker.step("registrar", "register")
    with walker.site.app.app_context():
        digits = session.scalars(
            select(AgreementVersion.approved_both).where(AgreementVersion.public_id == walker.case)
        ).one()[:16]
        session.remove()
    keys.write("[name=printed_digits]", printed[printed.index(digits) :][:16])
    walker.send("registrar")
    assert walker.state() == "active"
    assert _last_day(walker) == LAST_DAY  # as the text says
    keys.press("main a[href*='/partnerships/R-']")
    assert walker.city("registrar") in keys.page.locator("main").inner_text()


def _last_day(walker: Walker) -> date | None:
    with walker.site.app.app_context():
        found = session.scalar(select(AgreementVersion.ends_on).where(AgreementVersion.public_id == walker.case))
        session.remove()
    return found


def _two_activities_leave_evidence(walker: Walker) -> None:
    for number, who in enumerate(("liaison", "counterpart"), start=1):
        keys = walker.at(who)
        keys.press("main a[href$='/plan']")
        keys.press("main a[href$='/activities/new']")
        keys.choose("[name=kind]", "webinar")
        keys.write("[name=title_en]", f"Webinar {number}")
        keys.write("[name=title_zh]", f"第{number}次网络研讨")
        keys.morning("[name=planned_from]", TODAY - timedelta(days=1), "09:00")
        keys.morning("[name=planned_to]", TODAY - timedelta(days=1), "11:00")
        keys.write("[name=link]", "https://meeting.example/quiet")
        walker.send(who)
        title = {"en": f"Webinar {number}", "zh": f"第{number}次网络研讨"}[walker.reads[who]]
        where = keys.page.locator("main a", has_text=title).first.get_attribute("href")
        keys.press(f"main a[href='{where}']")
        keys.press("main a[href$='/steps/hold']")
        keys.type_day("[name=actual_from]", TODAY - timedelta(days=1))
        keys.type_day("[name=actual_to]", TODAY - timedelta(days=1))
        walker.send(who)
        _evidence(walker, who, number, title)


def _evidence(walker: Walker, who: str, number: int, title: str) -> None:
    """One side hands a file in, the other one accepts it."""
    file = walker.folder / f"minutes-{number}.pdf"
    file.write_bytes(_paper(number))
    keys = walker.at(who, "/plan")
    keys.press("main a[href$='/evidence/new']")
    keys.hand_in("[name=file]", file)
    keys.choose("[name=kind]", "minutes")
    keys.type_day("[name=dated_on]", TODAY - timedelta(days=1))
    target = keys.page.locator("[name=target] option", has_text=title).first.get_attribute("value")
    keys.choose("[name=target]", str(target))
    walker.send(who)
    other = {"liaison": "counterpart", "counterpart": "liaison"}[who]
    keys = walker.at(other, "/plan")
    where = keys.page.locator("main a", has_text=file.name).first.get_attribute("href")
    keys.press(f"main a[href='{where}']")
    keys.take("verdict", "accepted")
    walker.send(other)


def _paper(number: int) -> bytes:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200 + number)
    writer.write(written)
    return written.getvalue()


def _a_report_is_accepted(walker: Walker) -> None:
    keys = walker.at("liaison", "/plan")
    keys.press("main a[href$='/reports/new']")
    keys.choose("[name=kind]", "annual")
    keys.type_day("[name=period_from]", TODAY - timedelta(days=1))
    keys.type_day("[name=period_to]", TODAY)
    for name, english, chinese in (
        ("promised", "Two webinars.", "两次网络研讨。"),
        ("done", "Two webinars were held.", "已举办两次网络研讨。"),
        ("not_done", "Nothing was left out.", "无未完成事项。"),
    ):
        keys.write(f"[name={name}_en]", english)
        keys.write(f"[name={name}_zh]", chinese)
    walker.send("liaison")
    for who, action in (("liaison", "submit"), ("counterpart", "confirm"), ("nation", "accept")):
        keys = walker.at(who)
        keys.press("main a[href$='/plan']")
        keys.press("main a[href*='/plan/reports/']:not([href$='/new'])")
        keys.press(f"main a[href$='/steps/{action}']")
        walker.send(who)


def _the_term_is_renewed(walker: Walker) -> None:
    walker.at("liaison")
    walker.step("liaison", "open_renewal")
    walker.send("liaison")
    for who in ("liaison", "counterpart"):
        file = walker.folder / f"letter-{who}.pdf"
        file.write_bytes(_paper(len(who)))
        keys = walker.finds(who)
        keys.press("main a[href$='/files']")
        keys.choose("[name=kind]", "renewal_letter")
        keys.hand_in("[name=file]", file)
        walker.send(who)
    keys = walker.finds("registrar")
    walker.step("registrar", "renewed_same_terms")
    keys.type_day("[name=ends_on]", RENEWED_UNTIL)
    walker.send("registrar")
    assert walker.state() == "active"
    assert _last_day(walker) == RENEWED_UNTIL


def _the_auditor_reads_the_history(walker: Walker) -> None:
    """The case tells each step to the auditor; nine others had a hand in it, each in one capacity."""
    keys = walker.at("auditor")
    turns = keys.page.locator("main ol.timeline > li").all_inner_texts()
    with walker.site.app.app_context():
        version = session.scalars(select(AgreementVersion).where(AgreementVersion.public_id == walker.case)).one()
        of_version = (TransitionRecord.version_id == version.id, Approval.version_id == version.id)
        hands = [
            *session.scalars(select(TransitionRecord.account_id).where(of_version[0])),
            *session.scalars(select(Approval.account_id).where(of_version[1])),
            *session.scalars(select(CaseOpinion.author_id).where(CaseOpinion.version_id == version.id)),
            *session.scalars(select(Report.accepted_by).where(Report.partnership_id == version.partnership_id)),
        ]
        steps = session.scalars(select(TransitionRecord.action).where(of_version[0])).all()
        people = set(session.scalars(select(Account.email).where(Account.id.in_(hands))))
        session.remove()
    assert people == {f"{who}@forum.example" for who in READS if who != "auditor"}
    assert len(turns) == len(steps) + 1  # the first of two approvals moved nothing
    assert steps.count("endorse") == 3
    assert {"invite", "return", "resubmit", "register", "open_renewal", "renewed_same_terms"} <= set(steps)
