"""The forms of a plan."""

from __future__ import annotations

from forum.cooperation.forms.parts import ReasonForm, SeenForm
from forum.cooperation.forms.planning import (
    ActivityForm,
    ActivityStepForm,
    DecisionForm,
    DeliverableForm,
    MilestoneForm,
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
    "CheckForm",
    "ConsentForm",
    "DecisionForm",
    "DeliverableForm",
    "EvidenceForm",
    "MilestoneForm",
    "NoteForm",
    "OfficeForm",
    "OutcomeForm",
    "ReasonForm",
    "ReportForm",
    "SeenForm",
    "StandardForm",
]
