"""How a mail, a calendar or a page names a ballot."""

from __future__ import annotations

from forum.ballots.models import Ballot


def name_of(ballot: Ballot, language: str) -> str:
    """Return the reference of the deliverable, or the ballot's own title where there is none."""
    if ballot.standard is not None:
        return ballot.standard.reference
    first, second = (ballot.title_zh, ballot.title_en) if language == "zh" else (ballot.title_en, ballot.title_zh)
    return first or second
