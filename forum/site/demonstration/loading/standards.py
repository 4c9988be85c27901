"""The catalogue as it is, and the invented people who work on it: the national office and SAC/TC 567."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Account
from forum.committees.models import Committee, Post, PostRole
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.text import pinyin_key, search_forms
from forum.offices.models import Office, OfficeRole
from forum.places.models import Organisation, OrganisationKind
from forum.site.demonstration.content import read
from forum.standards import operations
from forum.standards.models import Standard, Track


def write(*, password_hash: str | None, now: datetime) -> int:
    """Load the committees and deliverables, open the accounts, and set some plans; return how many deliverables."""
    content = read("standards.json")
    _committees, standards = operations.seed(actor=SYSTEM, now=now)
    home = session.scalars(select(Committee).where(Committee.reference == content["committee"])).one()
    unit = _unit(content["unit"], OrganisationKind.CITY)
    since = now.date() - timedelta(days=400)
    for facts in content["accounts"]:
        account = Account(
            email=f"{facts['key']}@forum.example",
            name=facts[facts["language"]],
            language=facts["language"],
            password_hash=password_hash,
        )
        session.add(account)
        session.flush()
        if role := facts.get("office"):
            session.add(
                Office(account_id=account.id, role=OfficeRole(role), starts_on=since, granted_by=SYSTEM.reference)
            )
        if post := facts.get("post"):
            session.add(
                Post(
                    account_id=account.id,
                    committee_id=home.id,
                    role=PostRole(post),
                    organisation_id=_unit_of(facts.get("unit"), unit),
                    starts_on=since,
                    granted_by=SYSTEM.reference,
                )
            )
    session.flush()
    for plan in content["plans"]:
        found = session.scalars(select(Standard).where(Standard.reference == plan["reference"])).one()
        due = {label: now.date() + timedelta(days=days) for label, days in plan["days"].items()}
        operations.plan(found, found.version, Track(plan["track"]), due, actor=SYSTEM, now=now)
    return standards


def _unit(names: dict[str, str], kind: OrganisationKind) -> Organisation:
    made = Organisation(
        kind=kind,
        country_iso2="CN",
        name_en=names["en"],
        name_zh=names["zh"],
        search=search_forms(names["en"], names["zh"]),
        sort_zh=pinyin_key(names["zh"]),
    )
    session.add(made)
    session.flush()
    return made


def _unit_of(said: bool | dict[str, str] | None, home: Organisation) -> int | None:  # noqa: FBT001 - as the file has it
    """Return the unit that an expert speaks for: the one of all, or one of their own."""
    if isinstance(said, dict):
        return _unit(said, OrganisationKind.UNIVERSITY).id
    return home.id if said else None
