"""The thread as one line of time: what was found, in order, and the gaps between.

A gap says that nothing is recorded for this reader.  It reads the same whether nothing exists or the reader may not
see it: nothing that is hidden is betrayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from forum.core.bilingual import Text
from forum.core.refusals import P_


class Phase(IntEnum):
    """The links of the chain, from the forum to the city, in their order."""

    TALK = 1
    IDEA = 2
    PARTNERSHIP = 3
    WORK = 4
    STAGES = 5
    PUBLICATION = 6
    ADOPTION = 7
    USE = 8


PHASES: dict[Phase, str] = {
    Phase.TALK: P_("evidence", "Forum talk"),
    Phase.IDEA: P_("evidence", "Idea"),
    Phase.PARTNERSHIP: P_("evidence", "Partnership"),
    Phase.WORK: P_("evidence", "Activity or pilot"),
    Phase.STAGES: P_("evidence", "Stages"),
    Phase.PUBLICATION: P_("evidence", "Publication"),
    Phase.ADOPTION: P_("evidence", "National adoption"),
    Phase.USE: P_("evidence", "Use in a city"),
}
STAGED = frozenset({Phase.STAGES, Phase.PUBLICATION})
GAPS: dict[Phase, str] = {
    Phase.TALK: P_("evidence", "No forum talk is recorded."),
    Phase.IDEA: P_("evidence", "No idea is recorded."),
    Phase.PARTNERSHIP: P_("evidence", "No city partnership is recorded."),
    Phase.WORK: P_("evidence", "No activity or pilot is recorded."),
    Phase.STAGES: P_("evidence", "No stage is recorded."),
    Phase.PUBLICATION: P_("evidence", "Not published yet."),
    Phase.ADOPTION: P_("evidence", "No national adoption is recorded."),
    Phase.USE: P_("evidence", "No city’s use is recorded."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One arrow: from where, what, as whom it was asserted, when, and when the national office confirmed it."""

    relation: str
    origin: Text
    other_kind: str
    capacity: str
    asserted_on: date
    confirmed_on: date | None
    confidence: str = "verified"
    outgoing: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the line of time."""

    phase: Phase
    kind: str  # a word of the catalogue
    title: Text
    on: date | None = None
    precision: str = "day"
    until: date | None = None
    place: Text = field(default_factory=Text)
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    arrows: tuple[Said, ...] = ()
    source: str = ""
    as_of: date | None = None
    standard: str = ""  # reference of the deliverable whose stage, adoption or use it is, where that must be said
    note: str = ""  # a word of the catalogue
    order: str = ""  # among what has no date, such as the code of a stage


@dataclass(frozen=True, slots=True)
class Gap:
    """A link of the chain of which nothing is recorded for this reader."""

    phase: Phase


Line = Entry | Gap


def arranged(entries: Iterable[Entry]) -> list[Line]:
    """Return the line of time, the earliest first; what has no date stands with its phase, gaps where they gape."""
    by_phase = sorted(entries, key=lambda one: (one.phase, one.on or date.min, one.order))
    dated = sorted((one for one in by_phase if one.on is not None), key=lambda one: (one.on, one.phase, one.order))
    lines: list[Line] = list(dated)
    for one in (each for each in by_phase if each.on is None):
        lines.insert(_place(lines, one), one)
    held = {one.phase for one in by_phase}
    for phase in reversed(Phase):
        if phase not in held:
            lines.insert(_before(lines, phase), Gap(phase))
    return lines


def _place(lines: Sequence[Line], one: Entry) -> int:
    """After what comes before it in its own row (stages follow their codes), else before what comes later."""
    row = STAGED if one.phase in STAGED else {one.phase}
    mine = [(index, line) for index, line in enumerate(lines) if isinstance(line, Entry) and line.phase in row]
    before = [index for index, line in mine if line.order <= one.order]
    if before:
        return before[-1] + 1
    return mine[0][0] if mine else _before(lines, one.phase)


def _before(lines: Sequence[Line], phase: Phase) -> int:
    """Before the first thing of a later phase; at the end where nothing later is known."""
    return next((index for index, line in enumerate(lines) if line.phase > phase), len(lines))


@dataclass(frozen=True, slots=True)
class UseFigures:
    """What a systematic review asks of use, counted over what may be shown."""

    cities: int
    countries: int
    enough: bool  # countries against the number that is expected


def use_figures(pairs: Iterable[tuple[int, str]], *, expected: int) -> UseFigures:
    """Count cities and countries from (city, ISO 3166-1 code) pairs; ``expected`` countries are asked for."""
    found = set(pairs)
    countries = {country for _city, country in found}
    return UseFigures(len({city for city, _country in found}), len(countries), len(countries) >= expected)
