"""Moving somebody to another category or delegation, after saying what follows from it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.database import session
from forum.core.refusals import Refusal, StaleEdit
from forum.events.permissions import current_forum
from forum.people.rules import displayed
from forum.registration import queries
from forum.registration.desk_permissions import DECIDE_PARTICIPATION, current_participation, desk_actor
from forum.registration.forms.moving import MoveForm
from forum.registration.models import Delegation
from forum.registration.operations.moving import RECEIVING, SEATED, move
from forum.registration.queries import desk
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import PARTICIPATION_STATES, ParticipationState
from forum.registration.views.blueprint import pages
from forum.registration.views.desk.person import address_of, number
from forum.web.language import current_language
from forum.web.viewer import now


@pages.page(
    "/forums/<slug>/desk/participations/<participation_id>/move",
    policy=DECIDE_PARTICIPATION,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def desk_move(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used them
    """Choose another category or delegation; seats and places move along, or nothing does."""
    participation = current_participation()
    if participation.state not in EDITABLE:
        abort(404)
    form = _form()
    if not form.validate_on_submit():
        return _page(form, 422 if form.sent else 200)
    category = queries.category(current_forum(), form.category.data)
    if category is None:
        abort(404)
    try:
        move(
            participation,
            category,
            _chosen_delegation(form),
            version=number(form.version.data),
            actor=desk_actor(),
            now=now(),
        )
    except Refusal as refusal:
        session.rollback()
        session.refresh(participation)
        form.refuse(refusal)
        if isinstance(refusal, StaleEdit):
            form.version.raw_data, form.version.data = None, str(participation.version)
        return _page(form, refusal.status)
    state = _(PARTICIPATION_STATES[participation.state])
    flash(_("Category and delegation are changed. The state is “%(state)s”.", state=state), "success")
    return redirect(address_of(), 303)


def _chosen_delegation(form: MoveForm) -> Delegation | None:
    if not form.delegation.data:
        return None
    found = desk.delegation(current_forum(), form.delegation.data)
    if found is None:
        abort(404)
    return found


def _form() -> MoveForm:
    participation, forum, language = current_participation(), current_forum(), current_language()
    present = participation.delegation
    form = MoveForm(
        data={
            "version": participation.version,
            "category": participation.category.public_id,
            "delegation": present.public_id if present else "",
        }
    )
    receiving = [one for one in queries.delegations(forum) if one.state in RECEIVING or one is present]
    return form.offer(
        [(one.public_id, one.tr("name", language).text) for one in queries.categories(forum)],
        [("", _("Without delegation")), *((one.public_id, one.tr("name", language).text) for one in receiving)],
    )


def _page(form: MoveForm, status: int) -> ResponseReturnValue:
    participation = current_participation()
    return (
        render_template(
            "registration/desk/move.html",
            forum=current_forum(),
            one=participation,
            title=displayed(participation.person, current_language()),
            form=form,
            reviewed=participation.state in SEATED,
            waits=participation.state is ParticipationState.WAITLISTED,
            back=address_of(),
        ),
        status,
    )
