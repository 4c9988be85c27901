"""A conflict as a value: what is wrong, how grave it is, which items it concerns, in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from forum.core.refusals import N_, Word


class Severity(StrEnum):
    """How grave a conflict is, gravest first."""

    BLOCK = "block"  # the item cannot be saved
    ERROR = "error"  # the programme cannot be released
    WARNING = "warning"  # a release needs a named person's acknowledgement, with a reason
    NOTE = "note"  # worth knowing

    @property
    def rank(self) -> int:
        """Zero for the gravest."""
        return list(Severity).index(self)


class Code(StrEnum):
    """The rule that is broken."""

    TIME_INVALID = "TIME_INVALID"
    OUT_OF_DAYS = "OUT_OF_DAYS"
    TIME_AMBIGUOUS = "TIME_AMBIGUOUS"
    CLOCK_CHANGE = "CLOCK_CHANGE"
    MIDNIGHT = "MIDNIGHT"
    ROOM_OVERLAP = "ROOM_OVERLAP"
    ROOM_TURNAROUND = "ROOM_TURNAROUND"
    ROOM_CAPACITY = "ROOM_CAPACITY"
    PERSON_OVERLAP = "PERSON_OVERLAP"
    PERSON_TRAVEL = "PERSON_TRAVEL"
    PERSON_ABSENT = "PERSON_ABSENT"
    LANG_BOOTHS = "LANG_BOOTHS"
    LANG_UNCOVERED = "LANG_UNCOVERED"
    SPEAKER_UNCONFIRMED = "SPEAKER_UNCONFIRMED"
    TEXT_MISSING = "TEXT_MISSING"
    TEXT_MACHINE = "TEXT_MACHINE"
    TEXT_OUTDATED = "TEXT_OUTDATED"
    VIS_CONTRADICTION = "VIS_CONTRADICTION"
    SEGMENT_BOUNDS = "SEGMENT_BOUNDS"
    DROPPED_WITH_SEATS = "DROPPED_WITH_SEATS"


CODES: dict[str, str] = {
    "TIME_INVALID": N_("Impossible time"),
    "OUT_OF_DAYS": N_("Outside the days of the forum"),
    "TIME_AMBIGUOUS": N_("Time that occurs twice"),
    "CLOCK_CHANGE": N_("Change of the clocks"),
    "MIDNIGHT": N_("Runs past midnight"),
    "ROOM_OVERLAP": N_("Room taken twice"),
    "ROOM_TURNAROUND": N_("Little time between two sessions"),
    "ROOM_CAPACITY": N_("Capacity of the room"),
    "PERSON_OVERLAP": N_("Person in two places"),
    "PERSON_TRAVEL": N_("Little time to change rooms"),
    "PERSON_ABSENT": N_("Person not there"),
    "LANG_BOOTHS": N_("Too few interpretation booths"),
    "LANG_UNCOVERED": N_("Language not interpreted"),
    "SPEAKER_UNCONFIRMED": N_("Speaker not confirmed"),
    "TEXT_MISSING": N_("Missing text"),
    "TEXT_MACHINE": N_("Machine translation"),
    "TEXT_OUTDATED": N_("Outdated translation"),
    "VIS_CONTRADICTION": N_("Contradiction of visibility"),
    "SEGMENT_BOUNDS": N_("Outside its segment"),
    "DROPPED_WITH_SEATS": N_("Dropped with booked seats"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict; ``guids`` are sorted, so that A–B and B–A are the same.

    ``message`` is a catalogue key and ``facts`` its values, see ``forum.agenda.rules.sentences``.
    ``titles`` names the facts that are titles, and which item each of them belongs to.
    ``session_id`` leads to a session whose items the draft may not hold any more.
    """

    code: Code
    severity: Severity
    guids: tuple[str, ...]
    message: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    titles: tuple[tuple[str, str], ...] = ()
    room_guid: str = ""
    person_guid: str = ""
    session_id: str = ""

    @property
    def params(self) -> Mapping[str, object]:
        """The facts, under the name that sentences use for them."""
        return self.facts

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same conflict when computed again: an acknowledgement is kept under this."""
        detail = str(self.facts.get("field", ""))
        return (self.code.value, self.guids, self.room_guid, self.person_guid, detail)


def touching(conflicts: Iterable[Conflict], guids: Collection[str]) -> tuple[Conflict, ...]:
    """Return the conflicts that concern one of these items."""
    wanted = frozenset(guids)
    return tuple(conflict for conflict in conflicts if not wanted.isdisjoint(conflict.guids))


def for_reader(conflict: Conflict, unreadable: Collection[str]) -> Conflict:
    """Return the conflict for somebody who may not read these items: it names them "an internal item".

    Persons and times of such a conflict are withheld as well, where they are known through that item alone.
    """
    hidden = frozenset(unreadable)
    if hidden.isdisjoint(conflict.guids):
        return conflict
    if len(conflict.guids) == 1 or hidden.issuperset(conflict.guids):
        return replace(
            conflict,
            message=N_("An internal item has a conflict."),
            facts={},
            titles=(),
            person_guid="",
            session_id="",
        )
    internal = {name: Word(N_("an internal item")) for name, guid in conflict.titles if guid in hidden}
    return replace(conflict, facts={**conflict.facts, **internal})
