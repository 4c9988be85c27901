"""Finding standards: by words of three languages, by a reference however it is typed, by committee and ICS code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, column, func, literal_column, or_, select, table, text
from sqlalchemy.orm import contains_eager

from forum.committees.models import Committee, CommitteeAlias
from forum.committees.references import folded as folded_committee
from forum.core.database import session
from forum.core.text import HAN, fold
from forum.standards.models import Standard, StandardIcs, StandardTopic, Topic
from forum.standards.neighbours import neighbours
from forum.standards.references import folded

PAGE = 50
MOST_WORDS = 12
MANY = 2_000  # rows
REFERENCE, NEWEST = "reference", "newest"  # in which order
_CHINESE = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"[^\W_]+")
_ICS = re.compile(r"\d{2}\.(?:\d{1,3}(?:\.\d{0,2})?)?", re.ASCII)
_MOST_HAVE = "iso"  # a word of nearly every reference: the order of the list finds it quicker than the index of words
_INDEX = table("standard_search", column("rowid"))


@dataclass(frozen=True, slots=True)
class Filters:
    """By what a list is narrowed; empty means everything."""

    committee: str = ""  # the address of one; its subcommittees and groups belong to it
    standing: str = ""
    stage: str = ""  # the phase: 40
    kind: str = ""
    topic: str = ""
    adoption: str = ""
    year: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and how much there is."""

    rows: Sequence[Standard]
    count: int


def search(
    words: str, filters: Filters = Filters(), *, offset: int = 0, limit: int = PAGE, order: str = REFERENCE
) -> Found:
    """Return a page of the standards that match; their number of statements doesn't grow."""
    conditions = [*_matching(words), *_narrowed(filters)]
    count = session.scalar(select(func.count()).select_from(Standard).where(*conditions)) or 0
    if count <= offset:
        return Found([], count)
    ids = select(Standard.id).where(*conditions).order_by(*_order(order)).offset(offset).limit(limit)
    numbers = list(session.scalars(ids))
    return Found(in_order(numbers), count)


def in_order(numbers: Sequence[int]) -> Sequence[Standard]:
    """Return these standards with their committees, in that order."""
    query = select(Standard).outerjoin(Standard.committee).options(contains_eager(Standard.committee))
    by_id = {each.id: each for each in session.scalars(query.where(Standard.id.in_(numbers)))}
    return [by_id[number] for number in numbers if number in by_id]


def ids(words: str, filters: Filters, *, after: str = "", limit: int = 1000) -> Sequence[int]:
    """Return the ids of what matches behind a sort key, for exports that go on page by page."""
    query = select(Standard.id).where(*_matching(words), *_narrowed(filters))
    if after:
        query = query.where(Standard.sort_key > after)
    return list(session.scalars(query.order_by(*_order(REFERENCE)).limit(limit)))


def _order(order: str) -> tuple[Any, ...]:
    if order == NEWEST:
        return (Standard.moved_on.desc(), Standard.id.desc())
    return (Standard.sort_key, Standard.id)


# --- Words -------------------------------------------------------------------------------------------


def _matching(words: str) -> list[ColumnElement[bool]]:
    typed = " ".join(words.split())
    if not typed:
        return []
    if _ICS.fullmatch(typed):
        return [_with_ics(typed)]
    committee, rest = _led_by_committee(typed)
    conditions: list[ColumnElement[bool]] = []
    if committee is not None:
        conditions.append(Standard.committee_id.in_(committee))
    if rest:
        conditions += _indexed(rest)
    return conditions


def _with_ics(typed: str) -> ColumnElement[bool]:
    """Find codes that begin so: a range, which the index of codes answers on both databases."""
    begins = typed.rstrip(".")
    behind = begins[:-1] + chr(ord(begins[-1]) + 1)
    codes = select(StandardIcs.standard_id).where(StandardIcs.code >= begins, StandardIcs.code < behind)
    return Standard.id.in_(codes)


def _led_by_committee(typed: str) -> tuple[Select[Any] | None, str]:
    """Return the committee with which the words begin, and the words behind it: ``ISO/TC268 indicators``."""
    parts = typed.split(" ")
    keys = {}
    for number in range(min(len(parts), 5), 0, -1):
        key = folded_committee(" ".join(parts[:number]))
        if any(sign.isdigit() for sign in key):
            keys[key] = number
            keys.setdefault(f"iso{key}", number)
    if not keys:
        return None, typed
    known = session.execute(
        select(CommitteeAlias.folded, Committee.id, Committee.reference)
        .join(Committee, Committee.id == CommitteeAlias.committee_id)
        .where(CommitteeAlias.folded.in_(keys))
    ).all()
    if not known:
        return None, typed
    best = max(known, key=lambda row: (keys[row.folded], len(row.folded)))
    return _with_groups(best.id, best.reference), " ".join(parts[keys[best.folded] :])


def _with_groups(number: int, reference: str) -> Select[Any]:
    below = Committee.reference.startswith(f"{reference}/", autoescape=True)
    return select(Committee.id).where(or_(Committee.id == number, below))


def _indexed(typed: str) -> list[ColumnElement[bool]]:
    """Find what the index of words holds: every word, or the whole as a reference."""
    wanted, whole, found = _words(typed), folded(typed), list[ColumnElement[bool]]()
    if _MOST_HAVE in wanted:
        del wanted[_MOST_HAVE]
        found += [_walked(Standard.sort_key) >= "iso", _walked(Standard.sort_key) < "isp"]
    reference = whole if any(sign.isdigit() for sign in whole) and not _CHINESE.search(whole) else ""
    if not wanted and not reference:
        return found or [literal_column("0") == 1]
    if session.get_bind().dialect.name == "sqlite":
        match = text("standard_search MATCH :words").bindparams(words=_fts5(wanted, reference))
        matching = select(_INDEX.c.rowid).where(match)
        some = session.scalar(select(func.count()).select_from(matching.limit(MANY + 1).subquery())) or 0
        return [*found, (_walked(Standard.id) if some > MANY else Standard.id).in_(matching)]
    simple: ColumnElement[Any] = literal_column("'simple'")
    stored = func.to_tsvector(simple, Standard.search)
    return [*found, stored.op("@@")(func.to_tsquery(simple, _tsquery(wanted, reference)))]


def _walked(column: Any) -> ColumnElement[Any]:
    """Return a column that SQLite tests on its way along an index instead of looking its values up one by one.

    Wide rows are far apart: past some thousand of them the narrow index is read through more quickly.
    Source: SQLite, "The SQLite Query Optimizer Overview", on the unary plus.
    """
    if session.get_bind().dialect.name != "sqlite":
        return cast("ColumnElement[Any]", column)
    return literal_column(f"+standard.{column.key}", column.type)


def _words(typed: str) -> dict[str, bool]:
    """Return the tokens to look for, each with whether longer ones that begin so are meant as well."""
    plain = fold(typed)
    found: dict[str, bool] = {}
    for run in _CHINESE.findall(plain):
        if len(run) == 1:
            found[run] = True
        found |= {run[at : at + 2]: False for at in range(len(run) - 1)}
    for word in _LATIN.findall(_CHINESE.sub(" ", plain)):
        found[word[:60]] = len(word) > 2
    return dict(islice(found.items(), MOST_WORDS))


def _fts5(wanted: dict[str, bool], whole: str) -> str:
    every = " AND ".join(f'"{word}"{"*" if goes_on else ""}' for word, goes_on in wanted.items())
    either = [part for part in (f"({every})" if every else "", f'"{whole}"*' if whole else "") if part]
    return " OR ".join(either)


def _tsquery(wanted: dict[str, bool], whole: str) -> str:
    every = " & ".join(f"'{word}'{':*' if goes_on else ''}" for word, goes_on in wanted.items())
    either = [part for part in (f"({every})" if every else "", f"'{whole}':*" if whole else "") if part]
    return " | ".join(either)


# --- Filters -----------------------------------------------------------------------------------------


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.committee:
        found.append(Standard.committee_id.in_(_committees(filters.committee)))
    if filters.standing:
        found.append(Standard.standing == filters.standing)
    if filters.stage:
        found.append(and_(Standard.stage_equivalent >= filters.stage, Standard.stage_equivalent < f"{filters.stage}~"))
    if filters.kind:
        found.append(Standard.kind == filters.kind)
    if filters.topic:
        under = select(StandardTopic.standard_id).join(Topic, Topic.id == StandardTopic.topic_id)
        found.append(Standard.id.in_(under.where(Topic.slug == filters.topic)))
    if filters.adoption and neighbours.adopted is not None:
        found.append(Standard.id.in_(neighbours.adopted(filters.adoption)))
    if filters.year is not None:
        found.append(Standard.published_on.between(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    return found


def _committees(slug: str) -> Select[Any]:
    named = select(Committee.reference).where(Committee.slug == slug).scalar_subquery()
    return select(Committee.id).where(
        or_(Committee.slug == slug, func.substr(Committee.reference, 1, func.length(named) + 1) == named + "/")
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer."""

    committees: Sequence[tuple[str, str]]  # address, reference
    kinds: Sequence[str]
    topics: Sequence[Topic]
    years: Sequence[int]


def choices() -> Choices:
    """Return what the filters offer: only what some standard has."""
    owns: Select[Any] = select(literal_column("1")).where(Standard.committee_id == Committee.id)
    committees = session.execute(
        select(Committee.slug, Committee.reference).where(owns.exists()).order_by(Committee.sort_key)
    )
    first, last = func.min(Standard.published_on), func.max(Standard.published_on)
    kinds = session.execute(select(Standard.kind, first, last).group_by(Standard.kind).order_by(Standard.kind)).all()
    days = [day for _kind, *days in kinds for day in days if day is not None]
    return Choices(
        [(row.slug, row.reference) for row in committees],
        [row.kind for row in kinds],
        list(session.scalars(select(Topic).order_by(Topic.slug))),
        range(max(days).year, min(days).year - 1, -1) if days else (),
    )
