"""What a rule says and what the office set for all ballots, read from their rows; refused where they make no sense.

Source: ISO/IEC Directives, Part 1, 2.3-2.9, 3.1-3.3; each row says how sure it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from forum.ballots.rules.coherence import Answer

CRITERIA = frozenset(
    {"majority", "negative", "experts", "participation", "plurality", "countries", "consensus", "no_comment"}
)
LONGEST_WEEKS = 104
FARTHEST = 1000  # days that an offset, a buffer or a window may reach


class TermsUnclear(ValueError):
    """A row whose terms can't be read; the message names the term."""


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """How one kind of ballot runs and when it is accepted."""

    weeks: tuple[int, ...]
    voters: str
    mandatory: bool
    answers: tuple[Answer, ...]
    criteria: tuple[Mapping[str, Any], ...]
    ignore_unreasoned: bool = False
    stage: str = ""
    closing_stage: str = ""
    always: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def share(pair: Any) -> Fraction:
    """Return a share written as two whole numbers; raise ``TermsUnclear``."""
    try:
        top, bottom = (int(one) for one in pair)
        made = Fraction(top, bottom)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as wrong:
        raise TermsUnclear("share") from wrong
    if not 0 <= made <= 1 or any(isinstance(one, float) for one in pair):
        raise TermsUnclear("share")
    return made


def read(terms: Mapping[str, Any]) -> RuleTerms:
    """Return the terms of a rule; raise ``TermsUnclear``."""
    try:
        weeks = tuple(int(one) for one in terms["weeks"])
        answers = tuple(Answer(one) for one in terms["answers"])
        criteria = tuple(dict(one) for one in terms["criteria"])
        decisions = terms.get("decisions") or {}
        always, passed = (tuple(str(one) for one in decisions.get(name, ())) for name in ("always", "passed"))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as wrong:
        raise TermsUnclear(str(wrong)) from wrong
    if not weeks or any(not 1 <= one <= LONGEST_WEEKS for one in weeks):
        raise TermsUnclear("weeks")
    for one in criteria:
        _check(one)
    return RuleTerms(
        weeks=weeks,
        voters=str(terms.get("voters", "p")),
        mandatory=bool(terms.get("mandatory", False)),
        answers=answers,
        criteria=criteria,
        ignore_unreasoned=bool(terms.get("ignore_unreasoned", False)),
        stage=str(terms.get("stage", "")),
        closing_stage=str(terms.get("closing_stage", "")),
        always=always,
        passed=passed,
        asks=tuple(terms.get("asks", ())),
    )


def _check(criterion: Mapping[str, Any]) -> None:
    rule = criterion.get("rule")
    if rule not in CRITERIA:
        raise TermsUnclear("criteria")
    if rule in {"majority", "negative", "participation"}:
        share(criterion.get("share"))
    numbers = {"experts": ("small", "large", "limit"), "countries": ("least",)}.get(str(rule), ())
    if any(not isinstance(criterion.get(name), int) for name in numbers):
        raise TermsUnclear(str(rule))


@dataclass(frozen=True, slots=True)
class Template:
    """Offsets of the steps in calendar days from the opening, for ballots of one length."""

    weeks: int
    triage: int
    enquiry: int
    consolidate: int
    approve: int
    submit: int
    buffer: int

    @property
    def offsets(self) -> tuple[int, ...]:
        """The offsets in the order of the steps."""
        return (self.triage, self.enquiry, self.consolidate, self.approve, self.submit)


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """What holds for all ballots."""

    closing: Mapping[str, tuple[time, str]]
    templates: tuple[Template, ...]
    min_enquiry_workdays: int = 10
    window_days: int = 14
    risk_share: Fraction = Fraction(1, 5)
    risk_votes: int = 2
    reminder_days: tuple[int, ...] = field(default=(0,))


def read_office(terms: Mapping[str, Any]) -> OfficeTerms:
    """Return what the office set; raise ``TermsUnclear``."""
    try:
        closing = {}
        for body, (clock, zone) in terms["closing"].items():
            ZoneInfo(zone)
            closing[str(body)] = (time.fromisoformat(clock), str(zone))
        templates = tuple(Template(**{key: int(value) for key, value in one.items()}) for one in terms["templates"])
        risk = terms["risk"]
        made = OfficeTerms(
            closing=closing,
            templates=templates,
            min_enquiry_workdays=int(terms["min_enquiry_workdays"]),
            window_days=int(terms["window_days"]),
            risk_share=share(risk["share"]),
            risk_votes=int(risk["votes"]),
            reminder_days=tuple(int(one) for one in terms["reminder_days"]),
        )
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        OSError,
    ) as wrong:  # OSError: an odd name of a zone
        raise TermsUnclear(str(wrong)) from wrong
    if not templates or any(list(one.offsets) != sorted(one.offsets) or one.triage < 0 for one in templates):
        raise TermsUnclear("templates")
    reaches = [made.min_enquiry_workdays, made.window_days, *(abs(one) for one in made.reminder_days)]
    for one in templates:
        reaches += [one.submit, one.buffer, 7 * one.weeks]
    if any(not 0 <= reach <= FARTHEST for reach in reaches) or any(one.weeks < 1 for one in templates):
        raise TermsUnclear("days")
    return made


@cache
def defaults() -> Mapping[str, Any]:
    """Return what the house begins with: the office's terms and a rule for every kind, each with its certainty."""
    found: dict[str, Any] = json.loads(resources.files("forum.ballots").joinpath("defaults.json").read_text("utf-8"))
    return found
