"""The forms of a plan: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.validators import NumberRange, Optional

from forum.cooperation.models import (
    ACTIVITY_KINDS,
    DECISIONS,
    DELIVERABLE_KINDS,
    EVIDENCE_KINDS,
    EVIDENCE_VERDICTS,
    EVIDENCE_VISIBILITIES,
    FINDINGS,
    PRINCIPLES,
    REPORT_KINDS,
    ConditionKind,
    Decision,
    DeliverableKind,
    EvidenceKind,
    EvidenceVerdict,
    EvidenceVisibility,
    Principle,
)
from forum.cooperation.operations.activities import Held, Plan
from forum.cooperation.operations.assessing import Mark
from forum.cooperation.operations.planning import Output
from forum.cooperation.rules.milestones import Condition
from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.partnerships.models import Side
from forum.web.forms import CodeField, LineField, ProseField, VersionedForm, options, required


def words(labels: dict[str, str]) -> list[Any]:
    """Return the choices of a table of words, in the reader's language."""
    return options((key, spoken(label, _)) for key, label in labels.items())


class SeenForm(VersionedForm):
    """A form about a record that somebody else may change meanwhile, with its pairs of texts."""

    def text(self, name: str) -> Text:
        """Return both sides of a pair of fields."""
        return Text(self[f"{name}_en"].data or "", self[f"{name}_zh"].data or "")


class ActivityForm(SeenForm):
    """An activity as it is planned."""

    kind = SelectField(_l("Kind of activity"), [required()], choices=[])
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    zone_name = SelectField(_l("Whose clock counts"), [required()], choices=[])
    planned_from = DateTimeLocalField(_l("Planned begin"), [required()])
    planned_to = DateTimeLocalField(_l("Planned end"), [required()])
    place = LineField(_l("Place of the activity"), limit=300)
    link = CodeField(_l("Link of the meeting"), limit=500)
    travel_approval = LineField(_l("Reference of the travel approval"), limit=120)

    def offer(self, zones: Iterable[tuple[str, str]]) -> ActivityForm:
        """Offer the clocks of the parties."""
        self.kind.choices = words(ACTIVITY_KINDS)
        self.zone_name.choices = options(zones)
        return self

    def plan(self) -> Plan:
        """Return what was typed as a plan."""
        return Plan(
            kind=self.kind.data,
            title=self.text("title"),
            zone_name=self.zone_name.data,
            planned_from=self.planned_from.data,
            planned_to=self.planned_to.data,
            place=self.place.data or "",
            link=self.link.data or "",
            travel_approval=self.travel_approval.data or "",
        )


class ActivityStepForm(SeenForm):
    """The days on which an activity took place, or why it doesn't."""

    actual_from = DateField(_l("First day"), [Optional()])
    actual_to = DateField(_l("Last day"), [Optional()])
    reason = ProseField(_l("Reason"), limit=2000)

    def ask(self, action: str) -> None:
        """Leave out what this step doesn't ask for."""
        if action != "hold":
            del self.actual_from, self.actual_to
        if action != "cancel":
            del self.reason

    def held(self) -> Held:
        """Return the days."""
        return Held(self.actual_from.data, self.actual_to.data)


class DecisionForm(SeenForm):
    """What becomes of an open activity when the agreement is suspended or terminated."""

    decision = RadioField(_l("What becomes of it"), [required()], choices=[])
    transferred_to = LineField(_l("Office that takes it over"), limit=300)

    def offer(self) -> DecisionForm:
        """Offer the three decisions."""
        self.decision.choices = words(DECISIONS)
        return self

    @property
    def chosen(self) -> Decision:
        """The decision."""
        return Decision(self.decision.data)


class MilestoneForm(SeenForm):
    """A milestone and by what it is done; there is no field for a percentage."""

    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    due_on = DateField(_l("Due on"), [required()])
    weight = IntegerField(_l("Weight"), [required(), NumberRange(1, 1000)], default=1)
    evidence_kind = SelectField(_l("Accepted evidence"), choices=[], default="")
    both_sides = BooleanField(_l("From both sides"))
    dated_from = DateField(_l("Dated from"), [Optional()])
    dated_to = DateField(_l("Dated to"), [Optional()])
    activity = SelectField(_l("Activity held"), choices=[], default="")

    def offer(self, activities: Iterable[tuple[str, str]]) -> MilestoneForm:
        """Offer the kinds of evidence and the activities of the plan."""
        self.evidence_kind.choices = [
            *options([("", _("Not asked for")), ("any", _("Any kind"))]),
            *words(EVIDENCE_KINDS),
        ]
        self.activity.choices = options([("", _("Not asked for")), *activities])
        return self

    def conditions(self) -> list[Condition]:
        """Return the conditions that were chosen."""
        found = []
        if kind := self.evidence_kind.data:
            found.append(
                Condition(
                    ConditionKind.EVIDENCE,
                    None if kind == "any" else EvidenceKind(kind),
                    both_sides=bool(self.both_sides.data),
                    dated_from=self.dated_from.data,
                    dated_to=self.dated_to.data,
                )
            )
        if chosen := self.activity.data:
            found.append(Condition(ConditionKind.ACTIVITY, activity_id=int(chosen)))
        return found


class DeliverableForm(SeenForm):
    """What is to be made, by which side, until when."""

    kind = SelectField(_l("Kind of deliverable"), [required()], choices=[])
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    owner = RadioField(_l("Who makes it"), [required()], choices=[])
    due_on = DateField(_l("Due on"), [required()])
    iso_stage = CodeField(_l("ISO stage code"), limit=5)
    national_project = CodeField(_l("National project number"), limit=30)

    def offer(self) -> DeliverableForm:
        """Offer the kinds and the two sides."""
        self.kind.choices = words(DELIVERABLE_KINDS)
        self.owner.choices = options([("domestic", _("Chinese side")), ("foreign", _("Foreign side"))])
        return self

    def output(self) -> Output:
        """Return what was typed as a deliverable."""
        return Output(
            DeliverableKind(self.kind.data),
            self.text("title"),
            Side(self.owner.data),
            self.due_on.data,
            self.iso_stage.data or "",
            self.national_project.data or "",
        )


class StandardForm(SeenForm):
    """A standard by its reference number."""

    standard = CodeField(_l("Reference number"), [required()], limit=120)


class EvidenceForm(SeenForm):
    """A file with what it is and what it supports."""

    file = FileField(_l("File"), [required()])
    kind = SelectField(_l("Kind of evidence"), [required()], choices=[])
    dated_on = DateField(_l("Made on"), [required()])
    language = SelectField(_l("Language"), choices=[], default="")
    visibility = RadioField(_l("Who may open it"), [required()], choices=[], default="levels")
    target = SelectField(_l("It supports"), choices=[], default="")
    supersedes = SelectField(_l("It replaces"), choices=[], default="")

    def offer(self, targets: Iterable[tuple[str, str]], replaceable: Iterable[tuple[str, str]]) -> EvidenceForm:
        """Offer what evidence may support and which files it may replace."""
        self.kind.choices = words(EVIDENCE_KINDS)
        self.language.choices = options([("", _("Without words")), ("en", "English"), ("zh", "中文")])
        self.visibility.choices = words(EVIDENCE_VISIBILITIES)
        self.target.choices = options([("", _("Nothing yet")), *targets])
        self.supersedes.choices = options([("", _("No other file")), *replaceable])
        return self

    @property
    def chosen_kind(self) -> EvidenceKind:
        """The kind."""
        return EvidenceKind(self.kind.data)

    @property
    def chosen_visibility(self) -> EvidenceVisibility:
        """Who may open it."""
        return EvidenceVisibility(self.visibility.data)


class CheckForm(SeenForm):
    """The verdict on somebody else's file."""

    verdict = RadioField(_l("Verdict"), [required()], choices=[])
    reason = ProseField(_l("Reason"), limit=2000)

    def offer(self) -> CheckForm:
        """Offer the three verdicts."""
        self.verdict.choices = words(EVIDENCE_VERDICTS)
        return self

    @property
    def chosen(self) -> EvidenceVerdict:
        """The verdict."""
        return EvidenceVerdict(self.verdict.data)


class ReportForm(SeenForm):
    """What a report says about a period."""

    kind = SelectField(_l("Kind of report"), [required()], choices=[])
    activity = SelectField(_l("Activity"), choices=[], default="")
    period_from = DateField(_l("From"), [required()])
    period_to = DateField(_l("To"), [required()])
    promised_en = ProseField(_l("What was promised, in English"))
    promised_zh = ProseField(_l("What was promised, in Chinese"))
    done_en = ProseField(_l("What was done, in English"))
    done_zh = ProseField(_l("What was done, in Chinese"))
    not_done_en = ProseField(_l("What was not done, in English"))
    not_done_zh = ProseField(_l("What was not done, in Chinese"))

    def offer(self, activities: Iterable[tuple[str, str]]) -> ReportForm:
        """Offer the kinds of report and the activities of the plan."""
        self.kind.choices = words(REPORT_KINDS)
        self.activity.choices = options([("", _("The whole partnership")), *activities])
        return self


class ReasonForm(SeenForm):
    """A step with a reason."""

    reason = ProseField(_l("Reason"), limit=2000)


class AssessmentOpeningForm(SeenForm):
    """The last day for answers of this year."""

    due_on = DateField(_l("Last day for answers"), [required()])


class NoteForm(SeenForm):
    """What a successor must know."""

    note_en = ProseField(_l("Hand-over note in English"), limit=5000)
    note_zh = ProseField(_l("Hand-over note in Chinese"), limit=5000)


class ClauseForm(SeenForm):
    """A clause to compare."""

    number = LineField(
        _l("Number of the clause"), [required()], limit=40, description=_l("As the standard counts it, such as 4.6.2.")
    )
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)


class FindingForm(SeenForm):
    """What one's own side found at a clause."""

    finding = RadioField(_l("Result of our side"), [required()], choices=[])
    remark_en = ProseField(_l("Remark in English"), limit=4000)
    remark_zh = ProseField(_l("Remark in Chinese"), limit=4000)

    def offer(self) -> FindingForm:
        """Offer the findings in the reader's language."""
        self.finding.choices = words(FINDINGS)
        return self


class DifferenceForm(SeenForm):
    """What both sides tell the committee."""

    difference_en = ProseField(_l("For the committee, in English"), limit=4000)
    difference_zh = ProseField(_l("For the committee, in Chinese"), limit=4000)


class AssessmentForm(SeenForm):
    """Ten marks with their reasons."""

    def marks(self) -> dict[Principle, Mark]:
        """Return what was given; a principle without a mark is missing."""
        return {
            one: Mark(int(self[one].data), self.text(f"{one}_reason"))
            for one in Principle
            if self[one].data in {"1", "2", "3", "4", "5"}
        }

    def name_principles(self) -> AssessmentForm:
        """Put the names of the principles to their marks, in the reader's language."""
        for one in Principle:
            self[one].label.text = spoken(PRINCIPLES[one], _)
        return self


for _one in Principle:
    setattr(
        AssessmentForm,
        _one,
        RadioField("", [required()], choices=options((str(mark), str(mark)) for mark in range(1, 6))),
    )
    setattr(AssessmentForm, f"{_one}_reason_en", ProseField(_l("Reason in English"), limit=2000))
    setattr(AssessmentForm, f"{_one}_reason_zh", ProseField(_l("Reason in Chinese"), limit=2000))
