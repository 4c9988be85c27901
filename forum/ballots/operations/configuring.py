"""Rules and terms as versions: one is added from a day on, and none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from forum.audit.operations import record
from forum.ballots import errors
from forum.ballots.models import BallotKind, BallotRule, BallotTerms
from forum.ballots.queries import configured
from forum.ballots.rules import terms as reading
from forum.ballots.rules.backplan import day_in_beijing
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean_line

BEGINNING = date(2022, 6, 30)  # the day from which the stages of drafts are as the first rules say


def seed_rules(*, now: datetime) -> int:
    """Write the rules that the house begins with where a kind has none; return how many it wrote."""
    there = set(session.scalars(select(BallotRule.kind)))
    written = 0
    for one in reading.defaults()["rules"]:
        if BallotKind(one["kind"]) in there:
            continue
        session.add(BallotRule(number=1, effective_from=BEGINNING, by=SYSTEM.reference, **one))
        written += 1
    if session.scalar(select(func.count()).select_from(BallotTerms)) == 0:
        session.add(
            BallotTerms(number=1, effective_from=BEGINNING, by=SYSTEM.reference, **reading.defaults()["office"])
        )
    if written:
        session.flush()
        record(SYSTEM, "seed", "ballot_rule", "all", now=now, written=written)
    return written


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What the next version of a rule says, and from which day."""

    effective_from: date
    terms: Mapping[str, Any]
    name: Text
    certainty: str
    source: str


def add_version(kind: BallotKind, what: RuleVersion, *, actor: Actor, now: datetime) -> BallotRule:
    """Add the next version of a rule; ballots that are open keep the one under which they opened.

    Raises ``RuleBackdated`` or ``TermsRefused``.
    """
    try:
        reading.read(what.terms)
    except reading.TermsUnclear as unclear:
        raise errors.TermsRefused(what=str(unclear)[:80]) from unclear
    before = configured.latest(kind)
    if what.effective_from < day_in_beijing(now) or (
        before is not None and what.effective_from <= before.effective_from
    ):
        raise errors.RuleBackdated
    number = before.number + 1 if before is not None else 1
    made = BallotRule(
        kind=kind,
        number=number,
        effective_from=what.effective_from,
        certainty=what.certainty,
        source=clean_line(what.source),
        terms=dict(what.terms),
        name_en=clean_line(what.name.en),
        name_zh=clean_line(what.name.zh),
        by=actor.reference,
    )
    _once(made)
    record(actor, "add_version", "ballot_rule", made.public_id, now=now, what=str(kind), number=number)
    return made


def add_terms(effective_from: date, terms: Mapping[str, Any], *, actor: Actor, now: datetime) -> BallotTerms:
    """Add the next version of the office's terms.  Raises ``RuleBackdated`` or ``TermsRefused``."""
    try:
        reading.read_office(terms)
    except reading.TermsUnclear as unclear:
        raise errors.TermsRefused(what=str(unclear)[:80]) from unclear
    rows = configured.all_terms()
    if effective_from < day_in_beijing(now) or (rows and effective_from <= rows[0].effective_from):
        raise errors.RuleBackdated
    made = BallotTerms(
        number=rows[0].number + 1 if rows else 1,
        effective_from=effective_from,
        terms=dict(terms),
        certainty="verified",
        by=actor.reference,
    )
    _once(made)
    record(actor, "add_version", "ballot_terms", made.public_id, now=now, number=made.number)
    return made


def _once(made: BallotRule | BallotTerms) -> None:
    """Add a version whose number is free; another one who added it in the same moment wins."""
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError as clash:
        raise errors.ChangedMeanwhile from clash
