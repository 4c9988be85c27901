"""When somebody may register: computed from the windows, never a stored state."""

from __future__ import annotations

from datetime import datetime

from forum.events.models import Forum, ForumState
from forum.registration.models import Category
from forum.registration.states import ParticipationState

OPEN_STATES = frozenset({ForumState.OPEN, ForumState.RUNNING})
EDITABLE = frozenset(
    {
        ParticipationState.DRAFT,
        ParticipationState.NOMINATED,
        ParticipationState.SUBMITTED,
        ParticipationState.FOCAL_APPROVED,
        ParticipationState.RETURNED,
        ParticipationState.SCREENING,
        ParticipationState.WAITLISTED,
        ParticipationState.APPROVED,
        ParticipationState.CONFIRMED,
    }
)


def _within(now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def forum_is_open(forum: Forum, now: datetime) -> bool:
    """Tell whether anybody may register for a forum now."""
    return forum.state in OPEN_STATES and _within(now, forum.registration_opens_at, forum.registration_closes_at)


def category_is_open(forum: Forum, category: Category, now: datetime) -> bool:
    """Tell whether people of a category may register now."""
    return forum_is_open(forum, now) and _within(now, category.opens_at, category.closes_at)
