"""Forms of the national office: delegations to provinces, periods and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from forum.core.refusals import spoken
from forum.partnerships.models import INSTRUMENTS, Instrument
from forum.partnerships.operations.governing import Handing
from forum.partnerships.rules.terms import SETTINGS
from forum.web.forms import BaseForm, CodeField, ProseField, VersionedForm, options, required


class DelegationForm(BaseForm):
    """Which class of instrument goes to which province, and for how long."""

    reference = CodeField(_l("Reference of the decision"), [required()], limit=80)
    instrument = SelectField(_l("Instrument"), choices=[])
    province = SelectField(_l("Province, municipality or the Corps"), [required()], choices=[])
    starts_on = DateField(_l("First day"), [required()])
    ends_on = DateField(_l("Last day"), [required()])

    def offer(self, provinces: Sequence[tuple[str, str]]) -> None:
        """Fill the choices in the reader's language."""
        self.instrument.choices = options((key, spoken(word, _)) for key, word in INSTRUMENTS.items())
        self.province.choices = options([("", _("Choose")), *provinces])

    @property
    def handing(self) -> Handing:
        """What is delegated."""
        return Handing(
            self.reference.data or "",
            Instrument(self.instrument.data),
            self.province.data,
            self.starts_on.data,
            self.ends_on.data,
        )


class EndDelegationForm(BaseForm):
    """Why a delegation is taken back."""

    reason = ProseField(_l("Reason"), [required()], limit=2000)


class SettingsForm(VersionedForm):
    """Every period and count; its fields come from the table of settings."""

    reason = ProseField(_l("Reason"), limit=1000)

    def wanted(self) -> dict[str, int]:
        """Return the numbers that were written."""
        return {key: self[key].data for key in SETTINGS}


def settings_form(present: Mapping[str, Any] | None = None) -> SettingsForm:
    """Return the form with a field for each setting, filled with the numbers in force."""

    class Form(SettingsForm):
        pass

    for key, setting in SETTINGS.items():
        bounds = NumberRange(setting.least, setting.most, message=_l("Write a whole number from %(min)s to %(max)s."))
        label = _("%(setting)s (%(unit)s)", setting=spoken(setting.name, _), unit=spoken(setting.unit, _))
        setattr(Form, key, IntegerField(label, [InputRequired(_l("Please fill in this field.")), bounds]))
    return Form(data=dict(present or {}))
