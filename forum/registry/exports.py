"""The registry as data: a table for spreadsheets, and JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from forum.cities.areas import areas
from forum.cooperation.models import ACTIVITY_KINDS, OUTCOME_KINDS
from forum.core.bilingual import Bilingual, Text
from forum.core.catalogue import Translator
from forum.core.refusals import N_, spoken
from forum.partnerships.models import INSTRUMENTS
from forum.partnerships.states import VERSION_STATES
from forum.ports.documents.delimited import encode
from forum.registry.queries import Entry
from forum.registry.rules import public_state
from forum.translation.standing import Texts
from forum.translation.words import FileWords

HEADINGS = (
    N_("Number"),
    N_("Title"),
    N_("Cities"),
    N_("Names today"),
    N_("Kind of agreement"),
    N_("Focus areas"),
    N_("State"),
    N_("Signed on"),
    N_("In effect from"),
    N_("Registered on"),
    N_("Term ends on"),
    N_("Registry number"),
    N_("Summary"),
    N_("Outcomes"),
    N_("Address"),
    N_("Source"),
)
SOURCE = N_("Forum for Urban Standardization, registry of city partnerships")
Address = Callable[[str], str]  # from a number to the address of its page


def words_of(rows: Sequence[Entry], texts: Texts, say: Translator) -> FileWords:
    """Return what a file says of the texts of these entries; a statement for each kind of record."""
    records: list[Bilingual] = [each.version for each in rows]
    for each in rows:
        records += [*each.published.offices, *each.published.activities, *each.published.outcomes]
    return FileWords(records, texts, say)


def as_csv(rows: Sequence[Entry], say: Translator, address: Address, texts: Texts = "reviewed") -> bytes:
    """Return the registry as a table in the translator's language; each row names its source.

    What was registered, and to what all parties have consented, is settled; what a machine wrote isn't.
    """
    words = words_of(rows, texts, say)
    language = say.language
    return encode(
        [say(heading) for heading in HEADINGS],
        (
            (
                each.number,
                words.cell(each.version, "registered_title"),
                " – ".join(party.name.shown(language).text for party in each.parties),
                " – ".join((party.present or party.name).shown(language).text for party in each.parties),
                spoken(INSTRUMENTS[each.version.instrument], say),
                "; ".join(
                    areas()[code].name.shown(language).text for code in each.version.registered_areas if code in areas()
                ),
                spoken(VERSION_STATES[public_state(each.version.state)], say),
                each.version.signed_on,
                each.version.effective_on,
                each.version.registered_on,
                each.version.ends_on,
                each.version.registry_number,
                words.cell(each.version, "registered_objectives") if each.published.summary else "",
                "; ".join(words.cell(row, "title") for row in each.published.outcomes),
                address(each.number),
                say(SOURCE),
            )
            for each in rows
        ),
    )


def as_data(rows: Sequence[Entry], say: Translator, address: Address, texts: Texts = "machine") -> dict[str, Any]:
    """Return the registry as plain data: both languages with their states, days as ISO 8601, places as ISO 3166-1."""
    words = words_of(rows, texts, say)
    return {"source": say(SOURCE), "partnerships": [_one(each, words, address) for each in rows]}


def _one(each: Entry, words: FileWords, address: Address) -> dict[str, Any]:
    version, say = each.version, words.say
    return {
        "number": each.number,
        "registry_number": version.registry_number,
        "title": words.pair(version, "registered_title"),
        "objectives": words.pair(version, "registered_objectives") if each.published.summary else None,
        "instrument": str(version.instrument),
        "instrument_name": spoken(INSTRUMENTS[version.instrument], say),
        "state": str(public_state(version.state)),
        "state_name": spoken(VERSION_STATES[public_state(version.state)], say),
        "areas": [{"code": code, **_pair(areas()[code].name)} for code in version.registered_areas if code in areas()],
        "parties": [
            {
                "country": party.city.country_iso2,
                "name": _pair(party.name),
                "present_name": _pair(party.present or party.name),
            }
            for party in each.parties
        ],
        "signed_on": _day(version.signed_on),
        "in_effect_from": _day(version.effective_on),
        "registered_on": _day(version.registered_on),
        "term_ends_on": _day(version.ends_on),
        **_opened(each, words),
        "address": address(each.number),
    }


def _opened(each: Entry, words: FileWords) -> dict[str, Any]:
    """Return what the parties have consented to show."""
    say = words.say
    countries = {party.id: party.city.country_iso2 for party in each.partnership.parties}
    return {
        "contact_offices": [
            {
                "country": countries[row.party_id],
                "name": words.pair(row, "name"),
                "email": row.email,
                "website": row.website,
            }
            for row in each.published.offices
        ],
        "activities": [
            {
                "kind": str(row.kind),
                "kind_name": spoken(ACTIVITY_KINDS[row.kind], say),
                "title": words.pair(row, "title"),
                "first_day": _day(row.actual_from),
                "last_day": _day(row.actual_to),
            }
            for row in each.published.activities
        ],
        "outcomes": [
            {
                "kind": str(row.kind),
                "kind_name": spoken(OUTCOME_KINDS[row.kind], say),
                "title": words.pair(row, "title"),
                "summary": words.pair(row, "summary"),
                "reached_on": _day(row.happened_on),
                "standard": row.standard.reference if row.standard else None,
            }
            for row in each.published.outcomes
        ],
    }


def _pair(text: Text) -> dict[str, str]:
    return {"en": text.en or "", "zh": text.zh or ""}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
