"""The drift alarm 采标偏离预警: what became of the edition on which a national standard rests.

Pure: stage events, supplements and successors in, alarms out.  Several may stand at once; the gravest leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forum.core.refusals import N_


class Level(StrEnum):
    """How much an alarm matters; each has a word beside its colour."""

    RED = "red"
    AMBER = "amber"
    BLUE = "blue"
    GREEN = "green"
    UNKNOWN = "unknown"


LEVELS: dict[str, str] = {
    "red": N_("Base no longer valid"),
    "amber": N_("Needs attention"),
    "blue": N_("Successor in progress"),
    "green": N_("Base valid"),
    "unknown": N_("Not known"),
}
_ORDER = tuple(Level)


class Alarm(StrEnum):
    """What is said of the base edition."""

    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    NEW_EDITION = "new_edition"
    AMENDMENT = "amendment"
    WITHDRAWAL_PROPOSED = "withdrawal_proposed"
    TO_BE_REVISED = "to_be_revised"
    SUCCESSOR = "successor"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    UNDER_REVIEW = "under_review"
    CURRENT = "current"
    UNKNOWN = "unknown"


LEVEL_OF: dict[Alarm, Level] = {
    Alarm.REPLACED: Level.RED,
    Alarm.WITHDRAWN: Level.RED,
    Alarm.DELETED: Level.RED,
    Alarm.NEW_EDITION: Level.AMBER,
    Alarm.AMENDMENT: Level.AMBER,
    Alarm.WITHDRAWAL_PROPOSED: Level.AMBER,
    Alarm.TO_BE_REVISED: Level.AMBER,
    Alarm.SUCCESSOR: Level.BLUE,
    Alarm.DRAFT: Level.BLUE,
    Alarm.CONFIRMED: Level.GREEN,
    Alarm.UNDER_REVIEW: Level.GREEN,
    Alarm.CURRENT: Level.GREEN,
    Alarm.UNKNOWN: Level.UNKNOWN,
}
ALARMS: dict[str, str] = {
    "replaced": N_("Base edition replaced"),
    "withdrawn": N_("Base edition withdrawn"),
    "deleted": N_("Base project deleted"),
    "new_edition": N_("New edition published"),
    "amendment": N_("Amendment not adopted"),
    "withdrawal_proposed": N_("Withdrawal proposed"),
    "to_be_revised": N_("To be revised"),
    "successor": N_("Successor in progress"),
    "draft": N_("Base not yet published"),
    "confirmed": N_("Confirmed"),
    "under_review": N_("Under systematic review"),
    "current": N_("Base edition valid"),
    "unknown": N_("Stage not known"),
}
SENTENCES: dict[Alarm, str] = {
    Alarm.REPLACED: N_("The base edition %(base)s is withdrawn and replaced by %(others)s."),
    Alarm.WITHDRAWN: N_("The base edition %(base)s is withdrawn; no successor is known."),
    Alarm.DELETED: N_("The project %(base)s was deleted before it was published."),
    Alarm.NEW_EDITION: N_("A newer edition is published: %(others)s. The base edition %(base)s isn't withdrawn yet."),
    Alarm.AMENDMENT: N_("%(others)s to the base edition is published and not adopted."),
    Alarm.WITHDRAWAL_PROPOSED: N_("The withdrawal of the base edition %(base)s is proposed."),
    Alarm.TO_BE_REVISED: N_("The review decided that the base edition %(base)s is to be revised."),
    Alarm.SUCCESSOR: N_("A draft that is to replace the base edition is on its way: %(others)s."),
    Alarm.DRAFT: N_("The base edition %(base)s isn't published yet."),
    Alarm.CONFIRMED: N_("The last review confirmed the base edition %(base)s."),
    Alarm.UNDER_REVIEW: N_("The base edition %(base)s is under systematic review."),
    Alarm.CURRENT: N_("The base edition %(base)s is valid, and nothing is known that replaces it."),
    Alarm.UNKNOWN: N_("The stage of the base edition %(base)s isn't known here."),
}
_TO_WITHDRAW = ("90.99", "95.20", "95.60")
_REVIEWING = ("90.20", "90.60")


@dataclass(frozen=True, slots=True)
class Seen:
    """A stage that an edition was seen in: entered on a day, or known only to have held on one."""

    code: str  # harmonized
    on: date | None = None
    held_on: date | None = None  # the date of the source; counts where the day of entering isn't known

    @property
    def known_on(self) -> date | None:
        """Return the latest day on which the stage is known to have held."""
        return self.held_on or self.on


@dataclass(frozen=True, slots=True)
class Kin:
    """A supplement or a successor of the base edition."""

    reference: str
    code: str = ""  # harmonized; empty where it isn't known
    published: bool = False
    adopted: bool = False  # by the same national standard, or by a supplement to it


@dataclass(frozen=True, slots=True)
class BaseEdition:
    """What is known of the edition on which a national standard rests."""

    reference: str
    events: tuple[Seen, ...] = ()
    published: bool = False  # for schemes that have no harmonized stage
    withdrawn: bool = False
    supplements: tuple[Kin, ...] = ()
    successors: tuple[Kin, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One alarm with what it speaks of."""

    alarm: Alarm
    base: str
    others: tuple[str, ...] = ()
    on: date | None = None

    @property
    def level(self) -> Level:
        """Return how much it matters."""
        return LEVEL_OF[self.alarm]

    @property
    def sentence(self) -> str:
        """Return the catalogue key of what is said."""
        return SENTENCES[self.alarm]


@dataclass(frozen=True, slots=True)
class Drift:
    """Everything that stands about one base edition, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def leading(self) -> Finding:
        """Return the alarm that is shown in lists."""
        return self.findings[0]

    @property
    def level(self) -> Level:
        """Return the level of the gravest."""
        return self.leading.level

    @property
    def signature(self) -> str:
        """Return what two looks are compared by: alarms and what they speak of, without days."""
        return ";".join(f"{each.alarm}:{','.join(each.others)}" for each in self.findings)[:400]


def current(events: Iterable[Seen]) -> Seen | None:
    """Return the stage that holds: the latest by date, of one day the highest; without dates the highest code."""
    known = list(events)
    dated = [event for event in known if event.known_on is not None]
    if dated:
        return max(dated, key=lambda event: (event.known_on or date.min, event.code))
    return max(known, key=lambda event: event.code, default=None)


def in_progress(kin: Kin) -> bool:
    """Tell whether a successor is between the enquiry draft and publication."""
    return not kin.published and "40.00" <= kin.code < "60.60" and not kin.code.endswith(".98")


def drift(base: BaseEdition) -> Drift:
    """Return what stands about the base edition, the gravest first."""
    found = [*_of_stage(base), *_of_kin(base)]
    graver = [each for each in found if each.level not in {Level.GREEN, Level.UNKNOWN}]
    kept = graver or found
    return Drift(tuple(sorted(kept, key=lambda each: (_ORDER.index(each.level), list(Alarm).index(each.alarm)))))


def _of_stage(base: BaseEdition) -> Sequence[Finding]:
    stage = current(base.events)
    code, on = (stage.code, stage.on) if stage is not None else ("", None)
    if code == "95.99" or base.withdrawn:
        others = tuple(kin.reference for kin in base.successors if kin.published or kin.code in {"", "95.99"})
        return [Finding(Alarm.REPLACED if others else Alarm.WITHDRAWN, base.reference, others, on)]
    if code.endswith(".98"):
        return [Finding(Alarm.DELETED, base.reference, (), on)]
    if code in _TO_WITHDRAW:
        return [Finding(Alarm.WITHDRAWAL_PROPOSED, base.reference, (), on)]
    by_code = {"90.92": Alarm.TO_BE_REVISED, "90.93": Alarm.CONFIRMED, "95.92": Alarm.CONFIRMED}
    by_code |= dict.fromkeys(_REVIEWING, Alarm.UNDER_REVIEW)
    if code in by_code:
        return [Finding(by_code[code], base.reference, (), on)]
    if code == "60.60" or (not code and base.published):
        return [Finding(Alarm.CURRENT, base.reference, (), on)]
    return [Finding(Alarm.DRAFT if code else Alarm.UNKNOWN, base.reference, (), on)]


def _of_kin(base: BaseEdition) -> Iterable[Finding]:
    stage = current(base.events)
    over = base.withdrawn or (stage is not None and stage.code == "95.99")
    if over:
        return
    if newer := tuple(kin.reference for kin in base.successors if kin.published):
        yield Finding(Alarm.NEW_EDITION, base.reference, newer)
    if missing := tuple(kin.reference for kin in base.supplements if kin.published and not kin.adopted):
        yield Finding(Alarm.AMENDMENT, base.reference, missing)
    if coming := tuple(kin.reference for kin in base.successors if in_progress(kin)):
        yield Finding(Alarm.SUCCESSOR, base.reference, coming)
