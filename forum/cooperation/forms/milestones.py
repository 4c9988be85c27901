"""The form of a milestone: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import (
    COMPLETION_RULES,
    EVIDENCE_KINDS,
    CompletionRule,
    ConditionKind,
    EvidenceKind,
    Milestone,
)
from forum.cooperation.operations.planning import Aim
from forum.cooperation.rules.milestones import Condition
from forum.cooperation.states import DELIVERABLE_ORDER, DELIVERABLE_STATES, DeliverableState
from forum.web.forms import LineField, options, required


class MilestoneForm(SeenForm):
    """A milestone and by what it is done; there is no field for a percentage."""

    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    due_on = DateField(_l("Due on"), [required()])
    weight = IntegerField(_l("Weight"), [required(), NumberRange(1, 1000)], default=1)
    rule = RadioField(_l("When it is done"), [required()], choices=[], default="all")
    needed = IntegerField(_l("How many, for “at least”"), [Optional(), NumberRange(1, 9)], default=1)
    evidence_kind = SelectField(_l("Accepted evidence"), choices=[], default="")
    both_sides = BooleanField(_l("From both sides"))
    dated_from = DateField(_l("Dated from"), [Optional()])
    dated_to = DateField(_l("Dated to"), [Optional()])
    second_evidence_kind = SelectField(_l("Second accepted evidence"), choices=[], default="")
    second_both_sides = BooleanField(_l("The second one from both sides"))
    activity = SelectField(_l("Activity held"), choices=[], default="")
    second_activity = SelectField(_l("Second activity held"), choices=[], default="")
    deliverable = SelectField(_l("Deliverable"), choices=[], default="")
    deliverable_state = SelectField(_l("State that the deliverable has reached"), choices=[], default="accepted")

    def offer(
        self, activities: Iterable[tuple[str, str]], deliverables: Iterable[tuple[str, str]] = ()
    ) -> MilestoneForm:
        """Offer the kinds of evidence, the activities and the deliverables of the plan."""
        self.rule.choices = words(COMPLETION_RULES)
        kinds = [*options([("", _("Not asked for")), ("any", _("Any kind"))]), *words(EVIDENCE_KINDS)]
        self.evidence_kind.choices = self.second_evidence_kind.choices = kinds
        held = options([("", _("Not asked for")), *activities])
        self.activity.choices = self.second_activity.choices = held
        self.deliverable.choices = options([("", _("Not asked for")), *deliverables])
        self.deliverable_state.choices = words({key: DELIVERABLE_STATES[key] for key in DELIVERABLE_ORDER[1:]})
        return self

    def show(self, row: Milestone) -> MilestoneForm:
        """Fill in what a milestone asks for now."""
        evidence = [one for one in row.conditions if one.kind is ConditionKind.EVIDENCE]
        for one, prefix in zip(evidence, ("", "second_"), strict=False):
            self[f"{prefix}evidence_kind"].data = str(one.evidence_kind or "any")
            self[f"{prefix}both_sides"].data = one.both_sides
        if evidence:
            self.dated_from.data, self.dated_to.data = evidence[0].dated_from, evidence[0].dated_to
        held = [one for one in row.conditions if one.kind is ConditionKind.ACTIVITY]
        for one, field in zip(held, (self.activity, self.second_activity), strict=False):
            field.data = str(one.activity_id)
        for one in row.conditions:
            if one.kind is ConditionKind.DELIVERABLE:
                self.deliverable.data, self.deliverable_state.data = str(one.deliverable_id), str(one.deliverable_state)
        return self

    def aim(self) -> Aim:
        """Return what was typed as a milestone."""
        rule = CompletionRule(self.rule.data)
        return Aim(
            self.text("title"), self.due_on.data, self.conditions(), self.weight.data, rule, self.needed.data or 1
        )

    def conditions(self) -> list[Condition]:
        """Return the conditions that were chosen."""
        found = [self._evidence(prefix) for prefix in ("", "second_") if self[f"{prefix}evidence_kind"].data]
        chosen = dict.fromkeys((self.activity.data, self.second_activity.data))
        found += [Condition(ConditionKind.ACTIVITY, activity_id=int(one)) for one in chosen if one]
        if self.deliverable.data:
            reached = DeliverableState(self.deliverable_state.data)
            found.append(
                Condition(
                    ConditionKind.DELIVERABLE, deliverable_id=int(self.deliverable.data), deliverable_state=reached
                )
            )
        return found

    def _evidence(self, prefix: str) -> Condition:
        kind = self[f"{prefix}evidence_kind"].data
        return Condition(
            ConditionKind.EVIDENCE,
            None if kind == "any" else EvidenceKind(kind),
            both_sides=bool(self[f"{prefix}both_sides"].data),
            dated_from=None if prefix else self.dated_from.data,
            dated_to=None if prefix else self.dated_to.data,
        )
