"""Forms of those who ask, answer and agree: an opinion, late points, a city's consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from forum.accounts.models import Account
from forum.offices.models import LINES, Line, Office
from forum.partnerships.operations.consulting import Request
from forum.partnerships.operations.reviewing import Advice
from forum.web.forms import BaseForm, ProseField, options, required


class ConsultForm(BaseForm):
    """Whom to ask what, and until when."""

    whom = SelectField(_l("Authority or expert"), [required()], choices=[])
    question = ProseField(_l("What you want to know"), [required()], limit=2000)
    due_on = DateField(_l("Opinion due on"), [Optional()])

    def offer(self, lines: Sequence[Line], experts: Sequence[Office]) -> None:
        """Fill the choices with those who can answer now."""
        named = [
            (f"expert:{one.account.public_id}", _("Committee expert: %(name)s", name=_name(one))) for one in experts
        ]
        self.whom.choices = options([("", _("Choose")), *((f"line:{line}", _(LINES[line])) for line in lines), *named])

    def request_of(self, experts: Sequence[Office]) -> Request:
        """Return what is asked of whom."""
        kind, _colon, key = str(self.whom.data or "").partition(":")
        expert: Account | None = next((one.account for one in experts if one.account.public_id == key), None)
        return Request(
            question=self.question.data or "",
            line=Line(key) if kind == "line" else None,
            expert=expert if kind == "expert" else None,
            due_on=self.due_on.data,
        )


def _name(office: Office) -> str:
    return office.account.name or office.account.email


class ConsultationForm(BaseForm):
    """The opinion that was asked for."""

    favourable = RadioField(_l("Opinion"), choices=[], default="yes")
    text = ProseField(_l("Grounds"), [required()], limit=5000)
    conditions = ProseField(_l("Conditions"), limit=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.favourable.choices = options([("yes", _("Favourable")), ("no", _("Not favourable"))])

    @property
    def advice(self) -> Advice:
        """What the opinion says."""
        return Advice(
            text=self.text.data or "", favourable=self.favourable.data == "yes", conditions=self.conditions.data or ""
        )


class NewPointsForm(BaseForm):
    """Why a level may raise new points on what it has reviewed before."""

    reason = ProseField(_l("Reason"), [required()], limit=2000)


class AgreeForm(BaseForm):
    """A city's yes to what is asked."""

    kind = HiddenField()
    seen = HiddenField()
