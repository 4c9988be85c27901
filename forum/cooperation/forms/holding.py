"""The forms of what came of an activity and of an indicator: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import (
    PARTICIPANT_ROLES,
    STAGES,
    ParticipantRole,
)
from forum.cooperation.operations.activities import Amount
from forum.cooperation.operations.reporting import Indicator
from forum.core.refusals import spoken
from forum.web.forms import CodeField, LineField, ProseField, options, required


class ParticipantsForm(SeenForm):
    """How many took part from one's own side: numbers by role, never names."""

    def numbers(self) -> dict[ParticipantRole, tuple[int, int]]:
        """Return the numbers, with how many of them are women."""
        return {one: (self[one].data or 0, self[f"{one}_women"].data or 0) for one in ParticipantRole}

    def name_roles(self) -> ParticipantsForm:
        """Put the names of the roles to their numbers, in the reader's language."""
        for one in ParticipantRole:
            role = spoken(PARTICIPANT_ROLES[one], _)
            self[one].label.text = role
            self[f"{one}_women"].label.text = _("%(role)s: of them women", role=role)
        return self


for _role in ParticipantRole:
    for _name in (str(_role), f"{_role}_women"):
        setattr(ParticipantsForm, _name, IntegerField("", [Optional(), NumberRange(0, 100_000)], default=0))


class BudgetForm(SeenForm):
    """What one's own side plans to spend, or has spent."""

    stage = RadioField(_l("Planned or spent"), [required()], choices=[])
    amount = CodeField(_l("Amount"), [required()], limit=20)
    currency = CodeField(_l("Currency (three letters, such as CNY or EUR)"), [required()], limit=3)
    rate = CodeField(_l("Exchange rate, if one is known"), limit=20)
    rate_into = CodeField(_l("Currency that the rate leads to"), limit=3)
    rate_on = DateField(_l("Day of the rate"), [Optional()])

    def offer(self) -> BudgetForm:
        """Offer the two stages."""
        self.stage.choices = words(STAGES)
        return self

    def typed(self) -> Amount:
        """Return the amount as typed."""
        currency, into = (self.currency.data or "").upper(), (self.rate_into.data or "").upper()
        return Amount(self.amount.data or "", currency, self.rate.data or "", into, self.rate_on.data)


class SatisfactionForm(SeenForm):
    """How satisfied one's own side is."""

    mark = RadioField(_l("How satisfied your side is, from 1 to 5"), [required()], choices=[])
    remark = ProseField(_l("Remark"), limit=2000)

    def offer(self) -> SatisfactionForm:
        """Offer the five marks."""
        self.mark.choices = options((str(mark), str(mark)) for mark in range(1, 6))
        return self


class IndicatorForm(SeenForm):
    """An indicator with its baseline and its target."""

    indicator_en = LineField(_l("Indicator in English"), limit=300)
    indicator_zh = LineField(_l("Indicator in Chinese"), limit=300)
    unit_en = LineField(_l("Unit in English"), limit=60)
    unit_zh = LineField(_l("Unit in Chinese"), limit=60)
    baseline = CodeField(_l("Baseline"), [required()], limit=30)
    baseline_year = IntegerField(_l("Year of the baseline"), [required()])
    source_en = LineField(_l("Source of the baseline in English"), limit=300)
    source_zh = LineField(_l("Source of the baseline in Chinese"), limit=300)
    target = CodeField(_l("Target"), [required()], limit=30)
    target_year = IntegerField(_l("Year of the target"), [required()])

    def aim(self) -> Indicator:
        """Return what was typed."""
        return Indicator(
            self.text("indicator"),
            self.text("unit"),
            self.text("source"),
            self.baseline.data or "",
            self.baseline_year.data,
            self.target.data or "",
            self.target_year.data,
        )


class ValueForm(SeenForm):
    """What an indicator came to in a year."""

    year = IntegerField(_l("Year"), [required()])
    value = CodeField(_l("Value"), [required()], limit=30)
    evidence = SelectField(_l("Evidence that shows it"), [required()], choices=[])

    def offer(self, evidence: Iterable[tuple[str, str]]) -> ValueForm:
        """Offer the accepted files."""
        self.evidence.choices = options(evidence)
        return self
