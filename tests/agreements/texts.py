"""Texts to test with: Lyon and Hangzhou, as values and in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from forum.agreements import operations
from forum.agreements.kinds import Agreement, ClauseText, Instrument, Party, Terms
from forum.agreements.library import LATEST, library, required
from forum.agreements.models import AgreementText, Clause
from forum.agreements.queries import clause_of
from forum.core.actor import Actor

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
LYON = Party("lyon", "City of Lyon", "里昂市")
HANGZHOU = Party("hangzhou", "Hangzhou Municipal People's Government", "杭州市人民政府")
OSAKA = Party("osaka", "City of Osaka", "大阪市")
HERS = Actor("account:lyonliaison00001", None, "en")
HIS = Actor("account:hangzhouliaison1", None, "zh")


def value(
    instrument: Instrument = Instrument.MEMORANDUM, *extra: ClauseText, terms: Terms | None = None, **changes: Any
) -> Agreement:
    """A text without a blocker, as a value; more clauses and other terms on request."""
    clauses = tuple(
        ClauseText(
            clause.key, clause.heading_en, clause.heading_zh, clause.variants[0].en, clause.variants[0].zh,
            library_version=LATEST, variant=clause.variants[0].name,
        )
        for clause in required(instrument)
    )  # fmt: skip
    made = Agreement(
        instrument, "Memorandum", "备忘录", (LYON, HANGZHOU), (*clauses, *extra), terms or Terms(60, None, 3)
    )
    return replace(made, **changes)


def own(english: str, chinese: str, **changes: Any) -> ClauseText:
    """A clause in the parties' own words, matched."""
    return ClauseText("own_1", "Particulars", "具体事项", english, chinese, **changes)


def library_clause(key: str) -> ClauseText:
    """A clause as the library has it."""
    clause = library()[key]
    wording = clause.variants[0]
    return ClauseText(key, clause.heading_en, clause.heading_zh, wording.en, wording.zh, True, LATEST, wording.name)


def started(instrument: Instrument = Instrument.MEMORANDUM, **changes: Any) -> AgreementText:
    """A text in the database, as Lyon started it."""
    return operations.start_text(instrument, (LYON, HANGZHOU), actor=HERS, now=NOW, party_key="lyon", **changes)


def clause(text: AgreementText, key: str) -> Clause:
    """One clause of a text."""
    found = clause_of(text, key)
    assert found is not None
    return found
