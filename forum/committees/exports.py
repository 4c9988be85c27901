"""Committees as data: both languages, days as ISO 8601, no title without its status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from forum.committees.models import (
    BODIES,
    COMMITTEE_KINDS,
    COMMITTEE_STATES,
    CONFIDENCES,
    MIRROR_ROLES,
    RELATION_CATEGORIES,
    SUCCESSION_KINDS,
    Committee,
    LiaisonRelation,
    Mirror,
    Precision,
    Succession,
)
from forum.committees.queries.public import Entry
from forum.committees.rules import runs_on, titles, titles_on
from forum.core.catalogue import Translator
from forum.core.refusals import N_, spoken

ATTRIBUTION = N_(
    "Contains information from ISO Open Data, made available under the ODC Attribution License (ODC-By 1.0)."
)
ATTRIBUTION_URL = "https://www.iso.org/open-data.html"
Address = Callable[[str], str]  # from a slug to the address of its page


def day_of(day: date | None, precision: Precision = Precision.DAY) -> str | None:
    """Return a day as ISO 8601, no finer than it is known."""
    if day is None:
        return None
    text = day.isoformat()
    return {Precision.YEAR: text[:4], Precision.MONTH: text[:7]}.get(precision, text)


def attribution(say: Translator, as_of: Iterable[date | None], precision: Precision = Precision.DAY) -> dict[str, Any]:
    """Return the line that stands wherever ISO Open Data are shown, with the newest day of the data."""
    days = [day for day in as_of if day is not None]
    return {
        "attribution": say(ATTRIBUTION),
        "attribution_url": ATTRIBUTION_URL,
        "dataset_date": day_of(max(days), precision) if days else None,
    }


def tree(
    committees: Sequence[Committee],
    mirrors: dict[int, list[Mirror]],
    say: Translator,
    address: Address,
    today: date,
    dataset: tuple[date | None, Precision],
) -> dict[str, Any]:
    """Return the list of committees as plain data."""
    return {
        **attribution(say, [dataset[0]], dataset[1]),
        "committees": [
            {
                **brief(each, say, address, today),
                "mirrors": [_mirror(row, row.national, say, address) for row in mirrors.get(each.id, ())],
            }
            for each in committees
        ],
    }


def brief(committee: Committee, say: Translator, address: Address, today: date) -> dict[str, Any]:
    """Return what a list says of a committee."""
    return {
        "reference": committee.reference,
        "body": BODIES[committee.body],
        "kind": str(committee.kind),
        "kind_name": say(COMMITTEE_KINDS[committee.kind]),
        "state": str(committee.state),
        "state_name": spoken(COMMITTEE_STATES[committee.state], say),
        "code": committee.public_code or None,
        "iso_id": committee.iso_id,
        "titles": titles_on(committee, today).as_data(say),
        "parent": committee.parent.reference if committee.parent else None,
        "secretariat": committee.secretariat or None,
        "country": committee.country_iso2,
        "p_members": committee.p_members if committee.p_complete else None,
        "o_members": committee.o_members if committee.p_complete else None,
        "created_on": day_of(committee.created_on, committee.created_precision),
        "disbanded_on": day_of(committee.disbanded_on),
        "as_of": day_of(committee.as_of, committee.as_of_precision),
        "confidence": str(committee.confidence),
        "confidence_words": say(CONFIDENCES[committee.confidence]),
        "source": committee.source or None,
        "address": address(committee.slug),
    }


def one(entry: Entry, say: Translator, address: Address, today: date) -> dict[str, Any]:
    """Return one committee as plain data.  Liaisons stay in the two directions in which they are listed."""
    committee = entry.committee
    return {
        **attribution(say, [committee.as_of], committee.as_of_precision),
        **brief(committee, say, address, today),
        "names": [
            {
                "from": day_of(name.starts_on),
                "to": day_of(name.ends_on),
                "titles": (titles_on(committee, today) if len(committee.names) == 1 else titles(name)).as_data(say),
            }
            for name in committee.names
        ],
        "scope": {"en": committee.scope_en or None, "zh": committee.scope_zh or None},
        "children": [each.reference for each in entry.children],
        "members": [
            {"body": row.acronym, "kind": str(row.kind).upper()}
            for row in entry.members
            if runs_on(row.starts_on, row.ends_on, today)
        ],
        "officers": [
            {"role": row.role, "name": row.name, "from": day_of(row.starts_on), "to": day_of(row.ends_on)}
            for row in entry.officers
        ],
        "mirrors": [_mirror(row, row.national, say, address) for row in entry.mirrors],
        "mirrored": [_mirror(row, row.committee, say, address) for row in entry.mirrored],
        "liaisons_listed": [_liaison(row, row.partner, say) for row in entry.listed],
        "liaisons_listing": [_liaison(row, row.committee, say) for row in entry.listing],
        "succession": [turn(row, say) for row in entry.ledger],
    }


def turn(row: Succession, say: Translator) -> dict[str, Any]:
    """Return one line of the succession list."""
    return {
        "from": row.source.reference if row.source else row.from_name or None,
        "to": row.target.reference if row.target else None,
        "kind": str(row.kind),
        "kind_name": spoken(SUCCESSION_KINDS[row.kind], say),
        "effective_on": day_of(row.effective_on, row.precision),
        "confidence": str(row.confidence),
        "note": {"en": row.note_en, "zh": row.note_zh},
        "evidence": row.evidence_url or None,
    }


def _mirror(row: Mirror, other: Committee, say: Translator, address: Address) -> dict[str, Any]:
    return {
        "reference": other.reference,
        "role": str(row.role),
        "role_name": say(MIRROR_ROLES[row.role]),
        "from": day_of(row.starts_on),
        "to": day_of(row.ends_on),
        "confidence": str(row.confidence),
        "address": address(other.slug),
    }


def _liaison(row: LiaisonRelation, other: Committee | None, say: Translator) -> dict[str, Any]:
    return {
        "with": other.reference if other else row.external_name or None,
        "external_id": row.external_iso_id,
        "category": str(row.category),
        "category_name": say(RELATION_CATEGORIES[row.category]),
        "state": str(row.state),
        "from": day_of(row.starts_on),
        "to": day_of(row.ends_on),
    }
