"""The forms of a plan."""

from __future__ import annotations

from forum.cooperation.forms.comparing import ClauseForm, DifferenceForm, FindingForm
from forum.cooperation.forms.holding import BudgetForm, IndicatorForm, ParticipantsForm, SatisfactionForm, ValueForm
from forum.cooperation.forms.milestones import MilestoneForm
from forum.cooperation.forms.parts import ReasonForm, SeenForm
from forum.cooperation.forms.planning import (
    ActivityForm,
    ActivityStepForm,
    DecisionForm,
    DeliverableForm,
    SessionForm,
    StandardForm,
)
from forum.cooperation.forms.proving import CheckForm, EvidenceForm
from forum.cooperation.forms.publishing import ConsentForm, OfficeForm, OutcomeForm
from forum.cooperation.forms.reporting import AssessmentForm, AssessmentOpeningForm, NoteForm, ReportForm

__all__ = [
    "ActivityForm",
    "ActivityStepForm",
    "AssessmentForm",
    "AssessmentOpeningForm",
    "BudgetForm",
    "CheckForm",
    "ClauseForm",
    "ConsentForm",
    "DecisionForm",
    "DeliverableForm",
    "DifferenceForm",
    "EvidenceForm",
    "FindingForm",
    "IndicatorForm",
    "MilestoneForm",
    "NoteForm",
    "OfficeForm",
    "OutcomeForm",
    "ParticipantsForm",
    "ReasonForm",
    "ReportForm",
    "SatisfactionForm",
    "SeenForm",
    "SessionForm",
    "StandardForm",
    "ValueForm",
]
