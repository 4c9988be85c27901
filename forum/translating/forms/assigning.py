"""The forms by which texts are given to somebody, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from forum.accounts.models import Account
from forum.core.refusals import spoken
from forum.translating.models import TASKS, Task
from forum.translating.operations.assigning import Order
from forum.translating.rules.dues import suggested
from forum.web.forms import BaseForm, ProseField, options, required


class AssignmentForm(BaseForm):
    """Who has to do what with the chosen texts, and by when."""

    person = SelectField(_l("Person"), [required()], choices=[], default="")
    task = RadioField(_l("Task"), [required()], choices=[], default=str(Task.TRANSLATE))
    due_on = DateField(_l("Due on"), [Optional()])
    note = ProseField(_l("Note for this person"), limit=500)

    def offer(self, people: Iterable[Account], needed_on: date | None, today: date) -> Self:
        """Offer those who may work on the texts; a day that is known makes the due date follow from it."""
        named = [SelectChoice(each.public_id, each.name, render_kw={"translate": "no"}) for each in people]
        self.person.choices = [SelectChoice("", _("Choose somebody")), *named]
        self.task.choices = options((key, spoken(word, _)) for key, word in TASKS.items())
        self._needed_on, self._today = needed_on, today
        if suggested(needed_on, Task.TRANSLATE, today) is None:
            self.due_on.validators = (required(),)
            setattr(self.due_on.flags, "required", True)  # noqa: B010 - WTForms keeps flags without declaring them
        return self

    @property
    def order(self) -> Order:
        """Return what was typed; without a day the suggested one."""
        task = Task(self.task.data)
        day = self.due_on.data or suggested(self._needed_on, task, self._today)
        return Order(task, cast("date", day), self.note.data or "")


class TakeBackForm(BaseForm):
    """From whom texts are taken back, and which task."""

    person = HiddenField(validators=[required()])
    task = HiddenField(validators=[required(), AnyOf(tuple(map(str, Task)))])

    @property
    def what(self) -> Task:
        """Return the task."""
        return Task(self.task.data)
