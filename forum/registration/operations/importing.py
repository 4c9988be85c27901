"""A delegation's file between its preview and its application: kept sealed, applied as a whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.premises import premises
from forum.registration.errors import WrongImport
from forum.registration.models import Delegation, DelegationImport, Participation
from forum.registration.operations.composing import nominate
from forum.registration.operations.news import News
from forum.registration.operations.registering import Application
from forum.registration.queries import categories

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a file, as it waits for the application."""

    category: str
    person: dict[str, object]
    sealed: dict[str, str]
    alternate: bool
    language: str


def _place(kept: DelegationImport) -> str:
    return f"delegation_import:{kept.public_id}"


def keep(
    delegation: Delegation, filename: str, candidates: Sequence[Candidate], *, actor: Actor, now: datetime
) -> DelegationImport:
    """Keep a checked file until its preview is confirmed; files that nobody confirmed go after a day."""
    session.execute(
        delete(DelegationImport).where(
            DelegationImport.delegation_id == delegation.id,
            DelegationImport.applied_at.is_(None),
            DelegationImport.created_at < now - KEPT,
        )
    )
    kept = DelegationImport(
        delegation_id=delegation.id,
        account_id=actor.account_id,
        filename=filename[:200],
        sealed_rows="",
        summary={"members": len(candidates)},
    )
    session.add(kept)
    session.flush()
    rows = [[one.category, one.person, one.sealed, one.alternate, one.language] for one in candidates]
    body = json.dumps(rows, ensure_ascii=False).encode()
    kept.sealed_rows = premises().keyring.seal_with_master(_place(kept), body)
    session.flush()
    return kept


def find(delegation: Delegation, public_id: str) -> DelegationImport | None:
    """Return a kept file of this delegation."""
    return session.scalar(
        select(DelegationImport).where(
            DelegationImport.delegation_id == delegation.id, DelegationImport.public_id == public_id
        )
    )


def candidates_of(kept: DelegationImport) -> list[Candidate]:
    """Open a kept file."""
    if not kept.sealed_rows:
        return []
    rows = json.loads(premises().keyring.open_with_master(_place(kept), kept.sealed_rows))
    return [Candidate(*row) for row in rows]


def _of(delegation: Delegation, person: dict[str, object]) -> dict[str, object]:
    """Return a person of a file; what is left out about the organisation and the country is the delegation's."""
    filled = dict(person)
    if not (filled.get("organisation_name_en") or filled.get("organisation_name_zh")):
        filled["organisation_name_en"] = delegation.side("name", "en") or None
        filled["organisation_name_zh"] = delegation.side("name", "zh") or None
    filled["country_iso2"] = filled.get("country_iso2") or delegation.country_iso2
    return filled


def apply(
    delegation: Delegation,
    kept: DelegationImport,
    *,
    consents: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> list[Participation]:
    """Nominate everybody in a kept file, or nobody; its rows are forgotten afterwards.

    ``consents`` are the purposes to which the members agreed, as the focal point states on their behalf.
    Raises ``WrongImport`` for a file that was applied already, and the refusals of ``nominate``.
    """
    session.refresh(kept, ["applied_at", "sealed_rows"], with_for_update=True)
    if kept.applied_at is not None or not kept.sealed_rows:
        raise WrongImport
    kinds = {category.code: category for category in categories(delegation.forum)}
    news = News(actor, now)
    made = [
        nominate(
            delegation,
            Application(
                category=kinds[one.category],
                person=_of(delegation, one.person),
                sealed=one.sealed,
                language=one.language,
                facts={"country_iso2": _of(delegation, one.person)["country_iso2"]},
                consents=dict.fromkeys(consents, True),
            ),
            alternate=one.alternate,
            actor=actor,
            now=now,
            news=news,
        )
        for one in candidates_of(kept)
    ]
    kept.applied_at = now
    kept.sealed_rows = ""
    session.flush()
    news.note("import", "delegation", delegation.public_id, delegation.forum, members=len(made))
    news.tell()
    return made
