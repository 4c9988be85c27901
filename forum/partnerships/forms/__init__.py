"""The forms of partnerships: of a case, of drafts, of consulting, and of what the national office sets."""

from __future__ import annotations

from forum.partnerships.forms.case import (
    ASKS,
    AnswerForm,
    FileForm,
    OpinionForm,
    PointForm,
    ProposalForm,
    RemarkForm,
    StepForm,
    TicksField,
    hints,
    needed,
)
from forum.partnerships.forms.consulting import AgreeForm, ConsultationForm, ConsultForm, NewPointsForm
from forum.partnerships.forms.drafting import DraftForm
from forum.partnerships.forms.governing import (
    DelegationForm,
    EndDelegationForm,
    ReminderDaysForm,
    SettingsForm,
    reminder_days_form,
    settings_form,
    written_days,
)

__all__ = [
    "ASKS",
    "AgreeForm",
    "AnswerForm",
    "ConsultForm",
    "ConsultationForm",
    "DelegationForm",
    "DraftForm",
    "EndDelegationForm",
    "FileForm",
    "NewPointsForm",
    "OpinionForm",
    "PointForm",
    "ProposalForm",
    "RemarkForm",
    "ReminderDaysForm",
    "SettingsForm",
    "StepForm",
    "TicksField",
    "hints",
    "needed",
    "reminder_days_form",
    "settings_form",
    "written_days",
]
