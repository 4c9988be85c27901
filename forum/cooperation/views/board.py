"""The board of a parallel implementation: clause by clause, what each side found and what the committee should know."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _

from forum.cooperation import exports
from forum.cooperation.forms import ClauseForm, DifferenceForm, FindingForm, SeenForm
from forum.cooperation.models import FINDINGS, Activity, ActivityKind, BoardClause, Finding
from forum.cooperation.operations import comparing
from forum.cooperation.operations.acting import own_party
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import activities, linking
from forum.cooperation.queries import board as reading
from forum.cooperation.rules.board import differ, settled, tally
from forum.cooperation.states import ActivityState
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership, title_of
from forum.core.catalogue import translator
from forum.partnerships.models import Side
from forum.partnerships.permissions import current_case, my_standing
from forum.ports.documents import delimited
from forum.translation.asking import asked_texts
from forum.web.language import current_language

_HERE = "/desk/partnerships/<case_id>/plan/activities/<activity_id>/board"


def _activity(activity_id: str) -> Activity:
    row = activities.one(partnership().id, activity_id)
    if row is None or row.kind is not ActivityKind.PARALLEL:
        abort(404)
    return row


def _clause(activity_id: str, clause_id: str) -> BoardClause:
    row = reading.clause(_activity(activity_id).id, clause_id)
    if row is None:
        abort(404)
    return row


def _findings(row: BoardClause) -> list[str]:
    return [str(result.finding) for result in row.results]


@pages.page(_HERE, policy=PLAN)
def board(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The clauses with the results of both sides."""
    row, one, standing = _activity(activity_id), partnership(), my_standing()
    clauses = reading.clauses_of(row.id)
    return render_template(
        "cooperation/board.html",
        case=current_case(),
        one=one,
        row=row,
        clauses=[(clause, settled(_findings(clause)), differ(_findings(clause))) for clause in clauses],
        tally=tally(map(_findings, clauses)),
        sides=_sides(),
        table_with=lambda texts: address("board_csv", activity_id=activity_id, texts=texts),
        findings=FINDINGS,
        standards=linking.standards_of(one.id),
        party=bool(standing.parties) and row.state is not ActivityState.CANCELLED,
    )


def _sides() -> list[tuple[Side, str]]:
    """Return both sides with the names of their cities."""
    stop = "、" if current_language() == "zh" else ", "
    return [
        (side, stop.join(title_of(party.city, "name") for party in partnership().parties if party.side is side))
        for side in Side
    ]


@pages.page(f"{_HERE}.csv", policy=PLAN)
def board_csv(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The board as a table, for the comments to the committee."""
    row = _activity(activity_id)
    content = exports.board_csv(reading.clauses_of(row.id), _sides(), translator(current_language()), asked_texts())
    answer = Response(content, content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="board.csv"'
    return answer


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_clause(case_id: str, activity_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Put a clause on the board."""
    row, form = _activity(activity_id), ClauseForm()
    title, here = _("Add a clause"), address("board", activity_id=activity_id)
    lead = _("Give the clause a title of your own; the wording of a standard belongs to its publisher.")
    if not form.validate_on_submit():
        return form_page(form, title, title, way_back=here, lead=lead)

    def deed() -> None:
        comparing.add_clause(row, form.number.data or "", form.text("title"), **doing())

    if refused := attempt(form, deed, _("The clause is on the board.")):
        return form_page(form, title, title, refused, way_back=here, lead=lead)
    return back("board", activity_id=activity_id)


@pages.page(f"{_HERE}/<clause_id>/result", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def clause_result(case_id: str, activity_id: str, clause_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Give the result of one's own side."""
    row = _clause(activity_id, clause_id)
    mine = row.by_side.get(own_party(partnership(), my_standing()).side)
    form = FindingForm(obj=mine, data={"version": mine.version if mine else 0}).offer()

    def deed() -> None:
        comparing.give_result(row, Finding(form.finding.data), form.text("remark"), seen=form.seen, **doing())

    return _answer(form, row, _("Result of our side"), _("Save the result"), deed)


@pages.page(f"{_HERE}/<clause_id>/difference", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def clause_difference(case_id: str, activity_id: str, clause_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write what the committee should know."""
    row = _clause(activity_id, clause_id)
    form = DifferenceForm(obj=row, data={"version": row.version})

    def deed() -> None:
        comparing.note_difference(row, form.text("difference"), seen=form.seen, **doing())

    return _answer(form, row, _("What the committee should know"), _("Save"), deed)


@pages.page(f"{_HERE}/<clause_id>/remove", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def remove_clause(case_id: str, activity_id: str, clause_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a clause off the board, asked first."""
    row = _clause(activity_id, clause_id)
    return _answer(
        SeenForm(),
        row,
        _("Take the clause off the board"),
        _("Take it off"),
        lambda: comparing.remove_clause(row, **doing()),
    )


def _answer(form: SeenForm, row: BoardClause, title: str, submit: str, deed: Any) -> ResponseReturnValue:
    """Show a form about one clause, or do its deed and go back to the board."""
    here = address("board", activity_id=row.activity.public_id)
    lead = _("Clause %(number)s: %(title)s", number=row.number, title=title_of(row))
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=here, lead=lead)
    if refused := attempt(form, deed, _("It is recorded.")):
        return form_page(form, title, submit, refused, way_back=here, lead=lead)
    return back("board", activity_id=row.activity.public_id)
