"""Saying that the public part has changed: the pages of cities show their pilots and cases along the thread."""

from __future__ import annotations

from datetime import datetime

from forum.core import revisions


def republish(now: datetime) -> None:
    """Make the pages of cities and partnerships anew."""
    revisions.bump(revisions.CITIES, now=now)
