"""The coherence guard 立场一致性检查: whether a position agrees with the comments, the units and what was said before.

Pure rules over one frozen case.  A block can't be overridden; a warning needs a signed reason; the rest is information.
Source: the rules VG-01 to VG-13 of the house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forum.ballots.models import BallotKind
from forum.core.refusals import N_, P_, Word, spoken


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """What the comment desk knows of one ballot: numbers alone, never a text or a name."""

    kept: int = 0  # comments that leave as ours
    technical_kept: int = 0
    must_change: int = 0  # technical ones among them without which the draft isn't acceptable
    undecided: int = 0  # neither kept, merged nor dropped
    unknown_clauses: tuple[str, ...] = ()  # cited, and not in the outline of the draft
    repeated: tuple[str, ...] = ()  # numbers of kept comments that repeat a rejected one without a new argument
    frozen: bool = False  # the numbering stands


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What is known of the use of a standard in this country."""

    in_force: int = 0  # national standards in force that adopt it, identical or modified
    cities: int = 0  # that filed evidence of its use


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    """Who is named for a proposed project."""

    named: int = 0
    confirmed: int = 0  # of them confirmed by the national office


class Level(StrEnum):
    """What a finding asks for."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


LEVELS: dict[str, str] = {
    "block": N_("Must be changed"),
    "warn": N_("Needs a signed reason"),
    "info": N_("For information"),
}


class Answer(StrEnum):
    """What a member body can say."""

    APPROVE = "approve"
    APPROVE_WITH_COMMENTS = "approve_with_comments"
    DISAPPROVE = "disapprove"
    ABSTAIN = "abstain"
    CONFIRM = "confirm"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    KEEP = "keep"
    COMMENT = "comment"
    NO_COMMENT = "no_comment"


ANSWERS: dict[str, str] = {
    "approve": P_("ballots", "Approve"),
    "approve_with_comments": N_("Approve with comments"),
    "disapprove": N_("Disapprove"),
    "abstain": N_("Abstain"),
    "confirm": N_("Confirm"),
    "revise": N_("Revise or amend"),
    "withdraw": P_("ballots", "Withdraw"),
    "keep": N_("Do not withdraw"),
    "comment": N_("Comments"),
    "no_comment": N_("No comments"),
}
IN_FAVOUR = frozenset({Answer.APPROVE, Answer.APPROVE_WITH_COMMENTS, Answer.CONFIRM})
AGAINST = frozenset({Answer.DISAPPROVE})


@dataclass(frozen=True, slots=True)
class Guarded:
    """A position with everything that it is compared with, as it stands at one moment."""

    kind: BallotKind
    mandatory: bool
    answer: Answer
    reason: bool  # a reason or justification is written
    comments: CommentFacts = field(default_factory=CommentFacts)
    commits: bool = False  # NP: commits to take part
    experts: ExpertFacts = field(default_factory=ExpertFacts)
    not_used: bool = False  # SR: "not used in this country"
    use: UseFacts = field(default_factory=UseFacts)
    before: Answer | None = None  # our answer at the last stage of the same project
    units: Mapping[str, int] = field(default_factory=dict)  # answers of the units that were asked
    opposite: tuple[str, ...] = ()  # references of overlapping projects on which we say the opposite


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: a sentence of the catalogue with its facts."""

    code: str
    level: Level
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


def say(found: Finding, translate: Callable[[str], str]) -> str:
    """Return the sentence of an objection through ``translate``, a gettext function."""
    facts = {
        name: spoken(value, translate) if isinstance(value, Word) else value for name, value in found.facts.items()
    }
    return translate(found.sentence) % facts if facts else translate(found.sentence)


def _word(label: str) -> Word:
    return label if isinstance(label, Word) else Word(label)


_Rule = Callable[[Guarded], Finding | None]


def _vg01(case: Guarded) -> Finding | None:
    if case.kind is BallotKind.NP or case.answer not in AGAINST or case.reason or case.comments.technical_kept:
        return None
    return Finding(
        "VG-01",
        Level.BLOCK,
        N_("A disapproval needs a technical comment or a technical reason. Write one, or change the answer."),
    )


def _vg02(case: Guarded) -> Finding | None:
    if case.answer not in IN_FAVOUR or not case.comments.must_change:
        return None
    return Finding(
        "VG-02",
        Level.WARN,
        N_("The position approves, while technical comments of ours say that the draft must change: %(count)s."),
        {"count": case.comments.must_change},
    )


def _vg03(case: Guarded) -> Finding | None:
    if case.answer is not Answer.APPROVE_WITH_COMMENTS or case.comments.kept:
        return None
    return Finding(
        "VG-03",
        Level.BLOCK,
        N_("“Approve with comments” needs at least one comment. Add it, or approve without comments."),
    )


def _side(answer: Answer) -> str:
    """Return for, against or neither, by which two answers are compared."""
    if answer in IN_FAVOUR:
        return "for"
    return "against" if answer in AGAINST else "neither"


def _vg04(case: Guarded) -> Finding | None:
    if case.before is None or case.reason or _side(case.before) == _side(case.answer):
        return None
    return Finding(
        "VG-04",
        Level.WARN,
        N_("At the last stage of this project our answer was “%(before)s”. Say why it is another one now."),
        {"before": _word(ANSWERS[case.before])},
    )


def _vg05(case: Guarded) -> Finding | None:
    if case.kind is not BallotKind.NP or not case.commits:
        return None
    if case.experts.named and case.experts.confirmed >= case.experts.named:
        return None
    sentence = (
        N_("The position commits to take part and names no expert. Name one.")
        if not case.experts.named
        else N_("An expert who is named isn’t confirmed by the national office yet.")
    )
    return Finding("VG-05", Level.BLOCK, sentence)


def _vg06(case: Guarded) -> Finding | None:
    if case.kind is not BallotKind.NP or case.answer not in AGAINST or case.reason:
        return None
    return Finding("VG-06", Level.BLOCK, N_("A disapproved proposal needs a justification. Write it."))


def _vg07(case: Guarded) -> Finding | None:
    if not case.mandatory or case.answer is not Answer.ABSTAIN or case.reason:
        return None
    return Finding("VG-07", Level.WARN, N_("We must vote here, and the position abstains without a reason."))


def _vg08(case: Guarded) -> Finding | None:
    if case.kind is not BallotKind.FDIS or case.answer not in IN_FAVOUR or not case.comments.technical_kept:
        return None
    return Finding(
        "VG-08",
        Level.WARN,
        N_("A final draft takes editorial comments only; the position approves with technical ones: %(count)s."),
        {"count": case.comments.technical_kept},
    )


def _vg09(case: Guarded) -> Finding | None:
    if case.kind is not BallotKind.SR or not case.not_used or not (case.use.in_force or case.use.cities):
        return None
    return Finding(
        "VG-09",
        Level.WARN,
        N_(
            "The answer is “not used here”. National standards in force that adopt it: %(adoptions)s. "
            "Cities that filed evidence of its use: %(cities)s."
        ),
        {"adoptions": case.use.in_force, "cities": case.use.cities},
    )


def _vg10(case: Guarded) -> Finding | None:
    if not case.comments.unknown_clauses:
        return None
    return Finding(
        "VG-10",
        Level.WARN,
        N_("Comments cite clauses that the draft doesn’t have: %(clauses)s."),
        {"clauses": ", ".join(case.comments.unknown_clauses)},
    )


def _vg11(case: Guarded) -> Finding | None:
    if not case.comments.repeated:
        return None
    return Finding(
        "VG-11",
        Level.WARN,
        N_("Comments repeat what was rejected before, without a new argument: %(numbers)s."),
        {"numbers": ", ".join(case.comments.repeated)},
    )


def _vg12(case: Guarded) -> Finding | None:
    spoken = dict.fromkeys(("for", "against"), 0)
    for word, count in case.units.items():
        side = _side(Answer(word)) if word in set(Answer) else "neither"
        if side in spoken:
            spoken[side] += count
    mine = _side(case.answer)
    if mine not in spoken:
        return None
    other = spoken["against" if mine == "for" else "for"]
    if 2 * other <= sum(case.units.values()):
        return None
    return Finding(
        "VG-12",
        Level.WARN,
        N_("Most of the units that were asked said the opposite: %(count)s of %(all)s."),
        {"count": other, "all": sum(case.units.values())},
    )


def _vg13(case: Guarded) -> Finding | None:
    if not case.opposite:
        return None
    return Finding(
        "VG-13",
        Level.INFO,
        N_("On an overlapping project of another committee we say the opposite: %(references)s."),
        {"references": ", ".join(case.opposite)},
    )


RULES: tuple[_Rule, ...] = (
    _vg01, _vg02, _vg03, _vg04, _vg05, _vg06, _vg07, _vg08, _vg09, _vg10, _vg11, _vg12, _vg13,
)  # fmt: skip


def findings(case: Guarded) -> tuple[Finding, ...]:
    """Return everything that speaks against a position, in the order of the rules."""
    return tuple(found for rule in RULES if (found := rule(case)) is not None)


def standing(found: Iterable[Finding], overridden: Iterable[str]) -> tuple[Finding, ...]:
    """Return what still stands in the way of approval: every block, and warnings without a signed reason."""
    signed = frozenset(overridden)
    return tuple(
        one for one in found if one.level is Level.BLOCK or (one.level is Level.WARN and one.code not in signed)
    )
