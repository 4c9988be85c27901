"""Deciding at the desk: one participation or many, with a reason that the person reads in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.core.text import clean, has_han
from forum.registration.errors import ReasonTextNeeded
from forum.registration.models import Participation
from forum.registration.operations import life
from forum.registration.operations.life import Outcome

OTHER = "other"
LONGEST_TEXT = 1000
AFTER_SCREENING = frozenset({"approve", "refuse"})


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that is given often: its label at the desk, and the sentence that the person reads."""

    label: str
    sentence: str
    actions: frozenset[str]


_RETURN = frozenset({"return"})
_REFUSE = frozenset({"refuse", "refuse_waiting"})
_REVOKE = frozenset({"revoke"})
REASONS: dict[str, Reason] = {
    "name": Reason(
        N_("Name differs from the passport"),
        N_("The name differs from the one in the passport. Please correct it."),
        _RETURN,
    ),
    "document_missing": Reason(
        N_("Document missing or unreadable"),
        N_("A required document is missing or can't be read. Please hand it in again."),
        _RETURN,
    ),
    "photo": Reason(
        N_("Photograph not usable"),
        N_("The photograph can't be used for the badge. Please hand in another one."),
        _RETURN,
    ),
    "function": Reason(
        N_("Function or organisation unclear"),
        N_("The function or the organisation isn't clear. Please give both as they shall be printed."),
        _RETURN,
    ),
    "category": Reason(
        N_("Wrong category"),
        N_("Another category fits better. Please choose it or write to us."),
        _RETURN | _REFUSE,
    ),
    "places": Reason(
        N_("No places left"),
        N_("The number of places is limited, and all of them are taken."),
        _REFUSE,
    ),
    "not_nominated": Reason(
        N_("Not nominated"),
        N_("Participation in this category needs a nomination, which we haven't received."),
        _REFUSE,
    ),
    "duplicate": Reason(
        N_("Registered twice"),
        N_("The same person is registered twice. The other registration stands."),
        _REFUSE,
    ),
    "late": Reason(N_("Too late"), N_("The registration came after the closing date."), _REFUSE),
    "nomination_withdrawn": Reason(
        N_("Nomination withdrawn"),
        N_("The nominating body has withdrawn the nomination."),
        _REVOKE,
    ),
    "untrue": Reason(N_("Untrue statements"), N_("The registration holds statements that aren't true."), _REVOKE),
}


def reasons_for(action: str) -> dict[str, Reason]:
    """Return the reasons that fit an action, in their order."""
    return {code: reason for code, reason in REASONS.items() if action in reason.actions}


def reason_text(code: str, text: str, language: str) -> str:
    """Return the reason as the person reads it: the sentence in their language, then the desk's own words."""
    own = clean(text)[:LONGEST_TEXT]
    known = REASONS.get(code)
    sentence = translator(language)(known.sentence) if known else ""
    gap = "" if has_han(sentence) else " "
    return gap.join(part for part in (sentence, own) if part)


def decide(
    participation: Participation,
    action: str,
    *,
    code: str = "",
    text: str = "",
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Participation:
    """Take one step for one participation; the audit keeps the code of the reason, never its text.

    Raises what ``life.perform`` raises, and ``ReasonTextNeeded`` for "other" without words.
    """
    _check(code, text)
    language = participation.mail_language
    life.perform(participation, action, actor=actor, now=now, reason=reason_text(code, text, language), version=version)
    _note(participation, action, code, actor, now)
    return participation


def decide_many(
    participations: Sequence[Participation],
    action: str,
    *,
    code: str = "",
    text: str = "",
    actor: Actor,
    now: datetime,
) -> list[Outcome]:
    """Take the same step for many; each row has its answer and its mail in its person's language.

    Approving or refusing takes those up for review first who weren't yet.
    """
    _check(code, text)
    outcomes = life.perform_many(
        participations,
        action,
        actor=actor,
        now=now,
        reason=lambda one: reason_text(code, text, one.mail_language),
        taking_up=action in AFTER_SCREENING,
    )
    for outcome in outcomes:
        if outcome.refusal is None:
            _note(outcome.participation, action, code, actor, now)
    return outcomes


def _check(code: str, text: str) -> None:
    if code == OTHER and not text.strip():
        raise ReasonTextNeeded


def _note(participation: Participation, action: str, code: str, actor: Actor, now: datetime) -> None:
    if code in REASONS:
        record(
            actor,
            "reason",
            "participation",
            participation.public_id,
            now=now,
            chain=participation.forum.chain,
            decision=action,
            code=code,
        )
