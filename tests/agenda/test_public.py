"""The public agenda: what is shown to whom, in which language, how fast, and what never leaks."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.agenda.programme import SessionState, Visibility
from forum.core.database import begin_writing, session
from forum.events.models import ForumState
from forum.events.queries import bump_revision
from tests.agenda.public_programme import LIFTED, SECRETS, Published, again, at, publish, session_of, slot_of
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.furnishing import Said, add_session
from tests.statements import counted_statements

PAGES = ("", "agenda", "agenda?day=2027-04-21", "people/", "programme", "releases/", "releases/1")
FILES = (
    "agenda.ics", "agenda.ics?lang=both", "agenda.csv", "agenda.json", "agenda.xlsx", "agenda.pdf", "schedule.xml",
    "schedule.json", "schedule.json?v=2",
)  # fmt: skip


@pytest.fixture
def published(cast: Cast, clock: FixedClock) -> Published:
    with cast.app.app_context():
        return publish(cast, clock())


def slots(html: str) -> list[str]:
    """Return the titles of a page's slots that aren't hidden by a filter."""
    shown = [part for part in html.split("<article")[1:] if " hidden>" not in part.partition("\n")[0]]
    return [
        re.sub(r"<[^>]+>", "", found.group(1)) for part in shown if (found := re.search(r"<h3[^>]*>(.*?)</h3>", part))
    ]


def test_the_agenda_shows_a_day_in_time_order_with_both_languages(published: Published, visitor: FlaskClient) -> None:
    page = visitor.get(published.page("agenda"))
    assert slots(page.text) == [
        "Opening ceremony",
        "Water that everybody can drink",
        "Data between cities",
        "Night walk",
    ]
    assert '<span class="also" lang="zh-Hans">开幕式</span>' in page.text
    chinese = visitor.get(published.page("agenda", "zh"))
    assert slots(chinese.text)[0] == "开幕式"
    assert '<span class="also" lang="en">Opening ceremony</span>' in chinese.text


def test_half_past_midnight_is_on_the_evening_before_and_says_so(published: Published, visitor: FlaskClient) -> None:
    first = visitor.get(published.page("agenda?day=2027-04-20")).text
    night = next(part for part in first.split("<article") if "Night walk" in part)
    assert "00:30" in night
    assert "next day" in night
    assert "Night walk" not in slots(visitor.get(published.page("agenda?day=2027-04-21")).text)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("track=resilience", ["Water that everybody can drink"]),
        ("room=canal", ["Data between cities"]),
        ("language=fr", ["Opening ceremony"]),
        ("q=水", ["Water that everybody can drink"]),
        ("q=kaimu", ["Opening ceremony"]),
        ("q=KMS", ["Opening ceremony"]),
        ("q=ＷＡＴＥＲ pipes", ["Water that everybody can drink"]),
        ("q=sato", ["Data between cities"]),
        ("q=佐藤", ["Data between cities"]),
        ("q=nowhere", []),
    ],
)
def test_filters_and_search_find_sessions_in_either_language(
    published: Published, visitor: FlaskClient, query: str, titles: list[str]
) -> None:
    day = "" if titles else "&day=2027-04-20"
    assert slots(visitor.get(published.page(f"agenda?{query}{day}")).text) == titles
    assert slots(visitor.get(published.page(f"agenda?{query}{day}", "zh")).text) != ["开幕式", "人人可饮的水"]


def test_a_person_is_a_filter_too(published: Published, visitor: FlaskClient) -> None:
    guid = re.findall(r"/people/([0-9a-f-]{36})", visitor.get(published.page("people/")).text)[0]
    assert slots(visitor.get(published.page(f"agenda?person={guid}")).text) == ["Opening ceremony"]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("day=tomorrow", 400, "Write the day as 2027-04-20."),
        ("day=２０２７-04-20", 400, "Write the day as 2027-04-20."),
        ("day=2027-05-20", 404, ""),
        ("track=none", 404, ""),
        ("track=%00", 400, "can&#39;t be read"),
        ("room=none", 404, ""),
        ("language=xx", 404, ""),
        ("person=nobody", 404, ""),
    ],
)
@pytest.mark.parametrize("page", ["agenda", "agenda.ics", "agenda.json"])
def test_rubbish_in_an_address_is_refused_in_a_clear_sentence(
    published: Published, visitor: FlaskClient, page: str, query: str, status: int, sentence: str
) -> None:
    if page != "agenda" and query.startswith("language"):
        return
    answer = visitor.get(published.page(f"{page}?{query}"))
    assert answer.status_code == status
    assert sentence in answer.text


def test_no_word_under_embargo_is_on_any_surface_before_its_instant(
    published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    surfaces = [published.page(path, language) for language in ("en", "zh") for path in (*PAGES, *FILES)]
    surfaces += ["/sitemap.xml", "/en/", "/zh/"]

    def told() -> dict[str, set[str]]:
        return {
            address: {word for word in SECRETS if word.encode() in visitor.get(address).data}
            for address in surfaces
            if not address.endswith((".xlsx", ".pdf"))
        }

    assert {address: words for address, words in told().items() if words} == {}
    assert visitor.get(published.page(f"sessions/{published.sessions['secret']}")).status_code == 404
    assert "Closed session" in visitor.get(published.page("agenda?day=2027-04-21")).text
    assert slots(visitor.get(published.page("agenda?q=Zephyrine&day=2027-04-21")).text) == []
    clock.at = LIFTED
    after = told()
    assert after[published.page("agenda?day=2027-04-21")] >= {"Zephyrine", "西风密约"}
    assert after[published.page("agenda.ics")] >= {"Zephyrine"}
    assert after[published.page("people/", "zh")] >= {"奎隆"}
    assert visitor.get(published.page(f"sessions/{published.sessions['secret']}")).status_code == 200
    assert published.sessions["secret"] in visitor.get("/sitemap.xml").text


def test_without_the_one_function_the_secret_would_be_found(
    published: Published, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.agenda.views.reading.visible", lambda programme, _level, _at: programme)
    assert "Zephyrine" in visitor.get(published.page("agenda?day=2027-04-21")).text
    assert b"Quillon" in visitor.get(published.page("agenda.json")).data


def test_what_the_cache_keeps_ends_with_the_embargo(
    published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    address = published.page("agenda.json")
    before = visitor.get(address)
    assert before.headers["Cache-Control"] == "no-cache"
    assert visitor.get(published.page("agenda.ics")).headers["Cache-Control"] == "no-cache"
    clock.at = LIFTED
    after = visitor.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert visitor.get(published.page("agenda.ics")).headers["Cache-Control"] == "public, max-age=900"


def test_editing_a_hidden_session_does_not_change_what_the_public_can_compare(
    cast: Cast, published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    def items() -> bytes:
        return re.sub(
            rb'"(number|released_at|release|changed_at)":"[^"]*"', b"", visitor.get(published.page("agenda.json")).data
        )

    before = items()
    clock.forward(days=1)

    def change() -> None:
        session_of(cast, published.sessions["staff"]).title_en = "Another briefing"

    again(cast, clock(), change)
    assert items() == before
    assert "0 changes" not in visitor.get(published.page("agenda")).text
    assert "Nothing that you can see has changed." in visitor.get(published.page("releases/2")).text


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (None, set()),
        ("stranger", set()),
        ("neighbour", set()),
        ("door", {"Delegates’ breakfast"}),
        ("agenda", {"Delegates’ breakfast", "Staff briefing", "Zephyrine accord"}),
    ],
)
def test_each_circle_sees_its_own_sessions(cast: Cast, published: Published, who: str | None, sees: set[str]) -> None:
    client = cast.client(who)
    pages = [client.get(published.page(f"agenda?day=2027-04-{day}")) for day in (21, 22)]
    text = "".join(page.text for page in pages if page.status_code == 200)
    inner = {"Delegates’ breakfast", "Staff briefing", "Zephyrine accord"}
    assert {title for title in inner if title in text} == sees
    for name, title in (
        ("registered", "Delegates’ breakfast"),
        ("staff", "Staff briefing"),
        ("secret", "Zephyrine accord"),
    ):
        expected = 200 if title in sees else 404
        assert client.get(published.page(f"sessions/{published.sessions[name]}")).status_code == expected


def test_staff_are_told_that_they_see_more_and_their_page_stays_out_of_caches(cast: Cast, published: Published) -> None:
    page = cast.client("organiser").get(published.page("agenda"))
    assert "You see more here than the public" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "You see more here" not in cast.client("stranger").get(published.page("agenda")).text
    feed = cast.client("organiser").get(published.page("agenda.json"))
    assert feed.headers["Cache-Control"] == "private, no-store"
    assert b"Staff briefing" in feed.data
    assert b"Staff briefing" not in cast.client().get(published.page("agenda.json")).data


def test_a_track_whose_only_session_is_hidden_is_unknown(cast: Cast, published: Published, clock: FixedClock) -> None:
    def hide() -> None:
        session_of(cast, published.sessions["data"]).visibility = Visibility.STAFF

    again(cast, clock(), hide)
    visitor = cast.client()
    assert "smart-city" not in visitor.get(published.page("agenda")).text
    assert visitor.get(published.page("agenda?track=smart-city")).status_code == 404
    assert cast.client("organiser").get(published.page("agenda?track=smart-city")).status_code == 200
    assert "SATO" not in visitor.get(published.page("people/")).text


def test_a_missing_side_is_shown_in_the_other_language_with_a_notice(
    published: Published, visitor: FlaskClient
) -> None:
    page = visitor.get(published.page(f"sessions/{published.sessions['chinese']}")).text
    assert "Not yet available in English; shown in Chinese." in page
    assert re.search(r'<div class="prose" lang="zh-Hans"><p>本场仅有中文介绍。', page)
    assert f'rel="canonical" href="http://forum.test/zh/forums/{published.slug}/sessions/' in page
    assert 'hreflang="en"' not in page.partition("</head>")[0]
    other = visitor.get(published.page(f"sessions/{published.sessions['water']}")).text.partition("</head>")[0]
    assert all(f'hreflang="{tag}"' in other for tag in ("en", "zh-Hans", "x-default"))


def test_the_language_link_keeps_the_day_and_the_filters(published: Published, visitor: FlaskClient) -> None:
    page = visitor.get(published.page("agenda?day=2027-04-20&track=resilience")).text
    assert f'href="/zh/forums/{published.slug}/agenda?day=2027-04-20&amp;track=resilience" lang="zh-Hans"' in page


def test_now_and_next_are_there_without_a_script_and_end_with_the_slot(
    published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    address = published.page("agenda")
    assert "now-next" not in visitor.get(address).text
    clock.at = clock.at.replace(month=4, day=20, hour=1, minute=30)  # 09:30 in Hangzhou
    during = visitor.get(address)
    box = during.text.partition("now-next")[2].partition("</section>")[0]
    assert "Opening ceremony" in box
    assert "Water that everybody can drink" in box
    clock.forward(minutes=10)
    assert visitor.get(address, headers={"If-None-Match": during.headers["ETag"]}).status_code == 304
    clock.forward(minutes=20)
    later = visitor.get(address, headers={"If-None-Match": during.headers["ETag"]})
    assert later.status_code == 200
    assert "Opening ceremony" not in later.text.partition("now-next")[2].partition("</section>")[0]


def test_a_change_shows_at_once_with_its_mark_and_its_sentence_in_both_languages(
    cast: Cast, published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    before = visitor.get(published.page("agenda")).headers["ETag"]
    clock.forward(days=1)

    def change() -> None:
        slot = slot_of(published.slots["water"])
        slot.room_id = cast.rooms["hall"]
        session_of(cast, published.sessions["data"]).state = SessionState.CANCELLED

    again(cast, clock(), change)
    page = visitor.get(published.page("agenda"), headers={"If-None-Match": before})
    assert page.status_code == 200
    assert "Another room" in next(part for part in page.text.split("<article") if "Water that everybody" in part)
    assert "2 changes since the version before" in page.text
    changes = visitor.get(published.page("releases/2")).text
    assert "moves from Lake Room to Great Hall." in changes
    assert re.search(r'lang="zh-Hans">“?人人可饮的水.*西湖厅.*大会堂', changes) or "西湖厅" in changes
    since = visitor.get(published.page("releases/2?since=1"))
    assert since.status_code == 200
    assert "is cancelled" in since.text
    assert visitor.get(published.page("releases/2?since=2")).status_code == 404
    assert visitor.get(published.page("releases/3")).status_code == 404


def test_the_session_page_says_when_where_and_in_which_languages(published: Published, visitor: FlaskClient) -> None:
    page = visitor.get(published.page(f"sessions/{published.sessions['opening']}")).text
    assert "Tue, 20 Apr 2027" in page
    assert "09:00–10:00" in page
    assert "Great Hall" in page
    assert "English, interpreted into Chinese, French" in page
    assert "Marie DURAND" in page
    assert "All times are Hangzhou time (GMT+8)." in re.sub(r"</?span[^>]*>", "", page)


def test_people_are_listed_by_family_name_with_their_sessions(published: Published, visitor: FlaskClient) -> None:
    listed = visitor.get(published.page("people/")).text
    assert listed.index("Marie DURAND") < listed.index("Kenji SATO")
    guid = re.findall(r"/people/([0-9a-f-]{36})", listed)[1]
    assert slots(visitor.get(published.page(f"people/{guid}")).text) == ["Data between cities"]
    assert visitor.get(published.page("people/00000000-0000-0000-0000-000000000000")).status_code == 404


def test_a_forum_without_a_release_says_so(cast: Cast, visitor: FlaskClient) -> None:
    root = f"/en/forums/{cast.slug}"
    assert "The agenda is not published yet" in visitor.get(f"{root}/agenda").text
    assert visitor.get(f"{root}/agenda.pdf").status_code == 404
    assert b"BEGIN:VCALENDAR" in visitor.get(f"{root}/agenda.ics").data
    assert visitor.get(f"{root}/people/").status_code == 200
    assert visitor.get(f"{root}/releases/1").status_code == 404


def test_pages_of_the_public_carry_no_cookie_no_nonce_and_no_token(published: Published, visitor: FlaskClient) -> None:
    for path in (*PAGES, "practical"):
        answer = visitor.get(published.page(path))
        assert answer.status_code == 200, path
        assert "Set-Cookie" not in answer.headers, path
        assert "csrf_token" not in answer.text, path
        assert "nonce-" not in answer.headers["Content-Security-Policy"], path
        assert answer.headers["ETag"], path


def test_the_agenda_asks_the_database_the_same_for_ten_sessions_as_for_sixty(
    app: Flask, cast: Cast, published: Published, visitor: FlaskClient, clock: FixedClock
) -> None:
    def statements(path: str) -> int:
        app.extensions["forum.public_bodies"].forget()
        with app.app_context(), counted_statements() as seen:
            assert visitor.get(published.page(path)).status_code == 200
        return len(seen)

    paths = ("agenda", "agenda.ics", "people/", "programme", f"sessions/{published.sessions['water']}")
    few = {path: statements(path) for path in paths}

    def grow() -> None:
        for number in range(50):
            add_session(
                cast.forum,
                Said((f"Talk {number}", f"报告{number}"), speaker=(f"Family{number} Given", f"人{number}")),
                None,
                at(22, 9 + number % 8),
                20,
            )

    clock.forward(hours=1)
    again(cast, clock(), grow)
    many = {path: statements(path) for path in paths}
    for path in paths:
        # A second release adds its change list and the release before it, whatever the number of sessions.
        assert many[path] <= few[path] + 4, path
        assert many[path] < 14, path


def test_reading_never_writes(cast: Cast, published: Published) -> None:
    with cast.app.app_context():
        begin_writing()
        revision = cast.forum.revision
        session.rollback()
    for path in PAGES:
        cast.client("organiser").get(published.page(path))
    with cast.app.app_context():
        assert cast.forum.revision == revision


def test_every_page_of_a_cancelled_forum_says_so(cast: Cast, published: Published, visitor: FlaskClient) -> None:
    said = "This forum has been cancelled."
    assert said not in visitor.get(published.page("agenda")).text
    with cast.app.app_context():
        begin_writing()
        cast.forum.state = ForumState.CANCELLED
        bump_revision(cast.forum)
        session.commit()
    for path in ("", "agenda", "people/", f"sessions/{published.sessions['water']}", "practical"):
        assert said in visitor.get(published.page(path)).text, path
