"""What the addresses of standards name: a draft of ISO/TC 268/SC 1 on one side, one of JTC 1 on the other."""

from __future__ import annotations

from datetime import datetime

from forum.core.actor import SYSTEM
from forum.standards import operations
from tests.cast import Cast


def furnish(_cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Load the catalogue and return what addresses name."""
    operations.seed(actor=SYSTEM, now=now)
    return {"own": {"standard_slug": "iso-37187"}, "other": {"standard_slug": "iso-iec-21972"}}
