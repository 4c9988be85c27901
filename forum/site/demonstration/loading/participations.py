"""The people and their participations, in every state that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import search_forms
from forum.events.models import Forum
from forum.people import operations as people_operations
from forum.people.models import Person
from forum.people.rules import latin
from forum.places.models import Organisation
from forum.registration.models import Category, Consent, Delegation, FocalPoint, Participation
from forum.registration.notices import version
from forum.registration.operations.links import open_link
from forum.registration.operations.sealed import seal_fields
from forum.registration.states import ParticipationState
from forum.site.demonstration.facts import DemonstrationForum, Leg, Participant
from forum.site.demonstration.loading.house import city_ids, sides

SEALED_IN_ALL = 60  # people whose journey and meals are sealed; each costs a key of its own
_S = ParticipationState
UNSENT = frozenset({_S.DRAFT, _S.NOMINATED})


def write_persons(
    content: DemonstrationForum, people: Sequence[Participant], staff: Mapping[str, Account]
) -> Mapping[str, Person]:
    """Write every person once; return them by participant's key."""
    cities = city_ids()
    bodies = {code: key for code, key in session.execute(select(Organisation.code, Organisation.id)) if code}
    speakers = {speaker.key: speaker for speaker in content.speakers}
    made: dict[str, Person] = {}
    for each in people:
        name, speaker = each.name, speakers.get(each.speaker_key)
        account = staff.get(each.email)
        person = Person(
            family_latin=name.family_latin,
            given_latin=name.given_latin,
            name_order=name.name_order,
            name_zh=name.name_zh,
            native_name=name.native_name,
            passport_surname=name.passport_surname,
            passport_given=name.passport_given,
            honorific=name.honorific,
            email=each.email,
            language=each.language,
            country_iso2=each.country or None,
            account_id=account.id if account is not None else None,
            fictitious=True,
            created_at=each.registered_at,
            **sides(function=each.function, organisation_name=each.organisation),
        )
        if speaker is not None:
            person.guid = speaker.guid
            person.city_id = cities.get(speaker.city_code)
            person.organisation_id = bodies.get(speaker.organisation_code)
            for column, value in sides(biography=speaker.biography).items():
                setattr(person, column, value)
        if account is not None and not account.name:
            account.name = latin(person)
        people_operations.index(person)
        made[each.key] = person
    session.add_all(made.values())
    session.flush()
    return made


def write(
    forum: Forum,
    people: Sequence[Participant],
    persons: Mapping[str, Person],
    parties: Mapping[str, Delegation],
    staff: Mapping[str, Account],
) -> Mapping[str, Participation]:
    """Write the participations in the order in which they came; return them by key."""
    categories = {each.code: each for each in session.scalars(select(Category).where(Category.forum_id == forum.id))}
    registrants = _registrants(parties)
    made: dict[str, Participation] = {}
    in_order = sorted(people, key=lambda each: (each.registered_at, each.key))
    for number, each in enumerate(in_order, 1):
        person, party = persons[each.key], parties.get(each.delegation_key)
        own = staff.get(each.email)
        registrant = registrants.get(party.id) if party is not None else own.id if own is not None else None
        made[each.key] = Participation(
            forum_id=forum.id,
            forum=forum,
            person_id=person.id,
            person=person,
            category_id=categories[each.category].id,
            category=categories[each.category],
            delegation_id=party.id if party is not None else None,
            registrant_id=registrant,
            number=number,
            state=each.state,
            state_since=_since(each),
            reason=each.reason.shown(each.language).text,
            country_iso2=person.country_iso2,
            city_id=party.city_id if party is not None else person.city_id,
            mail_language=each.language,
            attendance=each.attendance,
            order=each.order,
            is_alternate=each.is_alternate,
            needs_letter=each.needs_letter,
            in_list=each.in_list_of_participants,
            listening_languages=[each.language],
            sort_key=person.sort_key,
            created_at=each.registered_at,
            search=search_forms(person.search, each.organisation.en, each.organisation.zh, f"{number:04d}")[:1500],
            **sides(function=each.function, organisation_name=each.organisation),
        )
    session.add_all(made.values())
    session.flush()
    for each in in_order:
        participation = made[each.key]
        open_link(participation)
        if each.replaces:
            participation.replaces_id = made[each.replaces].id
        if each.is_head and each.delegation_key:
            parties[each.delegation_key].head_id = participation.id
        session.add_all(_consents(each, participation))
        by = persons[each.key].public_id
        record(
            participation.registrant.actor() if participation.registrant is not None else _self(by),
            "load",
            "participation",
            participation.public_id,
            now=each.registered_at,
            chain=forum.chain,
            state=str(each.state),
            category=each.category,
        )
    session.execute(
        update(Forum)
        .where(Forum.id == forum.id)
        .values(next_participation=len(made) + 1)
        .execution_options(synchronize_session=False)
    )
    _seal(in_order, made)
    session.flush()
    return made


def _registrants(parties: Mapping[str, Delegation]) -> Mapping[int, int]:
    """Return the account that registers for each delegation: its first focal point."""
    rows = session.execute(
        select(FocalPoint.delegation_id, FocalPoint.account_id)
        .where(FocalPoint.delegation_id.in_([party.id for party in parties.values()]))
        .order_by(FocalPoint.id.desc())
    )
    return dict(rows.all())


def _since(each: Participant) -> datetime:
    """Return when somebody came into their state: decisions took some days, drafts none."""
    days = 0 if each.state in UNSENT else 2 if each.state is _S.SUBMITTED else 6
    return each.registered_at + timedelta(days=days, minutes=len(each.key) * 7)


def _self(reference: str) -> Actor:
    return Actor(f"person:{reference}", roles=frozenset({"delegate"}))


def _consents(each: Participant, participation: Participation) -> list[Consent]:
    """Return what somebody agreed to when they sent their form."""
    if each.state is _S.DRAFT:
        return []
    purposes = ["notice"]
    purposes += ["list"] if each.in_list_of_participants else []
    purposes += ["health"] if each.diet or each.access else []
    purposes += ["travel"] if each.journey else []
    return [
        Consent(
            participation_id=participation.id,
            purpose=purpose,
            given=True,
            text_version=version(purpose, each.language),
            language=each.language,
            by="self",
            at=each.registered_at,
        )
        for purpose in purposes
    ]


def _journey(leg: Leg, language: str) -> str:
    return f"{leg.number} · {leg.local_time:%Y-%m-%d %H:%M} · {leg.station.shown(language).text}"


def _seal(in_order: Sequence[Participant], made: Mapping[str, Participation]) -> None:
    """Seal the needs of some people, the demonstration accounts' own among them."""
    wanted = [each for each in in_order if each.diet or each.access or each.journey]
    wanted.sort(key=lambda each: not each.email.endswith("@forum.example"))
    for each in wanted[:SEALED_IN_ALL]:
        values: dict[str, str] = {leg.direction: _journey(leg, each.language) for leg in each.journey}
        values |= {"diet": ",".join(each.diet), "access": ",".join(each.access)}
        # An exchange of zeros: nobody has such a number.
        values["phone"] = f"+86 571 0000 {made[each.key].number:04d}"
        seal_fields(made[each.key], {field: text for field, text in values.items() if text}, now=each.registered_at)
