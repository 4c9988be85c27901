"""The partnerships of the demonstration: invented ones of real cities, in every state, each with its whole history.

Those that somebody can go on with are taken through the house's own operations, clause by clause; the others are
written as rows, with the days on which things happened.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.agenda.models import AgendaSession
from forum.core import revisions
from forum.core.database import session
from forum.events.models import Forum
from forum.places.models import City
from forum.site.demonstration.content import read
from forum.site.demonstration.loading.partnerships import negotiating, rows, running
from forum.site.demonstration.loading.partnerships.people import officers
from forum.site.demonstration.loading.partnerships.telling import told


def write(forum: Forum, *, now: datetime) -> int:
    """Write the arrangements; the told story comes from a talk at the forum given.  Return how many there are."""
    content, negotiated = read("partnerships.json"), read("negotiated.json")
    known = {city.code: city for city in session.scalars(select(City)).unique() if city.code}
    people = officers()
    accounts = {name: officer.account for name, officer in people.items()}
    made = [told(line, content, known, now) for line in content["arrangements"]]
    story = made[0]
    talk = session.scalars(select(AgendaSession).filter_by(forum_id=forum.id, title_en=negotiated["talk"])).one()
    story.origin = f"forums/{forum.slug}/sessions/{talk.public_id}"
    spoken = {(each[0], each[1]) for each in negotiated["cases"]}
    for each in sorted(made, key=lambda one: one.began):
        if (str(each.state), each.cities[1].code) not in spoken or each.cities[0].code != rows.HOME:
            rows.write(each, content, accounts)
            continue
        version = negotiating.negotiate(each, negotiated, people)
        if each is story:
            running.tell(version, negotiated, people, forum)
    revisions.bump(revisions.PARTNERSHIPS, now=now)
    session.flush()
    return len(made)
