"""Accounts, signed-in devices and one-time links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.actor import Actor
from forum.core.database import Base, Instant, Row, Word


class AccountState(StrEnum):
    """Whether somebody may sign in."""

    ACTIVE = "active"
    CLOSED = "closed"


class LinkPurpose(StrEnum):
    """What a one-time mail link is good for."""

    SIGN_IN = "sign_in"


class Account(Row, Base):
    """Somebody who can sign in.  A person who takes part needs no account."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254), unique=True)  # case-folded
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="en")
    zone_name: Mapped[str] = mapped_column(String(64), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(300))  # sealed with the master key
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    totp_last_step: Mapped[int | None]  # a code is good once
    is_admin: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AccountState] = mapped_column(Word(AccountState), default=AccountState.ACTIVE)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    def actor(self, *roles: str) -> Actor:
        """Return this account as the one who acts."""
        return Actor(f"account:{self.public_id}", self.id, self.language, frozenset(roles))


class SignIn(Row, Base):
    """A signed-in device: an opaque token, of which only the hash is kept."""

    __tablename__ = "sign_in"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)  # absolute end
    second_factor_at: Mapped[datetime | None] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(String(200), default="")
    network: Mapped[str] = mapped_column(String(64), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="joined")


class MailLink(Row, Base):
    """A one-time link sent by mail; good for ten minutes and once."""

    __tablename__ = "mail_link"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(Word(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship()
