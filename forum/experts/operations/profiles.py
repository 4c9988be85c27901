"""Entering and changing the profiles of experts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from forum.accounts import queries as accounts
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.experts import errors
from forum.experts.models import ExpertProfile
from forum.experts.queries import reading
from forum.experts.queries.seeing import Standing
from forum.experts.rules.terms import today
from forum.people import queries as people
from forum.places.models import City, Organisation
from forum.standards.models import Topic


@dataclass(frozen=True, slots=True)
class About:
    """What a profile says."""

    name: Text
    organisation: Organisation | None = None
    unit: Text = field(default_factory=Text)  # a department, as it wishes to be shown
    email: str = ""  # of the account; only for a new profile
    city: City | None = None
    languages: Sequence[str] = ()
    topics: Sequence[Topic] = ()
    qualification: str = ""
    consent: bool = False
    entered_for_id: int | None = None


def as_seen(version: int, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version of the record."""
    if seen is not None and seen != version:
        raise errors.ChangedMeanwhile


def enter(what: About, *, standing: Standing, actor: Actor, now: datetime) -> ExpertProfile:
    """Enter a profile: one's own (with one's own account), or somebody else's.

    Raises ``NameMissing``, ``UnknownAccount``, ``ProfileExists``, ``UnitForeign``, ``CommitteeForeign``.
    """
    account_id = _account(what.email) if what.email else None
    own = account_id is not None and account_id == standing.account_id
    if not own:
        _may_enter(what, standing)
    if account_id is not None and reading.of_account(account_id) is not None:
        raise errors.ProfileExists
    person = people.of_account(account_id) if account_id is not None else None
    row = ExpertProfile(
        account_id=account_id, person_id=person.id if person else None, entered_for_id=what.entered_for_id
    )
    _write(row, what, standing=standing, actor=actor, now=now)
    session.add(row)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as taken:
        raise errors.ProfileExists from taken
    record(actor, "enter", "expert", row.public_id, now=now, own=own)
    return row


def _account(email: str) -> int:
    found = accounts.by_email(email)
    if found is None:
        raise errors.UnknownAccount
    return found.id


def _may_enter(what: About, standing: Standing) -> None:
    if standing.office:
        return
    if not standing.enters:
        raise NotFound
    if what.entered_for_id not in standing.member_ids:
        raise errors.CommitteeForeign
    if not standing.mirror_ids and (what.organisation is None or what.organisation.id not in standing.unit_ids):
        raise errors.UnitForeign


def change(
    row: ExpertProfile, what: About, *, standing: Standing, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Change a profile; the account that it belongs to stays."""
    as_seen(row.version, seen)
    if not standing.keeps(row):
        raise NotFound
    if not standing.office and not standing.mirror_ids and row.account_id != standing.account_id:
        _may_enter(what, standing)
    _write(row, what, standing=standing, actor=actor, now=now)
    session.flush()
    record(actor, "change", "expert", row.public_id, now=now, shown=row.consented_on is not None)


def _write(row: ExpertProfile, what: About, *, standing: Standing, actor: Actor, now: datetime) -> None:
    if not (clean_line(what.name.en) or clean_line(what.name.zh)):
        raise errors.NameMissing
    for language in LANGUAGES:
        setattr(row, f"name_{language}", clean_line(what.name.side(language)))
        setattr(row, f"unit_{language}", clean_line(what.unit.side(language)))
    row.organisation_id = what.organisation.id if what.organisation is not None else None
    row.organisation = what.organisation
    row.city_id = what.city.id if what.city is not None else None
    row.languages, row.topics = list(what.languages), list(what.topics)
    row.qualification = clean(what.qualification)
    _consent(row, given=what.consent, standing=standing, actor=actor, now=now)


def _consent(row: ExpertProfile, *, given: bool, standing: Standing, actor: Actor, now: datetime) -> None:
    """Note consent: whoever has an account gives it themselves; for others it is recorded, and by whom."""
    if given == (row.consented_on is not None):
        return
    own = row.account_id is not None and row.account_id == standing.account_id
    if given and row.account_id is not None and not own:
        raise errors.ConsentNotYours
    row.consented_on = today(now) if given else None
    row.consent_by = actor.reference if given else ""
