"""The list of standards as data: plain data and a table, no title without its status, attribution on both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from forum.committees.exports import ATTRIBUTION, ATTRIBUTION_URL, attribution, day_of
from forum.committees.models import TITLE_STATUSES
from forum.core.catalogue import Translator
from forum.core.refusals import N_, P_, spoken
from forum.ports.documents.delimited import encode
from forum.standards.exports import Address, brief
from forum.standards.models import STANDINGS, Standard
from forum.standards.titles import titles

HEADINGS = (
    N_("Reference"),
    N_("English title"),
    N_("Status of the English title"),
    N_("French title"),
    N_("Status of the French title"),
    N_("Chinese title"),
    N_("Status of the Chinese title"),
    N_("Type"),
    P_("standards", "Committee"),
    N_("Stage"),
    N_("State"),
    N_("Published on"),
    N_("Edition"),
    N_("Data of"),
    N_("Source"),
    N_("Address"),
    N_("Attribution"),
)


def as_data(
    rows: Sequence[Standard], count: int, following: str, dataset: date | None, say: Translator, address: Address
) -> dict[str, Any]:
    """Return a page of the list as plain data, and where the next one is."""
    return {
        **attribution(say, [dataset]),
        "count": count,
        "next": following or None,
        "standards": [brief(each, say, address) for each in rows],
    }


def as_csv(rows: Sequence[Standard], dataset: date | None, say: Translator, address: Address) -> bytes:
    """Return a page of the list as a table in the translator's language; each row names its source."""
    line = f"{say(ATTRIBUTION)} {ATTRIBUTION_URL}" + (f" ({dataset.isoformat()})" if dataset is not None else "")
    return encode([spoken(heading, say) for heading in HEADINGS], (_row(each, line, say, address) for each in rows))


def _row(standard: Standard, line: str, say: Translator, address: Address) -> tuple[Any, ...]:
    known = titles(standard)
    told = [
        part for title in (known.english, known.french, known.chinese) for part in (title.text, _status(title, say))
    ]
    return (
        standard.printed,
        *told,
        " ".join(part for part in (standard.kind, standard.supplement) if part),
        standard.committee.reference if standard.committee else "",
        standard.stage,
        spoken(STANDINGS[standard.standing], say),
        day_of(standard.published_on, standard.published_precision) or "",
        standard.edition,
        standard.as_of,
        standard.source,
        address(standard.slug),
        line,
    )


def _status(title: Any, say: Translator) -> str:
    return say(TITLE_STATUSES[title.status]) if title.text else ""
