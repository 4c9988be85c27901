"""Facts about this installation that live in its database."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, session

DEMONSTRATION = "demonstration"


class SiteFact(Base):
    """One fact, such as that this database holds the demonstration."""

    __tablename__ = "site_fact"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(400), default="")


def fact(key: str) -> str | None:
    """Return a fact, or None."""
    row = session.get(SiteFact, key)
    return row.value if row else None


def state_fact(key: str, value: str) -> None:
    """Write a fact."""
    session.merge(SiteFact(key=key, value=value))
    session.flush()
