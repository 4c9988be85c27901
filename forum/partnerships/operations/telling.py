"""Writing to people because a case has moved: to those whose turn it is, and to the cities.

A mail names the case, its state in the words that its reader may read, and a date.  It holds nothing that anybody
has written: no reason, no point, no opinion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from forum.accounts.models import AccountState
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.premises import premises
from forum.core.refusals import spoken
from forum.offices import queries as offices
from forum.offices.models import Office
from forum.partnerships.models import AgreementVersion, CaseHand, CaseOpinion, Side
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.recording import Turned
from forum.partnerships.queries.cases import open_review
from forum.partnerships.queries.due import answers_due, lacks_opinion
from forum.partnerships.queries.settings import terms
from forum.partnerships.queries.standing import party_facts
from forum.partnerships.rules.dates import today_in
from forum.partnerships.rules.seeing import PartyFacts, Standing, shown_state, stand
from forum.partnerships.rules.turns import DECIDES, FOREIGN_AFFAIRS, scopes
from forum.partnerships.states import VersionState
from forum.ports.mail.outbox import post
from forum.reminders.wording import day_words


@dataclass(frozen=True, slots=True)
class _Moved:
    """A case that has moved, with the people in office."""

    version: AgreementVersion
    before: VersionState
    turned: Turned
    parties: tuple[PartyFacts, ...]

    def holders(self, role: str, places: tuple[str, ...]) -> list[Office]:
        """Return those in office whose account is open, without the one who has just acted."""
        return [
            office
            for place in places
            for office in offices.holders_at(role, place, self.turned.now)
            if office.account_id != self.turned.actor.account_id and office.account.state is AccountState.ACTIVE
        ]

    def of_cities(self, parties: Iterable[PartyFacts]) -> list[Office]:
        """Return the liaisons and leads of the cities of these parties."""
        places = tuple(f"city:{party.city_id}" for party in parties)
        return [*self.holders("city_liaison", places), *self.holders("city_lead", places)]


def tell(version: AgreementVersion, before: VersionState, turned: Turned) -> None:
    """Write to those for whom something has changed, each once and in their language."""
    moved = _Moved(version, before, turned, party_facts(version.partnership))
    asked = _ask_for_decision(moved) | _ask_for_opinion(moved) | _ask_for_answers(moved)
    cities: dict[int, list[Office]] = {}
    for office in moved.of_cities(moved.parties):
        if office.account_id not in asked:
            cities.setdefault(office.account_id, []).append(office)
    for held in cities.values():
        _tell_state(moved, held)


def _ask_for_decision(moved: _Moved) -> set[int]:
    """Write to those of the level who may decide; whoever has another part in the case may not."""
    version = moved.version
    roles = DECIDES.get(version.state, ())
    if not roles:
        return set()
    acted = session.scalars(select(CaseHand).where(CaseHand.version_id == version.id))
    hands = {hand.account_id: hand.capacity for hand in acted}
    review = open_review(version)
    due = review.due_on if review is not None else _registration_due(version)
    told: set[int] = set()
    for role in roles:
        for office in moved.holders(role, scopes(role, moved.parties)):
            if office.account_id not in told and hands.get(office.account_id, role) in roles:
                told.add(office.account_id)
                _post("partnership_arrived", moved, [office], due)
    return told


def _registration_due(version: AgreementVersion) -> date | None:
    return version.signed_on + timedelta(days=terms().registration_days) if version.signed_on else None


def _ask_for_opinion(moved: _Moved) -> set[int]:
    """Write to the foreign-affairs officers when the city can't sign off without them."""
    version, today = moved.version, today_in("", moved.turned.now)
    if version.state is not VersionState.CITY_REVIEW:
        return set()
    given = session.scalars(select(CaseOpinion).where(CaseOpinion.version_id == version.id)).all()
    if not lacks_opinion(given, version.state_since, today):
        return set()
    due = neighbours.due(today, terms().opinion_days, version.partnership)
    told: set[int] = set()
    for office in moved.holders(FOREIGN_AFFAIRS, scopes(FOREIGN_AFFAIRS, moved.parties)):
        if office.account_id not in told:
            told.add(office.account_id)
            _post("partnership_opinion", moved, [office], due)
    return told


def _ask_for_answers(moved: _Moved) -> set[int]:
    """Write to the domestic cities that a case has come back to them; the other side isn't told."""
    due = answers_due(moved.version)
    if due is None:
        return set()
    told: set[int] = set()
    for office in moved.of_cities(party for party in moved.parties if party.side is Side.DOMESTIC):
        if office.account_id not in told:
            told.add(office.account_id)
            _post("partnership_returned", moved, [office], due)
    return told


def _tell_state(moved: _Moved, held: list[Office]) -> None:
    """Write that the state is another one, if it is in the words that this reader may read."""
    state = moved.version.state
    after, before = _standing(moved, held, state), _standing(moved, held, moved.before)
    if after.sees(moved.version.circle) and shown_state(state, after) != shown_state(moved.before, before):
        _post("partnership_moved", moved, held, None)


def _standing(moved: _Moved, held: list[Office], state: VersionState) -> Standing:
    """Return what one person is in the case, by all the offices that they hold in its cities."""
    return stand(held[0].account_id, [(str(office.role), office.scope) for office in held], moved.parties, state)


def _post(template: str, moved: _Moved, held: list[Office], due: date | None) -> None:
    version, account = moved.version, held[0].account
    language = "zh" if account.language == "zh" else "en"
    post(
        template,
        account.email,
        language,
        now=moved.turned.now,
        key=f"{version.public_id}:{version.stamp}",
        number=version.partnership.number,
        state=spoken(shown_state(version.state, _standing(moved, held, version.state)), translator(language)),
        day=day_words(due, language) if due is not None else "",
        address=f"{premises().base_url}/{language}/desk/partnerships/{version.public_id}",
    )
