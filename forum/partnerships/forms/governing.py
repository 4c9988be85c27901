"""Forms of the national office: delegations to provinces, periods and counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from forum.core.refusals import spoken
from forum.partnerships.models import INSTRUMENTS, Instrument
from forum.partnerships.neighbours import neighbours
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


class ReminderDaysForm(VersionedForm):
    """On which days each kind of due date is told; its fields come from the kinds of all rooms."""

    reason = ProseField(_l("Reason"), limit=1000)

    def wanted(self) -> dict[str, tuple[int, ...]]:
        """Return the days that were written."""
        return {kind: days_of(self[kind].data or "") for kind in neighbours.reminded}


def days_of(written: str) -> tuple[int, ...]:
    """Return whole numbers that are parted by commas or blanks; raise ``ValueError`` for anything else."""
    plain = unicodedata.normalize("NFKC", written).replace("\u2212", "-").replace("、", ",")
    return tuple(int(part) for part in plain.replace(",", " ").split())


def written_days(days: Sequence[int]) -> str:
    """Return days as they are written in the form."""
    return ", ".join(str(day) for day in days)


def _whole_numbers(_form: Any, entry: Any) -> None:
    try:
        days_of(entry.data or "")
    except ValueError as wrong:
        raise ValidationError(
            _("Write whole numbers parted by commas: negative ones before the date, 0 for the day itself.")
        ) from wrong


def reminder_days_form(present: Mapping[str, Any] | None = None) -> ReminderDaysForm:
    """Return the form with a field for each kind, filled with the days in force."""

    class Form(ReminderDaysForm):
        pass

    for kind, reminded in neighbours.reminded.items():
        setattr(Form, kind, CodeField(spoken(reminded.name, _), [_whole_numbers], limit=200))
    return Form(data=dict(present or {}))
