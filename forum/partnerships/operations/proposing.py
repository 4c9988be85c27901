"""Proposing a partnership: who, what for, where the idea came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean, clean_line
from forum.partnerships import errors
from forum.partnerships.models import (
    AgreementVersion,
    Instrument,
    Origin,
    Partnership,
    PartnershipParty,
    PartyRole,
    Side,
)
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.numbering import next_number
from forum.partnerships.operations.performing import lock
from forum.partnerships.queries.standing import Holder, standing_of
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import Standing, shown_state
from forum.partnerships.states import VersionState
from forum.places.models import City


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a city writes when it proposes a partnership."""

    instrument: Instrument
    title: Text
    objectives: Text = field(default_factory=Text)
    invitation: Text = field(default_factory=Text)
    areas: Sequence[str] = ()
    plan_tasks: Sequence[int] = ()
    origin: Origin = Origin.MATCH
    origin_reference: str = ""
    origin_parts: Mapping[str, Any] = field(default_factory=dict)
    cites: Partnership | None = None


def side_of(city: City) -> Side:
    """Return the side of a city: the review runs on the Chinese one."""
    return Side.DOMESTIC if city.country_iso2 == "CN" else Side.FOREIGN


def propose(
    inviting: City, counterparts: Sequence[City], proposal: Proposal, *, actor: Actor, now: datetime
) -> AgreementVersion:
    """Begin a draft; nobody but the inviting city sees it.

    Raises ``CityTwice``, ``OpenAlready``, ``MustCiteRejection``.
    """
    cities = [inviting, *counterparts]
    if len({city.id for city in cities}) < len(cities):
        raise errors.CityTwice
    key = party_key(cities) if counterparts else ""
    _rejection_cited(key, proposal)
    partnership = Partnership(
        number=next_number("P", today_in("", now).year),
        instrument=proposal.instrument,
        party_key=key,
        origin=proposal.origin,
        origin_reference=clean_line(proposal.origin_reference),
        origin_parts=dict(proposal.origin_parts),
        cites_id=proposal.cites.id if proposal.cites else None,
    )
    _write(partnership, proposal)
    _seat(partnership, cities, actor)
    try:
        with session.begin_nested():
            session.add(partnership)
    except IntegrityError as taken:
        raise errors.OpenAlready from taken
    version = AgreementVersion(
        partnership_id=partnership.id,
        partnership=partnership,
        instrument=proposal.instrument,
        state=VersionState.DRAFT,
        state_since=now,
        shared_since=now,
    )
    session.add(version)
    session.flush()
    note_hand(version, actor.account_id, "drafter")
    record(actor, "propose", "agreement", version.public_id, now=now, to="draft", parties=len(cities))
    return version


def rewrite(version: AgreementVersion, proposal: Proposal, *, who: Holder, actor: Actor, now: datetime) -> None:
    """Change what a draft says, or what it pursues while it is negotiated."""
    standing = standing_of(version, who)
    if not standing.liaison_of:
        raise errors.NotYours
    if version.state not in {VersionState.DRAFT, VersionState.NEGOTIATING}:
        raise errors.TextLocked(shown_state(version.state, standing))
    _write(version.partnership, proposal)
    note_hand(version, actor.account_id, "drafter")
    session.flush()
    record(actor, "rewrite", "agreement", version.public_id, now=now)


def redraft(
    version: AgreementVersion,
    counterparts: Sequence[City],
    proposal: Proposal,
    *,
    seen: int,
    who: Holder,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a draft before it is sent: its words, and as long as nobody outside knows of it, its parties as well.

    ``seen`` is the version of the partnership that the page showed.  Raises ``NotYours``, ``ProposalSent``,
    ``DraftChanged``, ``CityTwice``, ``NoCounterpart``, ``PartiesFixed``, ``OpenAlready``, ``MustCiteRejection``.
    """
    lock(version)
    partnership = version.partnership
    session.refresh(partnership)
    standing = standing_of(version, who)
    inviting = next(party for party in partnership.parties if party.inviting)
    if inviting.id not in standing.liaison_of:
        raise errors.NotYours
    if version.state is not VersionState.DRAFT:
        raise errors.ProposalSent(shown_state(version.state, standing))
    if partnership.version != seen:
        raise errors.DraftChanged
    cities = [inviting.city, *counterparts]
    _sound_parties(version, cities, proposal.instrument)
    _rejection_cited(party_key(cities), proposal)
    try:
        with session.begin_nested():
            _write(partnership, proposal)
            partnership.instrument = version.instrument = proposal.instrument
            partnership.cites_id = proposal.cites.id if proposal.cites else partnership.cites_id
            if party_key(cities) != partnership.party_key:
                partnership.party_key = party_key(cities)
                partnership.origin_parts = dict(proposal.origin_parts)
                _reseat(partnership, cities, actor)
            flag_modified(partnership, "areas")  # a draft that was sent again counts as changed, whatever was in it
            session.flush()
    except IntegrityError as taken:
        raise errors.OpenAlready from taken
    note_hand(version, actor.account_id, "drafter")
    session.flush()
    record(actor, "redraft", "agreement", version.public_id, now=now, parties=len(cities))


def may_redraft(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether somebody changes the draft: a liaison of the city that invites."""
    inviting = {party.id for party in version.partnership.parties if party.inviting}
    return version.state is VersionState.DRAFT and bool(inviting & standing.liaison_of)


def parties_free(version: AgreementVersion) -> bool:
    """Tell whether a draft's parties and instrument can still be chosen: never sent, and no text names them."""
    return version.moves == 0 and version.text_id is None and not (version.text_en or version.text_zh)


def _sound_parties(version: AgreementVersion, cities: Sequence[City], instrument: Instrument) -> None:
    partnership = version.partnership
    if len(cities) == 1:
        raise errors.NoCounterpart
    if len({city.id for city in cities}) < len(cities):
        raise errors.CityTwice
    same = party_key(cities) == partnership.party_key and instrument is partnership.instrument
    if not same and not parties_free(version):
        raise errors.PartiesFixed


def _seat(partnership: Partnership, cities: Sequence[City], actor: Actor) -> None:
    """Make the cities the parties, in this order; the first one invites, and the first of a side leads it."""
    led: set[Side] = set()
    for order, city in enumerate(cities):
        side = side_of(city)
        partnership.parties.append(
            PartnershipParty(
                city_id=city.id,
                city=city,
                side=side,
                role=PartyRole.PARTY if side in led else PartyRole.LEAD,
                inviting=order == 0,
                order=order,
                coordinator_id=actor.account_id if order == 0 else None,
            )
        )
        led.add(side)


def _reseat(partnership: Partnership, cities: Sequence[City], actor: Actor) -> None:
    """Seat other cities; nobody but the inviting one has known of the former."""
    for party in list(partnership.parties):
        partnership.parties.remove(party)
        session.delete(party)
    session.flush()
    _seat(partnership, cities, actor)
    session.flush()


def party_key(cities: Sequence[City]) -> str:
    """Return the key of a set of parties, whatever their order."""
    return "+".join(str(number) for number in sorted(city.id for city in cities))


def _write(partnership: Partnership, proposal: Proposal) -> None:
    for name in ("title", "objectives", "invitation"):
        text: Text = getattr(proposal, name)
        tidy = clean_line if name == "title" else clean
        setattr(partnership, f"{name}_en", tidy(text.en))
        setattr(partnership, f"{name}_zh", tidy(text.zh))
    partnership.areas = sorted(set(proposal.areas))
    partnership.plan_tasks = sorted(set(proposal.plan_tasks))


def _rejection_cited(key: str, proposal: Proposal) -> None:
    """A refused proposal is final; a new one of the same cities and instrument must name it."""
    if not key:
        return
    refused = session.scalar(
        select(Partnership)
        .join(AgreementVersion, AgreementVersion.partnership_id == Partnership.id)
        .where(
            Partnership.party_key == key,
            Partnership.instrument == proposal.instrument,
            AgreementVersion.state == VersionState.REJECTED,
        )
        .order_by(Partnership.id.desc())
        .limit(1)
    )
    if refused is not None and (proposal.cites is None or proposal.cites.id != refused.id):
        raise errors.MustCiteRejection(number=refused.number)
