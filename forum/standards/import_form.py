"""The form by which a published file is handed in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FileField, SelectField
from wtforms.validators import ValidationError

from forum.core.refusals import spoken
from forum.standards.models import RUN_KINDS
from forum.web.forms import BaseForm, options, required


class HandInForm(BaseForm):
    """Which file it is, and of which day its data are."""

    kind = SelectField(_l("Kind of records"))
    file = FileField(
        _l("File"),
        [required()],
        description=_l("A table (CSV) or JSON as published, at most 20 MB. The command line takes larger files."),
    )
    dataset_on = DateField(_l("Data of"), [required()], description=_l("The day on which the publisher made the file."))
    forced = BooleanField(_l("Take it although newer data were imported already"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind.choices = options((key, spoken(word, _)) for key, word in RUN_KINDS.items())

    def validate_dataset_on(self, field: DateField) -> None:
        """Keep to the years that people write."""
        if field.data is not None and not 1990 <= field.data.year <= 2200:
            raise ValidationError(_("Check the year."))
