"""The form of a move to another category or delegation."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from forum.web.forms import BaseForm, options, required


class MoveForm(BaseForm):
    """Which category and which delegation somebody belongs to from now on."""

    version = HiddenField()
    category = SelectField(_l("Category"), [required()], choices=[])
    delegation = SelectField(_l("Delegation"), choices=[])

    def offer(self, categories: Iterable[tuple[str, str]], delegations: Iterable[tuple[str, str]]) -> MoveForm:
        """Offer these categories and delegations, as pairs of public id and name."""
        self.category.choices = options(categories)
        self.delegation.choices = options(delegations)
        return self
