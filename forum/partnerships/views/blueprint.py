"""The blueprint of the room, and what its pages share."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from forum.core.database import session
from forum.core.refusals import Refusal, spoken
from forum.partnerships.models import AgreementVersion
from forum.partnerships.queries.standing import standing_of
from forum.partnerships.rules.seeing import shown_state
from forum.partnerships.states import PHASE_OF, Phase
from forum.web.forms import BaseForm
from forum.web.policy import Pages
from forum.web.viewer import viewer

pages = Pages("partnerships", __name__)
TONES = {Phase.PREPARING: "", Phase.REVIEW: "wait", Phase.SIGNING: "wait", Phase.IN_FORCE: "good", Phase.ENDED: "past"}


def shown(version: AgreementVersion) -> str:
    """Return the name of the state for this reader."""
    return spoken(shown_state(version.state, standing_of(version, viewer())), _)


def tone(version: AgreementVersion) -> str:
    """Return the colour in which the state is shown."""
    return TONES[PHASE_OF[version.state]]


def refused(form: BaseForm, refusal: Refusal, version: AgreementVersion | None = None) -> int:
    """Take back what was begun and show a refusal in its form; return the status.  What isn't there stays so."""
    if refusal.status == 404:
        raise refusal
    session.rollback()
    if version is not None:
        session.refresh(version)
    form.refuse(refusal)
    return refusal.status


def address_of(case_id: str) -> str:
    """Return the address of a case."""
    made: str = url_for("partnerships.case", case_id=case_id)
    return made
