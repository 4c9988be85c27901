"""The form of one record: a box for each text that has an original, with a mark of what was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import AnyOf

from forum.core.refusals import spoken
from forum.translating.queries import Unit
from forum.translating.rules import FIELDS
from forum.web.forms import BaseForm, ProseField, required


class ClearingForm(BaseForm):
    """Whether a programme may be drafted before its release."""

    deed = HiddenField(validators=[required(), AnyOf(("clear", "close"))])


class RecordForm(BaseForm):
    """The translations of one record."""

    @classmethod
    def of(cls, units: Sequence[Unit], say: Any) -> RecordForm:
        """Return the form of a record's texts, as they stand unless something was sent."""
        boxes: dict[str, Any] = {}
        for unit in units:
            boxes[unit.field] = ProseField(spoken(FIELDS[unit.field], say), default=unit.text)
            boxes[f"{unit.field}_mark"] = HiddenField(default=unit.mark)
        made = type("RecordFormOfOne", (cls,), boxes)
        form: RecordForm = made()
        return form

    def texts(self, units: Sequence[Unit]) -> dict[str, str]:
        """Return what was typed."""
        return {unit.field: str(self[unit.field].data or "") for unit in units}

    def marks(self, units: Sequence[Unit]) -> dict[str, str]:
        """Return the marks of what was read."""
        return {unit.field: str(self[f"{unit.field}_mark"].data or "") for unit in units}
