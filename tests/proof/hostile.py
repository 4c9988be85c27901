"""Hostile inputs at full size: every form field that anybody is offered, in both languages, on the demonstration."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.demonstration import browser_of, copied, opened, prepared, starts_in
from tests.gates.hostile import Tally, attack, forms_of

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
