"""Revisions of what the public sees outside the forums: one number for each registry, bumped by every change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import system_clock
from forum.core.database import Base, Instant, session

CITIES = "cities"
PARTNERSHIPS = "partnerships"
STANDARDS = "standards"  # committees too: each names the other
# A city's page lists its partnerships, and a partnership names its cities: what changes one changes both.
# A standard's page tells of cities and partnerships that work with it.
SHOWN_BY: dict[str, tuple[str, ...]] = {
    CITIES: (PARTNERSHIPS, STANDARDS),
    PARTNERSHIPS: (CITIES, STANDARDS),
}


class PublicRevision(Base):
    """How often the public part of one registry has changed."""

    __tablename__ = "public_revision"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Instant, default=system_clock)


def bump(registry: str, *, now: datetime) -> None:
    """Say that something the public can see has changed; in the same transaction as the change."""
    dialect = session.get_bind().dialect.name
    upsert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(PublicRevision)
    for name in sorted({registry, *SHOWN_BY.get(registry, ())}):  # one order, so that two never wait for each other
        session.execute(
            upsert.values(name=name, revision=1, changed_at=now).on_conflict_do_update(
                index_elements=["name"], set_={"revision": PublicRevision.revision + 1, "changed_at": now}
            ),
            execution_options={"synchronize_session": False},
        )


def standing(registry: str) -> tuple[int, datetime | None]:
    """Return the revision of a registry and when it changed; zero before the first change."""
    columns = PublicRevision.__table__.c
    row = session.execute(PublicRevision.__table__.select().where(columns.name == registry)).first()
    return (0, None) if row is None else (row.revision, row.changed_at)
