"""Handing evidence in, opening it, checking it."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.cooperation.forms import CheckForm, EvidenceForm
from forum.cooperation.models import EVIDENCE_KINDS, EVIDENCE_VERDICTS, EVIDENCE_VISIBILITIES, Evidence
from forum.cooperation.operations import proving
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import activities, plan, reports
from forum.cooperation.queries import evidence as reading
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership, title_of
from forum.partnerships.models import Level
from forum.partnerships.permissions import current_case, my_standing
from forum.web.attachments import attachment
from forum.web.viewer import viewer

_HERE = "/desk/partnerships/<case_id>/plan/evidence"


def _found(evidence_id: str) -> Evidence:
    row = reading.one(partnership().id, evidence_id, my_standing())
    if row is None:
        abort(404)
    return row


def _targets() -> list[tuple[str, str]]:
    one = partnership()
    rows = [(row.reference, title_of(row)) for row in activities.of_partnership(one.id)]
    rows += [(row.milestone.reference, title_of(row.milestone)) for row in plan.progress_of(one.id).milestones]
    rows += [(f"deliverable:{row.public_id}", title_of(row)) for row in plan.deliverables(one.id)]
    return rows + [(row.reference, title_of(row, "indicator")) for row in reports.outcomes(one.id)]


@pages.page(f"{_HERE}/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_evidence(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Hand a file in."""
    one, mine = partnership(), my_standing().parties
    there = reading.of_partnership(one.id, my_standing())
    replaceable = {row.public_id: row for row in there if row.party_id in mine and row.superseded_by is None}
    form = EvidenceForm().offer(_targets(), [(key, row.file.filename) for key, row in replaceable.items()])
    title, submit = _("Hand evidence in"), _("Hand the file in")
    lead = _("A file counts only when somebody else has checked and accepted it.")
    if not form.validate_on_submit():
        return form_page(form, title, submit, lead=lead)
    sent = request.files.get("file")
    same = 0

    def deed() -> None:
        nonlocal same
        piece = proving.Piece(
            form.chosen_kind,
            form.dated_on.data,
            form.language.data or "",
            form.chosen_visibility,
            replaceable.get(form.supersedes.data or ""),
        )
        name = sent.filename if sent else None
        handed = proving.hand_in(one, piece, cast("BinaryIO", sent.stream) if sent else None, name, **doing())
        same = handed.same
        if form.target.data and form.target.data not in _supported(handed.evidence):
            proving.count_for(handed.evidence, form.target.data, **doing())

    if refused := attempt(form, deed, _("The file is handed in and waits to be checked.")):
        return form_page(form, title, submit, refused, lead=lead)
    if same:
        flash(
            ngettext(
                "The very same file is here already, %(num)d time.",
                "The very same file is here already, %(num)d times.",
                same,
            ),
            "warning",
        )
    return back()


def _supported(row: Evidence) -> set[str]:
    return {use.supported.target for use in row.uses}


@pages.page(f"{_HERE}/<evidence_id>", policy=PLAN, methods=("GET", "POST"), soft_csrf=True)
def evidence(case_id: str, evidence_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """One piece of evidence; whoever didn't hand it in may check it, once."""
    row, standing = _found(evidence_id), my_standing()
    may_check = (
        row.verdict is None
        and row.uploaded_by != viewer().account_id
        and bool(standing.parties or standing.domestic >= Level.PROVINCE)
    )
    form = CheckForm(data={"version": row.version}).offer()
    status = 200
    if form.sent:
        if form.validate():

            def deed() -> None:
                said = form.reason.data or ""
                proving.check(row, form.chosen, reason=said, seen=form.seen, **doing())

            refused = attempt(form, deed, _("The verdict is recorded."))
            if refused is None:
                return back("evidence", evidence_id=evidence_id)
            status = refused.status
        else:
            status = 422
    titles = dict(_targets())
    page = render_template(
        "cooperation/evidence.html",
        case=current_case(),
        one=partnership(),
        row=row,
        form=form,
        may_check=may_check,
        same=reading.same_bytes(row),
        supports=[titles[use.supported.target] for use in row.uses if use.supported.target in titles],
        kinds=EVIDENCE_KINDS,
        verdicts=EVIDENCE_VERDICTS,
        visibilities=EVIDENCE_VISIBILITIES,
        way_back=address(),
    )
    return page, status


@pages.page(f"{_HERE}/<evidence_id>/file", policy=PLAN)
def evidence_file(case_id: str, evidence_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The file itself, also when it has been replaced."""
    return attachment(_found(evidence_id).file)
