"""Finding places by Chinese, pinyin, initials or Latin letters with or without accents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from forum.core.database import session
from forum.core.text import search_pattern
from forum.places.models import City, Country, Organisation, Province

Place = Country | Province | City | Organisation
KINDS: dict[str, type[Any]] = {
    "countries": Country,
    "provinces": Province,
    "cities": City,
    "organisations": Organisation,
}


def _order(model: type[Any], language: str) -> ColumnElement[str]:
    return model.sort_zh if language == "zh" else func.lower(model.name_en)


def search(kind: str, text: str, language: str, *, offset: int = 0, limit: int = 50) -> tuple[Sequence[Any], int]:
    """Return a page of places of one kind that a text finds, and how many there are in all."""
    model = KINDS[kind]
    query = select(model)
    if text:
        query = query.where(model.search.like(search_pattern(text), escape="\\"))
    count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = session.scalars(query.order_by(_order(model, language)).offset(offset).limit(limit)).unique().all()
    return rows, count


def everything(kind: str, language: str) -> Sequence[Any]:
    """Return all places of one kind in the order of a language, for a choice in a form."""
    model = KINDS[kind]
    return session.scalars(select(model).order_by(_order(model, language))).unique().all()


def one(kind: str, key: str) -> Place | None:
    """Return a place by its code or public id."""
    model = KINDS[kind]
    column = {"countries": "iso2", "provinces": "code"}.get(kind, "public_id")
    return session.scalar(select(model).where(getattr(model, column) == key))


def city(public_id: str) -> City | None:
    """Return a city by its public id."""
    return session.scalar(select(City).where(City.public_id == public_id))


def organisation(public_id: str) -> Organisation | None:
    """Return an organisation by its public id."""
    return session.scalar(select(Organisation).where(Organisation.public_id == public_id))


def country_named(name: str) -> Country | None:
    """Return the country that an imported name or code means, or None: a guess is never made."""
    wanted = name.strip()
    if not wanted:
        return None
    folded = wanted.casefold()
    columns = Country.__table__.c
    return session.scalar(
        select(Country).where(
            (Country.iso2 == wanted.upper())
            | (Country.iso3 == wanted.upper())
            | (func.lower(columns.name_en) == folded)
            | (columns.name_zh == wanted)
            | Country.match_names.contains(f"|{folded}|", autoescape=True)
        )
    )
