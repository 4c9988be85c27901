"""Links of the chain at the desk: those that concern the reader, tying two things together, confirming, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees.models import Confidence
from forum.committees.permissions import is_national_office
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.evidence import errors
from forum.evidence.forms import LinkForm, ReasonForm
from forum.evidence.operations import links as keeping
from forum.evidence.operations.links import Assertion
from forum.evidence.permissions import CONFIRMERS, RAISERS, READERS, capacity_for
from forum.evidence.queries import links as reading
from forum.evidence.queries import offered
from forum.evidence.queries.ends import End, standards_as_ends
from forum.evidence.queries.links import Arrow
from forum.evidence.states import LinkVisibility
from forum.evidence.views.blueprint import attempt, form_page, pages, shown
from forum.web.viewer import now, viewer


@pages.page("/desk/evidence", policy=READERS)
def links() -> ResponseReturnValue:
    """The links that concern the reader, those that wait for confirmation first."""
    return _page()


def _page(form: ReasonForm | None = None, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    who = viewer()
    page = shown(
        "links",
        found=reading.listed(who, now()),
        confirms=is_national_office(who),
        me=who.actor().reference,
        form=form or ReasonForm(formdata=None),
        wrong=wrong,
        may_tie=RAISERS.allows(who, {}),
        mine=_may_withdraw,
    )
    return page, status


def _may_withdraw(arrow: Arrow) -> bool:
    who = viewer()
    own = arrow.link.account_id is not None and arrow.link.account_id == who.account_id
    return own or bool(capacity_for(arrow.subject, who) or capacity_for(arrow.target, who))


@pages.page("/desk/evidence/new", policy=RAISERS, methods=("GET", "POST"), soft_csrf=True)
def new_link() -> ResponseReturnValue:
    """Tie two things together, one of them one's own."""
    who = viewer()
    subjects = {one.reference: one for one in offered.subjects_for(who, now())}
    targets = {one.reference: one for one in offered.targets_for(who)}
    form = LinkForm(
        data={"subject": request.args.get("subject", "")[:40], "standard": request.args.get("standard", "")[:120]}
    )
    form.offer(subjects.values(), targets.values())
    facts: dict[str, Any] = {
        "title": _("Tie two things together"),
        "submit": _("Enter the link"),
        "way_back": url_for("evidence.links"),
        "lead": _(
            "One of the two is yours: your forum, your city, your committee. The public reads the link once the "
            "national office has confirmed it, and only where it may read both ends."
        ),
    }
    if not form.validate_on_submit():
        return form_page(form, **facts)

    def deed() -> None:
        said = _assertion(form, subjects, targets)
        capacity = capacity_for(said.subject, who) or capacity_for(said.target, who)
        keeping.assert_link(said, capacity, actor=who.actor(), now=now())

    if refused := attempt(form, deed, _("The link is entered. The national office confirms it.")):
        return form_page(form, refused, **facts)
    return redirect(url_for("evidence.links"), 303)


def _assertion(form: LinkForm, subjects: dict[str, End], targets: dict[str, End]) -> Assertion:
    subject = subjects.get(form.subject.data or "")
    if form.target.data:
        target = targets.get(form.target.data)
    else:
        standard = offered.standard_by_reference(form.standard.data or "")
        if standard is None:
            raise errors.StandardNeeded
        target = standards_as_ends([standard], now())[0]
    if subject is None or target is None or subject.reference == target.reference:
        raise errors.EndsUnknown
    return Assertion(
        subject,
        form.said_relation,
        target,
        form.happened_on.data,
        LinkVisibility(form.visibility.data),
        Confidence(form.confidence.data),
    )


def _found(link_id: str) -> Arrow:
    arrow = reading.one(link_id, viewer(), now())
    if arrow is None:
        abort(404)
    return arrow


@pages.page("/desk/evidence/<link_id>/confirm", policy=CONFIRMERS, methods=("POST",), soft_csrf=True)
def confirm_link(link_id: str) -> ResponseReturnValue:
    """Stand behind a link for the national office."""
    arrow, form = _found(link_id), ReasonForm()
    if not form.validate():
        return _page(form, link_id, 422)
    try:
        keeping.confirm_link(arrow.link, seen=form.seen, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(form, link_id, refusal.status)
    flash(_("The link is confirmed."), "success")
    return redirect(url_for("evidence.links"), 303)


@pages.page("/desk/evidence/<link_id>/withdraw", policy=RAISERS, methods=("POST",), soft_csrf=True)
def withdraw_link(link_id: str) -> ResponseReturnValue:
    """Take a link back, with the reason."""
    arrow, form = _found(link_id), ReasonForm()
    if not _may_withdraw(arrow):
        abort(404)
    if not form.validate():
        return _page(form, link_id, 422)
    try:
        reason = form.reason.data or ""
        keeping.withdraw_link(arrow.link, reason, seen=form.seen, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(form, link_id, refusal.status)
    flash(_("The link is withdrawn. It stays on record."), "success")
    return redirect(url_for("evidence.links"), 303)
