"""The thread of a standard or an idea: walking the arrows outwards, one circle at a time.

A thing that the reader may not see is neither shown nor walked through: what lies behind it is unknown to them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import N_
from forum.evidence.models import CityUse, EvidenceLink
from forum.evidence.neighbours import AdoptionFact, neighbours
from forum.evidence.queries import uses as using
from forum.evidence.queries.ends import End, ends, standards_as_ends
from forum.evidence.queries.links import touching
from forum.evidence.rules import Entry, Line, Phase, Said, arranged
from forum.evidence.states import END_KINDS, RELATIONS, USE_WAYS, EndKind
from forum.offices.rules import BEIJING
from forum.standards.models import StageEvent, Standard
from forum.web.viewer import Viewer

MOST_STANDARDS = 3  # on the thread of an idea
CIRCLES = 4  # from the standard back to the forum: idea or activity, partnership, talk, and one to spare
PHASE_OF: dict[EndKind, Phase] = {
    EndKind.SESSION: Phase.TALK,
    EndKind.IDEA: Phase.IDEA,
    EndKind.PARTNERSHIP: Phase.PARTNERSHIP,
    EndKind.ACTIVITY: Phase.WORK,
    EndKind.PILOT: Phase.WORK,
}
PUBLISHED = "60.60"


@dataclass(slots=True)
class Walk:
    """What was found on the way."""

    found: dict[str, End] = field(default_factory=dict)
    links: dict[int, EvidenceLink] = field(default_factory=dict)

    def joins(self, link: EvidenceLink, known: Mapping[str, End]) -> bool:
        """Tell whether this reader may know that the two ends of a link belong together.

        That a session led to a partnership is the parties' to say: without their consent the two stand apart.
        """
        subject, target = known.get(link.subject), known.get(link.target)
        if subject is None or target is None:
            return False
        if subject.kind is EndKind.SESSION and target.kind is EndKind.PARTNERSHIP:
            return target.sessions is None or subject.reference in target.sessions
        return True


def walk(start: End, who: Viewer, now: datetime) -> Walk:
    """Walk from a thing outwards; a deliverable other than the start is an end of the way."""
    made = Walk({start.reference: start})
    unseen: set[str] = set()
    frontier = {start.reference}
    for _circle in range(CIRCLES):
        if not frontier:
            break
        links = touching(frontier, who)
        beyond = {name for link in links for name in (link.subject, link.target)} - set(made.found) - unseen
        new = ends(beyond, who, now)
        unseen |= beyond - set(new)
        known = {**made.found, **new}
        joined = [link for link in links if made.joins(link, known)]
        made.links |= {link.id: link for link in joined}
        reached = {name: new[name] for link in joined for name in (link.subject, link.target) if name in new}
        made.found |= reached
        frontier = {name for name, end in reached.items() if end.kind is not EndKind.STANDARD}
    return made


def standard_thread(standard: Standard, who: Viewer, now: datetime) -> list[Line]:
    """Return the line of time of a deliverable."""
    start = standards_as_ends([standard], now)[0]
    made = walk(start, who, now)
    return arranged([*_things(made, start), *_of_standards([standard], who, now)])


def idea_thread(start: End, who: Viewer, now: datetime, standard: Standard | None) -> list[Line]:
    """Return the line of time of an idea, with the stages and uses of what it became.

    Of an idea that hasn't become a project, those of the deliverables that its partners work on are told.
    """
    made = walk(start, who, now)
    reached = [end.key for end in made.found.values() if end.kind is EndKind.STANDARD][:MOST_STANDARDS]
    followed = [standard] if standard is not None else _standards(reached)
    return arranged([*_things(made, start), *_of_standards(followed, who, now, named=True)])


def _standards(keys: Sequence[int]) -> Sequence[Standard]:
    return session.scalars(select(Standard).where(Standard.id.in_(keys)).order_by(Standard.id)).all() if keys else []


def is_bare(lines: Sequence[Line]) -> bool:
    """Tell whether a thread says nothing beyond the stages, which the page of a standard shows anyway."""
    plain = {Phase.STAGES, Phase.PUBLICATION}
    return not any(isinstance(line, Entry) and line.phase not in plain for line in lines)


def _things(made: Walk, start: End) -> list[Entry]:
    return [
        Entry(
            PHASE_OF[end.kind],
            END_KINDS[end.kind],
            end.title,
            end.on,
            place=end.place,
            endpoint=end.endpoint if end.reference != start.reference else "",
            values=end.values,
            arrows=tuple(_arrows_at(end, made)),
            order=end.reference,
        )
        for end in made.found.values()
        if end.kind in PHASE_OF
    ]


def _arrows_at(end: End, made: Walk) -> Iterable[Said]:
    """An arrow is told where it ends; one that ends in a deliverable, where it begins."""
    zone = ZoneInfo(BEIJING)
    for link in made.links.values():
        subject, target = made.found[link.subject], made.found[link.target]
        outgoing = subject is end and target.kind is EndKind.STANDARD
        if not outgoing and target is not end:
            continue
        other = target if outgoing else subject
        yield Said(
            RELATIONS[link.relation],
            other.title,
            END_KINDS[other.kind],
            link.asserted_as,
            link.happened_on,
            link.confirmed_at.astimezone(zone).date() if link.confirmed_at else None,
            link.confidence,
            outgoing=outgoing,
        )


def _of_standards(standards: Sequence[Standard], who: Viewer, now: datetime, *, named: bool = False) -> list[Entry]:
    """Return the stages, adoptions and uses of deliverables; ``named``: each with its deliverable."""
    if not standards:
        return []
    by_id = {one.id: one for one in standards}
    events = session.scalars(select(StageEvent).where(StageEvent.standard_id.in_(by_id)).order_by(StageEvent.id)).all()
    entries = [(_stage(event), event.standard_id) for event in events]
    entries += [(_adoption(fact), fact.standard_id) for fact in neighbours.adoptions(list(by_id), who, now)]
    shown = using.public_uses(or_(*(CityUse.standard_id == key for key in by_id)))
    slugs = using.slugs({use.city_id for use in shown}) if shown else {}
    entries += [(_use(use, slugs.get(use.city_id, "")), use.standard_id) for use in shown]
    if not named:
        return [entry for entry, _key in entries]
    return [replace(entry, standard=by_id[key].reference) for entry, key in entries]


def _stage(event: StageEvent) -> Entry:
    known = neighbours.stage(event.scheme, event.code)
    return Entry(
        Phase.PUBLICATION if known.equivalent == PUBLISHED else Phase.STAGES,
        N_("Stage"),
        known.name,
        event.on,
        event.precision,
        source=event.source,
        as_of=event.as_of,
        note=N_("not a usual step") if event.unusual else "",
        order=known.equivalent or event.code,
    )


def _adoption(fact: AdoptionFact) -> Entry:
    return Entry(
        Phase.ADOPTION,
        N_("National adoption"),
        Text(fact.reference, fact.reference),
        fact.on,
        fact.precision,
        endpoint=fact.endpoint,
        values=fact.values,
        note=fact.degree,
        order=fact.reference,
    )


def _use(use: CityUse, slug: str) -> Entry:
    return Entry(
        Phase.USE,
        USE_WAYS[use.way],
        use.text("title"),
        use.starts_on,
        until=use.ends_on,
        place=use.city.text("name"),
        endpoint="cities.city" if slug else "",
        values={"city_slug": slug} if slug else {},
        source=use.clauses,
        order=use.public_id,
    )
