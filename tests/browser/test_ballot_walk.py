"""One ballot walks through its whole life, with the keyboard alone, by the people of one mirror committee.

A draft is open for votes abroad.  Four experts are asked and hand in seven comments, the secretary makes six national
ones of them, the coherence guard objects to the position and is answered, chair and national office approve it, the
table leaves, the vote is submitted, the ballot closes, the answers come back, and the next stage is declared.  Before,
between and after, a visitor looks: nothing of it is to be seen outside but the ballot and the stage.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser
from sqlalchemy import ColumnElement, select

from forum.accounts.models import Account
from forum.ballots.models import Ballot, Enquired, Vote
from forum.comments import exports, imports
from forum.comments.models import Comment
from forum.comments.operations import sending
from forum.comments.rules.findings import is_rejected
from forum.comments.rules.preflight import preflight
from forum.comments.rules.template import COMMENT, KIND, MB, OBSERVATION, CommentTable
from forum.committees.models import Committee, TitleStatus
from forum.core.clock import Clock
from forum.core.database import begin_writing, session
from forum.core.text import has_han
from forum.ports.jobs.running import run
from forum.schedule import JOBS
from forum.standards.models import Scheme, StageEvent, StageKind, Standard
from tests.browser import movable
from tests.browser.conftest import Site
from tests.browser.keys import Keys
from tests.demonstration import environment, opened
from tests.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SLUG, REFERENCE = "iso-dis-37177", "ISO/DIS 37177"
TITLE = ("Sustainable cities and communities — Quiet streets — Requirements", "可持续城市和社区 安静街道 要求")
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
OPENS = TODAY - timedelta(days=1)  # there, where the day begins later, it has begun as well
CLOSES = OPENS + timedelta(weeks=12)
OUTLINE = ("1", "2", "3", "3.1", "4", "5", "5.1", "Annex A")
MEMBERS = ("expert", "transportexpert", "dataexpert", "housingexpert")


@dataclass(frozen=True)
class Said:
    """A comment as somebody types it, and its English where it is written in Chinese."""

    who: str
    kind: str
    clause: str
    text: tuple[str, str] = ("", "")  # comment and proposed change in English
    chinese: tuple[str, str] = ("", "")
    must: bool = False


SAID = (
    Said(
        "expert",
        "te",
        "4",
        (
            "The requirement sets one limit for all streets, although schools and hospitals need a lower one.",
            "Add a lower limit for streets beside schools and hospitals.",
        ),
        must=True,
    ),
    Said(
        "expert",
        "ed",
        "3.1",
        ("The term and its definition use different words for a street.", "Use one word for a street throughout."),
        ("术语与其定义对“街道”的用词不一致。", "全文统一“街道”的用词。"),
    ),
    Said(
        "transportexpert",
        "te",
        "4",
        (
            "The requirement sets one limit for all streets, though schools and hospitals need a lower one.",
            "Give streets beside schools and hospitals a limit of their own.",
        ),
    ),
    Said(
        "transportexpert",
        "te",
        "5.1",
        (
            "The method leaves out the hours of the night, when noise disturbs people most.",
            "Measure by day and by night and report both.",
        ),
        ("测量方法未涵盖夜间时段，而夜间噪声影响最大。", "分别测量昼间和夜间，并同时报告。"),
    ),
    Said(
        "dataexpert",
        "ed",
        "Annex A",
        ("The unit is missing in the second column of the table.", "Add the unit to the heading of the column."),
    ),
    Said(
        "housingexpert",
        "ge",
        "",
        ("The draft should say how a city begins with few means.", ""),
        ("草案宜说明条件有限的城市如何起步。", ""),
    ),
    Said("housingexpert", "ge", "5", ("The order of the subclauses is helpful and should stay.", "")),
)
FIRST, SECOND = SAID[0], SAID[2]  # they say nearly the same
ANSWERED = {"ge": ("Noted.", "noted"), "te": ("Accepted in principle. See new text.", "in_principle")}
ANSWERED |= {"ed": ("Accepted.", "accepted")}
REASON = ("The draft answers what our cities asked for.", "草案回应了我国城市的需要。")
SIGNED = "必须修改之处已随票提出。 What must change is in the comments that go with the vote."
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def own_site(demonstration_folder: Path, browser: Browser, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demonstration for one walk alone, by a clock of its own, in which another draft is voted on."""
    folder = tmp_path / "data"
    shutil.copytree(demonstration_folder, folder)
    app = opened(folder, movable.clock_of(folder))
    settings = environment(folder, FORUM_TRUSTED_PROXIES="0")
    with app.app_context():
        begin_writing()
        _put_draft()
        session.commit()
        session.remove()
    with serving(settings, folder / "server.log", threads=4, target=movable.TARGET) as server:
        yield Site(server, app, browser)


def _put_draft() -> None:
    """Put a draft into the catalogue, as the publisher's data bring one."""
    committee = session.scalars(select(Committee).where(Committee.reference == "ISO/TC 268")).one()
    draft = Standard(
        slug=SLUG,
        scheme=Scheme.ISO,
        reference=REFERENCE,
        folded_reference="isodis37177",
        number="37177",
        sort_key="37177",
        kind="IS",
        title_en=TITLE[0],
        title_zh=TITLE[1],
        zh_status=TitleStatus.UNOFFICIAL,
        committee_id=committee.id,
        stage="40.20",
        stage_equivalent="40.20",
        stage_on=OPENS,
    )
    session.add(draft)
    session.flush()
    session.add(StageEvent(standard_id=draft.id, scheme=Scheme.ISO, code="40.20", on=OPENS, kind=StageKind.OBSERVED))


class Walker:
    """The people of one walk, each at a keyboard of their own, and the ballot that they work on."""

    def __init__(self, site: Site, language: str, folder: Path, clock: Clock) -> None:
        self.site = site
        self.language = language
        self.folder = folder
        self.clock = clock
        self.hands: dict[str, Keys] = {}
        self.ballot = ""

    def keys(self, who: str) -> Keys:
        """The keyboard of somebody, who signs in once."""
        if who not in self.hands:
            self.hands[who] = Keys(self.site.context(who, self.language).new_page())
        return self.hands[who]

    def open(self, who: str, path: str) -> Keys:
        keys = self.keys(who)
        keys.open(f"/{self.language}/{path}")
        return keys

    def at(self, who: str, rest: str = "/") -> Keys:
        """Open the ballot, or a page of it."""
        return self.open(who, f"ballots/{self.ballot}{rest}")

    def send(self, who: str) -> None:
        """Send the form of the page; what is refused is told as it is read."""
        keys = self.keys(who)
        before = keys.page.url
        keys.press("main form [type=submit].first")
        refused = self.refusals(who)
        assert not refused, (who, before, refused)

    def refusals(self, who: str) -> list[str]:
        """What the page says against what was sent."""
        return self.keys(who).page.locator("main .error-summary").all_inner_texts()

    def press(self, who: str, deed: str) -> None:
        """Press the button of the form that leads to a deed."""
        keys = self.keys(who)
        keys.press(f"main form[action$='{deed}'] button")
        assert not self.refusals(who), (who, deed, self.refusals(who))

    def step(self, who: str, action: str) -> None:
        """Take a step of the case: from its page to the form, and send it."""
        self.at(who).press(f"main a[href$='/steps/{action}']")
        self.send(who)

    def state(self) -> str:
        with self.site.app.app_context():
            found = session.scalar(select(Ballot.state).where(Ballot.public_id == self.ballot))
            session.remove()
        return str(found)

    def file(self, name: str, content: bytes) -> Path:
        made = self.folder / name
        made.write_bytes(content)
        return made

    def move_to(self, instant: datetime) -> None:
        """Let time go by: everybody signs in again, and what is due by itself happens."""
        for keys in self.hands.values():
            keys.page.context.close()
        self.hands = {}
        movable.move_to(self.site.app.extensions["forum.settings"].data_dir, instant)
        assert run(self.site.app, next(job for job in JOBS if job.name == "turn_ballots"), self.clock())


@pytest.fixture(params=["en", "zh"])
def walker(own_site: Site, request: pytest.FixtureRequest, tmp_path: Path) -> Walker:
    return Walker(own_site, str(request.param), tmp_path, own_site.app.extensions["forum.clock"])


def test_one_ballot_walks_through_its_whole_life(walker: Walker) -> None:
    _a_ballot_opens(walker)
    _a_visitor_sees_nothing_internal(walker)
    _four_members_are_asked(walker)
    for who in MEMBERS:
        _an_expert_answers(walker, who)
    _a_visitor_sees_nothing_internal(walker)
    _the_secretary_consolidates(walker)
    _the_guard_objects_and_is_answered(walker)
    _two_others_approve(walker)
    _a_visitor_sees_nothing_internal(walker)
    sent = _the_table_leaves(walker)
    _the_vote_is_submitted(walker)
    _a_visitor_sees_nothing_internal(walker)
    _the_ballot_closes(walker)
    _the_answers_come_back(walker, sent)
    _the_expert_reads_the_fates(walker)
    _the_next_stage_is_declared(walker)
    _a_visitor_sees_nothing_internal(walker)
    _a_visitor_sees_the_new_stage(walker)
    _the_secretary_reads_what_no_visitor_does(walker)


def _a_ballot_opens(walker: Walker) -> None:
    """The secretary comes from the page of the draft, which knows the kind of ballot that belongs to its stage."""
    keys = walker.open("mirror", f"standards/{SLUG}/")
    keys.press(f"main a[href$='/ballots/new?standard={SLUG}']")
    assert keys.page.locator("[name=kind]").input_value() == "dis"
    keys.type_day("[name=opens_on]", OPENS)
    keys.type_day("[name=closes_on]", CLOSES)
    keys.write("[name=document_number]", "N 2177")
    keys.write("[name=summary_en]", "How a city makes its streets quiet.")
    keys.write("[name=summary_zh]", "城市如何建设安静街道。")
    keys.write("[name=outline]", "\n".join(OUTLINE))
    walker.send("mirror")
    walker.ballot = keys.page.url.rstrip("/").rsplit("/", 1)[1]
    assert walker.state() == "open"


def _four_members_are_asked(walker: Walker) -> None:
    keys = walker.open("mirror", "ballots/")
    keys.press(f"main a[href$='/ballots/{walker.ballot}/']")
    keys.press("main a[href$='/enquiry']")
    asked = _ids(walker)
    for box in keys.page.locator("[name=people]").all():
        if box.get_attribute("value") not in asked:
            keys.to(f"[name=people][value='{box.get_attribute('value')}']")
            keys.page.keyboard.press("Space")
    keys.hand_in("[name=draft]", walker.file("draft.pdf", _PDF))
    walker.send("mirror")
    assert walker.state() == "enquiry"
    with walker.site.app.app_context():
        found = session.scalars(select(Account.email).join(Enquired).join(Ballot).where(_is(walker))).all()
        session.remove()
    assert sorted(found) == sorted(f"{who}@forum.example" for who in MEMBERS)


def _is(walker: Walker) -> ColumnElement[bool]:
    return Ballot.public_id == walker.ballot


def _ids(walker: Walker) -> set[str]:
    with walker.site.app.app_context():
        addresses = [f"{who}@forum.example" for who in MEMBERS]
        found = {str(one) for one in session.scalars(select(Account.id).where(Account.email.in_(addresses)))}
        session.remove()
    return found


def _an_expert_answers(walker: Walker, who: str) -> None:
    """From the list of what waits, to the answer, to the comments."""
    keys = walker.open(who, "ballots/")
    keys.press(f"main a[href$='/ballots/{walker.ballot}/answer']")
    keys.take("answer", "approve_with_comments")
    keys.write("[name=remark]", "总体赞成。")
    walker.send(who)
    for said in (one for one in SAID if one.who == who):
        walker.at(who).press("main a[href$='/comments']")
        keys.press("main a[href$='/comments/new']")
        keys.take("kind", said.kind)
        keys.write("[name=clause]", said.clause)
        if said.chinese[0]:
            keys.write("[name=text_zh]", said.chinese[0])
            keys.write("[name=change_zh]", said.chinese[1])
        else:
            keys.write("[name=text_en]", said.text[0])
            keys.write("[name=change_en]", said.text[1])
        if said.must:
            keys.tick("[name=must_change]")
        walker.send(who)


def _comments(walker: Walker) -> list[Comment]:
    found = session.scalars(select(Comment).join(Ballot).where(Ballot.public_id == walker.ballot)).all()
    return list(found)


def _comment_of(walker: Walker, said: Said) -> str:
    """The public id of a comment as it was typed."""
    with walker.site.app.app_context():
        found = {(row.text_zh or row.text_en): row.public_id for row in _comments(walker)}
        session.remove()
    return found[said.chinese[0] or said.text[0]]


def _the_secretary_consolidates(walker: Walker) -> None:
    """Near-duplicates are merged, the Chinese is put into English and read, and everything that is left is kept."""
    with walker.site.app.app_context():
        rows = _comments(walker)
        assert len(rows) == len(SAID) == 7
        assert sum(has_han(row.text_zh) for row in rows) == 3
        assert {str(row.state) for row in rows} == {"submitted"}
        session.remove()
    walker.step("mirror", "close_enquiry")
    assert walker.state() == "consolidating"
    keys = walker.at("mirror", "/comments")
    assert keys.page.locator("main article.alike").count() == 1
    keys.press("main article.alike a[href$='#merge']")
    alone = {_comment_of(walker, FIRST), _comment_of(walker, SECOND)}
    merged = keys.page.url.partition("#")[0].rsplit("/", 1)[1]
    assert merged in alone
    (into,) = alone - {merged}
    assert keys.page.locator("[name=into]").input_value() == into  # the one that it is like is offered first
    walker.press("mirror", "/merge")
    for said in SAID:
        if (own := _comment_of(walker, said)) == merged:
            continue
        keys = walker.at("mirror", "/comments")
        keys.press(f"main table a[href$='/comments/{own}']")
        if said.chinese[0]:
            keys.press("main a[href$='/english']")
            keys.write("[name=text_en]", said.text[0])
            keys.write("[name=change_en]", said.text[1])
            keys.tick("[name=reviewed]")
            walker.send("mirror")
        walker.press("mirror", "/decide/keep")
    walker.step("mirror", "begin_position")
    assert walker.state() == "position_draft"
    with walker.site.app.app_context():
        rows = _comments(walker)
        assert sorted(row.number for row in rows if row.number is not None) == [1, 2, 3, 4, 5, 6]
        kept = next(row for row in rows if row.public_id == into)
        assert [row.public_id for row in kept.merged] == [merged]
        session.remove()


def _the_guard_objects_and_is_answered(walker: Walker) -> None:
    """Approving with nothing written against a comment that must be met isn't let through without a signature."""
    keys = walker.at("mirror")
    keys.press("main a[href$='/position']")
    keys.take("answer", "approve")
    keys.write("[name=reason_en]", REASON[0])
    keys.write("[name=reason_zh]", REASON[1])
    walker.send("mirror")
    assert keys.page.locator("main ul.conflicts > li").count() == 1
    keys = walker.at("chair")
    keys.press("main a[href$='/steps/pass_on']")
    keys.press("main form [type=submit].first")
    assert walker.refusals("chair")
    assert keys.page.evaluate("document.activeElement.matches('.error-summary')")
    keys.press("main a[href$='/warnings/VG-02']")
    keys.write("[name=reason]", SIGNED)
    walker.send("chair")
    assert SIGNED in keys.page.locator("main ul.conflicts").inner_text()


def _two_others_approve(walker: Walker) -> None:
    """The secretary who wrote it can't approve it: the chair does, and then the national office."""
    assert not walker.at("mirror").page.locator("main a[href$='/steps/pass_on']").count()
    walker.step("chair", "pass_on")
    assert walker.state() == "position_draft"
    walker.step("standards", "approve")
    assert walker.state() == "position_approved"


def _the_table_leaves(walker: Walker) -> CommentTable:
    """The file as it is downloaded passes the check, reads back as it was meant, and names nobody."""
    keys = walker.at("submission")
    keys.press("main a[href$='/comments']")
    keys.press("main a[href$='/comments/check']")
    assert not keys.page.locator("main .notice.stop, main .state.stop").count()
    answer = keys.page.request.get(
        str(keys.page.locator("main a[href*='table.docx']:not([href*='language'])").get_attribute("href"))
    )
    assert answer.status == 200
    read = imports.read(answer.body(), "comments.docx")
    with walker.site.app.app_context():
        ballot = session.scalars(select(Ballot).where(Ballot.public_id == walker.ballot)).one()
        now = walker.clock()
        found = preflight(read.table, sending.setting_of(ballot, "en", now), now)
        meant = sending.table_of(ballot, "en", now)
        names = session.scalars(select(Account.name)).all()
        session.remove()
    assert not read.findings
    assert not is_rejected(found)
    assert read.table == meant
    assert [row[MB] for row in meant.rows] == [f"CN-00{number}" for number in range(1, 7)]
    text = "\n".join(cell for row in meant.rows for cell in row)
    assert not any(name and name in text for name in names)
    assert not has_han(text)
    walker.press("submission", "/comments/sent")
    return meant


def _the_vote_is_submitted(walker: Walker) -> None:
    keys = walker.at("submission")
    keys.press("main a[href$='/vote']")
    keys.hand_in("[name=receipt]", walker.file("receipt.pdf", _PDF))
    walker.send("submission")
    assert walker.state() == "submitted"
    with walker.site.app.app_context():
        votes = session.scalars(select(Vote).join(Ballot).where(_is(walker))).all()
        assert [(vote.answer, vote.receipt_id is not None) for vote in votes] == [("approve", True)]
        session.remove()


def _the_ballot_closes(walker: Walker) -> None:
    """The clock moves on to the day after; nobody can vote any more."""
    assert not walker.at("standards").page.locator("main a[href$='/result']").count()
    with walker.site.app.app_context():
        closes = session.scalars(select(Ballot.closes_at).where(Ballot.public_id == walker.ballot)).one()
        session.remove()
    walker.move_to(closes + timedelta(hours=9))
    assert walker.state() == "closed"
    assert not walker.at("submission").page.locator("main a[href$='/vote']").count()


def _the_answers_come_back(walker: Walker, sent: CommentTable) -> None:
    """The compiled table of all member bodies is read from a file; a person confirms what each answer means."""
    ours = [_with(row, OBSERVATION, ANSWERED[row[KIND]][0]) for row in sent.rows]
    foreign = [
        _with(_with(row, MB, f"ZZ-00{n}"), COMMENT, f"Another one says {n}.") for n, row in enumerate(ours[:2], 1)
    ]
    compiled = replace(sent, rows=(*foreign, *ours))
    file = walker.file("compiled.docx", exports.table_as(compiled, "docx"))
    keys = walker.at("mirror")
    keys.press("main a[href$='/comments']")
    keys.press("main a[href$='/comments/upload']")
    keys.take("purpose", "compiled")
    keys.hand_in("[name=file]", file)
    walker.send("mirror")
    for row in ours:
        expected = ANSWERED[row[KIND]][1]
        assert keys.page.locator(f"[name='decided-{row[MB]}']").input_value() == expected
    keys.choose(f"[name='decided-{ours[0][MB]}']", "accepted")  # the person knows better
    walker.send("mirror")
    walker.step("mirror", "disposition")
    assert walker.state() == "dispositioned"
    with walker.site.app.app_context():
        fates = {row.code: row.disposition for row in _comments(walker) if row.code}
        session.remove()
    assert fates == {row[MB]: ANSWERED[row[KIND]][1] for row in ours} | {ours[0][MB]: "accepted"}


def _with(row: tuple[str, ...], column: int, text: str) -> tuple[str, ...]:
    return tuple(text if place == column else cell for place, cell in enumerate(row))


def _the_expert_reads_the_fates(walker: Walker) -> None:
    """Whoever wrote a comment that was merged into another one reads what became of that one."""
    for who in MEMBERS:
        keys = walker.at(who, "/comments")
        keys.press("a[href$='/account/comments']")
        rows = keys.page.locator("main tbody tr", has_text=REFERENCE)
        assert rows.count() == sum(one.who == who for one in SAID)
        for row in rows.all_inner_texts():
            assert re.search(r"CN-00\d", row)
            assert any(words in row for words, _fate in ANSWERED.values())


def _the_next_stage_is_declared(walker: Walker) -> None:
    keys = walker.at("standards")
    keys.press("main a[href$='/result']")
    for name, count in (("p_approve", 15), ("p_disapprove", 2), ("o_approve", 3)):
        keys.write(f"[name={name}]", str(count))
    keys.write("[name=source]", "N 2190")
    walker.send("standards")
    keys.press("main a[href$='/decision']")
    keys.take("decision", "40.99")
    walker.send("standards")


def _a_visitor_sees_the_new_stage(walker: Walker) -> None:
    page = walker.site.context(None, walker.language).new_page()
    page.goto(f"/{walker.language}/standards/{SLUG}/")
    assert "40.99" in page.locator("main .present").inner_text()
    page.context.close()


def _the_secretary_reads_what_no_visitor_does(walker: Walker) -> None:
    """What a visitor was looked for is really there, for those who work on it."""
    case = walker.at("mirror").page.content()
    assert not [secret for secret in (*REASON, SIGNED, "总体赞成") if secret not in case]
    desk = walker.at("mirror", "/comments").page.content()
    assert all(any(text and text in desk for text in (said.text[0], said.chinese[0])) for said in SAID)


def _a_visitor_sees_nothing_internal(walker: Walker) -> None:
    """Neither a person nor a word of what is handled here, on any surface that a visitor reaches."""
    context = walker.site.context(None, walker.language)
    with walker.site.app.app_context():
        holders = session.scalars(select(Account.name).where(Account.email.in_(_people()))).all()
        session.remove()
    secrets = [*holders, *REASON, SIGNED, "总体赞成", "How a city makes its streets quiet.", "城市如何建设安静街道。"]
    secrets += [text for said in SAID for text in (*said.text, *said.chinese) if text]
    here = f"/{walker.language}/ballots/{walker.ballot}"
    for path in (
        f"/{walker.language}/standards/{SLUG}/",
        f"/{walker.language}/standards/{SLUG}.json",
        f"/{walker.language}/standards/changes",
        f"/{walker.language}/committees/iso-tc-268/",
        f"/{walker.language}/ballots/",
        f"/{walker.language}/ballots.ics",
        f"{here}/",
    ):
        answer = context.request.get(path)
        assert answer.status == 200, path
        body = answer.text()
        assert not [secret for secret in secrets if secret in body], path
    for path in ("/comments", "/comments/check", "/comments/table.docx", "/position.pdf", "/position", "/answer"):
        answer = context.request.get(f"{here}{path}", max_redirects=0)
        assert answer.status in {302, 303, 404}, path
    context.close()


def _people() -> list[str]:
    """Those who may not be named outside; the first expert has agreed to be named as the expert of ISO/TC 268."""
    return [f"{who}@forum.example" for who in (*MEMBERS[1:], "mirror", "chair", "submission", "standards")]
