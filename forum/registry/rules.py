"""What the public reads of a partnership: the words for its state, the names of its cities, its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from forum.cities.models import CityChange
from forum.cooperation.models import PublishedOutcome
from forum.core.bilingual import Text
from forum.core.refusals import P_
from forum.partnerships.models import AgreementVersion, TransitionRecord
from forum.partnerships.states import PUBLIC, VERSION_STATES, VersionState
from forum.places.models import City

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")  # days are those of the national office that keeps the registry
IN_FORCE = frozenset({VersionState.ACTIVE, VersionState.RENEWAL})
# The states as the public may read them, in the order of the filter; a renewal on its way is in force.
PUBLIC_STATES: dict[str, str] = {
    str(state): VERSION_STATES[state] for state in VersionState if state in PUBLIC and state is not VersionState.RENEWAL
}
SIGNED = P_("partnership", "Signed")
REGISTERED, RESUMED = P_("partnership", "Registered and in force"), P_("partnership", "In force again")


def public_state(state: VersionState) -> VersionState:
    """Return the state that the public reads for a public state."""
    return VersionState.ACTIVE if state is VersionState.RENEWAL else state


def states_behind(public: str) -> frozenset[VersionState]:
    """Return the states that read as one public state."""
    return frozenset(state for state in PUBLIC if public_state(state) == public)


def day_of(at: datetime) -> date:
    """Return the day of a step where the registry is kept."""
    return at.astimezone(OFFICE_ZONE).date()


@dataclass(frozen=True, slots=True)
class Party:
    """A city as a party: its name when the agreement was signed, and its present one where that is another."""

    city: City
    name: Text
    present: Text | None = None
    slug: str | None = None  # of the city's public page


def name_on(city: City, changes: Sequence[CityChange], day: date | None) -> Text:
    """Return the name of a city on a day: the old one of the first change after it, else the present one."""
    later = [each for each in changes if day is not None and each.happened_on > day]
    if not later:
        return city.text("name")
    first = min(later, key=lambda each: (each.happened_on, each.id))
    return Text(first.old_name_en, first.old_name_zh)


def present_name(city: City, changes: Sequence[CityChange]) -> Text:
    """Return the name of a city now, or of the one that it became part of."""
    joined = [each.successor for each in changes if each.successor is not None]
    return (joined[-1] if joined else city).text("name")


def signing_day(version: AgreementVersion) -> date | None:
    """Return the day whose names count."""
    return version.signed_on or version.effective_on or version.registered_on


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the published timeline."""

    at: datetime
    what: str
    version: AgreementVersion

    @property
    def key(self) -> str:
        """What names this line for ever; no running number, for that would count what isn't public."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S%f}"

    @property
    def day(self) -> date:
        """The day."""
        return day_of(self.at)


def published(records: Iterable[TransitionRecord]) -> list[Turn]:
    """Return what the public learns of steps; nothing of a renewal, nor of anything before the registration."""
    turns = []
    for record in records:
        source, target = record.source, record.target
        if target not in PUBLIC or (source in PUBLIC and public_state(source) == public_state(target)):
            continue
        what = VERSION_STATES[target]
        if public_state(target) is VersionState.ACTIVE:
            what = RESUMED if source is VersionState.SUSPENDED else REGISTERED
        turns.append(Turn(record.at, what, record.case))
    return turns


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline as the page shows it: a step in words, or an outcome."""

    day: date
    what: str = ""
    outcome: PublishedOutcome | None = None


def timeline(turns: Sequence[Turn], outcomes: Sequence[PublishedOutcome], signed_on: date | None) -> list[Line]:
    """Return the published timeline, the latest first; of one day, what came later in a text's life stands above."""
    lines = [Line(signed_on, SIGNED)] if signed_on else []
    lines += [Line(turn.day, turn.what) for turn in turns]
    lines += [Line(row.happened_on, outcome=row) for row in outcomes]
    return sorted(lines, key=lambda line: line.day)[::-1]  # stable, so that a signature stays below its registration
