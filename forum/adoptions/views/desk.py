"""The desk of the ledger: proposing, entering, correcting, confirming a degree, writing differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.adoptions.forms import AdoptionForm, DifferenceForm, EvidenceForm, LedgerStepForm
from forum.adoptions.models import AdoptionDifference
from forum.adoptions.operations import differences, entering
from forum.adoptions.permissions import (
    ADOPTION_EDITORS,
    ADOPTION_KEEPERS,
    ADOPTION_STEPS,
    ADOPTIONS_DESK,
    ADOPTIONS_PROPOSERS,
    current_adoption,
    hand_of,
    reach_of,
)
from forum.adoptions.queries import ledger
from forum.adoptions.queries.moving import drifts
from forum.adoptions.states import ADOPTION_LIFE, ENTRY_LIFE
from forum.adoptions.views.blueprint import pages
from forum.adoptions.views.parts import words
from forum.committees.national import national_committees
from forum.core.refusals import Refusal, spoken
from forum.web.forms import BaseForm
from forum.web.viewer import now, viewer

DESK = "/desk/adoptions"
ONE = f"{DESK}/<adoption_id>"


def _doing() -> dict[str, Any]:
    who = viewer()
    return {"hand": hand_of(who), "actor": who.actor(), "now": now()}


def _attempt(form: BaseForm, deed: Callable[[], Any]) -> int:
    """Try a deed; return 0 when it is done, else the status with which the form is shown again."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        form.refuse(refusal)
        return refusal.status
    return 0


def _back() -> ResponseReturnValue:
    return redirect(url_for("adoptions.adoption", adoption_id=current_adoption().public_id), 303)


def _page(form: Any, heading: str, submit: str, status: int, **more: Any) -> ResponseReturnValue:
    row = more.get("row")
    way_back = url_for("adoptions.adoption", adoption_id=row.public_id) if row else url_for("adoptions.desk")
    given: dict[str, Any] = {"row": None, "lead": "", "found": None, **words(), **more}
    page = render_template("adoptions/form.html", form=form, heading=heading, submit=submit, way_back=way_back, **given)
    return page, status or (422 if form.sent else 200)


@pages.page(DESK, policy=ADOPTIONS_DESK)
def desk() -> ResponseReturnValue:
    """What waits for the national office, what was returned, and the entries whose base has moved."""
    who = viewer()
    rows = ledger.entered(ledger.Wanted())
    moved = drifts(rows)
    reach = reach_of(who)
    mine = [row for row in rows if reach.everything or row.mirror_id in reach.mirror_ids]
    return render_template(
        "adoptions/desk.html",
        waiting=ledger.at_the_desk(reach),
        moved=[row for row in mine if row.id in moved and moved[row.id].level in {"red", "amber"}],
        unsure=[row for row in mine if row.direction == "adopts" and row.confirmed_degree is None],
        drifts=moved,
        proposes=bool(hand_of(who).roles),
        **words(),
    )


def _form(data: dict[str, Any]) -> AdoptionForm:
    hand = hand_of(viewer())
    found = national_committees()
    offered = [(str(each.id), each.reference) for each in found if hand.is_office or each.id in hand.mirror_ids]
    return AdoptionForm(data=data).offer(offered, may_be_none=hand.is_office)


@pages.page(f"{DESK}/new", policy=ADOPTIONS_PROPOSERS, methods=("GET", "POST"), soft_csrf=True)
def new_adoption() -> ResponseReturnValue:
    """Enter a pair of standards, or propose it to the national office."""
    form, office = _form({}), hand_of(viewer()).is_office
    heading = _("Enter an adoption") if office else _("Propose an adoption")
    status = 0
    if form.validate_on_submit():
        made: list[Any] = []
        status = _attempt(form, lambda: made.append(entering.propose(form.facts(), **_doing())))
        if not status:
            flash(_("Entered into the ledger.") if office else _("Proposed to the national office."), "success")
            return redirect(url_for("adoptions.adoption", adoption_id=made[0].public_id), 303)
    return _page(form, heading, heading, status)


@pages.page(f"{ONE}/change", policy=ADOPTION_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def change_adoption(adoption_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the entry
    """Correct an entry; the two standards stay."""
    row = current_adoption()
    form = _form(AdoptionForm.present(row)).about(row)
    form.national.render_kw = form.international.render_kw = {"readonly": True}
    status = 0
    if form.validate_on_submit():
        status = _attempt(form, lambda: entering.change(row, form.facts(), seen=form.seen, **_doing()))
        if not status:
            flash(_("Saved."), "success")
            return _back()
    return _page(form, _("Correct the entry"), _("Save"), status, row=row)


@pages.page(f"{ONE}/confirm", policy=ADOPTION_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def confirm_degree(adoption_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Make the degree a fact, by evidence."""
    row = current_adoption()
    form = EvidenceForm(data={"evidence": row.evidence, "version": str(row.version)})
    status = 0
    if form.validate_on_submit():
        evidence = form.evidence.data or ""
        status = _attempt(form, lambda: entering.confirm_degree(row, evidence, seen=form.seen, **_doing()))
        if not status:
            flash(_("The degree is confirmed."), "success")
            return _back()
    lead = _("Confirm the degree only after reading it in the national standard or on its official page.")
    return _page(form, _("Confirm the degree"), _("Confirm the degree"), status, row=row, lead=lead)


@pages.page(f"{ONE}/steps/<action>", policy=ADOPTION_STEPS, methods=("GET", "POST"), soft_csrf=True)
def step(adoption_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a step: enter, return, propose again, withdraw; or record that the standard began or ended to hold."""
    row = current_adoption()
    lives = {row.action: (life, row) for life in (ENTRY_LIFE, ADOPTION_LIFE) for row in life.rows}
    if action not in lives:
        abort(404)
    life, known = lives[action]
    form = LedgerStepForm(data={"version": str(row.version), "on": now().date()})
    if life is ENTRY_LIFE:
        del form.on
    if not known.needs_reason:
        del form.reason
    status, label = 0, str(spoken(known.label, _))
    if form.validate_on_submit():
        reason = (form.reason.data or "") if known.needs_reason else ""

        def deed() -> None:
            if life is ENTRY_LIFE:
                entering.step(row, action, reason=reason, seen=form.seen, **_doing())
            else:
                entering.as_seen(row.version, form.seen)
                entering.turn(row, action, form.on.data, **_doing())

        status = _attempt(form, deed)
        if not status:
            flash(_("The step is recorded."), "success")
            return _back()
    return _page(form, label, label, status, row=row)


def _difference(difference_id: str) -> AdoptionDifference:
    found = ledger.difference(current_adoption(), difference_id)
    if found is None:
        abort(404)
    return found


@pages.page(f"{ONE}/differences/<difference_id>", policy=ADOPTION_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def difference(adoption_id: str, difference_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write a difference; ``new`` makes one."""
    row, new = current_adoption(), difference_id == "new"
    found = None if new else _difference(difference_id)
    form = DifferenceForm(data=DifferenceForm.present(found) if found is not None else {}).about(found).offer()
    status = 0
    if form.validate_on_submit():
        seen = form.seen if found is not None else None
        status = _attempt(
            form, lambda: differences.write_difference(row, found, form.departure(), seen=seen, **_doing())
        )
        if not status:
            flash(_("Saved."), "success")
            return _back()
    heading = _("New difference") if new else _("Difference")
    return _page(form, heading, _("Save"), status, row=row, found=found)


@pages.page(f"{ONE}/differences/<difference_id>/remove", policy=ADOPTION_EDITORS, methods=("GET", "POST"))
def remove_difference(adoption_id: str, difference_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a difference out; asks first."""
    row, found = current_adoption(), _difference(difference_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Remove this difference?"),
            sentence=_("The difference in clause %(clause)s is taken out of the table.", clause=found.clause),
            button=_("Remove"),
            cancel_url=url_for("adoptions.adoption", adoption_id=row.public_id),
        )
    differences.remove_difference(row, found, **_doing())
    flash(_("Removed."), "success")
    return _back()
