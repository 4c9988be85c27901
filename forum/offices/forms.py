"""The form by which an office is given."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional, ValidationError

from forum.offices.models import LINES, OFFICE_ROLES
from forum.web.forms import AddressField, BaseForm, LineField, options, required


class AppointForm(BaseForm):
    """Who is to be what, for which place and how long."""

    email = AddressField(
        _l("Mail address of the person"), [required()], description=_l("The person has an account already.")
    )
    role = SelectField(_l("Office"))
    place = LineField(
        _l("City or province"),
        limit=160,
        description=_l("As it stands in the list of places, in either language. Empty for offices of the nation."),
    )
    line = SelectField(_l("Authority"), description=_l("Only for national reviewers of one authority."))
    starts_on = DateField(_l("First day"), [required()])
    ends_on = DateField(_l("Last day"), [Optional()], description=_l("Empty means until it is ended."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.role.choices = options((key, _(word)) for key, word in OFFICE_ROLES.items())
        self.line.choices = options([("", _("None")), *((key, _(word)) for key, word in LINES.items())])

    def validate_starts_on(self, field: DateField) -> None:
        """Keep to the years that people write."""
        _year(field.data)

    def validate_ends_on(self, field: DateField) -> None:
        """Keep to the years that people write."""
        _year(field.data)


def _year(day: date | None) -> None:
    if day is not None and not 1990 <= day.year <= 2200:
        raise ValidationError(_("Check the year."))
