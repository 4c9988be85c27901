"""What of a partnership the public may read, and what the parties have said to it.

``public_of`` is the only way from these rows to a public page; the state and every party's consent are asked there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from forum.cooperation.models import (
    Activity,
    ContactOffice,
    EvidenceVerdict,
    EvidenceVisibility,
    PublicationConsent,
    PublishedOutcome,
    SessionLink,
)
from forum.cooperation.rules.publishing import CONTACT, SUMMARY, Given, Thing, fingerprint
from forum.cooperation.states import ActivityState, OutcomeState
from forum.core.bilingual import LANGUAGES, Bilingual
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, Partnership, PartnershipParty
from forum.partnerships.states import PUBLIC
from forum.ports.files.models import StoredFile

_Of = TypeVar("_Of", Activity, PublishedOutcome, SessionLink)
Consents = Mapping[tuple[int, str], Given]  # by party and thing


@dataclass(frozen=True, slots=True)
class Published:
    """What the public reads of one partnership beyond its registration."""

    summary: bool = False
    offices: tuple[ContactOffice, ...] = ()
    sessions: tuple[SessionLink, ...] = ()
    activities: tuple[Activity, ...] = ()
    outcomes: tuple[PublishedOutcome, ...] = ()


NOTHING = Published()


def shown_version(partnership_id: int) -> AgreementVersion | None:
    """Return the version whose words the registry shows: the latest that has been registered."""
    return session.scalar(
        select(AgreementVersion)
        .where(AgreementVersion.partnership_id == partnership_id, AgreementVersion.state.in_(PUBLIC))
        .order_by(AgreementVersion.number.desc())
        .limit(1)
    )


# --- What there is to consent to ------------------------------------------------------------------------


def _both(row: Bilingual, *fields: str) -> list[str]:
    return [row.side(field, language) for field in fields for language in LANGUAGES]


def _same_for_all(key: str, row: object, words: Sequence[object], parties: Iterable[PartnershipParty]) -> Thing:
    mark = fingerprint(key.partition(":")[0], words)
    return Thing(key, row, {party.id: mark for party in parties})


def summary_of(version: AgreementVersion, parties: Sequence[PartnershipParty]) -> Thing:
    """Return the summary of the arrangement, as it was registered."""
    return _same_for_all(SUMMARY, version, _both(version, "registered_objectives"), parties)


def contact_of(offices: Mapping[int, ContactOffice], parties: Sequence[PartnershipParty]) -> Thing:
    """Return the contact offices; each party consents to its own, and that they are shown at all."""
    marks = {}
    for party in parties:
        office = offices.get(party.id)
        words = [*_both(office, "name"), office.email, office.website] if office else []
        marks[party.id] = fingerprint(CONTACT, words)
    return Thing(CONTACT, tuple(offices[party.id] for party in parties if party.id in offices), marks)


def activity_of(row: Activity, parties: Sequence[PartnershipParty]) -> Thing:
    """Return an activity: its kind, its title and the days on which it was held."""
    return _same_for_all(row.reference, row, [row.kind, *_both(row, "title"), row.actual_from, row.actual_to], parties)


def session_of(row: SessionLink, parties: Sequence[PartnershipParty]) -> Thing:
    """Return the session of a forum at which a partnership began or was signed."""
    return _same_for_all(row.reference, row, [row.tie, row.agenda_session.public_id], parties)


def outcome_of(row: PublishedOutcome, parties: Sequence[PartnershipParty]) -> Thing:
    """Return an outcome with its evidence and the standard that it concerns."""
    words = [
        row.kind,
        *_both(row, "title", "summary"),
        row.happened_on,
        row.standard.reference if row.standard else "",
        row.evidence.sha256,
        row.evidence.visibility,
        row.proposed_at.astimezone(UTC).isoformat(),  # what is proposed once more is consented to once more
    ]
    return _same_for_all(row.reference, row, words, parties)


def things_of(partnership: Partnership) -> list[Thing]:
    """Return everything that the parties of a partnership may consent to show."""
    ids, parties = [partnership.id], partnership.parties
    version = shown_version(partnership.id)
    found = []
    if version is not None and version.text("registered_objectives"):
        found.append(summary_of(version, parties))
    offices = _offices(ids)
    if offices:
        found.append(contact_of(offices, parties))
    found += [session_of(row, parties) for row in _sessions(ids)]
    found += [activity_of(row, parties) for row in _held(ids)]
    rows = session.scalars(
        select(PublishedOutcome)
        .where(PublishedOutcome.partnership_id == partnership.id)
        .order_by(PublishedOutcome.happened_on.desc(), PublishedOutcome.id.desc())
    )
    return found + [outcome_of(row, parties) for row in rows]


def given_in(partnership_ids: Sequence[int]) -> Consents:
    """Return the consents that were given and not taken back."""
    rows = session.scalars(
        select(PublicationConsent).where(
            PublicationConsent.partnership_id.in_(partnership_ids), PublicationConsent.withdrawn_at.is_(None)
        )
    )
    return {(row.party_id, row.thing): Given(row.fingerprint, row.given_at) for row in rows}


def office_of(party_id: int) -> ContactOffice | None:
    """Return the contact office that a party has named."""
    return session.scalar(select(ContactOffice).where(ContactOffice.party_id == party_id))


def outcome(partnership_id: int, public_id: str) -> PublishedOutcome | None:
    """Return an outcome of this partnership, published or not."""
    return session.scalar(
        select(PublishedOutcome).where(
            PublishedOutcome.partnership_id == partnership_id, PublishedOutcome.public_id == public_id
        )
    )


def _offices(partnership_ids: Sequence[int]) -> dict[int, ContactOffice]:
    rows = session.scalars(
        select(ContactOffice)
        .join(PartnershipParty, PartnershipParty.id == ContactOffice.party_id)
        .where(PartnershipParty.partnership_id.in_(partnership_ids))
    )
    return {row.party_id: row for row in rows}


def _sessions(partnership_ids: Sequence[int]) -> Sequence[SessionLink]:
    return session.scalars(
        select(SessionLink)
        .where(SessionLink.partnership_id.in_(partnership_ids))
        .options(joinedload(SessionLink.agenda_session))
        .order_by(SessionLink.id)
    ).all()


def _held(partnership_ids: Sequence[int]) -> Sequence[Activity]:
    return session.scalars(
        select(Activity)
        .where(Activity.partnership_id.in_(partnership_ids), Activity.state == ActivityState.HELD)
        .options(lazyload(Activity.participants), lazyload(Activity.budgets))
        .order_by(Activity.actual_to.desc(), Activity.id.desc())
    ).all()


# --- What the public reads ------------------------------------------------------------------------------


def public_of(versions: Sequence[AgreementVersion]) -> Mapping[int, Published]:
    """Return what may be shown of these registered versions, by partnership; a fixed number of statements."""
    known = {version.partnership_id: version for version in versions if version.state in PUBLIC}
    ids = list(known)
    if not ids:
        return {}
    given = given_in(ids)
    if not given:
        return dict.fromkeys(ids, NOTHING)
    offices = _offices(ids)
    sessions, held = _by_partnership(_sessions(ids)), _by_partnership(_held(ids))
    outcomes = _by_partnership(_published(ids))
    return {
        key: Published(
            summary=summary_of(version, parties).may_be_shown(given),
            offices=_shown_offices(contact_of(offices, parties), given),
            sessions=tuple(row for row in sessions[key] if session_of(row, parties).may_be_shown(given)),
            activities=tuple(row for row in held[key] if activity_of(row, parties).may_be_shown(given)),
            outcomes=tuple(row for row in outcomes[key] if outcome_of(row, parties).may_be_shown(given)),
        )
        for key, version in known.items()
        for parties in (version.partnership.parties,)
    }


def _shown_offices(contact: Thing, given: Consents) -> tuple[ContactOffice, ...]:
    return tuple(contact.row) if contact.may_be_shown(given) else ()


def _by_partnership(rows: Iterable[_Of]) -> defaultdict[int, list[_Of]]:
    found: defaultdict[int, list[_Of]] = defaultdict(list)
    for row in rows:
        found[row.partnership_id].append(row)
    return found


def _published(partnership_ids: Sequence[int] | None = None, limit: int | None = None) -> Sequence[PublishedOutcome]:
    query = (
        select(PublishedOutcome)
        .where(PublishedOutcome.state == OutcomeState.PUBLISHED)
        .order_by(PublishedOutcome.happened_on.desc(), PublishedOutcome.id.desc())
    )
    if partnership_ids is not None:
        query = query.where(PublishedOutcome.partnership_id.in_(partnership_ids))
    if limit is not None:
        query = query.order_by(None).order_by(PublishedOutcome.published_at.desc(), PublishedOutcome.id.desc())
        query = query.limit(limit).options(
            selectinload(PublishedOutcome.partnership)
            .selectinload(Partnership.parties)
            .joinedload(PartnershipParty.city)
        )
    return session.scalars(query).unique().all()


def newest_public(limit: int) -> list[tuple[AgreementVersion, PublishedOutcome]]:
    """Return the outcomes that were published last, with the version that the registry shows."""
    rows = _published(limit=limit)
    ids = {row.partnership_id for row in rows}
    latest: dict[int, AgreementVersion] = {}
    versions = select(AgreementVersion).where(
        AgreementVersion.partnership_id.in_(ids), AgreementVersion.state.in_(PUBLIC)
    )
    for version in session.scalars(versions.order_by(AgreementVersion.number)):
        latest[version.partnership_id] = version
    given = given_in(list(ids))
    return [
        (latest[row.partnership_id], row)
        for row in rows
        if row.partnership_id in latest and outcome_of(row, row.partnership.parties).may_be_shown(given)
    ]


def public_file(version: AgreementVersion, outcome_id: str) -> StoredFile | None:
    """Return the file behind a published outcome, when its side has opened it to everybody."""
    published = public_of([version]).get(version.partnership_id, NOTHING)
    row = next((one for one in published.outcomes if one.public_id == outcome_id), None)
    return row.evidence.file if row is not None and is_open(row) else None


def is_open(row: PublishedOutcome) -> bool:
    """Tell whether everybody may open the evidence of a published outcome."""
    return row.evidence.visibility is EvidenceVisibility.PUBLIC and row.evidence.verdict is EvidenceVerdict.ACCEPTED
