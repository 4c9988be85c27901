"""The words of an agreement: instruments, states, ranks, and the frozen values that rules work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from forum.core.bilingual import Language
from forum.core.refusals import N_


class Instrument(StrEnum):
    """What the parties sign: always an instrument below a friendship-city agreement."""

    INTENT = "intent"
    MEMORANDUM = "memorandum"
    ARRANGEMENT = "arrangement"
    JOINT_PLAN = "joint_plan"


INSTRUMENTS: dict[str, str] = {
    "intent": N_("Letter of intent on cooperation"),
    "memorandum": N_("Memorandum on standardization cooperation"),
    "arrangement": N_("Cooperation arrangement"),
    "joint_plan": N_("Joint action plan"),
}
# How the text speaks of itself, capitalised as a defined term.
SELF_NAMES: dict[str, tuple[str, str]] = {
    "intent": ("Letter of Intent", "意向书"),
    "memorandum": ("Memorandum", "备忘录"),
    "arrangement": ("Arrangement", "安排"),
    "joint_plan": ("Joint Action Plan", "行动计划"),
}


class TextStage(StrEnum):
    """Whether the text may change."""

    OPEN = "open"
    FROZEN = "frozen"


TEXT_STAGES: dict[str, str] = {"open": N_("Open for changes"), "frozen": N_("Frozen")}


class ProposalState(StrEnum):
    """What became of a proposed wording."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


PROPOSAL_STATES: dict[str, str] = {
    "open": N_("Waiting for an answer"),
    "accepted": N_("Accepted"),
    "replaced": N_("Replaced by a counter-proposal"),
    "withdrawn": N_("Withdrawn"),
}


class Rank(StrEnum):
    """The level of somebody who signs, so that both sides sign at the same one."""

    CITY_HEAD = "city_head"
    CITY_DEPUTY = "city_deputy"
    OFFICE_HEAD = "office_head"
    OFFICE_DEPUTY = "office_deputy"


RANKS: dict[str, str] = {
    "city_head": N_("Mayor or head of the city government"),
    "city_deputy": N_("Deputy mayor"),
    "office_head": N_("Head of a city department"),
    "office_deputy": N_("Deputy head of a city department"),
}


class Use(StrEnum):
    """What the clause library says of a clause for one instrument."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NOT_OFFERED = "not_offered"
    FORBIDDEN = "forbidden"


class Level(StrEnum):
    """How grave a finding is: a blocker stops agreement and sign-off."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


LEVELS: dict[str, str] = {
    "blocker": N_("Must be solved"),
    "warning": N_("Please check"),
    "note": N_("For information"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the text, by a key that the room above gives and its name in both languages."""

    key: str
    name_en: str
    name_zh: str
    rank: Rank | None = None

    def name(self, language: str) -> str:
        """Return the name in that language."""
        return self.name_zh if language == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says in numbers and references; months and calendar days."""

    term_months: int | None = None
    ends_on: date | None = None
    notice_months: int | None = None
    automatic_renewal: bool = False
    budget_reference: str = ""
    licence_reference: str = ""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as it stands: wording with its variables, and whether both sides were matched."""

    key: str
    heading_en: str
    heading_zh: str
    en: str
    zh: str
    matched: bool = True
    library_version: int | None = None
    variant: str = ""

    def heading(self, language: str) -> str:
        """Return the heading in that language."""
        return self.heading_zh if language == "zh" else self.heading_en

    def side(self, language: str) -> str:
        """Return the wording in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Agreement:
    """A whole text as a frozen value: what is checked, hashed and printed."""

    instrument: Instrument
    title_en: str
    title_zh: str
    parties: tuple[Party, ...]
    clauses: tuple[ClauseText, ...]
    terms: Terms = field(default_factory=Terms)
    authentic: tuple[Language, ...] = ("en", "zh")
    prevailing: Language | None = None

    def title(self, language: str) -> str:
        """Return the title in that language."""
        return self.title_zh if language == "zh" else self.title_en
