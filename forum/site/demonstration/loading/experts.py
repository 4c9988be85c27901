"""Twelve invented experts, with a nomination in each state, and the contact of their unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.accounts.queries import by_email
from forum.committees import queries as committees
from forum.committees.models import Committee, Post, PostRole
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import pinyin_key, search_forms
from forum.experts.models import Capacity, ExpertProfile, ExpertRole, Nomination
from forum.experts.operations import moving, nominating, profiles
from forum.experts.operations.nominating import Proposal
from forum.experts.operations.profiles import About
from forum.experts.queries.seeing import Standing
from forum.people.models import Person
from forum.people.rules import short
from forum.places.models import Organisation, OrganisationKind
from forum.registration.models import Participation
from forum.registration.states import ParticipationState
from forum.site.demonstration.content import read
from forum.standards.models import Standard, Topic

# Which steps lead to a state, and whose hand takes each.
_HANDS = {
    "endorse": "unitcontact",
    "approve": "chair",
    "confirm": "standards",
    "submit": "submission",
    "register": "submission",
    "end": "mirror",
    "withdraw": "mirror",
    "reject": "chair",
}
_WAYS = {
    "proposed": (),
    "unit_endorsed": ("endorse",),
    "mirror_approved": ("endorse", "approve"),
    "sac_approved": ("endorse", "approve", "confirm"),
    "submitted": ("endorse", "approve", "confirm", "submit"),
    "registered": ("endorse", "approve", "confirm", "submit", "register"),
    "ended": ("endorse", "approve", "confirm", "submit", "register", "end"),
    "rejected": ("endorse", "reject"),
    "withdrawn": ("withdraw",),
}


@dataclass(frozen=True, slots=True)
class _Stage:
    """Who stands on it, and where."""

    national: Committee
    units: tuple[Organisation, Organisation]
    now: datetime

    def acting(self, key: str) -> dict[str, Any]:
        """Who acts, as what."""
        account = by_email(f"{key}@forum.example")
        found, own = account.id if account is not None else None, frozenset({self.national.id})
        standing = {
            "unitcontact": Standing(found, units=frozenset((self.national.id, unit.id) for unit in self.units)),
            "mirror": Standing(found, mirror_ids=own, member_ids=own),
            "chair": Standing(found, mirror_ids=own, member_ids=own),
            "standards": Standing(found, reads_all=True, office=True),
            "submission": Standing(found, reads_all=True, submission=True),
            "expert": Standing(found, member_ids=own),
        }[key]
        actor = account.actor() if account is not None else Actor(SYSTEM.reference)
        return {"standing": standing, "actor": actor}


def write(*, password_hash: str | None, now: datetime) -> int:
    """Write the experts; return how many nominations there are.  Needs the committees of the catalogue."""
    content = read("experts.json")
    national = committees.by_spelling(content["national"])
    if national is None:
        return 0
    units = (_unit({"en": content["unit"], "zh": ""}), _unit(content["further_unit"]))
    _contact(content["contact"], national, units[0], password_hash, now)
    stage = _Stage(national, units, now)
    return sum(_expert(facts, stage) for facts in content["experts"])


def _unit(names: Mapping[str, str]) -> Organisation:
    columns = Organisation.__table__.c
    found = session.scalar(select(Organisation).where(columns.name_en == names["en"]))
    if found is not None:
        return found
    made = Organisation(
        kind=OrganisationKind.OTHER,
        country_iso2="CN",
        name_en=names["en"],
        name_zh=names["zh"],
        search=search_forms(names["en"], names["zh"]),
        sort_zh=pinyin_key(names["zh"] or names["en"]),
    )
    session.add(made)
    session.flush()
    return made


def _contact(
    facts: Mapping[str, str], national: Committee, unit: Organisation, password_hash: str | None, now: datetime
) -> None:
    account = Account(
        email=f"{facts['key']}@forum.example",
        name=facts[facts["language"]],
        language=facts["language"],
        password_hash=password_hash,
    )
    session.add(account)
    session.flush()
    session.add(
        Post(
            account_id=account.id,
            committee_id=national.id,
            role=PostRole.UNIT_CONTACT,
            organisation_id=unit.id,
            starts_on=now.date() - timedelta(days=400),
            granted_by=SYSTEM.reference,
        )
    )
    session.flush()


def _expert(facts: Mapping[str, Any], stage: _Stage) -> int:
    topics = session.scalars(select(Topic).where(Topic.slug.in_(facts.get("topics", [])))).all()
    own = facts.get("account", "") if by_email(f"{facts.get('account', '')}@forum.example") is not None else ""
    person = _participant() if facts.get("participant") else None
    name = Text(short(person, "en"), short(person, "zh")) if person is not None else Text(facts["en"], facts["zh"])
    about = About(
        name=name,
        organisation=stage.units[1] if facts.get("further") else stage.units[0],
        email=f"{own}@forum.example" if own else "",
        languages=facts["languages"],
        topics=topics,
        qualification=facts["qualification"],
        consent=facts.get("consent", False),
        entered_for_id=stage.national.id,
    )
    row = profiles.enter(about, now=stage.now - timedelta(days=950), **stage.acting(own or "mirror"))
    row.fictitious = True
    if person is not None:
        row.person_id = person.id
    session.flush()
    return sum(_nominate(row, each, stage) for each in facts["nominations"])


def _participant() -> Person | None:
    """Return a participant of the demonstration's forum, so that an expert's page shows where they took part."""
    return session.scalar(
        select(Person)
        .join(Participation, Participation.person_id == Person.id)
        .where(Person.country_iso2 == "CN", Person.name_zh != "", Participation.state == ParticipationState.APPROVED)
        .order_by(Person.id)
        .limit(1)
    )


def _nominate(row: ExpertProfile, facts: Mapping[str, Any], stage: _Stage) -> int:
    committee = committees.by_spelling(facts["committee"]) if "committee" in facts else None
    project = session.scalar(select(Standard).where(Standard.reference == facts.get("project", "")))
    if committee is None and project is None:
        return 0
    today, way = stage.now.date(), _WAYS[facts["state"]]
    began = stage.now + timedelta(days=min(facts["from"], 0) - 4 * (len(way) + 2))
    what = Proposal(
        national=stage.national,
        role=ExpertRole(facts["role"]),
        capacity=Capacity(facts["capacity"]),
        committee=committee,
        project=project,
        starts_on=today + timedelta(days=facts["from"]),
        ends_on=today + timedelta(days=facts["until"]) if "until" in facts else None,
        interests="无利益冲突。",
        evidence="演示用推荐函",
    )
    proposer = "expert" if facts.get("self") and row.account_id is not None else "mirror"
    made = nominating.nominate(row, what, now=began, **stage.acting(proposer))
    _walk(made, way, facts, stage, began)
    return 1


def _walk(row: Nomination, way: tuple[str, ...], facts: Mapping[str, Any], stage: _Stage, began: datetime) -> None:
    for number, action in enumerate(way, start=1):
        at = stage.now - timedelta(days=30) if action == "end" else began + timedelta(days=4 * number)
        reason = facts.get("reason", "") if action in {"end", "reject"} else ""
        moving.step(row, action, reason=reason, evidence="演示用回执", now=at, **stage.acting(_HANDS[action]))
