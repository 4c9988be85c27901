"""The editor: segment by segment, with suggestions, terms and answered findings, and from text to text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.core.database import begin_writing, session
from forum.drafting.models import KeptInside
from forum.memory.models import MemorySegment
from forum.offices.models import Office, OfficeRole
from forum.terms.models import TermAnswer
from forum.terms.operations.seeding import write_known
from forum.translation.operations import record
from tests.agenda.programme_of import planned
from tests.cast import Cast, Client
from tests.conftest import START
from tests.furnishing import ORGANISER
from tests.gates.pages import Page
from tests.memory.house import taught
from tests.statements import counted_statements

ABSTRACT = "Streets should be quiet at night. Cities measure 12 of them.\n\n- Trees help. So do walls.\n- Cars don’t."
CHINESE = "夜间街道应当安静。各城市测量了12条。\n\n- 树木有用。墙体也有用。\n- 汽车没用。"
SEGMENTS = ["夜间街道应当安静。", "各城市测量了12条。", "树木有用。", "墙体也有用。", "汽车没用。"]
SEGMENT_VIEW = "?view=segments"


class Desk:
    """The page of one session at the desk; the stranger is the translator."""

    def __init__(self, cast: Cast, name: str, language: str = "en") -> None:
        self.cast, self.name = cast, name
        self.client = cast.client("stranger")
        self.scope = f"/{language}/desk/translation/forums/{cast.slug}/"
        self.page = f"{self.scope}agenda_session/{name}/"

    def open(self, more: str = "", client: Client | None = None) -> Page:
        answer = (client or self.client).get(self.page + more)
        assert answer.status_code == 200
        return Page(self.page + more, answer.text)

    def send(self, data: dict[str, Any], more: str = "") -> Any:
        return self.client.submit(self.page + more, data, page=self.page + more)

    def chinese(self, field: str = "abstract") -> str:
        with self.cast.app.app_context():
            held = session.scalars(select(AgendaSession).filter_by(public_id=self.name)).one()
            text = held.side(field, "zh")
            session.remove()
        return text

    def change(self, **sides: str) -> None:
        """Somebody else writes sides of the abstract."""
        with self.cast.app.app_context():
            begin_writing()
            held = session.scalars(select(AgendaSession).filter_by(public_id=self.name)).one()
            changed = {("abstract", language): text for language, text in sides.items()}
            record(held, "agenda_session", changed, actor=ORGANISER, now=START)
            session.commit()
            session.remove()

    def text(self, page: Page, name: str) -> str:
        return str(page.tree.xpath(f"string(//textarea[@name='{name}'])")).strip()


def segments(texts: list[str]) -> dict[str, str]:
    return {f"abstract_{place}": text for place, text in enumerate(texts)}


def made(cast: Cast, english: str, chinese: str = "", hour: int = 9) -> str:
    held, _slot = planned(cast, english, chinese, start=f"2027-04-20T{hour:02}:00", minutes=30)
    return str(held.public_id)


@pytest.fixture
def talk(cast: Cast) -> str:
    """A session with an English abstract of five sentences in three lines, by its public id."""
    with cast.app.app_context():
        begin_writing()
        session.add(
            Office(account_id=cast.accounts["stranger"], role=OfficeRole.TRANSLATOR, starts_on=date(2027, 1, 1))
        )
        name = made(cast, "Quiet streets", "安静街道")
        held = session.scalars(select(AgendaSession).filter_by(public_id=name)).one()
        record(held, "agenda_session", {("abstract", "en"): ABSTRACT}, actor=ORGANISER, now=START)
        session.commit()
        session.remove()
    return name


@pytest.fixture
def desk(cast: Cast, talk: str) -> Desk:
    return Desk(cast, talk)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_is_written_segment_by_segment_and_saved_as_one(cast: Cast, talk: str, language: str) -> None:
    desk = Desk(cast, talk, language)
    whole = desk.open()
    assert whole.tree.xpath("//textarea[@name='abstract']")
    assert whole.tree.xpath(f"//a[contains(@href, '{SEGMENT_VIEW}')]")
    shown = desk.open(SEGMENT_VIEW)
    assert len(shown.tree.xpath("//ol[contains(@class, 'segments')]/li")) == 5
    assert not shown.tree.xpath("//textarea[@name='abstract']")
    assert desk.send(segments(SEGMENTS), SEGMENT_VIEW).headers["Location"].endswith(SEGMENT_VIEW)
    assert desk.chinese() == CHINESE
    assert desk.text(desk.open(SEGMENT_VIEW), "abstract_2") == "树木有用。"
    assert desk.send(segments([*SEGMENTS[:4], "汽车则不然。"]), SEGMENT_VIEW).status_code == 303
    assert desk.chinese() == CHINESE.replace("汽车没用。", "汽车则不然。")


def test_what_does_not_fit_is_said_and_worked_on_whole(desk: Desk) -> None:
    desk.change(zh="夜间街道应当安静。各城市测量了12条。")
    shown = desk.open(SEGMENT_VIEW)
    assert "hasn’t as many sentences" in shown.text
    assert desk.text(shown, "abstract") == "夜间街道应当安静。各城市测量了12条。"
    assert desk.send({"abstract": CHINESE}, SEGMENT_VIEW).status_code == 303
    assert desk.chinese() == CHINESE


def test_half_a_text_is_refused_at_its_segment_and_put_together_nothing_is_lost(desk: Desk) -> None:
    half = segments([*SEGMENTS[:3], "", "汽车没用。"])
    refused = desk.send(half, SEGMENT_VIEW)
    assert refused.status_code == 422
    shown = Page("", refused.text)
    assert shown.tree.xpath("//textarea[@name='abstract_3' and @aria-invalid='true']")
    assert shown.tree.xpath("//div[contains(@class, 'error-summary')]//a[@href='#abstract_3']")
    assert desk.text(shown, "abstract_0") == SEGMENTS[0]
    assert desk.chinese() == ""
    joined = desk.send({**half, "join": "abstract"}, SEGMENT_VIEW)
    assert joined.status_code == 200
    text = desk.text(Page("", joined.text), "abstract")
    assert all(each in text for each in SEGMENTS if each != "墙体也有用。")
    assert desk.chinese() == "", "nothing is saved by that"


@pytest.mark.parametrize(
    "sides",
    [{"en": "Only one sentence now. And another.", "zh": "现在。"}, {"en": "Only one sentence now. And another."}],
)
def test_segments_whose_original_was_changed_meanwhile_are_kept_and_nothing_is_written_over(
    desk: Desk, sides: dict[str, str]
) -> None:
    hidden = {
        str(each.get("name")): str(each.get("value"))
        for each in desk.open(SEGMENT_VIEW).tree.xpath("//input[@type='hidden']")
    }
    desk.change(**sides)
    answer = desk.client.post(desk.page + SEGMENT_VIEW, data={**hidden, **segments(SEGMENTS)})
    assert answer.status_code == 409
    shown = Page("", answer.text)
    assert shown.tree.find_class("error-summary")
    typed = desk.text(shown, "abstract")
    assert all(each in typed for each in SEGMENTS)
    assert sides.get("zh", "–") in str(shown.tree.xpath("string(//blockquote)")), "what stands there now is beside it"
    assert desk.chinese() == sides.get("zh", "")
    renewed = {str(each.get("name")): str(each.get("value")) for each in shown.tree.xpath("//input[@type='hidden']")}
    assert desk.client.post(desk.page, data={**renewed, "abstract": typed}).status_code == 303
    assert desk.chinese() == typed, "whoever has seen both may save"


def test_a_segment_whose_original_is_as_it_was_says_so(desk: Desk) -> None:
    desk.change(zh=CHINESE)
    desk.change(en=ABSTRACT.replace("Trees help.", "Trees help a lot."))
    states = [
        str(each.text_content())
        for each in desk.open(SEGMENT_VIEW).tree.xpath(
            "//ol[contains(@class, 'segments')]//*[@class='state']"
            " | //ol[contains(@class, 'segments')]//*[@class='state wait']"
        )
    ]
    assert states == ["Original as it was"] * 2 + ["Original has changed"] + ["Original as it was"] * 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_suggestion_a_term_and_the_original_are_put_in_without_script(cast: Cast, talk: str, language: str) -> None:
    desk = Desk(cast, talk, language)
    with cast.app.app_context():
        begin_writing()
        write_known(now=START)
        taught("Streets should be quiet at day.", "昼间街道应当安静。", field="abstract", record="elsewhere")
        held = session.scalars(select(AgendaSession).filter_by(public_id=talk)).one()
        record(held, "agenda_session", {("title", "en"): "Smart city streets"}, actor=ORGANISER, now=START)
        session.commit()
        session.remove()
    shown = desk.open(SEGMENT_VIEW)
    offered = shown.tree.xpath("//button[@name='put' and @data-put='abstract_0' and @data-rank='1']")
    assert [each.get("value") for each in offered] == ["abstract_0:昼间街道应当安静。"]
    told = {"en": "Similar · Written by a person · Session · Abstract", "zh": "近似 · 人工翻译 · 场次 · 摘要"}[language]
    assert told in " ".join(shown.tree.text_content().split())
    kept = {"title": "街道", **segments(["已写。", "", "", "", ""])}
    answer = desk.send({**kept, "put": offered[0].get("value")}, SEGMENT_VIEW)
    assert answer.status_code == 200
    again = Page("", answer.text)
    assert desk.text(again, "abstract_0") == "已写。昼间街道应当安静。"
    assert desk.text(again, "title") == "街道"
    assert again.tree.xpath("//textarea[@name='abstract_0' and @autofocus]")
    words = again.tree.xpath("//button[@name='put' and @data-put='title' and not(@data-rank)]/@value")
    assert "title:智慧城市" in words
    assert "title:Smart city streets" in words, "the original itself"
    assert desk.chinese() == "", "nothing is saved by that"
    for nonsense in ("", ":", "nobody:x", "abstract_mark:x"):
        assert desk.send({**kept, "put": nonsense}, SEGMENT_VIEW).status_code == 200


def test_the_memory_counts_what_was_taken_from_it(cast: Cast, desk: Desk) -> None:
    with cast.app.app_context():
        begin_writing()
        taught("Trees help.", "树木有用。", field="abstract", record="elsewhere")
        taught("So do walls.", "墙壁也有用。", field="abstract", record="nowhere")
        session.commit()
        session.remove()
    for _twice in range(2):
        assert desk.send(segments(SEGMENTS), SEGMENT_VIEW).status_code == 303
    with cast.app.app_context():
        used = dict(session.execute(select(MemorySegment.tgt, MemorySegment.used)).all())
        session.remove()
    assert used == {"树木有用。": 1, "墙壁也有用。": 0}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_finding_is_answered_with_a_reason_and_taken_back(cast: Cast, talk: str, language: str) -> None:
    desk = Desk(cast, talk, language)
    desk.change(zh=CHINESE.replace("12条", "13条"))
    shown = desk.open(SEGMENT_VIEW)
    here = "//ol[contains(@class, 'segments')]/li[2]"
    buttons = shown.tree.xpath(f"{here}//button[@name='answer']/@value")
    assert len(buttons) == 2, "a number is missing, and one was added"
    field, _colon, key = str(buttons[0]).partition(":")
    box = f"{field}_{key}"
    refused = desk.send({"answer": buttons[0], box: "  "}, SEGMENT_VIEW)
    assert refused.status_code == 422
    wrong = Page("", refused.text)
    assert wrong.tree.xpath(f"//div[contains(@class, 'error-summary')]//a[@href='#{box}']")
    assert wrong.tree.xpath(f"//details[@open]//textarea[@id='{box}' and @aria-invalid='true']")
    assert desk.send({"answer": buttons[0], box: "另有第13条。"}, SEGMENT_VIEW).status_code == 303
    answered = desk.open(SEGMENT_VIEW)
    assert len(answered.tree.xpath(f"{here}//button[@name='answer']")) == 1
    folded = answered.tree.xpath(f"{here}//details[.//button[@name='reopen']]")
    assert "另有第13条。" in folded[0].text_content()
    assert "stranger" in folded[0].text_content().lower()
    assert len(desk.open().tree.xpath("//button[@name='reopen']")) == 1, "the same in the whole text"
    assert desk.send({"reopen": buttons[0]}, SEGMENT_VIEW).status_code == 303
    assert len(desk.open().tree.xpath("//button[@name='answer']")) == 2


def test_an_answer_keeps_what_was_typed_beside_it_and_saving_keeps_the_reasons(cast: Cast, desk: Desk) -> None:
    desk.change(zh=CHINESE.replace("12条", "13条"))
    one, two = (str(each) for each in desk.open().tree.xpath("//button[@name='answer']/@value"))
    boxes = [each.replace(":", "_") for each in (one, two)]
    answer = desk.send({"title": "宁静街道", "answer": one, boxes[0]: "一", boxes[1]: "二"})
    assert answer.status_code == 200
    again = Page("", answer.text)
    assert desk.text(again, "title") == "宁静街道"
    assert desk.text(again, boxes[1]) == "二"
    assert desk.chinese("title") == "安静街道"
    assert desk.send({"title": "宁静街道", boxes[1]: "二"}).status_code == 303
    with cast.app.app_context():
        assert sorted(session.scalars(select(TermAnswer.reason))) == ["一", "二"]
        session.remove()
    assert desk.send({"answer": "abstract:nothing", "abstract_nothing": "x"}).status_code == 409
    assert desk.send({"answer": "nobody:nothing"}).status_code == 422


def test_a_record_is_kept_inside_and_let_out_again(cast: Cast, desk: Desk) -> None:
    assert "Never send outside" in desk.open().text
    assert desk.client.submit(f"{desk.page}keeping", {"deed": "keep"}, page=desk.page).status_code == 303
    with cast.app.app_context():
        assert session.scalars(select(KeptInside.entity_id)).all() == [desk.name]
        session.remove()
    shown = " ".join(desk.open().tree.text_content().split())
    assert "Never sent outside Stranger" in shown or "Never sent outside stranger" in shown
    assert desk.client.submit(f"{desk.page}keeping", {"deed": "nothing"}, page=desk.page).status_code == 422
    assert desk.client.submit(f"{desk.page}keeping", {"deed": "let"}, page=desk.page).status_code == 303
    with cast.app.app_context():
        assert session.scalars(select(KeptInside)).all() == []
        session.remove()


@pytest.fixture
def three(cast: Cast, desk: Desk) -> list[str]:
    """Three sessions without a Chinese title, in the order of the worklist."""
    with cast.app.app_context():
        begin_writing()
        names = [made(cast, f"Talk about {what}", hour=10 + place) for place, what in enumerate("ABC")]
        session.commit()
        session.remove()
    return names


def test_save_and_next_leads_through_the_texts_that_wait(cast: Cast, desk: Desk, three: list[str]) -> None:
    more = "?state=missing&kind=agenda_session"
    listed = Page("", desk.client.get(f"{desk.scope}{more}").text)
    hrefs = [str(each) for each in listed.tree.xpath("//tbody//th//a/@href")]
    assert all("state=missing" in each and "kind=agenda_session" in each for each in hrefs)
    order = [each.split("/agenda_session/")[1].split("/")[0] for each in hrefs]
    assert order == [desk.name, *three]
    address = f"{desk.scope}agenda_session/{three[0]}/"
    for here, expected in zip(three, [*three[1:], desk.name], strict=True):
        answer = desk.client.submit(f"{address}{more}", {"title": "某事", "next": "1"})
        # The form of the page posts to its own address, with what was chosen.
        action = Page("", desk.client.get(f"{address}{more}").text).tree.xpath(
            "//form[contains(@class, 'editor')]/@action"
        )
        assert "state=missing" in str(action[0])
        assert here in address
        assert f"/{expected}/" in answer.headers["Location"]
        address = answer.headers["Location"].split("?")[0].split("#")[0]


def test_reviewed_and_next_leads_on_and_at_the_end_to_the_worklist(cast: Cast, desk: Desk, three: list[str]) -> None:
    for name in three[:2]:
        page = f"{desk.scope}agenda_session/{name}/"
        assert desk.client.submit(page, {"title": "某事"}, page=page).status_code == 303
    reviewer, more = cast.client("organiser"), "?state=human&kind=agenda_session"
    pages = [f"{desk.scope}agenda_session/{name}/" for name in three[:2]]
    for page, expected in zip(pages, [f"/{three[1]}/", f"/{desk.name}/"], strict=True):
        shown = Page("", reviewer.get(page + more).text)
        form = next(each for each in shown.tree.xpath("//form") if "/settle" in str(each.get("action")))
        sent = {str(each.get("name")): str(each.get("value")) for each in form.xpath(".//input")}
        answer = reviewer.post(str(form.get("action")), data={**sent, "next": "1"})
        assert answer.status_code == 303
        assert expected in answer.headers["Location"]
        assert "state=human" in answer.headers["Location"]


def test_what_somebody_wrote_does_not_wait_for_them(cast: Cast, desk: Desk, three: list[str]) -> None:
    page = f"{desk.scope}agenda_session/{three[1]}/"
    assert desk.client.submit(page, {"title": "某事"}, page=page).status_code == 303
    more = "?kind=agenda_session&state=human"
    own = Page("", desk.client.get(page + more).text)
    others = Page("", cast.client("organiser").get(page + more).text)
    assert "1 text waits for you" in own.text, "the title that somebody else wrote"
    assert "2 texts wait for you" in others.text


def test_the_page_asks_as_much_in_a_long_programme_as_in_a_short_one(cast: Cast, desk: Desk) -> None:
    desk.open(SEGMENT_VIEW)
    with cast.app.app_context(), counted_statements() as few:
        desk.open(SEGMENT_VIEW)
    with cast.app.app_context():
        begin_writing()
        for hour in range(10, 20):
            made(cast, f"Talk number {hour}", hour=hour)
        session.commit()
        session.remove()
    desk.open(SEGMENT_VIEW)
    with cast.app.app_context(), counted_statements() as many:
        desk.open(SEGMENT_VIEW)
    assert len(many) <= len(few)
