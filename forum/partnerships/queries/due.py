"""What falls due in the life of an agreement, for each person who has to do something about it.

Nobody of the other side is told a date of the domestic review: they get the dates that stand on their own page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from forum.core.database import session
from forum.offices import queries as offices
from forum.offices.models import Office
from forum.partnerships.models import AgreementVersion, CaseHand, CaseOpinion, CaseReview, OpinionKind, Side
from forum.partnerships.neighbours import counted_day
from forum.partnerships.queries.settings import reminder_days, terms
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.rules.dates import months_before, today_in
from forum.partnerships.rules.due import DAYS, WORDS, DueKind
from forum.partnerships.rules.seeing import PartyFacts
from forum.partnerships.rules.terms import Terms
from forum.partnerships.rules.turns import FOREIGN_AFFAIRS, LEADS, REVIEWS, scopes
from forum.partnerships.states import VersionState
from forum.reminders.rules import Due, within_reach
from forum.workdays import queries as workdays
from forum.workdays.errors import NoSharedWorkday
from forum.workdays.rules.calendars import Calendar
from forum.workdays.rules.reckoning import next_shared_workday

_S = VersionState
_TERMED = (_S.ACTIVE, _S.RENEWAL, _S.SUSPENDED)
_COMING_UP = frozenset({DueKind.VALIDITY, DueKind.NOTICE, DueKind.TERM, DueKind.SUSPENSION})
_FARTHEST = timedelta(days=800)  # a term that ends later has nothing to be told of yet


@dataclass(frozen=True, slots=True)
class Asked:
    """What is read once and used for every case."""

    today: date
    terms: Terms
    days: Mapping[str, tuple[int, ...]]
    roster: Mapping[tuple[str, str], Sequence[Office]]
    calendar: Calendar
    reviews: Mapping[int, CaseReview]  # the open one of each version
    opinions: Mapping[int, Sequence[CaseOpinion]]
    hands: Mapping[int, Mapping[int, CaseHand]]  # by version and account

    def holders(self, roles: Iterable[str], parties: Sequence[PartyFacts]) -> list[int]:
        """Return who holds one of these roles of the domestic line, in a place that has a say in the case."""
        return [
            office.account_id
            for role in roles
            for scope in scopes(role, parties)
            for office in self.roster.get((role, scope), ())
        ]

    def of_cities(self, parties: Iterable[PartyFacts], *roles: str) -> list[int]:
        """Return who holds one of these roles for the city of one of these parties."""
        return [
            office.account_id
            for party in parties
            for role in roles
            for office in self.roster.get((role, f"city:{party.city_id}"), ())
        ]


def dues(now: datetime) -> Iterator[Due]:
    """Return every date that is near or has passed and still waits for somebody."""
    today = today_in("", now)
    near = today + _FARTHEST
    versions = session.scalars(
        select(AgreementVersion)
        .where(
            AgreementVersion.state.in_(BY_STATE),
            or_(
                AgreementVersion.state.not_in(_TERMED),
                AgreementVersion.ends_on <= near,
                AgreementVersion.review_again_on.is_not(None),
            ),
        )
        .order_by(AgreementVersion.id)
    ).all()
    if not versions:
        return
    asked = _ask(versions, today, now)
    for version in versions:
        case = Case(asked, version, party_facts(version.partnership))
        for named in BY_STATE[version.state]:
            yield from named(case)


def _ask(versions: Sequence[AgreementVersion], today: date, now: datetime) -> Asked:
    ids = [version.id for version in versions if version.state in LEADS]
    in_force = terms()
    days = reminder_days({**DAYS, DueKind.TERM: (-in_force.renewal_days, *DAYS[DueKind.TERM][1:])})
    reviews = session.scalars(
        select(CaseReview).where(CaseReview.version_id.in_(ids), CaseReview.closed_at.is_(None)).order_by(CaseReview.id)
    )
    opinions: dict[int, list[CaseOpinion]] = {}
    for opinion in session.scalars(select(CaseOpinion).where(CaseOpinion.version_id.in_(ids)).order_by(CaseOpinion.id)):
        opinions.setdefault(opinion.version_id, []).append(opinion)
    hands: dict[int, dict[int, CaseHand]] = {}
    for hand in session.scalars(select(CaseHand).where(CaseHand.version_id.in_(ids))):
        hands.setdefault(hand.version_id, {})[hand.account_id] = hand
    return Asked(
        today=today,
        terms=in_force,
        days=days,
        roster=offices.roster(now),
        calendar=workdays.calendar(),
        reviews={review.version_id: review for review in reviews},
        opinions=opinions,
        hands=hands,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One version with what was read for all."""

    asked: Asked
    version: AgreementVersion
    parties: tuple[PartyFacts, ...]

    @property
    def domestic(self) -> list[PartyFacts]:
        """The parties of the domestic side."""
        return [party for party in self.parties if party.side is Side.DOMESTIC]

    @property
    def begun(self) -> date:
        """The day in Beijing on which the present state began."""
        return today_in("", self.version.state_since)

    def tell(self, kind: DueKind, on: date | None, people: Iterable[int]) -> Iterator[Due]:
        """Name a due date for each of these people; what only comes up with the years waits until it is near."""
        days = self.asked.days[kind]
        if on is None or (kind in _COMING_UP and not within_reach(on, days, self.asked.today)):
            return
        partnership, words = self.version.partnership, WORDS[kind]
        for person in dict.fromkeys(people):
            yield Due(
                kind=str(kind),
                object_reference=self.version.reference,
                title=partnership.text("title"),
                on=on,
                account_id=person,
                sentence=words.sentence,
                facts={"number": partnership.number},
                next_step=words.next_step,
                link=f"/desk/partnerships/{self.version.public_id}",
                offsets=days,
                places=tuple(dict.fromkeys(workdays.region_of(party.city) for party in partnership.parties)),
            )

    def free_to(self, people: Collection[int], roles: Collection[str]) -> list[int]:
        """Return those who may still decide: not in another capacity, and not already in this round."""
        hands = self.asked.hands.get(self.version.id, {})
        return [
            person
            for person in people
            if person not in hands or (hands[person].capacity in roles and hands[person].moves != self.version.moves)
        ]


def return_due(version: AgreementVersion, days: int, *, calendar: Calendar) -> date:
    """Return the day by which the city answers a return: so many days later, or the next on which all parties work."""
    day = today_in("", version.state_since) + timedelta(days=days)
    places = {workdays.region_of(party.city) for party in version.partnership.parties}
    try:
        return next_shared_workday(day, places, calendar=calendar)
    except NoSharedWorkday:
        return day


def answers_due(version: AgreementVersion) -> date | None:
    """Return the day by which the city answers, for a case that was returned."""
    if version.state is not VersionState.RETURNED:
        return None
    return return_due(version, terms().return_days, calendar=workdays.calendar())


def _answer(case: Case) -> Iterator[Due]:
    invited = [party for party in case.parties if not party.inviting]
    yield from case.tell(DueKind.ANSWER, case.version.answer_by, case.asked.of_cities(invited, "city_liaison"))


def _review(case: Case) -> Iterator[Due]:
    """Whoever took the case up is reminded, or all who may; when the day has passed, the level's lead every week."""
    review = case.asked.reviews.get(case.version.id)
    if review is None:
        return
    roles, lead = REVIEWS[case.version.state], LEADS[case.version.state]
    first = case.asked.holders(roles[:1], case.parties)
    if review.reviewer_id in first:
        first = [review.reviewer_id]
    people = case.free_to([*first, *case.asked.holders(roles[1:], case.parties)], roles)
    if case.asked.today > review.due_on:
        leads = case.free_to(case.asked.holders([lead], case.parties), [lead, *roles])
        yield from case.tell(DueKind.REVIEW_LATE, review.due_on, leads)
        people = [person for person in people if person not in leads]  # one line for one case
    yield from case.tell(DueKind.REVIEW, review.due_on, people)


def _opinion(case: Case) -> Iterator[Due]:
    """The officers owe an opinion as long as none was given in this round and no former one is valid."""
    if not lacks_opinion(case.asked.opinions.get(case.version.id, ()), case.version.state_since, case.asked.today):
        return
    due = counted_day(case.begun, case.asked.terms.opinion_days, case.version.partnership, case.asked.calendar)
    officers = case.asked.holders([FOREIGN_AFFAIRS], case.parties)
    yield from case.tell(DueKind.OPINION, due, case.free_to(officers, [FOREIGN_AFFAIRS]))


def lacks_opinion(opinions: Iterable[CaseOpinion], since: datetime, today: date) -> bool:
    """Tell whether a foreign-affairs opinion is still owed: a valid one stands, or one came since, and it isn't."""
    for opinion in opinions:
        if opinion.kind is not OpinionKind.FOREIGN_AFFAIRS or opinion.given_on is None:
            continue
        valid = opinion.favourable and opinion.valid_until is not None and opinion.valid_until >= today
        if valid or opinion.asked_at >= since:
            return False
    return True


def _consultations(case: Case) -> Iterator[Due]:
    reviewers = case.asked.roster.get(("national_reviewer", "nation:"), ())
    for opinion in case.asked.opinions.get(case.version.id, ()):
        if opinion.kind is OpinionKind.FOREIGN_AFFAIRS or opinion.given_on or opinion.overdue_at or not opinion.due_on:
            continue
        people = [opinion.author_id] if opinion.author_id is not None else []
        if opinion.line is not None:
            people += [office.account_id for office in reviewers if office.line is opinion.line]
        yield from case.tell(DueKind.CONSULTATION, opinion.due_on, people)


def _return(case: Case) -> Iterator[Due]:
    due = return_due(case.version, case.asked.terms.return_days, calendar=case.asked.calendar)
    yield from case.tell(DueKind.RETURN, due, case.asked.of_cities(case.domestic, "city_liaison"))


def _validity(case: Case) -> Iterator[Due]:
    """Both sides sign; the domestic one reports the signature."""
    last = case.version.valid_until
    if last is None:
        return
    if case.asked.today <= last:
        yield from case.tell(DueKind.VALIDITY, last, case.asked.of_cities(case.parties, "city_liaison"))
        return
    lapses = last + timedelta(days=case.asked.terms.reporting_days)
    yield from case.tell(DueKind.LAPSE, lapses, case.asked.of_cities(case.domestic, "city_liaison"))


def _registration(case: Case) -> Iterator[Due]:
    signed = case.version.signed_on
    if signed is None:
        return
    roles = ("national_registrar",)
    people = case.asked.holders(roles, case.parties)
    due = signed + timedelta(days=case.asked.terms.registration_days)
    yield from case.tell(DueKind.REGISTRATION, due, people)


def _term(case: Case) -> Iterator[Due]:
    ends, today = case.version.ends_on, case.asked.today
    if ends is None:
        return
    people = case.asked.of_cities(case.parties, "city_liaison", "city_lead")
    notice_by = months_before(ends, case.version.notice_months)
    if case.version.notice_months and today <= notice_by:
        yield from case.tell(DueKind.NOTICE, notice_by, people)
    if not case.version.auto_renew:
        yield from case.tell(DueKind.TERM, ends, case.asked.of_cities(case.parties, "city_liaison"))


def _suspension(case: Case) -> Iterator[Due]:
    leads = case.asked.of_cities(case.parties, "city_lead")
    yield from case.tell(DueKind.SUSPENSION, case.version.review_again_on, leads)


Named = Callable[[Case], Iterator[Due]]
BY_STATE: dict[VersionState, tuple[Named, ...]] = {
    _S.INVITED: (_answer,),
    _S.CITY_REVIEW: (_review, _opinion),
    _S.PROVINCE_REVIEW: (_review,),
    _S.NATIONAL_REVIEW: (_review, _consultations),
    _S.RETURNED: (_return,),
    _S.APPROVED: (_validity,),
    _S.SIGNED: (_registration,),
    _S.ACTIVE: (_term,),
    _S.RENEWAL: (_term,),
    _S.SUSPENDED: (_term, _suspension),
}
