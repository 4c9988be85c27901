"""The form of special days."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from forum.core.bilingual import Text
from forum.web.forms import BaseForm, LineField, options, required
from forum.workdays.models import DAY_KINDS, DayKind
from forum.workdays.operations import Special
from forum.workdays.rules.calendars import Region

YEARS = range(2000, 2101)


def _in_our_time(_form: Any, field: Any) -> None:
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(
            _("Choose a day in the years %(first)s to %(last)s.", first=YEARS.start, last=YEARS.stop - 1)
        )


class SpecialDayForm(BaseForm):
    """One day or several in a row on which a place works other than published."""

    country = SelectField(_l("Country or region"), [required()], choices=[])
    province = SelectField(
        _l("Province"),
        choices=[],
        description=_l("Only for China, and only where a day holds for one province alone."),
    )
    first_day = DateField(_l("First day"), [required(), _in_our_time])
    last_day = DateField(_l("Last day"), [Optional(), _in_our_time], description=_l("Leave empty for a single day."))
    kind = RadioField(_l("On these days"), [required()], choices=[])
    name_en = LineField(_l("Name of the day (English)"), [required()], limit=160)
    name_zh = LineField(_l("Name of the day (Chinese)"), [required()], limit=160)

    def offer(self, countries: list[tuple[str, str]], provinces: list[tuple[str, str]]) -> None:
        """Offer what can be chosen."""
        self.country.choices = options(countries)
        self.province.choices = options([("", _("The whole country")), *provinces])
        self.kind.choices = options((code, _(word)) for code, word in DAY_KINDS.items())

    def special(self) -> Special:
        """Return what was entered."""
        first: date = self.first_day.data
        return Special(
            Region(self.country.data, self.province.data or ""),
            first,
            self.last_day.data or first,
            DayKind(self.kind.data),
            Text(self.name_en.data, self.name_zh.data),
        )
