"""What the steps of a registration share: where one is, where one goes next, how a name will be printed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.events.permissions import current_forum
from forum.people.rules import displayed, latin
from forum.registration.models import Participation
from forum.registration.operations.sealed import hints
from forum.registration.permissions import current_participation
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import PARTICIPATION_STATES, ParticipationState

STEPS = ("person", "needs", "consents", "check")
SETTLED = frozenset({ParticipationState.APPROVED, ParticipationState.CONFIRMED})
UNSENT = frozenset({ParticipationState.DRAFT, ParticipationState.NOMINATED, ParticipationState.RETURNED})


def key() -> str:
    """Return the key by which this page was opened: a public id, or the secret of a personal link."""
    return str((request.view_args or {})["participation_id"])


def at(endpoint: str, **more: Any) -> str:
    """Return the address of another page of the present participation."""
    address: str = url_for(f"registration.{endpoint}", slug=current_forum().slug, participation_id=key(), **more)
    return address


def step_page(template: str, step: str, form: Any, status: int = 200, **more: Any) -> ResponseReturnValue:
    """Show a step with its place among the others."""
    participation = current_participation()
    names = [_("Personal details"), _("Needs"), _("Consents"), _("Check and send")]
    return render_template(
        f"registration/register/{template}.html",
        forum=current_forum(),
        participation=participation,
        form=form,
        step_names=names,
        step_number=STEPS.index(step) + 1,
        step_urls=[at(name) for name in STEPS],
        unsent=participation.state in UNSENT,
        section="registration",
        page_url=at("participation"),
        hints=hints(participation),
        states=PARTICIPATION_STATES,
        key=key(),
        **more,
    ), status


def onward(step: str, was: ParticipationState | None = None) -> ResponseReturnValue:
    """Go to the next step of a draft, or back to the page of a registration that was sent."""
    if current_participation().state in UNSENT:
        return redirect(at(STEPS[STEPS.index(step) + 1]), 303)
    flash(_("Your changes are saved."))
    if was in SETTLED and current_participation().state not in SETTLED:
        flash(_("A change of name or passport is reviewed again. Your seat is kept meanwhile."))
    return redirect(at("participation"), 303)


def editable(participation: Participation) -> None:
    """Answer 409 when nothing can be changed any more."""
    if participation.state not in EDITABLE:
        abort(409)


def version_of(form: Any) -> int | None:
    """Return the version that the reader saw, or None when the form names none."""
    text = form.version.data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def printed(participation: Participation) -> dict[str, str]:
    """Return the name as the badge, the lists and the letter print it."""
    one = participation.person
    return {
        "badge": latin(one) or one.name_zh,
        "list_en": displayed(one, "en"),
        "list_zh": displayed(one, "zh"),
        "letter": " ".join(part for part in (one.passport_surname, one.passport_given) if part),
    }
