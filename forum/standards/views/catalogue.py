"""The list of standards for everybody: search, filters, and the same as data."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.committees.queries import by_slug, by_spelling
from forum.committees.views.public import as_json, prepared, say
from forum.core.bilingual import Text
from forum.core.text import clean_line
from forum.ports.documents import delimited
from forum.standards import listing
from forum.standards.kinds import DELIVERABLE_KINDS
from forum.standards.models import STANDINGS
from forum.standards.neighbours import neighbours
from forum.standards.queries import changes as changing
from forum.standards.queries import search as searching
from forum.standards.queries.search import NEWEST, PAGE, REFERENCE, Filters
from forum.standards.stages import stages
from forum.standards.views import pages
from forum.standards.views.public import address_of, words
from forum.web.policy import PUBLIC
from forum.web.viewer import settings

MOST = 1_000  # rows of one table or one answer in JSON
LAST = 10_000
NO_SUCH = "-"  # the address of no committee


def _asked() -> tuple[str, Filters, str]:
    """Return the words, the filters and the order of the address; what no list holds is left out."""
    given = request.args
    year, stage, topic = given.get("year", ""), given.get("stage", ""), given.get("topic", "")
    standing, kind, adoption = given.get("standing", ""), given.get("kind", ""), given.get("adoption", "")
    filters = Filters(
        committee=_committee(clean_line(given.get("committee", ""))[:120]),
        standing=standing if standing in STANDINGS else "",
        stage=stage if stage in _phases() else "",
        kind=clean_line(kind)[:40],
        topic=topic if len(topic) <= 60 else "",
        adoption=adoption if adoption in neighbours.adoption_states else "",
        year=int(year) if len(year) == 4 and year.isascii() and year.isdigit() and int(year) else None,
    )
    return clean_line(given.get("q", ""))[:200], filters, NEWEST if given.get("order") == NEWEST else REFERENCE


def _committee(typed: str) -> str:
    """Return the address of a committee that somebody named, by its address or in any spelling."""
    if not typed:
        return ""
    found = by_slug(typed) or by_spelling(typed) or by_spelling(f"ISO/{typed}")
    return found.slug if found is not None else NO_SUCH


def _phases() -> dict[str, Text]:
    return {code[:2]: cell.phase for code, cell in stages().items()}


def _carried(typed: str, filters: Filters, order: str) -> dict[str, Any]:
    """Return what links to other pages of the same list carry."""
    given = {
        "q": typed,
        "committee": clean_line(request.args.get("committee", ""))[:120],
        "standing": filters.standing,
        "stage": filters.stage,
        "kind": filters.kind,
        "topic": filters.topic,
        "adoption": filters.adoption,
        "year": str(filters.year or ""),
        "order": order if order != REFERENCE else "",
    }
    return {name: text for name, text in given.items() if text}


def _number() -> int:
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)


@pages.page("/standards/", policy=PUBLIC)
def standards() -> ResponseReturnValue:
    """Every deliverable, found by words of its titles, by its reference, its committee or an ICS code."""
    typed, filters, order = _asked()
    number = _number()
    prepared()
    found = searching.search(typed, filters, offset=(number - 1) * PAGE, limit=PAGE, order=order)
    kept = _carried(typed, filters, order)
    return render_template(
        "standards/standards.html",
        rows=found.rows,
        count=found.count,
        number=number,
        last=max(1, -(-found.count // PAGE)),
        asked=typed,
        filters=filters,
        order=order,
        kept=kept,
        offered=searching.choices(),
        deliverable_kinds=DELIVERABLE_KINDS,
        phases=_phases(),
        adoption_states=neighbours.adoption_states,
        dataset=changing.dataset_date(),
        address=lambda page: url_for("standards.standards", **kept, **({"page": page} if page > 1 else {})),
        **words(),
    )


@pages.page("/standards.json", policy=PUBLIC, endpoint="standards_json")
def standards_json() -> ResponseReturnValue:
    """What the list shows, as data, a thousand at a time, with the same filters."""
    typed, filters, order = _asked()
    number = _number()
    prepared()
    found = searching.search(typed, filters, offset=(number - 1) * MOST, limit=MOST, order=order)
    following = ""
    if number * MOST < found.count:
        place = url_for("standards.standards_json", **_carried(typed, filters, order), page=number + 1)
        following = f"{settings().base_url}{place}"
    return as_json(listing.as_data(found.rows, found.count, following, changing.dataset_date(), say(), address_of))


@pages.page("/standards.csv", policy=PUBLIC, endpoint="standards_csv")
def standards_csv() -> ResponseReturnValue:
    """What the list shows, as a table for spreadsheets, a thousand rows at a time, with the same filters."""
    typed, filters, order = _asked()
    number = _number()
    prepared()
    found = searching.search(typed, filters, offset=(number - 1) * MOST, limit=MOST, order=order)
    content = listing.as_csv(found.rows, changing.dataset_date(), say(), address_of)
    answer = Response(content, content_type=delimited.MEDIA_TYPE)
    part = f"-{number}" if found.count > MOST else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="standards{part}.csv"'
    if number * MOST < found.count:
        place = url_for("standards.standards_csv", **_carried(typed, filters, order), page=number + 1)
        answer.headers["Link"] = f'<{settings().base_url}{place}>; rel="next"'
    return answer
