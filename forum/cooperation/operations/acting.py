"""For whom somebody acts, and how a row is written once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.cooperation.errors import ChangedMeanwhile, NotInForce
from forum.cooperation.queries.publishing import shown_version
from forum.core.actor import Actor
from forum.core.bilingual import Bilingual, Text
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import NotFound, Refusal
from forum.core.text import clean, clean_line
from forum.offices.models import OfficeRole
from forum.offices.queries import holders
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty, Side
from forum.partnerships.rules.seeing import Standing
from forum.partnerships.states import VersionState
from forum.ports.mail.outbox import post
from forum.translation.both_sides import write_both

IN_FORCE = (VersionState.ACTIVE, VersionState.RENEWAL)


def own_party(partnership: Partnership, standing: Standing) -> PartnershipParty:
    """Return the party for which somebody acts; who acts on both sides acts for the domestic one.

    Raises ``NotFound`` for everybody else.
    """
    mine = [party for party in partnership.parties if party.id in standing.parties]
    if not mine:
        raise NotFound
    return min(mine, key=lambda party: (party.side is not Side.DOMESTIC, party.order, party.id))


def roles_towards(side: Side, partnership: Partnership, standing: Standing) -> frozenset[str]:
    """Return what somebody is towards a thing of one side: author or counterpart, liaison, nation."""
    sides = {party.side for party in partnership.parties if party.id in standing.parties}
    roles: set[str] = {"liaison"} if sides else set()
    if side in sides:
        roles.add("author")  # who is on both sides never answers to their own words
    elif sides:
        roles.add("counterpart")
    if "national_reviewer" in standing.roles and not sides:
        roles.add("nation")
    return frozenset(roles)


def need_force(partnership: Partnership) -> None:
    """Refuse new plans unless an agreement of the partnership is in force."""
    found = session.scalar(
        select(AgreementVersion.id)
        .where(AgreementVersion.partnership_id == partnership.id, AgreementVersion.state.in_(IN_FORCE))
        .limit(1)
    )
    if found is None:
        raise NotInForce


def as_seen(version: int, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version of the record."""
    if seen is not None and seen != version:
        raise ChangedMeanwhile


def blank(text: Text) -> bool:
    """Tell whether neither side of a text says anything."""
    return not (text.en.strip() or text.zh.strip())


def write_texts(row: Bilingual, texts: Mapping[str, Text], *, actor: Actor, now: datetime) -> None:
    """Write both sides of several fields; titles and names are one line, the rest prose."""
    write_both(row, {name: _tidy(name, text) for name, text in texts.items()}, actor=actor, now=now)


def _tidy(name: str, text: Text) -> Text:
    tidy = clean_line if name in {"title", "indicator", "unit", "source", "name"} else clean
    return Text(tidy(text.en), tidy(text.zh))


def add_once(row: Any, taken: type[Refusal]) -> None:
    """Add a row that the database lets in once; raise ``taken`` if it is there already."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as clash:
        raise taken from clash


def tell(
    partnership: Partnership,
    side: Side,
    template: str,
    *,
    key: str,
    but: int | None,
    now: datetime,
    page: str = "plan",
) -> None:
    """Write to the liaisons of a side, each in their language; never to the one who acts."""
    told: set[int] = set()
    version = shown_version(partnership.id)
    if version is None:
        return
    for party in partnership.parties:
        if party.side is not side:
            continue
        for office in holders(OfficeRole.CITY_LIAISON, now, city_id=party.city_id):
            if office.account_id == but or office.account_id in told:
                continue
            told.add(office.account_id)
            language = office.account.language
            post(
                template,
                office.account.email,
                language,
                now=now,
                key=key,
                number=partnership.number,
                address=f"{premises().base_url}/{language}/desk/partnerships/{version.public_id}/{page}",
            )
