"""The delegations with their quotas and focal points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import session
from forum.core.text import pinyin_key
from forum.events.models import Forum
from forum.people.models import Person
from forum.people.rules import latin
from forum.places.models import City, Organisation
from forum.places.reference import place
from forum.registration.models import Category, Delegation, DelegationKind, FocalPoint
from forum.registration.states import DelegationState
from forum.site.demonstration.facts import CategorySeed, DelegationSeed, DemonstrationForum, Participant
from forum.site.demonstration.loading.house import sides

# Reopened after its credentials were accepted, so that focalpoint@ has somebody left to nominate.
REOPENED = "city-fr-lyon"


def write(
    content: DemonstrationForum,
    forum: Forum,
    people: Sequence[Participant],
    persons: Mapping[str, Person],
    staff: Mapping[str, Account],
) -> Mapping[str, Delegation]:
    """Write categories, delegations and focal points; return the delegations by key."""
    session.add_all(_category(forum, seed, order) for order, seed in enumerate(content.categories))
    cities = {city.code: city for city in session.scalars(select(City)) if city.code}
    bodies = {body.code: body for body in session.scalars(select(Organisation)) if body.code}
    made = {seed.key: _delegation(forum, seed, cities, bodies) for seed in content.delegations}
    session.add_all(made.values())
    session.flush()
    for each in people:
        if not each.is_focal_point:
            continue
        account = staff.get(each.email) or Account(
            email=each.email, name=latin(persons[each.key]), language=each.language, created_at=each.registered_at
        )
        session.add(account)
        session.flush()
        persons[each.key].account_id = account.id
        session.add(
            FocalPoint(
                delegation_id=made[each.delegation_key].id,
                account_id=account.id,
                proof="Letter of the delegation",
                granted_by=staff["organiser@forum.example"].actor().reference,
            )
        )
    session.flush()
    return made


def _category(forum: Forum, seed: CategorySeed, order: int) -> Category:
    from_abroad = ["letter", "travel", "diet", "access", "medical", "interpretation"]
    return Category(
        forum_id=forum.id,
        code=seed.code,
        order=order,
        chain=seed.chain,
        fields=from_abroad if seed.code not in {"STAFF", "INTERPRETER"} else ["diet", "access"],
        required_documents=list(seed.required_documents),
        needs_delegation=seed.needs_delegation,
        self_registration=seed.self_registration,
        needs_confirmation=seed.code not in {"STAFF", "INTERPRETER"},
        in_list_of_participants=seed.in_list_of_participants,
        **sides(name=seed.name, description=seed.description),
    )


def _delegation(
    forum: Forum, seed: DelegationSeed, cities: Mapping[str, City], bodies: Mapping[str, Organisation]
) -> Delegation:
    city = cities[seed.place_code] if seed.kind is DelegationKind.CITY else None
    body = bodies[seed.place_code] if seed.kind is DelegationKind.ORGANISATION else None
    country = place("country", seed.place_code).iso2 if seed.kind is DelegationKind.COUNTRY else None
    if city is not None:
        country = city.country_iso2
    elif body is not None:
        country = body.country_iso2
    stands_for = city or body
    return Delegation(
        forum_id=forum.id,
        kind=seed.kind,
        represents=stands_for.public_id if stands_for is not None else country,
        country_iso2=country,
        city_id=city.id if city is not None else None,
        organisation_id=body.id if body is not None else None,
        state=DelegationState.COMPOSING if seed.key == REOPENED else seed.state,
        note_verbale=seed.note_verbale,
        sort_key=pinyin_key(seed.name.zh),
        **sides(name=seed.name),
    )
