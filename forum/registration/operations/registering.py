"""Beginning a registration, filling it in, sending it: for oneself, for somebody else, or by link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.formkeys import FormKey, answer, claim
from forum.core.identifiers import public_id
from forum.core.refusals import NotFound, Refusal, StaleEdit, Word
from forum.core.text import search_forms
from forum.events.models import Forum
from forum.people import operations as people
from forum.people.models import Person
from forum.people.queries import of_account
from forum.registration import seats
from forum.registration.errors import (
    AlreadyRegistered,
    DelegationNeeded,
    DelegationNotOpen,
    Incomplete,
    NotThisCategory,
    RegistrationClosed,
)
from forum.registration.models import Category, Delegation, Participation, RequiredDocument
from forum.registration.operations import life
from forum.registration.operations.consents import decide, given
from forum.registration.operations.links import open_link
from forum.registration.operations.news import News, write_to
from forum.registration.operations.sealed import hints, same_value, seal_fields
from forum.registration.rules.completeness import Gap, gaps
from forum.registration.rules.windows import EDITABLE, category_is_open
from forum.registration.states import (
    ACTIVE_STATES,
    DELEGATION_STATES,
    NOMINATING,
    ParticipationState,
)

DESK = frozenset({"organiser", "registration", "admin"})
OWN_FIELDS = (
    "function_en",
    "function_zh",
    "organisation_name_en",
    "organisation_name_zh",
    "country_iso2",
    "city_id",
    "mail_language",
    "attendance",
    "listening_languages",
    "needs_letter",
)


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody hands in.  ``person`` and ``facts`` name columns; ``sealed`` names sealed fields."""

    category: Category
    person: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, bool] = field(default_factory=dict)
    delegation: Delegation | None = None
    language: str = "en"
    for_self: bool = True


def register(
    forum: Forum,
    application: Application,
    *,
    form_key: str,
    body_hash: str,
    actor: Actor,
    now: datetime,
    send: bool = True,
) -> Participation:
    """Register somebody; the same form sent again returns the same participation and changes nothing.

    ``send`` goes on to the submission, else a draft is kept.  Raises ``FormAlreadyUsed`` for the same key
    with another content, and the refusals of ``begin`` and ``send``.
    """
    done = claim(form_key, f"register:{forum.public_id}", body_hash, now)
    if done is not None:
        return _answered(forum, done)
    news = News(actor, now)
    participation = begin(forum, application, actor=actor, now=now, news=news)
    if send:
        submit(participation, actor=actor, now=now, news=news)
    answer(form_key, participation.public_id)
    news.tell()
    return participation


def _answered(forum: Forum, done: FormKey) -> Participation:
    found = session.scalar(
        select(Participation).where(Participation.public_id == done.answer, Participation.forum_id == forum.id)
    )
    if found is None:
        raise NotFound
    return found


def begin(
    forum: Forum, application: Application, *, actor: Actor, now: datetime, news: News | None = None
) -> Participation:
    """Begin a draft: it holds no seat and no quota.

    Raises ``RegistrationClosed``, ``NotThisCategory`` or ``AlreadyRegistered``; the desk may add somebody
    at any time and in every category.
    """
    category = application.category
    _admit(forum, application, actor, now)
    own = application.for_self and actor.account_id is not None
    person = of_account(actor.account_id) if own and actor.account_id is not None else None
    if person is None:
        person = people.create(application.person, account_id=actor.account_id if own else None)
    else:
        _refuse_second(forum, person)
        people.change(person, application.person)
    participation = Participation(
        public_id=public_id(),
        forum_id=forum.id,
        forum=forum,
        person_id=person.id,
        person=person,
        category_id=category.id,
        category=category,
        registrant_id=actor.account_id,
        number=life.next_number(forum),
        state=ParticipationState.DRAFT,
        state_since=now,
        mail_language=application.language,
        country_iso2=person.country_iso2,
        city_id=person.city_id,
        link_serial=0,
    )
    if application.delegation is not None:
        participation.delegation_id = application.delegation.id
        participation.order = len(application.delegation.members)
        session.expire(application.delegation, ["members"])
    for language in ("en", "zh"):
        for name in ("function", "organisation_name"):
            setattr(participation, f"{name}_{language}", getattr(person, f"{name}_{language}"))
    open_link(participation)
    _write(participation, application.facts)
    _index(participation)
    session.add(participation)
    session.flush()
    told = news or News(actor, now)
    told.note("start", "participation", participation.public_id, forum, by=actor, category=category.code)
    seal_fields(participation, application.sealed, now=now)
    if application.consents:
        decide(participation, application.consents, language=application.language, actor=actor, now=now, news=told)
    if news is None:
        told.tell()
    return participation


def _admit(forum: Forum, application: Application, actor: Actor, now: datetime) -> None:
    """Hold the rules of who may begin now, and in which category."""
    category = application.category
    if category.forum_id != forum.id:
        raise NotFound
    if not actor.roles & DESK:
        if not category_is_open(forum, category, now):
            raise RegistrationClosed
        focal = bool(actor.roles & {"focal"}) and category.needs_delegation
        if not category.self_registration and not focal:
            raise NotThisCategory
        if category.needs_delegation and application.delegation is None:
            raise DelegationNeeded
        if application.delegation is not None and application.delegation.state not in NOMINATING:
            raise DelegationNotOpen(state=Word(DELEGATION_STATES[application.delegation.state]))


def _refuse_second(forum: Forum, person: Person) -> None:
    active = session.scalar(
        select(Participation.id).where(
            Participation.forum_id == forum.id,
            Participation.person_id == person.id,
            Participation.state.in_(sorted(ACTIVE_STATES)),
        )
    )
    if active is not None:
        raise AlreadyRegistered


def _write(participation: Participation, facts: Mapping[str, object]) -> frozenset[str]:
    changed = set()
    for name, value in facts.items():
        if name not in OWN_FIELDS:
            raise KeyError(name)
        if (getattr(participation, name) or None) != (value or None):
            setattr(participation, name, value)
            changed.add(name)
    return frozenset(changed)


def _index(participation: Participation) -> None:
    person = participation.person
    participation.sort_key = person.sort_key
    participation.search = search_forms(
        person.search,
        participation.organisation_name_en,
        participation.organisation_name_zh,
        f"{participation.number:04d}",
    )[:1500]


def change(
    participation: Participation,
    *,
    person: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
    sealed: Mapping[str, str] | None = None,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> frozenset[str]:
    """Change what stands in a registration; return the names of the fields that changed.

    A change of name or passport after the approval re-opens the review; the seat is kept.
    Raises ``StaleEdit`` when somebody else saved in between, ``RegistrationClosed`` in a final state.
    """
    session.refresh(participation, ["state", "version", "scopes"], with_for_update=True)
    if version is not None and version != participation.version:
        raise StaleEdit
    if participation.state not in EDITABLE:
        raise RegistrationClosed
    sealed = sealed or {}
    present = hints(participation)
    identity = (
        "passport_number" in sealed
        and not same_value(participation, "passport_number", sealed["passport_number"])
        and bool(sealed["passport_number"] or "passport_number" in present)
    )
    changed = set(people.change(participation.person, person or {}))
    identity = identity or bool(changed & people.IDENTITY_FIELDS)
    changed |= _write(participation, facts or {})
    seal_fields(participation, sealed, now=now)
    changed |= set(sealed)
    if changed:
        _index(participation)
        flag_modified(participation, "search")  # a save always makes a new version
        session.flush()
    if identity and participation.state in {ParticipationState.APPROVED, ParticipationState.CONFIRMED}:
        life.perform(participation, "change_identity", actor=actor, now=now)
    if changed:
        record(
            actor,
            "change",
            "participation",
            participation.public_id,
            now=now,
            chain=participation.forum.chain,
            fields=sorted(changed),
        )
    return frozenset(changed)


def documents_of(participation: Participation) -> dict[str, RequiredDocument]:
    """Return the documents handed in, by kind."""
    rows = session.scalars(
        select(RequiredDocument).where(
            RequiredDocument.participation_id == participation.id, RequiredDocument.superseded.is_(False)
        )
    )
    return {row.kind: row for row in rows}


def hand_in(participation: Participation, kind: str, file_id: int, *, actor: Actor, now: datetime) -> RequiredDocument:
    """Keep a document; an earlier one of its kind is superseded.  A new photograph re-opens the review."""
    if (earlier := documents_of(participation).get(kind)) is not None:
        earlier.superseded = True
    document = RequiredDocument(participation_id=participation.id, kind=kind, file_id=file_id)
    session.add(document)
    session.flush()
    seated = {ParticipationState.APPROVED, ParticipationState.CONFIRMED}
    if kind in {"photo", "passport_copy"} and earlier is not None and participation.state in seated:
        life.perform(participation, "change_identity", actor=actor, now=now)
    record(
        actor,
        "hand_in",
        "participation",
        participation.public_id,
        now=now,
        chain=participation.forum.chain,
        document=kind,
    )
    return document


def missing(participation: Participation) -> tuple[Gap, ...]:
    """Return what still lacks before the registration can be sent."""
    return gaps(participation, hints(participation), documents_of(participation), given(participation))


def submit(
    participation: Participation,
    *,
    actor: Actor,
    now: datetime,
    form_key: str | None = None,
    body_hash: str = "",
    news: News | None = None,
) -> Participation:
    """Send a registration; the same form sent again changes nothing.

    Raises ``RegistrationClosed`` outside of the window (but a returned one may be corrected at any time)
    and ``Incomplete`` with the gaps.
    """
    if form_key is not None:
        done = claim(form_key, f"send:{participation.public_id}", body_hash, now)
        if done is not None:
            session.refresh(participation)
            return participation
    returned = participation.state is ParticipationState.RETURNED
    late = not category_is_open(participation.forum, participation.category, now)
    if late and not returned and not actor.roles & DESK:
        raise RegistrationClosed
    lacking = missing(participation)
    if lacking:
        raise Incomplete(tuple(gap.sentence for gap in lacking))
    return life.perform(participation, "resubmit" if returned else "submit", actor=actor, now=now, news=news)


def submit_many(participations: Sequence[Participation], *, actor: Actor, now: datetime) -> list[life.Outcome]:
    """Send several registrations; each has its own answer and none stops the others."""
    news = News(actor, now)
    seats.lock({scope for one in participations for scope in (*one.scopes, *life.scopes_needed(one))})
    outcomes = []
    for one in participations:
        own = News(actor, now)
        try:
            with session.begin_nested():
                submit(one, actor=actor, now=now, news=own)
        except Refusal as refusal:
            session.refresh(one)
            outcomes.append(life.Outcome(one, refusal))
            continue
        news.entries += own.entries
        news.letters += own.letters
        outcomes.append(life.Outcome(one))
    news.tell()
    return outcomes


def send_link(participation: Participation, *, now: datetime) -> None:
    """Mail the personal link, so that the registration can be resumed later and elsewhere."""
    open_link(participation)
    session.flush()
    write_to(participation, "registration_link", now=now, key=f"link:{now:%Y%m%d%H}:{participation.link_serial}")


def drafts_by_address(forum: Forum, address: str) -> list[Participation]:
    """Return the active participations in a forum whose person has this mail address."""
    return list(
        session.scalars(
            select(Participation)
            .join(Person, Person.id == Participation.person_id)
            .where(
                Participation.forum_id == forum.id,
                Person.email == address,
                Participation.state.in_(sorted(ACTIVE_STATES)),
            )
            .order_by(Participation.id)
            .limit(20)
        )
    )
