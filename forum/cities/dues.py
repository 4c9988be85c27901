"""What falls due in the profile of a city, for each liaison who keeps it: its confirmation, and its certificates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.cities.models import Certificate, CityProfile
from forum.cities.rules import stale_since
from forum.core.database import session
from forum.core.refusals import N_, P_
from forum.offices import queries as offices
from forum.reminders.rules import Due, Fact
from forum.workdays.queries import region_of

CONFIRMATION, CERTIFICATE = "city_confirmation", "city_certificate"
# Name and days of telling of each kind; the national office sets others.
KINDS: dict[str, tuple[str, tuple[int, ...]]] = {
    CONFIRMATION: (P_("city", "Yearly confirmation of a city’s profile"), (-30, -7, 0)),
    CERTIFICATE: (P_("city", "Last day of a city’s certificate"), (-90, -30, -7)),
}
WORDS = {
    CONFIRMATION: (
        N_("The profile of your city counts as out of date from %(due)s, and the city ranks lower from then on."),
        N_("Read the profile through, correct it, and confirm it."),
    ),
    CERTIFICATE: (
        N_("The certificate of your city for %(standard)s is valid until %(due)s."),
        N_("Enter the new certificate, or leave the old one to be shown as expired."),
    ),
}
LAPSED = timedelta(days=7)  # a certificate that ended longer ago asks nothing of anybody


@dataclass(frozen=True, slots=True)
class _Said:
    kind: str
    subject: str
    on: date
    standard: str = ""


def dues(now: datetime) -> Iterator[Due]:
    """Return every such date of cities whose profile is kept by somebody."""
    roster = offices.roster(now)
    certificates: dict[int, list[Certificate]] = {}
    for each in session.scalars(select(Certificate).where(Certificate.valid_until >= now.date() - LAPSED)):
        certificates.setdefault(each.city_id, []).append(each)
    for profile in session.scalars(select(CityProfile).where(CityProfile.successor_id.is_(None))):
        people = list(
            dict.fromkeys(office.account_id for office in roster.get(("city_liaison", f"city:{profile.city_id}"), ()))
        )
        said = [
            _Said(CERTIFICATE, f"certificate:{each.public_id}", each.valid_until, each.standard)
            for each in certificates.get(profile.city_id, ())
        ]
        if profile.last_confirmed_on is not None:
            said.append(_Said(CONFIRMATION, f"city:{profile.public_id}", stale_since(profile.last_confirmed_on)))
        for one in said:
            for person in people:
                yield _due(profile, one, person)


def _due(profile: CityProfile, said: _Said, person: int) -> Due:
    sentence, step = WORDS[said.kind]
    facts: dict[str, Fact] = {"standard": said.standard} if said.standard else {}
    return Due(
        kind=said.kind,
        object_reference=said.subject,
        title=profile.city.text("name"),
        on=said.on,
        account_id=person,
        sentence=sentence,
        facts=facts,
        next_step=step,
        link=f"/desk/cities/{profile.slug}/",
        offsets=KINDS[said.kind][1],
        places=(region_of(profile.city),),
    )
