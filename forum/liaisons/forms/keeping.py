"""The forms of obligations, relations and the numbers that hold."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import Account
from forum.committees.models import RELATION_CATEGORIES, RelationCategory
from forum.liaisons.errors import DaysUnreadable
from forum.liaisons.forms.parts import SeenStepForm, choices_of
from forum.liaisons.operations.relations import Proposal
from forum.liaisons.rules.terms import MOST_DAYS, Terms
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, VersionedForm, options, required


class HandOverForm(VersionedForm):
    """Who owes the answer from now on."""

    owner = SelectField(_l("Who owes the answer"), [required()], choices=[])

    def offer(self, people: Iterable[Account]) -> HandOverForm:
        """Offer who may own the answer."""
        self.owner.choices = options((one.public_id, one.name) for one in people)
        return self


class ProposalForm(BaseForm):
    """A relation in one direction."""

    committee = LineField(_l("Committee that lists the liaison"), [required()], limit=120)
    partner = LineField(_l("Committee or organisation on the other side"), [required()], limit=160)
    category = SelectField(_l("Kind of liaison"), [required()], choices=[], default="internal")
    reason = ProseField(_l("Why it is useful"), limit=2000)

    def offer(self) -> ProposalForm:
        """Offer the kinds."""
        self.category.choices = choices_of(RELATION_CATEGORIES)
        return self

    def proposal(self) -> Proposal:
        """Return what was typed."""
        return Proposal(
            self.committee.data or "",
            self.partner.data or "",
            RelationCategory(self.category.data),
            self.reason.data or "",
        )


class RelationStepForm(SeenStepForm):
    """A step in the life of a relation, with the day of its next review where it is renewed."""

    next_due_on = DateField(_l("Next review on"), [Optional()])


class RepresentativeForm(BaseForm):
    """Who represents a relation, and for how long."""

    account = SelectField(_l("Somebody with an account"), choices=[], default="")
    name = LineField(_l("Or the name of somebody else"), limit=160)
    organisation = LineField(_l("Organisation"), limit=200)
    starts_on = DateField(_l("First day of the term"), [required()])
    ends_on = DateField(_l("Last day of the term"), [Optional()])

    def offer(self, people: Iterable[Account]) -> RepresentativeForm:
        """Offer those with an account who work in the committees concerned."""
        self.account.choices = options(
            [("", _("Nobody with an account")), *((one.public_id, one.name) for one in people)]
        )
        return self


class RuleForm(VersionedForm):
    """The numbers that hold from a day on."""

    effective_from = DateField(_l("They hold from"), [required()])
    review_years = IntegerField(_l("Years between two reviews of a liaison"), [InputRequired()])
    internal_days = IntegerField(_l("Days before a deadline on which the answer is due here"), [InputRequired()])
    reminder_days = CodeField(_l("Days before a deadline on which its owner is told"), [required()], limit=80)
    weeks_overdue = IntegerField(_l("Weeks after a deadline in which its owner is told"), [InputRequired()])
    review_days = CodeField(_l("Days before a review on which it is announced"), [required()], limit=80)
    source = LineField(_l("Source"), limit=300)

    def terms(self, before: Terms) -> Terms:
        """Return what was typed; the hour and zone of a deadline stay as they are."""
        return Terms(
            review_years=self.review_years.data or 0,
            internal_days=self.internal_days.data or 0,
            reminder_days=_days(self.reminder_days.data, "reminder_days"),
            weeks_overdue=self.weeks_overdue.data or 0,
            review_days=_days(self.review_days.data, "review_days"),
            closing_time=before.closing_time,
            closing_zone=before.closing_zone,
        )


def _days(text: str | None, field: str) -> tuple[int, ...]:
    parts = [part.strip() for part in (text or "").replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise DaysUnreadable(field=field, most=MOST_DAYS)
    return tuple(sorted({int(part) for part in parts}, reverse=True))
