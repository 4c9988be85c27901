"""What changes a partnership: one function for each verb; the state itself changes through ``perform`` alone."""

from __future__ import annotations

from forum.partnerships.operations.performing import Done, perform, settle, unlawful

__all__ = ["Done", "perform", "settle", "unlawful"]
