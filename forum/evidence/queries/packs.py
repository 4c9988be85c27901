"""The evidence pack: what this country can answer when a systematic review asks whether a standard is used.

Only what its city has consented to, and what the national office has confirmed, travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.models import CityUse, ReviewRule
from forum.evidence.neighbours import AdoptionFact, neighbours
from forum.evidence.queries import uses as using
from forum.evidence.queries.ends import End, own_title, standards_as_ends
from forum.evidence.queries.thread import walk
from forum.evidence.rules import UseFigures, use_figures
from forum.evidence.states import EndKind, UseWay
from forum.standards.models import Standard
from forum.translation.queries import stated
from forum.web.viewer import NOBODY, Viewer

# Kinds of work, and the table whose records carry the title.
_WORK = {EndKind.PARTNERSHIP: "partnership", EndKind.ACTIVITY: "activity", EndKind.PILOT: "city_pilot"}
EXPECTED_COUNTRIES = 5  # until the national office has dated another number


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that the answer rests on."""

    standard: Standard
    title: Text
    adoptions: tuple[AdoptionFact, ...]
    uses: tuple[CityUse, ...]
    work: tuple[End, ...]  # partnerships, activities and pilots that the public may read
    figures: UseFigures
    expected: int
    as_of: datetime

    def ways(self, *wanted: UseWay) -> tuple[CityUse, ...]:
        """Return the cases of these ways of use."""
        return tuple(use for use in self.uses if use.way in wanted)


def standard_named(slug: str) -> Standard | None:
    """Return a deliverable by its address."""
    return session.scalar(select(Standard).where(Standard.slug == slug).options(joinedload(Standard.committee)))


def expected_countries(on: date) -> int:
    """Return how many countries are asked for on a day."""
    row = session.scalar(
        select(ReviewRule).where(ReviewRule.effective_from <= on).order_by(ReviewRule.effective_from.desc()).limit(1)
    )
    return row.min_countries if row is not None else EXPECTED_COUNTRIES


def pack_of(standard: Standard, who: Viewer, now: datetime) -> Pack:
    """Gather a pack.  The chain is that which the public reads, whoever gathers it: the pack leaves the house."""
    uses: Sequence[CityUse] = using.pack_uses(standard.id)
    made = walk(standards_as_ends([standard], now)[0], NOBODY, now)
    expected = expected_countries(now.date())
    return Pack(
        standard,
        own_title(standard),
        tuple(neighbours.adoptions([standard.id], who, now)),
        tuple(uses),
        tuple(sorted(_stated(made.found.values()), key=lambda one: one.on or date.min)),
        use_figures([(use.city_id, use.city.country_iso2) for use in uses], expected=expected),
        expected,
        now,
    )


def _stated(found: Iterable[End]) -> list[End]:
    """Return the work among these ends, each title with what is known of its translation."""
    keys = {one: (_WORK[one.kind], one.reference.partition(":")[2], "title") for one in found if one.kind in _WORK}
    titles = stated({key: one.title for one, key in keys.items()})
    return [replace(one, title=titles[key]) for one, key in keys.items()]
