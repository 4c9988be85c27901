"""Finding standards by words: what is written into ``Standard.search``, and the index that each database keeps of it.

The column holds tokens with a blank between them: folded words of the titles, pairs of Chinese characters, and the
reference in every form in which somebody may type it.  A word of two characters such as 城市 is one token, so that
it is found at once.

``create`` and ``drop`` are the whole DDL, for migrations; tables that are made from the models get it by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, event, inspect, text

from forum.core.text import HAN, fold
from forum.standards.models import Standard
from forum.standards.ordering import moved_on, sort_key
from forum.standards.references import folded, parse

TABLE = "standard_search"  # SQLite: a virtual table (FTS5) beside the table of the standards
INDEX = "ix_standard_search"  # PostgreSQL: an index (GIN) over the column
NAMES = frozenset({TABLE, INDEX, *(f"{TABLE}_{part}" for part in ("data", "idx", "docsize", "config", "content"))})

_SQLITE = (
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS standard_search
    USING fts5(search, tokenize='ascii', detail='none', columnsize=0)
    """,
    "DELETE FROM standard_search",
    "INSERT INTO standard_search(rowid, search) SELECT id, search FROM standard",
)
_POSTGRESQL = (
    """
    CREATE INDEX IF NOT EXISTS ix_standard_search ON standard USING gin (to_tsvector('simple', search))
    """,
)
_DROP_SQLITE = ("DROP TABLE IF EXISTS standard_search",)
_DROP_POSTGRESQL = ("DROP INDEX IF EXISTS ix_standard_search",)


def create(connection: Connection) -> None:
    """Make the index of this database, over what the table holds already."""
    for statement in _SQLITE if _is_sqlite(connection) else _POSTGRESQL:
        connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Take the index away."""
    for statement in _DROP_SQLITE if _is_sqlite(connection) else _DROP_POSTGRESQL:
        connection.execute(text(statement))


def refresh(connection: Connection, standard_ids: Sequence[int]) -> None:
    """Take what the column says of these standards into the index; PostgreSQL does so by itself.

    Triggers can't: SQLite lets none write into a virtual table while it doesn't trust the schema, and it shan't.
    """
    if not _is_sqlite(connection) or not standard_ids:
        return
    for statement in (_FORGET, _LEARN):
        connection.execute(statement, {"ids": list(standard_ids)})


def settle(connection: Connection) -> None:
    """Sort in what PostgreSQL has put on the index's waiting list during an import; searches read that list through."""
    if not _is_sqlite(connection):
        connection.execute(text("SELECT gin_clean_pending_list('ix_standard_search'::regclass)"))


_FORGET = text("DELETE FROM standard_search WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))
_LEARN = text("INSERT INTO standard_search(rowid, search) SELECT id, search FROM standard WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_WRITE = text("INSERT OR REPLACE INTO standard_search(rowid, search) VALUES (:id, :search)")


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _on(name: str, act: Callable[[Connection], None]) -> None:
    @event.listens_for(Standard.__table__, name)
    def _(_table: Table, connection: Connection, **_more: Any) -> None:
        act(connection)


_on("after_create", create)
_on("before_drop", drop)


@event.listens_for(Standard, "before_insert")
@event.listens_for(Standard, "before_update")
def _say(_mapper: Any, _connection: Connection, standard: Standard) -> None:
    """Let what is entered here be found, and stand where it belongs in a list."""
    titles = (standard.title_en, standard.title_fr, standard.title_zh)
    made = search_text(standard.reference, [title or "" for title in titles])
    if standard.search != made:
        standard.search = made
    standard.sort_key = sort_key(standard.reference)
    standard.folded_reference = folded(standard.reference)
    standard.moved_on = moved_on(standard.stage_on, standard.published_on, standard.as_of)


@event.listens_for(Standard, "after_insert")
@event.listens_for(Standard, "after_update")
def _keep(_mapper: Any, connection: Connection, standard: Standard) -> None:
    if _is_sqlite(connection) and (inspect(standard).attrs.search.history.has_changes()):
        connection.execute(_WRITE, {"id": standard.id, "search": standard.search})


@event.listens_for(Standard, "after_delete")
def _forget(_mapper: Any, connection: Connection, standard: Standard) -> None:
    if _is_sqlite(connection):
        connection.execute(_FORGET, {"ids": [standard.id]})


_CHINESE = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:-\d+)*", re.ASCII)
LONGEST_TOKEN = 60


def search_text(reference: str, titles: Iterable[str]) -> str:
    """Return the tokens under which a standard is found."""
    found = dict.fromkeys(_of_reference(reference))
    for title in titles:
        if title:
            found.update(dict.fromkeys(tokens(title)))
    return " ".join(token[:LONGEST_TOKEN] for token in found if token)


def _of_reference(reference: str) -> list[str]:
    """Return a reference whole and in parts: with its year and without, with its publisher and without."""
    whole = folded(reference)
    found = [whole, *tokens(reference)]
    known = parse(reference)
    if known is None:
        return found
    number = folded(known.number)
    kind = "" if known.kind in {"IS", "Rec", "Suppl", known.publisher} else folded(known.kind)
    publisher = folded(known.publisher)
    found += [number, publisher + number, publisher + kind + number, kind + number]
    if known.year:
        found += [f"{number}{known.year}", f"{publisher}{kind}{number}{known.year}"]
    if part := _NUMBER.fullmatch(known.number):
        found.append(part.group().partition("-")[0])
    for twin in known.twins:
        found += [folded(twin), *tokens(twin)]
    return found


def tokens(words: str) -> list[str]:
    """Return the words of a text as they are indexed: folded, Chinese in pairs and the last character alone."""
    found: list[str] = []
    plain = fold(words)
    for run in _CHINESE.findall(plain):
        found += [run[at : at + 2] for at in range(len(run))]
    if found:
        plain = _CHINESE.sub(" ", plain)
    return found + _LATIN.findall(plain)
