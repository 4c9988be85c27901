"""Writing many rows at once, on each database in the way that is quick there.

PostgreSQL is handed all rows as one JSON text and takes them apart itself: as parameters of their own they would
be taken apart in Python, which costs ten times as much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, insert, text, update

from forum.core.database import session
from forum.standards.queries.importing import table

Rows = Sequence[dict[str, Any]]


def put(model: type[Any], rows: Rows) -> None:
    """Insert rows of one shape, in their order."""
    if not rows:
        return
    if _is_sqlite():
        session.execute(insert(table(model)), rows)
    else:
        _hand_over(table(model), rows, "")


def put_and_tell(model: type[Any], rows: Rows, key: str) -> dict[Any, int]:
    """Insert rows of one shape; return the id of each by its ``key``."""
    into = table(model)
    if _is_sqlite():
        found = session.execute(insert(into).returning(into.c[key], into.c.id), rows)
    else:
        found = _hand_over(into, rows, f" RETURNING {key}, id")
    return {row[0]: row[1] for row in found}


def change(model: type[Any], names: Sequence[str], rows: Rows) -> None:
    """Set these columns of rows that carry their ``id``; their version goes up by one."""
    into = table(model)
    if _is_sqlite():
        values: dict[str, Any] = {name: bindparam(f"to_{name}", type_=into.c[name].type) for name in names}
        values["version"] = into.c.version + 1
        session.execute(
            update(into).where(into.c.id == bindparam("of_id")).values(values),
            [{f"to_{name}": row[name] for name in names} | {"of_id": row["id"]} for row in rows],
            execution_options={"synchronize_session": False},
        )
        return
    stamped = [row | {"updated_at": _value(into.c.updated_at.default)} for row in rows]
    pairs = ", ".join(f'"{name}" = given."{name}"' for name in (*names, "updated_at"))
    session.execute(
        text(
            f"UPDATE {into.name} SET {pairs}, version = {into.name}.version + 1 "  # noqa: S608 - names of our own columns
            f"FROM json_populate_recordset(NULL::{into.name}, CAST(:rows AS json)) AS given "
            f"WHERE {into.name}.id = given.id"
        ),
        {"rows": _as_json(stamped)},
    )


def _hand_over(into: Table, rows: Rows, answer: str) -> Any:
    defaults = [each for each in _defaults(into) if each[0] not in rows[0]]
    whole = [row | {name: make() for name, make in defaults} for row in rows]
    names = ", ".join(f'"{name}"' for name in whole[0])
    statement = (
        f"INSERT INTO {into.name} ({names}) SELECT {names} "  # noqa: S608 - names of our own columns
        f"FROM json_populate_recordset(NULL::{into.name}, CAST(:rows AS json)){answer}"
    )
    return session.execute(text(statement), {"rows": _as_json(whole)})


@cache
def _defaults(into: Table) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """Return what fills each column that a row may leave out."""
    return tuple((column.name, _maker(column.default)) for column in into.c if column.default is not None)


def _maker(default: Any) -> Callable[[], Any]:
    return lambda: _value(default)


def _value(default: Any) -> Any:
    return default.arg(None) if default.is_callable else default.arg


def _as_json(rows: Rows) -> str:
    return json.dumps(rows, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _is_sqlite() -> bool:
    return bool(session.get_bind().dialect.name == "sqlite")
