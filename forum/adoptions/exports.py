"""The ledger as data: a table for spreadsheets, and JSON, both with the line that its sources ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from forum.adoptions.models import DEGREES, DIRECTIONS, Adoption
from forum.adoptions.rules.drift import ALARMS, LEVELS, Drift, Finding
from forum.adoptions.rules.printing import printed
from forum.adoptions.rules.rate import Rate
from forum.adoptions.states import ADOPTION_STATES
from forum.committees.models import CONFIDENCES, TITLE_STATUSES, Precision
from forum.core.catalogue import Translator
from forum.core.refusals import N_, spoken
from forum.ports.documents.delimited import encode
from forum.standards.models import Standard
from forum.translation.words import FileWords

ATTRIBUTION = N_("Contains information from ISO Open Data, made available under the ODC Attribution License.")
HEADINGS = (
    N_("National standard"),
    N_("Chinese title"),
    N_("Status of the Chinese title"),
    N_("International edition"),
    N_("English title"),
    N_("Which came first"),
    N_("Degree"),
    N_("Degree reported, not confirmed"),
    N_("State"),
    N_("In force from"),
    N_("Alarm level"),
    N_("Alarm"),
    N_("Sentence of the alarm"),
    N_("Certainty of the pair"),
    N_("Evidence"),
    N_("Facts as of"),
    N_("Address"),
    N_("Source"),
)
Address = Callable[[Adoption], str]


def sentence_of(finding: Finding, say: Translator) -> str:
    """Return what an alarm says, in the translator's language."""
    joint = "、" if say.language == "zh" else ", "
    return say(finding.sentence, base=finding.base, others=joint.join(finding.others))


def day_as_known(day: date | None, precision: Precision) -> str | None:
    """Return a day as exactly as it is known: ``2021``, ``2021-09`` or ``2021-09-17``."""
    if day is None:
        return None
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)
    return day.isoformat()[:length]


def as_csv(rows: Sequence[Adoption], drifts: Mapping[int, Drift], say: Translator, address: Address) -> bytes:
    """Return the ledger as a table in the translator's language; each row names its source."""
    return encode(
        [say(heading) for heading in HEADINGS], (_cells(row, drifts.get(row.id), say, address) for row in rows)
    )


def _cells(row: Adoption, drift: Drift | None, say: Translator, address: Address) -> Sequence[str | date | None]:
    leading = drift.leading if drift is not None else None
    return (
        printed(row.national.reference),
        row.national.title_zh,
        say(TITLE_STATUSES[row.national.zh_status]),
        row.international.reference,
        row.international.title_en,
        say(DIRECTIONS[row.direction]),
        say(DEGREES[row.confirmed_degree]) if row.confirmed_degree else "",
        say(DEGREES[row.degree]) if row.degree and not row.confirmed_degree else "",
        spoken(ADOPTION_STATES[row.state], say),
        day_as_known(row.in_force_from, row.in_force_precision),
        say(LEVELS[leading.level]) if leading else "",
        say(ALARMS[leading.alarm]) if leading else "",
        sentence_of(leading, say) if leading else "",
        say(CONFIDENCES[row.confidence]),
        row.evidence,
        row.international.as_of,
        address(row),
        say(ATTRIBUTION),
    )


def as_data(
    rows: Sequence[Adoption], drifts: Mapping[int, Drift], rate: Mapping[str, Any], say: Translator, address: Address
) -> dict[str, Any]:
    """Return the ledger as plain data; a degree that nobody has confirmed stands apart from those that are facts.

    Of each difference both languages stand with their states, what a machine wrote among them.
    """
    words = FileWords((each for row in rows for each in row.differences), "machine", say)
    return {
        "attribution": say(ATTRIBUTION),
        "conversion_rate": rate,
        "adoptions": [_one(row, drifts.get(row.id), words, address) for row in rows],
    }


def rate_as_data(rate: Rate, committees: Sequence[str], kinds: Sequence[str], as_of: date) -> dict[str, Any]:
    """Return a rate with its scope and its day."""
    return {
        "scope": {"committees": list(committees) or "all", "types": list(kinds) or "all"},
        "as_of": as_of.isoformat(),
        "facts_from": rate.facts_from.isoformat() if rate.facts_from else None,
        "facts_to": rate.facts_to.isoformat() if rate.facts_to else None,
        "citable": rate.citable,
        "adopted": rate.adopted,
        "percent": rate.percent if rate.share is not None else None,
        "degree_not_confirmed": rate.unconfirmed,
        "planned": rate.planned,
    }


def _one(row: Adoption, drift: Drift | None, words: FileWords, address: Address) -> dict[str, Any]:
    return {
        "national": _standard(row.national),
        "international": _standard(row.international),
        "direction": str(row.direction),
        "degree": str(row.confirmed_degree).upper() if row.confirmed_degree else None,
        "reported_degree": str(row.degree).upper() if row.degree and not row.confirmed_degree else None,
        "degree_certainty": str(row.degree_confidence),
        "pair_certainty": str(row.confidence),
        "state": str(row.state),
        "in_force_from": day_as_known(row.in_force_from, row.in_force_precision),
        "superseded_on": row.superseded_on.isoformat() if row.superseded_on else None,
        "level": str(drift.level) if drift else None,
        "alarms": [
            {"alarm": str(each.alarm), "level": str(each.level), "sentence": sentence_of(each, words.say)}
            for each in (drift.findings if drift else ())
        ],
        "technical_differences": [
            {"clause": each.clause, "change": words.pair(each, "change"), "reason": words.pair(each, "reason")}
            for each in row.differences
            if each.kind == "technical"
        ],
        "evidence": row.evidence,
        "address": address(row),
    }


def _standard(row: Standard) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "title_en": row.title_en,
        "title_zh": row.title_zh,
        "title_zh_status": str(row.zh_status),
        "as_of": row.as_of.isoformat() if row.as_of else None,
    }
