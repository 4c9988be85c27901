"""Arrangements that are written as rows: what took the offices months is told in one go, with its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from forum.accounts.models import Account
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.offices.models import Line
from forum.partnerships.models import (
    AgreementVersion,
    CaseOpinion,
    CaseReview,
    OpinionKind,
    Origin,
    Partnership,
    PartnershipParty,
    PartyRole,
    PointCategory,
    ReturnPoint,
    Side,
    TransitionRecord,
)
from forum.partnerships.operations.numbering import next_number
from forum.partnerships.operations.proposing import party_key
from forum.partnerships.own_text import hashes_of
from forum.partnerships.rules.case import Hashes
from forum.partnerships.rules.dates import months_after, weekdays_after
from forum.partnerships.rules.guards import LEVEL_OF
from forum.partnerships.rules.seeing import OTHER_SIDE, circle_of, entered, shown_state
from forum.partnerships.states import FINAL, REVIEWING, VersionState
from forum.registry.rules import day_of
from forum.site.demonstration.loading.partnerships.telling import TERM, Told

# Who stands for which role, where the demonstration has somebody: a key of its accounts.
PEOPLE = {
    "city_liaison": "liaison", "city_lead": "citylead", "counterpart_liaison": "counterpart",
    "counterpart_lead": "counterpartlead", "province_reviewer": "province", "province_lead": "provincelead",
    "national_reviewer": "nation", "national_approver": "approver", "national_registrar": "registrar",
}  # fmt: skip
HOME, ABROAD, PROVINCE = "cn-330100", "fr-lyon", "330000"


def write(told: Told, content: dict[str, Any], people: Mapping[str, Account]) -> None:
    """Write one arrangement with its text, its history and what lies beside it."""
    last = told.steps[-1][0] if told.steps else told.began
    (title_en, title_zh), (objectives_en, objectives_zh) = told.theme["title"], told.theme["objectives"]
    one = Partnership(
        number=next_number("P", told.began.year),
        instrument=told.instrument,
        party_key=party_key(told.cities),
        title_en=title_en,
        title_zh=title_zh,
        objectives_en=objectives_en,
        objectives_zh=objectives_zh,
        source_lang="zh",
        areas=told.areas,
        origin=Origin.FORUM if told.origin else Origin.MATCH,
        origin_reference=told.origin,
        closed_at=last if told.state in FINAL else None,
        created_at=told.began,
    )
    session.add(one)
    session.flush()
    for order, city in enumerate(told.cities):
        session.add(
            PartnershipParty(
                partnership_id=one.id,
                city_id=city.id,
                side=(Side.DOMESTIC, Side.FOREIGN)[order],
                role=PartyRole.LEAD,
                inviting=order == 0,
                order=order,
            )
        )
    version = _version(told, one, content)
    session.add(version)
    session.flush()
    _history(told, version, content, people)
    _papers(told, version, content, people, day_of(last))


def _version(told: Told, one: Partnership, content: dict[str, Any]) -> AgreementVersion:
    """Return the version with its text, its hashes and the days that its steps have brought."""
    home, abroad = told.cities
    texts = {
        language: content["text"][language].format(
            home=home.side("name", language), abroad=abroad.side("name", language),
            objectives=one.side("objectives", language),
        )
        for language in ("en", "zh")
    }  # fmt: skip
    hashes = hashes_of(texts["en"], texts["zh"])
    made = AgreementVersion(
        partnership_id=one.id,
        instrument=told.instrument,
        state=told.state,
        state_since=told.steps[-1][0] if told.steps else told.began,
        shared_since=_shared_since(told),
        moves=len(told.steps),
        text_en=texts["en"],
        text_zh=texts["zh"],
        text_locked=told.state not in {VersionState.DRAFT, VersionState.NEGOTIATING, VersionState.RETURNED},
        matched_hash=hashes.both,
        created_at=told.began,
    )
    made.reached = max([entered(VersionState.DRAFT), *(entered(VersionState(row.target)) for _at, row in told.steps)])
    made.circle = circle_of(told.state, made.reached)
    _sealed(told, made, hashes)
    _dated(told, made, one)
    return made


def _shared_since(told: Told) -> datetime:
    """Return when the other side's word for the state last changed."""
    since, word = told.began, shown_state(VersionState.DRAFT, OTHER_SIDE)
    for at, row in told.steps:
        shown = shown_state(VersionState(row.target), OTHER_SIDE)
        if shown != word:
            since, word = at, shown
    return since


def _sealed(told: Told, made: AgreementVersion, hashes: Hashes) -> None:
    if told.day_of("endorse"):
        made.signed_off_en, made.signed_off_zh, made.signed_off_both = hashes.en, hashes.zh, hashes.both
    if told.day_of("approve"):
        made.approved_en, made.approved_zh, made.approved_both = hashes.en, hashes.zh, hashes.both


def _dated(told: Told, made: AgreementVersion, one: Partnership) -> None:
    if told.state is VersionState.RETURNED:
        made.returned_from = VersionState.PROVINCE_REVIEW
    if invited := told.day_of("invite"):
        made.answer_by = invited + timedelta(days=30)
    if approved := told.day_of("approve"):
        made.approved_on, made.valid_until = approved, months_after(approved, 12)
    if signed := told.day_of("record_signature"):
        made.signed_on = made.effective_on = signed
        made.signed_at_place = told.cities[0].side("name", "en")
        made.ends_on = signed + timedelta(days=TERM)
    if registered := told.day_of("register"):
        made.registered_on, made.registry_number = registered, next_number("R", registered.year)
        made.ends_on = told.day_of("term_ended") or registered + timedelta(days=TERM)
        made.registered_title_en, made.registered_title_zh = one.title_en, one.title_zh
        made.registered_objectives_en, made.registered_objectives_zh = one.objectives_en, one.objectives_zh
        made.registered_areas, made.source_lang = list(one.areas), one.source_lang
    made.suspended_on = told.day_of("suspend") if told.state is VersionState.SUSPENDED else None
    made.stopped_on = told.day_of("terminate")
    made.ended_on = told.day_of("term_ended") or made.stopped_on


def _history(told: Told, version: AgreementVersion, content: dict[str, Any], people: Mapping[str, Account]) -> None:
    for number, (at, row) in enumerate(told.steps, start=1):
        role = min(row.actors)
        account = _acting(told, role, people)
        source = VersionState(row.sources[0])
        level = 0 if role == "system" else 3 if role.startswith("national") else int(LEVEL_OF.get(source, 1))
        session.add(
            TransitionRecord(
                version_id=version.id,
                seq=number,
                at=at,
                action=row.action,
                source=source,
                target=VersionState(row.target),
                account_id=account.id if account else None,
                actor=f"account:{account.public_id}" if account else SYSTEM.reference,
                role=role,
                level=level,
                reason=content["reason"]["zh"] if row.needs_reason else "",
                number_before=1,
                number_after=1,
                text_hash=version.matched_hash,
            )
        )


def _acting(told: Told, role: str, people: Mapping[str, Account]) -> Account | None:
    """Return who took a step, where the demonstration has an account for that office."""
    home, abroad = told.cities
    there = {
        "city": home.code == HOME,
        "counterpart": abroad.code == ABROAD,
        "province": home.province_code == PROVINCE,
        "national": True,
    }
    return people.get(PEOPLE.get(role, "")) if there.get(role.partition("_")[0], False) else None


def _papers(
    told: Told, version: AgreementVersion, content: dict[str, Any], people: Mapping[str, Account], since: date
) -> None:
    """Write what lies beside the case now: the opinion, the open review, the points of a return."""
    if agreed := told.day_of("agree_text"):
        session.add(
            CaseOpinion(
                version_id=version.id,
                kind=OpinionKind.FOREIGN_AFFAIRS,
                author_id=people["foreignaffairs"].id if told.cities[0].code == HOME else None,
                asked_at=version.created_at,
                given_on=agreed,
                valid_until=months_after(agreed, 12),
            )
        )
    if told.state in REVIEWING:
        session.add(
            CaseReview(
                version_id=version.id,
                level=int(LEVEL_OF[told.state]),
                asked_at=version.state_since,
                due_on=weekdays_after(since, 15),
            )
        )
    if told.state is VersionState.NATIONAL_REVIEW and told.cities[0].code == content["question"]["home"]:
        session.add(
            CaseOpinion(
                version_id=version.id,
                kind=OpinionKind.LINE,
                line=Line.HOUSING,
                asked_at=version.state_since,
                question=content["question"]["text"],
                due_on=weekdays_after(since, 10),
            )
        )
    if told.state is VersionState.RETURNED:
        session.add(
            ReturnPoint(
                version_id=version.id,
                level=2,
                moves=version.moves,
                part="clause:term",
                part_hash=version.matched_hash,
                category=PointCategory.UNCLEAR,
                text=content["point"]["zh"],
                raised_at=version.state_since,
            )
        )
