"""One ballot: what everybody may know, and our case for those who may read it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots import exports
from forum.ballots.models import (
    BALLOT_KINDS,
    CAPACITIES,
    CASE_STATES,
    STEP_KINDS,
    Ballot,
    BallotDocument,
    CaseState,
    Position,
)
from forum.ballots.neighbours import neighbours
from forum.ballots.operations.results import reckoned, tallies_of
from forum.ballots.permissions import READ_CASE, READERS, SHOWN, current_ballot, current_roles
from forum.ballots.queries import cases, guarding
from forum.ballots.rules.acceptance import CRITERIA, FLAGS, OUTCOMES
from forum.ballots.rules.backplan import BEIJING, day_in_beijing
from forum.ballots.rules.coherence import ANSWERS, LEVELS, Level, say
from forum.ballots.rules.naming import name_of
from forum.ballots.states import CASE_LIFE, DEEDS, ROLES, turn_of
from forum.ballots.views.blueprint import pages
from forum.committees.models import TITLE_STATUSES
from forum.standards.stages import stages
from forum.web.attachments import attachment
from forum.web.language import current_language
from forum.web.viewer import now, viewer

_OWN_PAGES = {"begin_enquiry": "ballots.begin_enquiry", "submit": "ballots.submit_vote"}


@pages.page("/ballots/<ballot_id>/", policy=SHOWN)
def ballot(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """A ballot; the internal part is there for those with reach alone."""
    row, roles = current_ballot(), current_roles()
    reads = bool(roles & READERS)
    shared: dict[str, Any] = {
        "row": row,
        "opened_on": row.opens_at.astimezone(ZoneInfo(row.closes_zone)).date(),
        "title_statuses": TITLE_STATUSES,
        "name": name_of(row, current_language()),
        "kinds": BALLOT_KINDS,
        "beijing": BEIJING,
        "reads": reads,
        "enquired": g.enquired,
        "answers": ANSWERS,
        "states": CASE_STATES,
        "is_open": now() < row.closes_at and row.cancelled_at is None,
    }
    if g.enquired is not None or reads:
        shared["drafts"] = [one for one in cases.documents(row.id) if one.kind == "draft"]
    if reads:
        shared |= _internal(row, roles)
    return render_template("ballots/ballot.html", **shared)


def _internal(row: Ballot, roles: frozenset[str]) -> dict[str, Any]:
    position, result = cases.position(row.id), cases.result(row.id)
    is_open = now() < row.closes_at
    steps = [one for one in CASE_LIFE.lawful(row.state, roles) if is_open or one.action == "disposition"]
    return {
        "steps": [(one, _OWN_PAGES.get(one.action, "ballots.take_step")) for one in steps],
        "turn": [_(ROLES[role]) for role in _turn(row, position)],
        "next_step": next((one for one in row.steps if one.done_at is None), None),
        "today": day_in_beijing(now()),
        "days_left": (day_in_beijing(row.closes_at) - day_in_beijing(now())).days,
        "step_kinds": STEP_KINDS,
        "asked": cases.everybody_asked(row.id),
        "position": position,
        "capacities": CAPACITIES,
        "found": _findings(row, position),
        "votes": cases.votes(row.id),
        "documents": [one for one in cases.documents(row.id) if one.kind != "draft"],
        "events": _told(row),
        "result": result,
        "tallies": tallies_of(result) if result is not None else None,
        "reckoned": reckoned(row, result) if result is not None else None,
        "criteria": CRITERIA,
        "outcomes": OUTCOMES,
        "flags": FLAGS,
        "stages": stages(),
        "incident": cases.incident(row.id),
        "parts": neighbours.shown(row, viewer(), now()),
        "may_write": bool(roles & {"secretary", "chair"}) and row.state is CaseState.POSITION_DRAFT and is_open,
        "may_sign": bool(roles & {"chair", "office"}) and row.state is CaseState.POSITION_DRAFT and is_open,
        "may_keep": bool(roles & {"secretary", "office"}),
        "is_chair": "chair" in roles,
    }


def _turn(row: Ballot, position: Position | None) -> tuple[str, ...]:
    """Return whose turn it is: while a position is drafted, that follows from its approvals."""
    stands = position is not None and position.voided_at is None
    return turn_of(row.state, drafted=stands, approved=position is not None and bool(position.approvals))


def _findings(row: Ballot, position: Position | None) -> list[tuple[str, str, str, str, Any]]:
    """Return the objections: code, level and its word, sentence, and the signature that answers it."""
    if position is None:
        return []
    signed = {one.code: one for one in cases.signatures(position.id)}
    if row.state is not CaseState.POSITION_DRAFT:
        return [(one.code, str(Level.WARN), LEVELS[Level.WARN], "", one) for one in signed.values()]
    return [
        (one.code, str(one.level), LEVELS[one.level], say(one, _), signed.get(one.code))
        for one in guarding.found(row, position, now())
    ]


def _told(row: Ballot) -> list[tuple[Any, str, str, str]]:
    """Return what happened, as a line of time shows it."""
    told = []
    for one in cases.events(row.id):
        who = [one.account.name] if one.account is not None else []
        who += [_(ROLES[one.role])] if one.role in ROLES else []
        told.append((one.at, _(DEEDS.get(one.action, one.action)), " · ".join(who), one.reason))
    return told


@pages.page("/ballots/<ballot_id>/position.pdf", policy=READ_CASE)
def position_file(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The approved position as a file in both languages."""
    row = current_ballot()
    position = cases.position(row.id)
    if position is None or position.voided_at is not None or len(position.approvals) < len(CAPACITIES):
        abort(404)
    made = Response(exports.position_pdf(row, position), content_type=exports.PDF_TYPE)
    made.headers["Content-Disposition"] = 'attachment; filename="position.pdf"'
    made.headers["Cache-Control"] = "private, no-store"
    return made


def _document(file_id: str) -> BallotDocument:
    found = cases.document(current_ballot().id, file_id)
    if found is None:
        abort(404)
    if not current_roles() & READERS and (g.enquired is None or found.kind != "draft"):
        abort(404)
    return found


@pages.page("/ballots/<ballot_id>/files/<file_id>", policy=SHOWN)
def document(ballot_id: str, file_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """A file of a ballot: for readers of the case; the draft also for those who are asked."""
    return attachment(_document(file_id).file)
