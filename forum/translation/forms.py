"""The form behind one click: a translation was compared with its original."""

from __future__ import annotations

from typing import cast

from wtforms import HiddenField
from wtforms.validators import AnyOf

from forum.translation.operations import Deed
from forum.web.forms import BaseForm, required


class SettleForm(BaseForm):
    """Which text, what is said of it, and what it was when it was read."""

    deed = HiddenField(validators=[required(), AnyOf(("review", "confirm"))])
    text = HiddenField(validators=[required()])
    mark = HiddenField(validators=[required()])

    @property
    def what(self) -> Deed:
        """Return what is said of the translation."""
        return cast("Deed", self.deed.data)
