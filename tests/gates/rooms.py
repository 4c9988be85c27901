"""Every form of the rooms of partnerships and of standards, found from the map of addresses, not from links alone."""

from __future__ import annotations

from collections import Counter, deque

from flask import Flask
from flask.testing import FlaskClient

from tests.gates.crawl import endpoint_of
from tests.gates.hostile import fields_of
from tests.gates.matrix import room_of, rows
from tests.gates.pages import Form, Page
from tests.gates.world import World

ROOMS = frozenset(
    {"cities", "agreements", "partnerships", "cooperation", "matching", "registry", "reminders", "offices", "workdays"}
)
# The pages whose links are followed: their steps and clauses are those that the state allows.
LEADING = frozenset(
    {
        "partnerships.case",
        "partnerships.text",
        "cooperation.report",
        "ballots.ballot",
        "comments.desk",
        "comments.comment",
        "experts.nomination",
        "liaisons.statement",
        "adoptions.adoption",
        "translating.texts",
        "terms.desk_concept",
    }
)
ALIKE = 8
TEXTS = ("begin_text", "take_back_confirmation")  # deeds of a text that isn't that of the address
# Who meets the forms of these rooms; each role is offered some that no other one is.
WRITERS = (
    "delegate",
    "registration",
    "focal",
    "other_focal",
    "province",
    "city_fa",
    "expert",
    "viewer",
    "protocol",
    "registrar",
    "admin",
)


def taking(app: Flask, rooms: frozenset[str] = ROOMS) -> set[str]:
    """The endpoints of these rooms that take a form."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in rooms
    }


def beside_the_map(world: World, language: str) -> list[str]:
    """Pages of the rooms of partnerships with forms that the map's own addresses don't show."""
    own = world.values["own"]
    return [
        *(f"/{language}/desk/partnerships/{own[f'partnerships.{page}.case_id']}/text" for page in TEXTS),
        f"/{language}/desk/partnerships/{own['partnerships.consult.case_id']}",
        f"/{language}/desk/partnerships/propose?with={own['city_slug']}",
        f"/{language}/desk/cities/{own['city_slug']}/set-aside?q=k",
    ]


def forms_by_map(
    app: Flask,
    world: World,
    client: FlaskClient,
    language: str,
    rooms: frozenset[str] = ROOMS,
    beside: list[str] | None = None,
) -> list[tuple[str, str, Form]]:
    """Every form on every page that somebody can open: (endpoint, address of its page, form), each kind once.

    The pages are those of the map with what the small world holds, those beside it, and those that they lead to.
    """
    waiting = deque(
        [
            *(
                world.address(rule, row[2], language)
                for row, rule in rows(app, world)
                if row[1] == "GET" and room_of(row) in rooms
            ),
            *(beside_the_map(world, language) if beside is None else beside),
        ]
    )
    named = len(waiting)
    seen: set[str] = set()
    led_to: Counter[str | None] = Counter()
    forms: dict[tuple[str, tuple[str, ...]], tuple[str, str, Form]] = {}
    while waiting:
        address = waiting.popleft()
        named -= 1
        kind = endpoint_of(app, address)
        led_to[kind] += named < 0
        if address in seen or led_to[kind] > ALIKE or kind is None or kind.partition(".")[0] not in rooms:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code < 500, f"{address} answers {answer.status_code}"
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        page = Page(address, answer.text)
        if kind in LEADING:
            waiting += page.links()
        for form in page.forms():
            endpoint = endpoint_of(app, form.action, "POST")
            if endpoint is not None and endpoint.partition(".")[0] in rooms:
                forms.setdefault((endpoint, tuple(fields_of(form))), (endpoint, address, form))
    return list(forms.values())


# Who meets the forms of the rooms of standards: those who have an office or a post there, and those who have none.
STANDARDS_WRITERS = (
    "standards",
    "secretary",
    "chair",
    "member",
    "submission",
    "liaison_officer",
    "delegate",
    "stranger",
)

# Who meets the forms of the rooms of languages: translators, those who keep the glossary, and those who organise.
LANGUAGES_WRITERS = ("translator", "standards", "organiser", "agenda", "admin")
