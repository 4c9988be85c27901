"""The database: one declarative base, the column types of the house, and how transactions begin.

SQLite and PostgreSQL obey the same rules: aware UTC in and out, constraints with names, and a write
transaction that is known to be one from its first statement (``BEGIN IMMEDIATE`` on SQLite).
"""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from enum import StrEnum
from random import random
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData, String, TypeDecorator, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from forum.core.clock import system_clock
from forum.core.identifiers import public_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Engine

PATIENCE = 30.0  # seconds that a writer waits for its place on SQLite
PACE = 0.002  # seconds between two tries

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC with microseconds; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL keeps the zone, SQLite keeps naive UTC."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant must be aware"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallTime(TypeDecorator[datetime]):
    """A naive time on the wall of a venue; its zone stands beside it."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse aware values."""
        if value is not None and value.tzinfo is not None:
            message = "a wall time must be naive"
            raise ValueError(message)
        return value


class Word(TypeDecorator[StrEnum]):
    """A state or kind as a checked string: the database sees text, the code sees the enum."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        self.enum = enum
        super().__init__(max(len(member) for member in enum) + 8)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Store a member's text; refuse what isn't one."""
        return None if value is None else str(self.enum(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Return the member."""
        return None if value is None else self.enum(value)


BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}  # noqa: RUF012


class Row:
    """Mixin: the key inside, the unguessable id outside, and when the row came and changed."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    created_at: Mapped[datetime] = mapped_column(Instant, default=system_clock)
    updated_at: Mapped[datetime] = mapped_column(Instant, default=system_clock, onupdate=system_clock)


db = SQLAlchemy(metadata=Base.metadata)
session = db.session


def tune_sqlite(engine: Engine) -> None:
    """Set SQLite up for many readers and one writer that never loses a commit."""

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={PATIENCE * 1000:.0f}",
            "foreign_keys=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") == "AUTOCOMMIT":
            return  # a transaction that nobody ends would show the same moment for ever
        if options.get("writing", False):
            _begin_immediate(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    """Wait for the writer's place, asking at an even pace.

    SQLite's own wait asks less and less often (up to every 100 ms), so that under load those who have waited
    longest are served last and some run out of patience.  Asking evenly gives each the same chance each time.
    """
    driver: Any = connection.connection.dbapi_connection
    deadline = time.monotonic() + PATIENCE
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except OperationalError as busy:
                if not _is_busy(busy) or time.monotonic() > deadline:
                    raise
            else:
                return
            time.sleep(PACE * (0.5 + random()))  # noqa: S311 - not a secret
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def begin_writing() -> None:
    """Start the write transaction of this session; objects read before are read again inside.

    Call before anything else in a request that changes state: on SQLite a later upgrade of a reading
    transaction would be refused while another one writes.
    """
    if session.new or session.dirty or session.deleted:
        message = "a write transaction can't begin with unsaved changes"
        raise RuntimeError(message)
    session.rollback()
    session.connection(execution_options={"writing": True})
