"""Loading the demonstration into an empty database: the same forum every time, in seconds.

It goes through the house's own operations where these decide something (releases, booking, the counters);
people and their participations are written as rows, with their states, seats and audit entries together.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Account
from forum.adoptions.operations import seeding as adoptions
from forum.audit.operations import record
from forum.core.actor import SYSTEM
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.facts import DEMONSTRATION, fact, state_fact
from forum.events.models import Forum
from forum.people.models import Person
from forum.places import operations as places
from forum.site.demonstration.content import load_content
from forum.site.demonstration.loading import (
    accounts,
    agenda,
    ballots,
    cities,
    comments,
    delegations,
    earlier,
    evidence,
    experts,
    house,
    letters,
    liaisons,
    matching,
    participations,
    partnerships,
    publication,
    remembering,
    seating,
    standards,
    waiting_texts,
)
from forum.site.demonstration.people import participants
from forum.terms.operations import seeding as terms

PASSWORD = accounts.PASSWORD


class NotEmpty(Exception):
    """The database holds something else; the demonstration never mixes with it."""


def load(app: Flask, *, now: datetime | None = None) -> str:
    """Load the demonstration and return a sentence that says what was made.

    Call inside an application context.  Raises ``NotEmpty``; loading twice does nothing the second time.
    """
    at = now or system_clock()
    begin_writing()
    if fact(DEMONSTRATION) is not None:
        session.rollback()
        return "The demonstration is there already."
    if any(session.scalar(select(kind.id).limit(1)) is not None for kind in (Account, Forum, Person)):
        session.rollback()
        raise NotEmpty("This database holds something else. The demonstration needs an empty one.")
    places.load_reference()
    content = load_content()
    people = participants()
    forum = house.build(content)
    staff = accounts.open_all(content, forum)
    persons = participations.write_persons(content, people, staff)
    agenda.build(content, forum, persons, staff["organiser@forum.example"], site=_base_url(app))
    parties = delegations.write(content, forum, people, persons, staff)
    made = participations.write(forum, people, persons, parties, staff)
    seating.settle(content, forum, people, made, now=at)
    letters.write(made)
    shown = cities.write(password_hash=staff["organiser@forum.example"].password_hash, now=at)
    matching.write(now=at)
    workshop = earlier.hold(content, persons, staff["organiser@forum.example"], now=at, site=_base_url(app))
    arranged = partnerships.write(workshop, now=at)
    publication.write(now=at)
    terms.write_known(now=at)
    catalogued = standards.write(password_hash=staff["organiser@forum.example"].password_hash, now=at)
    ballots.write(now=at)
    comments.write(now=at)
    adoptions.write_known(now=at)
    experts.write(password_hash=staff["organiser@forum.example"].password_hash, now=at)
    liaisons.write(now=at)
    evidence.write(now=at)
    waiting_texts.write(now=at)
    remembering.learn(now=at)
    letters.keep()
    state_fact(DEMONSTRATION, content.slug)
    record(SYSTEM, "load_demonstration", "forum", forum.public_id, now=at, people=len(made))
    session.commit()
    return (
        f"Loaded {content.slug}: {len(content.sessions)} sessions, {len(content.speakers)} speakers, "
        f"{len(parties)} delegations, {len(made)} participations, {shown} cities, "
        f"{arranged} partnerships, {catalogued} standards."
    )


def _base_url(app: Flask) -> str:
    return str(app.extensions["forum.settings"].base_url)
