"""The pages of the work under a partnership."""

from forum.cooperation.views import (
    activities,
    assessments,
    board,
    deliverables,
    evidence,
    handover,
    holding,
    plan,
    publishing,
    reports,
)
from forum.cooperation.views.blueprint import pages

__all__ = [
    "activities",
    "assessments",
    "board",
    "deliverables",
    "evidence",
    "handover",
    "holding",
    "pages",
    "plan",
    "publishing",
    "reports",
]
