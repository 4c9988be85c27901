"""What follows from the dates of a committee: its name on a day, who succeeded it, which posts still run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from forum.committees.models import Committee, CommitteeName, Succession, SuccessionKind, TitleStatus
from forum.committees.titles import Titles, titles_of

LEAVING = frozenset({SuccessionKind.TRANSFERRED, SuccessionKind.MERGED, SuccessionKind.SPLIT, SuccessionKind.RENAMED})


def runs_on(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Tell whether a dated row counts on a day; an unknown end is open."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def name_on(names: Sequence[CommitteeName], day: date) -> CommitteeName | None:
    """Return the name that a committee carries on a day; before the first of them, that one."""
    known = [name for name in names if runs_on(name.starts_on, name.ends_on, day)]
    return known[-1] if known else names[0] if names else None


def titles(name: CommitteeName | None) -> Titles:
    """Return the titles of a name; the publisher's own are those in English and French."""
    if name is None:
        return titles_of("", "", "", (TitleStatus.NONE,) * 3)
    return titles_of(
        name.title_en, name.title_fr, name.title_zh, (TitleStatus.OFFICIAL, TitleStatus.OFFICIAL, name.zh_status)
    )


def titles_on(committee: Committee, day: date) -> Titles:
    """Return the titles of a committee on a day; where the Chinese one leads (China), the English one is ours."""
    found = titles(name_on(committee.names, day))
    if committee.body != "sac":
        return found
    english = found.english
    return titles_of(
        english.text, "", found.chinese.text, (TitleStatus.UNOFFICIAL, TitleStatus.NONE, found.chinese.status)
    )


def succeeded_by(ledger: Iterable[Succession], committee_id: int, day: date) -> list[Succession]:
    """Return the successions by which a committee has left its work to others, up to a day."""
    return [
        row
        for row in ledger
        if row.from_id == committee_id
        and row.kind in LEAVING
        and row.effective_on is not None
        and row.effective_on <= day
    ]


def depth(committee: Committee) -> int:
    """Return how deep a committee stands in the tree, from zero; needs its parent, not its grandparents' names."""
    if committee.parent_id is None:
        return 0
    parent = committee.parent
    return 1 if parent is None or parent.parent_id is None else 2
