"""What somebody is to liaison work: which statements they may read, write and approve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Answering = Mapping[int, frozenset[int]]  # for each committee the national committees that answer for it now
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """The offices and posts that somebody holds now, as far as they count here (permissions, row by row)."""

    account_id: int | None = None
    nation: bool = False  # the national office
    auditor: bool = False
    officer: bool = False  # liaison officer
    submission: bool = False
    chairs: frozenset[int] = field(default=NONE)  # national committees
    secretaries: frozenset[int] = field(default=NONE)
    members: frozenset[int] = field(default=NONE)  # experts and contacts of units

    def __bool__(self) -> bool:
        return self.reads_all or self.reads_internal or bool(self.leads | self.members)

    @property
    def reads_all(self) -> bool:
        """Whether every statement is open to them."""
        return self.nation or self.auditor

    @property
    def reads_internal(self) -> bool:
        """Whether they read everything that isn't confidential."""
        return self.officer or self.submission

    @property
    def leads(self) -> frozenset[int]:
        """The national committees that they lead."""
        return self.chairs | self.secretaries

    @property
    def drafts(self) -> bool:
        """Whether they may write statements at all."""
        return self.nation or self.officer or bool(self.chairs)

    @property
    def records(self) -> bool:
        """Whether they may record what came in."""
        return self.drafts or bool(self.secretaries)

    @property
    def proposes(self) -> bool:
        """Whether they may propose a relation or begin its review."""
        return self.records


def _covered(groups: Iterable[int | None], mine: frozenset[int], answering: Answering) -> bool:
    """Tell whether each group is one that these national committees answer for; a name outside never is."""
    found = list(groups)
    return bool(found) and all(one is not None and answering.get(one, NONE) & mine for one in found)


def may_draft_for(standing: Standing, groups: Iterable[int | None], answering: Answering) -> bool:
    """Tell whether somebody may write for all of these groups; None stands for a group that isn't kept here."""
    return standing.nation or standing.officer or _covered(groups, standing.chairs, answering)


def entitled_for_all(standing: Standing, groups: Iterable[int | None], answering: Answering) -> bool:
    """Tell whether somebody may approve for all of these groups: the national office, or the chair of each."""
    return standing.nation or _covered(groups, standing.chairs, answering)


def may_handle(standing: Standing, groups: Iterable[int | None], answering: Answering) -> bool:
    """Tell whether somebody keeps an incoming statement: the officers, or who leads a committee concerned."""
    if standing.nation or standing.officer:
        return True
    return any(one is not None and answering.get(one, NONE) & standing.leads for one in groups)
