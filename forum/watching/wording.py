"""What somebody is told, in their language: which deliverable or committee, what happened, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from forum.core.bilingual import Shown, Text
from forum.core.catalogue import Translator
from forum.core.refusals import N_
from forum.evidence.neighbours import neighbours
from forum.evidence.queries.ends import own_title
from forum.reminders.wording import day_words, unpacked
from forum.standards.events import WatchEvent
from forum.standards.models import StageEvent, Standard
from forum.watching.models import WatchNotice
from forum.watching.queries import lists
from forum.watching.rules import SIGNIFICANT_STAGES

ENTERED = N_("%(stage)s (%(code)s)")
UNUSUAL = N_("not a usual step")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, as its reader sees it."""

    reference: str
    title: Shown
    sentence: str
    on: date | None
    when: str
    link: str  # path with the language
    significant: bool = False


def stage_line(event: StageEvent, speak: Translator) -> Line:
    """Return a stage in words: its name, never the code alone."""
    known = neighbours.stage(event.scheme, event.code)
    named = known.name.shown(speak.language).text
    sentence = speak(ENTERED, stage=named, code=event.code)
    if event.unusual:
        sentence = f"{sentence} · {speak(UNUSUAL)}"
    return Line(
        event.standard.reference,
        own_title(event.standard).shown(speak.language),
        sentence,
        event.on,
        day_words(event.on, speak.language) if event.on else "",
        _page(event.standard, speak.language),
        (known.equivalent or event.code) in SIGNIFICANT_STAGES,
    )


def event_line(event: WatchEvent, speak: Translator) -> Line:
    """Return what another room noted."""
    concerned = event.standard.reference if event.standard else event.committee.reference if event.committee else ""
    link = f"/{speak.language}{event.link}" if event.link else ""
    if not link and event.standard is not None:
        link = _page(event.standard, speak.language)
    if not link and event.committee is not None:
        link = f"/{speak.language}/committees/{event.committee.slug}/"
    return Line(
        concerned,
        (own_title(event.standard) if event.standard else Text()).shown(speak.language),
        speak(event.sentence, **unpacked(event.facts, speak)),
        event.at.date(),
        day_words(event.at.date(), speak.language),
        link,
        event.significant,
    )


def _page(standard: Standard, language: str) -> str:
    return f"/{language}/standards/{standard.slug}/"


def lines_of(notices: Iterable[WatchNotice], speak: Translator) -> list[Line]:
    """Return notices as lines, those of one deliverable together; a thing that is gone says nothing."""
    ids: dict[str, list[int]] = {"stage": [], "event": []}
    for notice in notices:
        kind, _, key = notice.event.partition(":")
        ids.setdefault(kind, []).append(int(key))
    made = [stage_line(event, speak) for event in lists.stages_named(ids["stage"])] if ids["stage"] else []
    if ids["event"]:
        made += [event_line(event, speak) for event in lists.events_named(ids["event"])]
    return sorted(made, key=lambda line: (line.reference, line.on or date.min, line.sentence))


def grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the lines of one deliverable or committee together; what holds something significant comes first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.reference, []).append(line)
    return sorted(groups.values(), key=lambda group: (not any(line.significant for line in group), group[0].reference))
