"""What the room holds about somebody, for their own copy, and how it is forgotten with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.refusals import N_, Word
from forum.experts.models import CAPACITIES, EXPERT_ROLES, ExpertProfile, Nomination
from forum.experts.operations.moving import write_step
from forum.experts.queries import reading
from forum.experts.rules.terms import today
from forum.experts.states import NOMINATION_STATES, OPEN, NominationState

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return the profile of an account and its nominations with every step."""
    row = reading.of_account(account_id)
    if row is None:
        return []
    return [_profile(row), *(_nomination(each) for each in reading.all_of_expert(row.id))]


def _profile(row: ExpertProfile) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Name"), row.text("name").joined()),
        (N_("Unit"), row.organisation.text("name").joined() if row.organisation is not None else ""),
        (N_("Department"), row.text("unit").joined()),
        (N_("Languages"), ", ".join(row.languages)),
        (N_("Topics"), ", ".join(topic.text("name").joined() for topic in row.topics)),
        (N_("Qualification"), row.qualification),
        (N_("Shown on public pages since"), row.consented_on.isoformat() if row.consented_on else ""),
    ]
    return {"title": N_("Profile as an expert"), "entries": [entry for entry in entries if entry[1]]}


def _nomination(row: Nomination) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Role"), Word(EXPERT_ROLES[row.role])),
        (N_("Nominated for"), row.target),
        (N_("Capacity"), Word(CAPACITIES[row.capacity])),
        (N_("From"), row.starts_on.isoformat()),
        (N_("Until"), row.ends_on.isoformat() if row.ends_on else ""),
        (N_("State"), NOMINATION_STATES[row.state]),
        (N_("Why this person"), row.qualification),
        (N_("Conflicts of interest"), row.interests),
        (N_("Evidence"), row.evidence),
        *((N_("Reason given"), step.reason) for step in row.steps),
    ]
    return {"title": N_("Nomination"), "entries": [entry for entry in entries if entry[1]]}


def erase_for(account_id: int, now: datetime) -> None:
    """Take off a profile what names or describes somebody; that a role was held stays, without a name."""
    row = reading.of_account(account_id)
    if row is None:
        return
    for nomination in reading.all_of_expert(row.id):
        _close(nomination, now)
    row.name_en = row.name_zh = row.unit_en = row.unit_zh = ""
    row.qualification, row.languages, row.topics = "", [], []
    row.account_id = row.person_id = row.city_id = row.organisation_id = row.consented_on = None
    row.consent_by, row.erased_at = "", now
    session.flush()
    record(SYSTEM, "erase", "expert", row.public_id, now=now)


def _close(row: Nomination, now: datetime) -> None:
    if row.state in OPEN:
        held = row.state is NominationState.REGISTERED
        target = NominationState.ENDED if held else NominationState.WITHDRAWN
        row.ended_on = today(now) if held else None
        write_step(row, "erase", str(target), account_id=None, held="", reason="", now=now)
        record(SYSTEM, "erase", "nomination", row.public_id, now=now, to=str(target))
    row.qualification = row.interests = row.evidence = ""
    for step in row.steps:
        step.reason = ""
