"""Partnerships, the versions of their texts, and everything that is said and decided about them."""

from __future__ import annotations

from forum.partnerships.models.partnership import (
    CityBlock,
    DelegatedApproval,
    Instrument,
    Numbering,
    Origin,
    Partnership,
    PartnershipParty,
    PartnershipSetting,
    PartyRole,
    Side,
)
from forum.partnerships.models.record import (
    Approval,
    AttachmentKind,
    CaseAttachment,
    CaseHand,
    ConsentKind,
    PartyConsent,
    PartyReminder,
    TransitionRecord,
)
from forum.partnerships.models.remarks import CaseComment, Channel
from forum.partnerships.models.review import (
    AnswerKind,
    CaseOpinion,
    CaseReview,
    Level,
    OpinionKind,
    PointCategory,
    ReturnPoint,
    Severity,
    Verdict,
)
from forum.partnerships.models.version import AgreementVersion

__all__ = [
    "AgreementVersion",
    "AnswerKind",
    "Approval",
    "AttachmentKind",
    "CaseAttachment",
    "CaseComment",
    "CaseHand",
    "CaseOpinion",
    "CaseReview",
    "Channel",
    "CityBlock",
    "ConsentKind",
    "DelegatedApproval",
    "Instrument",
    "Level",
    "Numbering",
    "OpinionKind",
    "Origin",
    "Partnership",
    "PartnershipParty",
    "PartnershipSetting",
    "PartyConsent",
    "PartyReminder",
    "PartyRole",
    "PointCategory",
    "ReturnPoint",
    "Severity",
    "Side",
    "TransitionRecord",
    "Verdict",
]
