"""The pages of ballots."""

from __future__ import annotations

from forum.ballots.views import answering, calendars, cases, lists, results, rules, steps
from forum.ballots.views.blueprint import pages

__all__ = ["answering", "calendars", "cases", "lists", "pages", "results", "rules", "steps"]
