"""Hostile inputs at full size: every form field that anybody is offered, in both languages.

The forms of forums are found in the demonstration, link by link; those of partnerships from the map of addresses, in a
small world that holds something for each of them.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import START
from tests.demonstration import browser_of, copied, opened, prepared, starts_in
from tests.evidence.scene import SECRETS
from tests.gates.hostile import Tally, Wrapped, attack, bare, forms_of
from tests.gates.hostile_addresses import ask
from tests.gates.inside import released
from tests.gates.languages import engine_set, exchanged, opening
from tests.gates.matrix import room_of, rows
from tests.gates.pages import Form
from tests.gates.rooms import LANGUAGES_WRITERS, STANDARDS_WRITERS, WRITERS, forms_by_map, taking
from tests.gates.standing import ROOMS_OF_LANGUAGES, ROOMS_OF_STANDARDS
from tests.gates.world import World
from tests.proof.small_world import small_world

WHO: tuple[str | None, ...] = (None, "delegate", "focalpoint", "organiser", "admin")
LANGUAGES = ("en", "zh")


@dataclass
class Outcome:
    """What the submissions came to."""

    sent: int = 0
    refused: int = 0
    accepted: int = 0
    fields: set[tuple[str, str]] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)
    """Endpoints of the rooms tried that take a form and were offered to nobody."""

    def add(self, tally: Tally) -> None:
        """Take in what one person sent."""
        self.sent += tally.sent
        self.refused += tally.refused
        self.accepted += tally.accepted
        self.fields |= tally.fields
        for fault in tally.faults:
            where, _colon, what = fault.partition(": ")
            kind = f"{' '.join(where.split()[:2])}: {what.partition('; text ')[0]}"
            self.faults[kind] += 1
            self.examples.setdefault(kind, fault)

    @property
    def told(self) -> str:
        """What the page of figures says."""
        example = next(iter(self.examples.values()), "")
        return (
            f"{self.sent:,} submissions into {len(self.fields)} fields, {self.refused:,} refused, "
            f"{self.accepted:,} taken as text: {sum(self.faults.values())} faults"
            + (f"; for example {example[:200]}" if example else "")
        )


Offered = Callable[[FlaskClient, str], list[tuple[str, str, Form]]]


def partnerships(number: int, seed: int) -> Outcome:
    """Send that many into the forms of partnerships."""
    with small_world() as (app, world):
        return into_partnerships(app, world, number, seed)


def standards(number: int, seed: int) -> Outcome:
    """Send that many into the forms of international work."""
    with small_world() as (app, world):
        return into_standards(app, world, START, number, seed)


def into_partnerships(app: Flask, world: World, number: int, seed: int) -> Outcome:
    """The forms of partnerships in a world that is there."""
    outcome = Outcome(unreached=taking(app))
    _attack(outcome, app, world, WRITERS, lambda *asked: forms_by_map(app, world, *asked), number, seed)
    return outcome


def into_standards(app: Flask, world: World, now: datetime, number: int, seed: int) -> Outcome:
    """The forms of international work in a world that is there."""
    outcome, inside = Outcome(unreached=taking(app, ROOMS_OF_STANDARDS)), released(app, world, now)

    def offered(client: FlaskClient, language: str) -> list[tuple[str, str, Form]]:
        beside = [*inside.addresses(language), f"/{language}/watching/link/{SECRETS['own']}"]
        return forms_by_map(app, world, client, language, ROOMS_OF_STANDARDS, beside)

    _attack(outcome, app, world, STANDARDS_WRITERS, offered, number, seed)
    return outcome


def languages(engine: str, number: int, seed: int) -> Outcome:
    """Send that many into the forms and addresses of drafts, memory, glossary and the translation desk."""
    with small_world(engine) as (app, world):
        return into_languages(app, world, START, number, seed)


def into_languages(app: Flask, world: World, now: datetime, number: int, seed: int) -> Outcome:
    """The forms of the rooms of languages in a world that is there, and a fifth of the number into their addresses.

    An engine is set that no page may call.
    """
    outcome = Outcome(unreached=taking(app, ROOMS_OF_LANGUAGES))
    pages = list(dict.fromkeys(page for language in LANGUAGES for page in opening(app, world, now, language)))

    def offered(client: FlaskClient, language: str) -> list[tuple[str, str, Form]]:
        here = [f"/{language}/{page.split('/', 2)[2]}" for page in pages]
        return forms_by_map(app, world, client, language, ROOMS_OF_LANGUAGES, here)

    asked = number // 5
    with engine_set(app):
        _attack(outcome, app, world, LANGUAGES_WRITERS, offered, number - asked, seed, exchanged)
        for place, role in enumerate(LANGUAGES_WRITERS):
            language = LANGUAGES[place % 2]
            there = [
                (rule, world.address(rule, row[2], language))
                for row, rule in rows(app, world)
                if row[1] == "GET" and row[2] == "own" and room_of(row) in ROOMS_OF_LANGUAGES
            ]
            share = -(-asked // len(LANGUAGES_WRITERS))
            outcome.add(ask(app, world.client(role), there, share, seed + place, Tally()))
    return outcome


def _attack(
    outcome: Outcome,
    app: Flask,
    world: World,
    writers: tuple[str, ...],
    offered: Offered,
    number: int,
    seed: int,
    wrapped: Wrapped = bare,
) -> None:
    """Share the submissions among the writers, who take turns with the languages; at full size each has both."""
    dice = random.Random(seed)
    turns = [(role, language) for role in writers for language in LANGUAGES]
    if number < 100 * len(turns):
        turns = [(role, LANGUAGES[place % 2]) for place, role in enumerate(writers)]
    for role, language in turns:
        client = world.client(role)
        forms = offered(client, language)
        outcome.unreached -= {endpoint for endpoint, _address, _form in forms}
        share, own = -(-number // len(turns)), dice.randrange(2**32)
        outcome.add(attack(app, client, forms, share, own, wrapped=wrapped))


def trial(number: int, seed: int) -> Outcome:
    """Send that many hostile submissions, spread over people and languages; needs an empty temporary folder."""
    outcome = Outcome()
    share = -(-number // (len(WHO) * len(LANGUAGES)))
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="forum-hostile-") as folder:
        app = opened(copied(prepared(Path(folder)), Path(folder) / "copy"))
        for who in WHO:
            for language in LANGUAGES:
                client = browser_of(app, who)
                forms = forms_of(app, client, language, starts_in(language))
                outcome.add(attack(app, client, forms, share, dice.randrange(2**32)))
    return outcome
