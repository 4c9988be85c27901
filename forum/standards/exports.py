"""A deliverable as data: no title without its status, codes in their own scheme, days as ISO 8601."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from forum.committees.exports import attribution, day_of, turn
from forum.committees.models import CONFIDENCES, Succession
from forum.core.bilingual import Text
from forum.core.catalogue import Translator
from forum.core.refusals import spoken
from forum.standards.models import (
    RELATION_KINDS,
    RELATIONS_BACK,
    STANDINGS,
    RelationKind,
    Scheme,
    StageEvent,
    Standard,
    StandardRelation,
)
from forum.standards.queries.reading import Entry
from forum.standards.rules.clocks import CLOCKS, TARGETS, Target
from forum.standards.schemes import SCHEMES, name_of
from forum.standards.titles import titles
from forum.translation.words import FileWords

Address = Callable[[str], str]  # from a slug to the address of its page


def brief(standard: Standard, say: Translator, address: Address) -> dict[str, Any]:
    """Return what a list says of a deliverable."""
    return {
        "reference": standard.printed,
        "slug": standard.slug,
        "kind": standard.kind,
        "supplement": standard.supplement or None,
        "iso_id": standard.iso_id,
        "titles": titles(standard).as_data(say),
        "committee": standard.committee.reference if standard.committee else None,
        "standing": str(standard.standing),
        "standing_name": spoken(STANDINGS[standard.standing], say),
        "stage": stage_of(standard.scheme, standard.stage, say),
        "stage_equivalent": standard.stage_equivalent or None,
        "stage_on": day_of(standard.stage_on),
        "edition": standard.edition,
        "published_on": day_of(standard.published_on, standard.published_precision),
        "as_of": day_of(standard.as_of),
        "confidence": str(standard.confidence),
        "confidence_words": say(CONFIDENCES[standard.confidence]),
        "source": standard.source or None,
        "absent_since": day_of(standard.absent_since),
        "address": address(standard.slug),
    }


def stage_of(scheme: Scheme, code: str, say: Translator) -> dict[str, Any]:
    """Return a code with its scheme and its name in both languages."""
    return {"scheme": str(scheme), "scheme_name": say(SCHEMES[scheme]), "code": code, **_pair(name_of(scheme, code))}


def one(entry: Entry, found: Sequence[Target], say: Translator, address: Address) -> dict[str, Any]:
    """Return one deliverable as plain data."""
    standard, words = entry.standard, FileWords(entry.topics, "machine", say)
    return {
        **attribution(say, [standard.as_of]),
        **brief(standard, say, address),
        "ics": list(entry.ics),
        "languages": list(standard.languages),
        "pages": standard.pages,
        "stability_on": day_of(standard.stability_on),
        "track_months": int(standard.track) if standard.track else None,
        "targets": [
            {
                "label": each.label,
                "name": say(TARGETS[each.label][0]),
                "due": day_of(each.due),
                "clock": each.state,
                "clock_name": say(CLOCKS[each.state][0]),
            }
            for each in found
        ],
        "references": [{"reference": row.reference, "seen_on": day_of(row.seen_on)} for row in entry.references],
        "stages": [event(row, say) for row in entry.events],
        "relations": [relation(row, say, address) for row in entry.onward]
        + [relation(row, say, address, back=True) for row in entry.backward],
        "committees": [
            {
                "reference": row.committee.reference,
                "from": day_of(row.starts_on),
                "to": day_of(row.ends_on),
                "confidence": str(row.confidence),
            }
            for row in entry.assignments
        ],
        "topics": [{"slug": topic.slug, **words.pair(topic, "name")} for topic in entry.topics],
        "note": {"en": standard.note_en or None, "zh": standard.note_zh or None},
    }


def event(row: StageEvent, say: Translator) -> dict[str, Any]:
    """Return one stage of the history."""
    return {
        **stage_of(row.scheme, row.code, say),
        "on": day_of(row.on, row.precision),
        "as_of": day_of(row.as_of),
        "how": str(row.kind),
        "source": row.source or None,
        "unusual": row.unusual,
    }


def relation(row: StandardRelation, say: Translator, address: Address, *, back: bool = False) -> dict[str, Any]:
    """Return one relation, from the side of the deliverable that is shown."""
    other = row.standard if back else row.other
    words = RELATIONS_BACK if back else RELATION_KINDS
    return {
        "relation": spoken(words[RelationKind(row.kind)], say),
        "kind": str(row.kind),
        "direction": "back" if back else "onward",
        "reference": other.printed if other else row.other_reference or None,
        "iso_id": other.iso_id if other else row.other_iso_id,
        "confidence": str(row.confidence),
        "address": address(other.slug) if other else None,
    }


def changed(
    since: date,
    events: Sequence[StageEvent],
    turns: Sequence[Succession],
    dataset: date | None,
    say: Translator,
    address: Address,
) -> dict[str, Any]:
    """Return what changed since a day."""
    return {
        **attribution(say, [dataset]),
        "since": since.isoformat(),
        "stages": [
            {
                "standard": row.standard.printed,
                "titles": titles(row.standard).as_data(say),
                "address": address(row.standard.slug),
                **event(row, say),
            }
            for row in events
        ],
        "committees": [turn(row, say) for row in turns],
    }


def _pair(text: Text) -> dict[str, str | None]:
    return {"name_en": text.en or None, "name_zh": text.zh or None}
