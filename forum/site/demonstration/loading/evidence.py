"""One thread of the demonstration: a talk, an idea, a partnership, a pilot and a city's case around ISO 37101."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession
from forum.cities.models import Pilot
from forum.committees.models import Committee
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.models import Idea
from forum.evidence.operations import ideas, links, uses
from forum.evidence.operations.ideas import Decision, Wording
from forum.evidence.operations.links import Assertion
from forum.evidence.operations.uses import Case
from forum.evidence.queries.ends import End, end, idea_as_end, standards_as_ends
from forum.evidence.states import NATION, Capacity, Relation, UseConsent, UseWay
from forum.partnerships.models import AgreementVersion, PartnershipParty
from forum.partnerships.states import PUBLIC
from forum.places.models import City
from forum.site.demonstration.content import read
from forum.standards.models import Standard
from forum.watching import operations as watching
from forum.web.viewer import NOBODY

ADMIN = "admin@forum.example"
ORGANISER = "organiser@forum.example"
LIAISON = "liaison@forum.example"
OFFICE = "standards@forum.example"
EXPERT = "expert@forum.example"


def write(*, now: datetime) -> int:
    """Write the thread and let the expert follow the committee; return how many links it has.

    Without the deliverable in the catalogue there is nothing to tie to, and nothing is written.
    """
    content = read("evidence.json")
    standard = session.scalar(select(Standard).where(Standard.reference == content["standard"]))
    cities = [session.scalar(select(City).filter_by(name_en=name)) for name in content["cities"]]
    if standard is None or cities[0] is None or cities[1] is None:
        return 0
    _follow(content["idea"]["committee"], now)
    home = cities[0]
    goal = standards_as_ends([standard], now)[0]
    idea = _idea(content["idea"], home, now)
    made = 0
    talk = _talk(content["session"], now)
    shared = _partnership([city.id for city in cities if city is not None], now)
    trial = _pilot(home, now)
    wanted = [
        (talk, Relation.DISCUSSED, idea, ORGANISER, Capacity.ORGANISER, 40),
        (talk, Relation.DISCUSSED, goal, ORGANISER, Capacity.ORGANISER, 40),
        (shared, Relation.WORKED_ON, idea, LIAISON, Capacity.CITY, 35),
        (shared, Relation.WORKED_ON, goal, LIAISON, Capacity.CITY, 35),
        (trial, Relation.TRIED, goal, LIAISON, Capacity.CITY, 60),
    ]
    for subject, relation, target, who, capacity, days in wanted:
        if subject is not None:
            at = now - timedelta(days=days)
            said = Assertion(subject, relation, target, at.date())
            link = links.assert_link(said, capacity, actor=_actor(who), now=at)
            links.confirm_link(link, seen=None, actor=_actor(OFFICE), now=at + timedelta(days=5))
            made += 1
    _use(content["use"], home, standard, now)
    return made


def _actor(address: str) -> Actor:
    account = session.scalar(select(Account).where(Account.email == address))
    return account.actor() if account is not None else SYSTEM


def _text(pair: list[str]) -> Text:
    return Text(pair[0], pair[1])


def _follow(reference: str, now: datetime) -> None:
    expert = session.scalar(select(Account).where(Account.email == EXPERT))
    committee = session.scalar(select(Committee).where(Committee.reference == reference))
    if expert is not None and committee is not None:
        watching.follow(expert, committee, actor=expert.actor(), now=now)


def _idea(facts: dict[str, Any], home: City, now: datetime) -> End:
    committee = session.scalar(select(Committee).where(Committee.reference == facts["committee"]))
    words = Wording(_text(facts["title"]), _text(facts["problem"]), _text(facts["proposer"]), committee, home)
    raised = now - timedelta(days=75)
    idea: Idea = ideas.raise_idea(words, Capacity.CITY, actor=_actor(LIAISON), now=raised)
    ideas.say_willing(idea, home, willing=True, actor=_actor(LIAISON), now=raised)
    for action, days in (("screen", 60), ("pursue", 45)):
        at = now - timedelta(days=days)
        ideas.decide(idea, Decision(action), {NATION}, seen=None, actor=_actor(OFFICE), now=at)
    return idea_as_end(idea, {})


def _talk(key: str, now: datetime) -> End | None:
    title = next((each["title"]["en"] for each in read("sessions.json") if each["key"] == key), "")
    row = session.scalar(select(AgendaSession).filter_by(title_en=title))
    return end(f"session:{row.public_id}", NOBODY, now) if row is not None else None


def _partnership(city_ids: list[int], now: datetime) -> End | None:
    """The oldest registered partnership of both cities."""
    query = select(AgreementVersion).where(AgreementVersion.state.in_(sorted(PUBLIC)))
    for city_id in city_ids:
        mine = select(PartnershipParty.partnership_id).where(PartnershipParty.city_id == city_id)
        query = query.where(AgreementVersion.partnership_id.in_(mine))
    version = session.scalars(query.order_by(AgreementVersion.registered_on, AgreementVersion.id).limit(1)).first()
    return end(version.partnership.reference, NOBODY, now) if version is not None else None


def _pilot(city: City, now: datetime) -> End | None:
    row = session.scalars(select(Pilot).where(Pilot.city_id == city.id).order_by(Pilot.starts_on).limit(1)).first()
    return end(f"pilot:{row.public_id}", NOBODY, now) if row is not None else None


def _use(facts: dict[str, Any], city: City, standard: Standard, now: datetime) -> None:
    first, last = (now.date() - timedelta(days=days) for days in facts["days"])
    case = Case(
        standard,
        _text(facts["title"]),
        _text(facts["result"]),
        UseWay.APPLIED,
        _first_of_month(first),
        last,
        facts["clauses"],
        consent=UseConsent.PUBLIC,
    )
    at = now - timedelta(days=20)
    use = uses.file_use(city, case, actor=_actor(LIAISON), now=at)
    uses.confirm_use(use, seen=None, actor=_actor(OFFICE), now=at + timedelta(days=4))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)
