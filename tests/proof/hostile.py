"""Hostile inputs at full size: every form field that anybody is offered, in both languages.

The forms of forums are found in the demonstration, link by link; those of partnerships from the map of addresses, in a
small world that holds something for each of them.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from forum.core.database import Base, db, session
from tests.cast import summon
from tests.demonstration import browser_of, copied, opened, prepared, starts_in
from tests.gates.hostile import Tally, attack, forms_of
from tests.gates.rooms import WRITERS, forms_by_map, taking
from tests.gates.world import furnish
from tests.proof.ground import START
from tests.trial import trial_application

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
    """Endpoints of the rooms of partnerships that take a form and were offered to nobody."""

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


def partnerships(number: int, seed: int) -> Outcome:
    """Send that many into the forms of partnerships."""
    outcome = Outcome()
    share = -(-number // ((len(WRITERS) - 1) * len(LANGUAGES)))
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="forum-hostile-") as folder:
        app = trial_application(Path(folder), lambda: START)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            world = furnish(app, summon(app, START), START)
            session.remove()
        outcome.unreached = taking(app)
        for role in WRITERS:
            for language in LANGUAGES:
                client = world.client(role)
                forms = forms_by_map(app, world, client, language)
                outcome.unreached -= {endpoint for endpoint, _address, _form in forms}
                outcome.add(attack(app, client, forms, share, dice.randrange(2**32)))
    return outcome


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
