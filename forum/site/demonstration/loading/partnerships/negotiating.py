"""Cases whose text is negotiated clause by clause; every step is taken by the operation that the pages call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from forum.agreements import operations as texts
from forum.agreements import queries
from forum.agreements.exports import signature_pdf
from forum.agreements.models import AgreementText, Clause
from forum.agreements.operations import Wording
from forum.core.bilingual import LANGUAGES, Text
from forum.core.database import session
from forum.core.premises import premises
from forum.core.workflow import Transition
from forum.matching.origins import match_parts
from forum.partnerships.library_text import text_of
from forum.partnerships.models import AgreementVersion, AttachmentKind, Origin, PointCategory
from forum.partnerships.operations import perform
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.operations.reviewing import Advice, give_foreign_affairs_opinion, take_up
from forum.partnerships.operations.taking_part import attach
from forum.partnerships.operations.texts import start_text, take_pen
from forum.partnerships.rules.case import Given, Point
from forum.partnerships.rules.dates import months_after
from forum.partnerships.states import VersionState
from forum.registry.rules import day_of
from forum.site.demonstration.loading.partnerships.people import Officer
from forum.site.demonstration.loading.partnerships.telling import Told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONTHS, NOTICE = 36, 3
# Who takes a step at home; one of the other side is named by the city.
AT_HOME: dict[tuple[VersionState, str], tuple[str, ...]] = {
    (VersionState.CITY_REVIEW, "endorse"): ("citylead",),
    (VersionState.PROVINCE_REVIEW, "endorse"): ("province",),
    (VersionState.PROVINCE_REVIEW, "return"): ("province",),
    (VersionState.NATIONAL_REVIEW, "approve"): ("approver", "secondapprover"),
    (VersionState.SIGNED, "register"): ("registrar",),
}
ABROAD = {"fr-lyon": "counterpart", "fr-versailles": "versailles", "pt-lisbon": "lisbon", "co-medellin": "medellin"}


@dataclass(frozen=True, slots=True)
class Table:
    """Those who sit at the table of one case, and what they have to say."""

    told: Told
    content: Mapping[str, Any]
    people: Mapping[str, Officer]

    @property
    def home(self) -> Officer:
        """The liaison of the Chinese city."""
        return self.people["liaison"]

    @property
    def abroad(self) -> Officer:
        """The liaison of the other city."""
        return self.people[ABROAD[self.other]]

    @property
    def other(self) -> str:
        """The code of the other city."""
        return self.told.cities[1].code or ""


def negotiate(told: Told, content: Mapping[str, Any], people: Mapping[str, Officer]) -> AgreementVersion:
    """Take a case from its proposal to the state that is told of it; return it."""
    table = Table(told, content, people)
    version = _proposed(table)
    for at, row in told.steps:
        _prepare(table, version, row, at)
        _take(table, version, row, at)
        if row.action == "express_interest":
            _write(table, version, at + DAY)
    if told.state is VersionState.NEGOTIATING:
        _leave_open(table, version, told.steps[-1][0] + 3 * DAY)
    return version


def _proposed(table: Table) -> AgreementVersion:
    told, (home, abroad) = table.told, table.told.cities
    proposal = Proposal(
        told.instrument,
        _both(told.theme["title"]),
        _both(told.theme["objectives"]),
        _both(table.content["invitation"]),
        told.areas,
        origin=Origin.FORUM if told.origin else Origin.MATCH,
        origin_reference=told.origin,
        origin_parts=match_parts(home, abroad, day_of(told.began)),
    )
    version = propose(home, [abroad], proposal, actor=table.home.account.actor(), now=told.began)
    version.created_at = version.partnership.created_at = told.began
    version.partnership.source_lang = "zh"
    session.flush()
    return version


def _both(pair: Sequence[str]) -> Text:
    english, chinese = pair
    return Text(english, chinese)


def _take(table: Table, version: AgreementVersion, row: Transition, at: datetime) -> None:
    """Take a step, by as many people as it needs."""
    here = VersionState(row.sources[0])
    acting = [table.people[name] for name in AT_HOME.get((here, row.action), ())]
    if row.action == "express_interest":
        acting = [table.abroad]
    elif row.action == "agree_text":
        acting = [table.abroad, table.home]
    for number, who in enumerate(acting or [table.home], start=1):
        then = at - (len(acting) - number) * HOUR if acting else at
        given = _given(table, version, row.action, then)
        reason = table.content["return_reason"] if row.needs_reason else None
        perform(version, row.action, given=given, reason=reason, **who.towards(version, then))


def _given(table: Table, version: AgreementVersion, action: str, at: datetime) -> Given:
    today = day_of(at)
    if action == "express_interest":
        return Given(contact=table.abroad.account.name, working_languages=("en",))
    if action == "return":
        points = [
            Point(part, PointCategory(category), said, rule_reference=rule)
            for part, category, said, rule in table.content["points"]
        ]
        return Given(points=tuple(points))
    if action == "record_signature":
        return Given(
            signed_on=today,
            ends_on=months_after(today, MONTHS) - DAY,
            place=table.content["places"][table.other],
            signatories=tuple(table.content["signatories"][table.other]),
        )
    return Given(printed_digits=version.approved_both[:16]) if action == "register" else Given()


def _prepare(table: Table, version: AgreementVersion, row: Transition, at: datetime) -> None:
    """Let happen what a step asks for: the opinion, the case taken up, the signed copies."""
    here = VersionState(row.sources[0])
    if (here, row.action) == (VersionState.CITY_REVIEW, "endorse"):
        who, advice = table.people["foreignaffairs"], Advice(table.content["opinion"])
        give_foreign_affairs_opinion(version, advice, **who.towards(version, at - DAY))
    elif here is VersionState.PROVINCE_REVIEW:
        take_up(version, **table.people["province"].towards(version, at - 2 * DAY))
    elif here is VersionState.NATIONAL_REVIEW:
        take_up(version, **table.people["nation"].towards(version, at - 2 * DAY))
    elif row.action == "record_signature":
        _scan(table, version, at - HOUR)


def _scan(table: Table, version: AgreementVersion, at: datetime) -> None:
    """Add the signed copies; the demonstration signs nothing, so they are the copy as it was printed."""
    text = _text(version)
    digits = queries.fresh_seal(text).both[:16]
    for language in LANGUAGES:
        copy = signature_pdf(text, f"{premises().base_url}/{language}/verify/{digits}", final=True)
        name = f"{version.partnership.number}-signed-{language}.pdf"
        how = table.home.towards(version, at)
        attach(version, AttachmentKind.SCAN, BytesIO(copy), name, language=language, **how)


# --- The text -------------------------------------------------------------------------------------------


def _text(version: AgreementVersion) -> AgreementText:
    text = text_of(version)
    if text is None:
        message = f"{version.public_id} has no text"
        raise RuntimeError(message)
    return text


def _pen(version: AgreementVersion, who: Officer, at: datetime) -> dict[str, Any]:
    """Hold the pen as the pages do; return what an operation on the text asks for."""
    actor = who.account.actor()
    party = take_pen(version, standing=who.towards(version, at)["standing"], actor=actor)
    return {"party_key": party.public_id, "actor": actor, "now": at}


def _clause(version: AgreementVersion, key: str) -> Clause:
    found = queries.clause_of(_text(version), key)
    if found is None:
        message = f"{version.public_id} has no clause {key}"
        raise RuntimeError(message)
    return found


def _write(table: Table, version: AgreementVersion, at: datetime) -> None:
    """Begin the text, set its terms, and write its scope: one side writes, the other one matches."""
    started = start_text(version, **table.abroad.towards(version, at))
    started.created_at = at
    session.flush()
    at += HOUR
    mine = _pen(version, table.home, at)
    head = replace(texts.head_of(started), term_months=MONTHS, notice_months=NOTICE)
    texts.change_head(started, head, seen_mark=texts.head_mark(started), **mine)
    said = [text.format(objectives=objectives) for text, objectives in zip(
        table.content["scope"], table.told.theme["objectives"], strict=True
    )]  # fmt: skip
    scope = _clause(version, "scope")
    texts.edit_clause(scope, Wording(*said), seen_version=scope.version, **mine)
    at += DAY
    texts.match(scope, seen_version=scope.version, **_pen(version, table.abroad, at))


def _leave_open(table: Table, version: AgreementVersion, at: datetime) -> None:
    """Leave work for both sides: a counter-proposal, a proposal, a clause out of step, an optional clause more."""
    said = table.content["counterproposals"]
    for number, (who, name) in enumerate(
        ((table.abroad, "first"), (table.home, "second"), (table.abroad, "waiting")), start=0
    ):
        clause, then = _clause(version, said[name]["clause"]), at + number * 5 * HOUR
        wording, note = Wording(*said[name]["text"]), said[name]["note"]
        texts.propose(clause, wording, seen_version=clause.version, note=note, **_pen(version, who, then))
    at += DAY
    texts.add_clause(_text(version), "publicity", **_pen(version, table.home, at))
    clause, added = _clause(version, table.content["unmatched"]["clause"]), table.content["unmatched"]["added"]
    wording = Wording(clause.en.removesuffix(".") + ";" + added, clause.zh)
    texts.edit_clause(clause, wording, seen_version=clause.version, **_pen(version, table.abroad, at + HOUR))
