"""The forms of this room: shape only."""

from __future__ import annotations

from forum.liaisons.forms.keeping import (
    HandOverForm,
    ProposalForm,
    RelationStepForm,
    RepresentativeForm,
    RuleForm,
)
from forum.liaisons.forms.parts import SeenStepForm
from forum.liaisons.forms.writing import FileForm, IncomingForm, SendForm, StatementForm, TakeOutForm

__all__ = [
    "FileForm",
    "HandOverForm",
    "IncomingForm",
    "ProposalForm",
    "RelationStepForm",
    "RepresentativeForm",
    "RuleForm",
    "SeenStepForm",
    "SendForm",
    "StatementForm",
    "TakeOutForm",
]
