"""To what the parties are asked to agree, and which of them has: both sides read the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.core.database import session
from forum.core.refusals import P_, Word
from forum.partnerships.models import (
    AgreementVersion,
    ConsentKind,
    PartnershipParty,
    PartyConsent,
)
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState

_S = VersionState
# What somebody else decides once the parties have agreed; each city says so on the page of the case.
ASKED_IN: dict[ConsentKind, frozenset[VersionState]] = {
    ConsentKind.RESUME: frozenset({_S.SUSPENDED}),
}
# Steps that each party takes itself; until the last one has, the page says who is awaited.
TAKEN_IN: dict[ConsentKind, frozenset[VersionState]] = {
    ConsentKind.NEW_TERMS: frozenset({_S.RENEWAL}),
    ConsentKind.LATE_RENEWAL: frozenset({_S.EXPIRED}),
}
BY_THE_LEAD = frozenset({ConsentKind.RESUME})  # who may suspend agrees to go on
CONSENTS: dict[ConsentKind, Word] = {
    ConsentKind.RESUME: P_("partnership", "To go on with the suspended agreement"),
    ConsentKind.NEW_TERMS: P_("partnership", "To negotiate new terms"),
    ConsentKind.LATE_RENEWAL: P_("partnership", "To renew after the end"),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where one city stands with one question: agreed since, or not yet."""

    party: PartnershipParty
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that every city is asked."""

    kind: ConsentKind
    name: Word
    cities: tuple[Agreed, ...]
    mine: bool = False  # this reader can agree here, and hasn't


def asked_of(version: AgreementVersion) -> tuple[ConsentKind, ...]:
    """Return what the parties can agree to now."""
    return tuple(kind for kind, states in ASKED_IN.items() if version.state in states)


def entitled(kind: ConsentKind, standing: Standing) -> frozenset[int]:
    """Return the parties for which somebody may agree."""
    return standing.lead_of if kind in BY_THE_LEAD else standing.parties


def questions_for(version: AgreementVersion, standing: Standing) -> Sequence[Question]:
    """Return what stands open with each city's answer, for the parties and the levels above them."""
    if not (standing.domestic or standing.foreign or standing.reads_all):
        return ()
    asked = asked_of(version)
    taken = tuple(kind for kind, states in TAKEN_IN.items() if version.state in states)
    given = _given(version, (*asked, *taken)) if asked or taken else {}
    found = []
    for kind in (*asked, *taken):
        cities = tuple(Agreed(party, given.get((kind, party.id))) for party in version.partnership.parties)
        if kind in taken and not any(each.at for each in cities):
            continue
        awaited = {each.party.id for each in cities if each.at is None}
        mine = kind in asked and bool(awaited & entitled(kind, standing))
        found.append(Question(kind, CONSENTS[kind], cities, mine=mine))
    return found


def _given(version: AgreementVersion, kinds: Sequence[ConsentKind]) -> dict[tuple[ConsentKind, int], datetime]:
    rows = session.execute(
        select(PartyConsent.kind, PartyConsent.party_id, PartyConsent.at)
        .where(
            PartyConsent.version_id == version.id,
            PartyConsent.kind.in_(kinds),
            PartyConsent.moves == version.moves,
        )
        .order_by(PartyConsent.at.desc())
    )
    return {(kind, party): at for kind, party, at in rows}
