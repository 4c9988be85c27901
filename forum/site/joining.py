"""What rooms of international standards ask of one another, answered where all of them are in sight."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select

from forum.adoptions.models import DEGREES
from forum.adoptions.queries import ledger
from forum.adoptions.states import AdoptionState
from forum.ballots.models import Ballot
from forum.ballots.queries import due as ballots
from forum.ballots.rules.coherence import ExpertFacts, UseFacts
from forum.core.clock import system_clock
from forum.core.refusals import N_
from forum.evidence.neighbours import AdoptionFact, StageFact
from forum.evidence.queries.uses import pack_uses
from forum.experts.queries import confirmed_for, named_for
from forum.experts.queries import reminding as experts
from forum.liaisons.queries import reminding as liaisons
from forum.partnerships.rules.due import Reminded
from forum.standards import schemes
from forum.translating.queries import reminding as texts
from forum.web.viewer import Viewer


def use_of(ballot: Ballot) -> UseFacts:
    """Return what is known of the use of a ballot's standard in this country (VG-09)."""
    if ballot.standard_id is None:
        return UseFacts()
    return UseFacts(len(ledger.in_force_of(ballot.standard_id)), len(pack_uses(ballot.standard_id)))


def experts_of(ballot: Ballot, now: datetime) -> ExpertFacts:
    """Return who is nominated for the project of a ballot (VG-05)."""
    if ballot.standard_id is None:
        return ExpertFacts()
    return ExpertFacts(
        len(named_for(now=now, standard_id=ballot.standard_id)),
        len(confirmed_for(now=now, standard_id=ballot.standard_id)),
    )


def adoptions_of(standard_ids: Collection[int], _who: Viewer, _now: datetime) -> list[AdoptionFact]:
    """Return the national standards that take over one of these editions; a degree only where it is confirmed."""
    return [
        AdoptionFact(
            row.international_id,
            row.national.printed,
            DEGREES[row.confirmed_degree] if row.confirmed_degree is not None else "",
            row.state is AdoptionState.IN_FORCE,
            row.in_force_from,
            "adoptions.adoption",
            {"adoption_id": row.public_id},
            str(row.in_force_precision),
        )
        for row in ledger.of_editions(standard_ids)
    ]


def adopted(_state: str = "") -> Select[int]:
    """Return the statement that gives the ids of editions with an identical or modified adoption in force."""
    return ledger.adopted_editions()


ADOPTION_STATES = {"adopted": N_("Adopted nationally")}  # offered as a filter of the list of standards


def stage_fact(scheme: str, code: str) -> StageFact | None:
    """Return what a code of a publisher's scheme is called."""
    known = schemes.find(scheme, code)
    return StageFact(known.name, known.equivalent) if known is not None else None


def _liaison_days(kind: str) -> Reminded:
    return Reminded(liaisons.KINDS[kind], lambda: liaisons.days_now(kind, system_clock()))


# Kinds of due dates in standards work whose days the national office sets with those of the partnerships.
REMINDED: dict[str, Reminded] = {
    **{kind: Reminded(name, lambda: ballots.days_now(system_clock())) for kind, name in ballots.KINDS.items()},
    **{kind: _liaison_days(kind) for kind in liaisons.KINDS},
    **{kind: Reminded(name, days) for kind, (name, days) in experts.KINDS.items()},
    **{kind: Reminded(name, days) for kind, (name, days) in texts.KINDS.items()},
}
