"""Which national committee answers for which group, and who acts for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select

from forum.accounts.models import Account, AccountState
from forum.committees.models import Body, Committee, CommitteeAlias, Mirror, PostRole
from forum.committees.queries import post_holders
from forum.committees.references import folded, normal
from forum.core.database import session
from forum.liaisons.rules.seeing import Standing
from forum.offices.models import OfficeRole
from forum.offices.queries import holders
from forum.offices.rules import BEIJING


def today(now: datetime) -> date:
    """Return the day by the calendar of Beijing."""
    return now.astimezone(ZoneInfo(BEIJING)).date()


def standing_on(day: date) -> ColumnElement[bool]:
    """Keep the mirrors that hold on a day."""
    return or_(Mirror.starts_on.is_(None), Mirror.starts_on <= day) & or_(
        Mirror.ends_on.is_(None), Mirror.ends_on >= day
    )


def mirrored_by(national_ids: Iterable[int], day: date) -> Select[int]:
    """Return the ids of the committees that these national committees answer for on a day."""
    return select(Mirror.committee_id).where(Mirror.national_id.in_(list(national_ids)), standing_on(day))


def mirrored(day: date) -> Select[int]:
    """Return the ids of the committees that anybody here answers for on a day."""
    return select(Mirror.committee_id).where(standing_on(day))


def answering(committee_ids: Iterable[int | None], now: datetime) -> Mapping[int, frozenset[int]]:
    """Return for each committee the national committees that answer for it now; a national one answers for itself."""
    wanted = sorted({one for one in committee_ids if one is not None})
    found: dict[int, set[int]] = {one: set() for one in wanted}
    day = today(now)
    rows = session.execute(
        select(Mirror.committee_id, Mirror.national_id).where(Mirror.committee_id.in_(wanted), standing_on(day))
    )
    for committee_id, national_id in rows:
        found[committee_id].add(national_id)
    for own in session.scalars(select(Committee.id).where(Committee.id.in_(wanted), Committee.body == Body.SAC)):
        found[own].add(own)
    return {key: frozenset(value) for key, value in found.items()}


def committee_called(spelling: str) -> Committee | None:
    """Return a committee by its reference, its address or any known spelling."""
    text = spelling.strip()
    if not text:
        return None
    found = session.scalar(select(Committee).where(or_(Committee.reference == normal(text), Committee.slug == text)))
    if found is not None:
        return found
    key = folded(text)
    if not key:
        return None
    return session.scalar(
        select(Committee)
        .join(CommitteeAlias, CommitteeAlias.committee_id == Committee.id)
        .where(CommitteeAlias.folded == key)
        .limit(1)
    )


def offered(day: date, limit: int = 120) -> Sequence[Committee]:
    """Return the committees that are offered while somebody writes: those with a mirror, and the mirrors."""
    nationals = select(Mirror.national_id).where(standing_on(day))
    return session.scalars(
        select(Committee)
        .where(or_(Committee.id.in_(mirrored(day)), Committee.id.in_(nationals)))
        .order_by(Committee.sort_key, Committee.reference)
        .limit(limit)
    ).all()


def owners(national_ids: Iterable[int], now: datetime) -> Sequence[Account]:
    """Return who may own an answer: liaison officers, the national office, and who leads these committees."""
    found: dict[int, Account] = {}
    for role in (OfficeRole.LIAISON_OFFICER, OfficeRole.STANDARDS_OFFICER):
        for office in holders(role, now):
            found.setdefault(office.account_id, office.account)
    for national_id in sorted(set(national_ids)):
        for post in post_holders(national_id, (PostRole.MIRROR_SECRETARY, PostRole.MIRROR_CHAIR), now):
            found.setdefault(post.account_id, post.account)
    return [account for account in found.values() if account.state is AccountState.ACTIVE]


def owners_for(standing: Standing, now: datetime) -> Sequence[Account]:
    """Return whom somebody may make the owner of an answer before its groups are known."""
    if not (standing.nation or standing.officer):
        return owners(standing.leads, now)
    return owners(session.scalars(select(Mirror.national_id).where(standing_on(today(now))).distinct()), now)


def approvers(groups: Iterable[int | None], now: datetime) -> Sequence[Account]:
    """Return who may approve for all of these groups: the national office, and whoever chairs for each of them."""
    wanted = list(groups)
    found = {office.account_id: office.account for office in holders(OfficeRole.STANDARDS_OFFICER, now)}
    if wanted and all(one is not None for one in wanted):
        known = answering(wanted, now)
        chairing: list[dict[int, Account]] = []
        for group in known:
            here = {
                post.account_id: post.account
                for national_id in known[group]
                for post in post_holders(national_id, (PostRole.MIRROR_CHAIR,), now)
            }
            chairing.append(here)
        everywhere = set.intersection(*(set(here) for here in chairing)) if chairing else set()
        found |= {one: chairing[0][one] for one in sorted(everywhere)}
    return [account for account in found.values() if account.state is AccountState.ACTIVE]
