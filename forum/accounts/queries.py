"""Reading accounts and devices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from forum.accounts.models import Account, AccountState, MailLink, SignIn
from forum.core.database import session
from forum.core.identifiers import digest


def by_email(email: str) -> Account | None:
    """Return the active account of a case-folded address."""
    return session.scalar(
        select(Account).where(Account.email == email.casefold(), Account.state == AccountState.ACTIVE)
    )


def names_of_actors(references: Iterable[str]) -> dict[str, str]:
    """Return the names behind ``account:<public id>`` references, in one statement."""
    ids = {reference.partition(":")[2] for reference in references if reference.startswith("account:")}
    if not ids:
        return {}
    rows = session.execute(
        select(Account.public_id, Account.name, Account.email).where(Account.public_id.in_(sorted(ids)))
    )
    return {f"account:{public_id}": name or email for public_id, name, email in rows}


def devices(account_id: int, now: datetime) -> Sequence[SignIn]:
    """Return the devices that are signed in, the latest first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.last_seen_at.desc())
    ).all()


def link(token: str) -> MailLink | None:
    """Return a one-time link by its secret."""
    return session.scalar(select(MailLink).where(MailLink.token_hash == digest(token)))


def administrators() -> int:
    """Count the active site administrators."""
    return (
        session.scalar(select(func.count()).where(Account.is_admin.is_(True), Account.state == AccountState.ACTIVE))
        or 0
    )


def search(text: str, offset: int, limit: int) -> tuple[Sequence[Account], int]:
    """Return a page of accounts whose name or address contains a text, and how many there are."""
    query = select(Account).where(Account.state == AccountState.ACTIVE)
    if text:
        query = query.where(
            or_(Account.email.icontains(text, autoescape=True), Account.name.icontains(text, autoescape=True))
        )
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return session.scalars(query.order_by(Account.email).offset(offset).limit(limit)).all(), count
