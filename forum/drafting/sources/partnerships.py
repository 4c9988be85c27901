"""What the cities of a partnership write together, and what of it everybody reads.

Nothing of it goes to an engine outside: what the cities plan stays with them, and what everybody reads stands in the
very words to which each city has consented.  For the same reason those words aren't changed here; their translations
may be reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from forum.cooperation.models import (
    Activity,
    BoardClause,
    ContactOffice,
    Deliverable,
    Milestone,
    Outcome,
    PublishedOutcome,
)
from forum.cooperation.queries.publishing import activity_of, contact_of, given_in, public_of
from forum.cooperation.states import ActivityState, DeliverableState
from forum.core import revisions
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import CONSENTED, PARTIES_ONLY
from forum.partnerships.models import AgreementVersion, PartnershipParty

_STANDING = (ActivityState.PLANNED, ActivityState.RUNNING, ActivityState.HELD)


@dataclass(frozen=True, slots=True)
class PartnershipTexts:
    """The texts of a partnership for one of its cities, or those that everybody reads where ``parties`` is empty."""

    version: AgreementVersion  # whose words the registry shows
    parties: frozenset[int] = frozenset()  # for which somebody acts


def name_of(partnership_id: int) -> str:
    """Return the name of a partnership's texts in the queue."""
    return f"partnership:{partnership_id}"


def _stays(_now: datetime) -> Gate:
    return lambda _record, _field: PARTIES_ONLY


def _consented(_record: Any, _field: str) -> str:
    return CONSENTED


def _activity_consented(row: Activity, field: str) -> str | None:
    """The title of an activity is fixed as long as a city's consent to it stands."""
    if field != "title":
        return None
    thing = activity_of(row, row.partnership.parties)
    return CONSENTED if thing.consented(given_in([row.partnership_id])) else None


def _office_consented(row: ContactOffice, _field: str) -> str | None:
    thing = contact_of({row.party_id: row}, [row.party])
    return CONSENTED if thing.consented(given_in([row.party.partnership_id])) else None


def _ids(holders: Sequence[PartnershipTexts]) -> list[int]:
    return [held.version.partnership_id for held in holders if held.parties]


def _planned(model: Any, *conditions: Any) -> Callable[[Sequence[PartnershipTexts]], Sequence[Any]]:
    def rows(holders: Sequence[PartnershipTexts]) -> Sequence[Any]:
        wanted = _ids(holders)
        if not wanted:
            return ()
        query: Select[Any] = (
            select(model).where(model.partnership_id.in_(wanted), *conditions).options(lazyload("*")).order_by(model.id)
        )
        return session.scalars(query).all()

    return rows


def _clauses(holders: Sequence[PartnershipTexts]) -> Sequence[BoardClause]:
    return session.scalars(
        select(BoardClause)
        .join(BoardClause.activity)
        .where(Activity.partnership_id.in_(_ids(holders)), Activity.state.in_(_STANDING))
        .options(lazyload("*"), contains_eager(BoardClause.activity).options(lazyload("*")))
        .order_by(BoardClause.id)
    ).all()


def _outcomes(holders: Sequence[PartnershipTexts]) -> Sequence[PublishedOutcome]:
    """Give those that everybody reads: what is proposed still changes, and the memory learns from reviews of them."""
    shown = public_of([held.version for held in holders])
    return [row for published in shown.values() for row in published.outcomes]


def _offices(holders: Sequence[PartnershipTexts]) -> Sequence[ContactOffice]:
    mine = [party for held in holders for party in held.parties]
    own = session.scalars(
        select(ContactOffice)
        .where(ContactOffice.party_id.in_(mine))
        .options(joinedload(ContactOffice.party))
        .order_by(ContactOffice.id)
    ).all()
    public = {
        office.id
        for published in public_of([held.version for held in holders if not held.parties]).values()
        for office in published.offices
    }
    shown = session.scalars(
        select(ContactOffice).where(ContactOffice.id.in_(public)).options(joinedload(ContactOffice.party))
    ).all()
    return [*own, *shown]


def _show(_record: Any, now: datetime) -> None:
    revisions.bump(revisions.PARTNERSHIPS, now=now)


def _of_partnership(row: Any) -> str:
    return name_of(row.partnership_id)


def _of_party(row: ContactOffice) -> str:
    return name_of(session.get_one(PartnershipParty, row.party_id).partnership_id)


def _of_board(row: BoardClause) -> str:
    return name_of(row.activity.partnership_id)


def _source(model: Any, label: str, *fields: str, within: Any, **more: Any) -> Source:
    facts: dict[str, Any] = {"scope_of": _of_partnership} | more
    return Source(
        model.__tablename__, model, fields, label, _stays, collection="partnerships", within=within, **facts
    )  # fmt: skip


SOURCES = (
    _source(
        PublishedOutcome,
        N_("Published outcome"),
        "title",
        "summary",
        within=_outcomes,
        fixed=_consented,
        wrote=_show,
    ),
    _source(
        ContactOffice,
        N_("Contact office"),
        "name",
        within=_offices,
        scope_of=_of_party,
        fixed=_office_consented,
        wrote=_show,
    ),
    _source(
        Activity,
        N_("Activity"),
        "title",
        "agenda",
        "outputs",
        within=_planned(Activity, Activity.state.in_(_STANDING)),
        fixed=_activity_consented,
        wrote=_show,
    ),
    _source(
        Deliverable,
        N_("Deliverable"),
        "title",
        within=_planned(Deliverable, Deliverable.state != DeliverableState.DROPPED),
    ),
    _source(Milestone, N_("Milestone"), "title", within=_planned(Milestone)),
    _source(BoardClause, N_("Clause of a board"), "title", "difference", within=_clauses, scope_of=_of_board),
    _source(Outcome, N_("Indicator"), "indicator", "unit", "source", within=_planned(Outcome)),
)
