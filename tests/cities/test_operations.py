"""Opening, editing, confirming, renaming and merging cities, and their entries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from forum.audit.models import AuditEntry
from forum.cities import operations, own_data, queries
from forum.cities.errors import (
    AddressTaken,
    ChangedMeanwhile,
    ConsentInTheFuture,
    ConsentUndated,
    DatesReversed,
    EndsInThePast,
    HasMerged,
    NetworkUnnamed,
    OpenAlready,
    PopulationIncomplete,
    ProfileExists,
    SuccessorHasGone,
    SuccessorNeeded,
    SummaryMissing,
    UnknownArea,
)
from forum.cities.models import Certificate, CityContact, CityProfile, Need, NetworkMembership
from forum.cities.queries import Wanted
from forum.cities.words import Consent, Network, Visibility
from forum.core import revisions
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from tests.cast import Cast
from tests.cities.town import city, name_places, offer, open_city
from tests.conftest import FixedClock

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture(autouse=True)
def _places(cast: Cast, writing: None) -> None:
    name_places()


def found(text: str, clock: FixedClock, **more: str) -> list[str | None]:
    rows, count = queries.public_list(Wanted(text=text, **more), "en", today=clock().date())
    assert len(rows) == count
    return [row.city.name_en for row in rows]


def test_a_profile_begins_hidden_and_a_city_has_one(clock: FixedClock) -> None:
    made = operations.open_profile(city("Lyon"), actor=SYSTEM, now=clock())
    assert (made.slug, made.visibility) == ("lyon", Visibility.HIDDEN)
    with pytest.raises(ProfileExists):
        operations.open_profile(city("Lyon"), actor=SYSTEM, now=clock())
    assert found("", clock) == []


def test_a_population_without_year_and_source_is_refused_and_never_shown(clock: FixedClock) -> None:
    with pytest.raises(PopulationIncomplete):
        open_city("Lyon", clock(), population=500_000, population_year=2021)
    made = queries.by_slug("lyon")
    assert made is not None
    assert not made.shows_population
    made.population, made.population_year, made.population_source_en = 500_000, 2021, "INSEE"
    assert made.shows_population


def test_a_profile_without_a_word_is_not_shown_to_everybody(clock: FixedClock) -> None:
    made = operations.open_profile(city("Lyon"), actor=SYSTEM, now=clock())
    with pytest.raises(SummaryMissing):
        operations.edit_profile(made, made.version, {}, {"visibility": Visibility.PUBLIC}, actor=SYSTEM, now=clock())


def test_a_stale_form_is_refused_and_nothing_is_lost(clock: FixedClock) -> None:
    made = open_city("Lyon", clock())
    opened = made.version
    operations.edit_profile(made, opened, {}, {"capacity": 5}, actor=SYSTEM, now=clock())
    with pytest.raises(ChangedMeanwhile):
        operations.edit_profile(made, opened, {}, {"capacity": 1}, actor=SYSTEM, now=clock())
    assert made.capacity == 5


def test_one_open_offer_stands_in_each_area_and_a_need_beside_it(clock: FixedClock) -> None:
    made = open_city("Lyon", clock())
    first = offer(made, "A03", clock())
    offer(made, "A03", clock(), model=Need)
    with pytest.raises(OpenAlready):
        offer(made, "A03", clock())
    operations.close_entry(made, first, actor=SYSTEM, now=clock())
    again = offer(made, "A03", clock())
    assert [each.id for each in queries.open_areas(type(again), [made.city_id], clock().date())[made.city_id]] == [
        again.id
    ]
    assert first.closed_on is not None


def test_an_offer_ends_on_its_date_and_can_not_begin_after_it(clock: FixedClock) -> None:
    made = open_city("Lyon", clock())
    today = clock().date()
    with pytest.raises(EndsInThePast):
        offer(made, "A03", clock(), valid_until=today - timedelta(days=1))
    offer(made, "A03", clock(), valid_until=today)
    assert found("", clock, side="offers") == ["Lyon"]
    clock.forward(days=1)
    assert found("", clock, side="offers") == []
    with pytest.raises(UnknownArea):
        offer(made, "A99", clock())


def test_dates_consent_and_names_are_checked(clock: FixedClock) -> None:
    made, today = open_city("Lyon", clock()), clock().date()
    certificate = {"standard": "ISO 37101", "issued_on": today, "valid_until": today}
    with pytest.raises(DatesReversed):
        operations.save_entry(
            made,
            Certificate(),
            None,
            {},
            certificate | {"valid_until": today - timedelta(days=1)},
            actor=SYSTEM,
            now=clock(),
        )
    with pytest.raises(NetworkUnnamed):
        operations.save_entry(
            made, NetworkMembership(), None, {}, {"network": Network.OTHER, "name": ""}, actor=SYSTEM, now=clock()
        )
    contact = {"person": "Anne Roux", "starts_on": today, "ends_on": None, "consent": Consent.PUBLIC}
    with pytest.raises(ConsentUndated):
        operations.save_entry(made, CityContact(), None, {}, contact, actor=SYSTEM, now=clock())
    with pytest.raises(ConsentInTheFuture):
        operations.save_entry(
            made,
            CityContact(),
            None,
            {},
            contact | {"consented_on": today + timedelta(days=2)},
            actor=SYSTEM,
            now=clock(),
        )


def test_stale_profiles_rank_below_and_are_never_hidden(clock: FixedClock) -> None:
    lyon, hangzhou = open_city("Lyon", clock()), open_city("Hangzhou", clock())
    for each in (lyon, hangzhou):
        operations.confirm(each, actor=SYSTEM, now=clock())
    assert found("", clock) == ["Hangzhou", "Lyon"]
    clock.forward(days=300)
    operations.confirm(lyon, actor=SYSTEM, now=clock())
    clock.forward(days=100)
    assert found("", clock) == ["Lyon", "Hangzhou"]


@pytest.mark.parametrize("text", ["hangzhou", "杭", "hz", "HANG", "ｈａｎｇ"])
def test_a_city_is_found_by_name_pinyin_and_initials(clock: FixedClock, text: str) -> None:
    open_city("Hangzhou", clock())
    open_city("Medellín", clock())
    assert found(text, clock) == ["Hangzhou"]
    assert found("medellin", clock) == found("Medellín", clock) == ["Medellín"]
    assert found("%", clock) == found("_", clock) == []


def test_cities_are_found_by_country_area_side_and_language(clock: FixedClock) -> None:
    lyon = open_city("Lyon", clock(), working_languages=["fr", "en"], focus_areas=["A01"])
    hangzhou = open_city("Hangzhou", clock(), working_languages=["zh"])
    offer(lyon, "A03", clock())
    offer(hangzhou, "A03", clock(), model=Need)
    assert found("", clock, country="FR") == ["Lyon"]
    assert found("", clock, language="zh") == ["Hangzhou"]
    assert found("", clock, area="A01") == ["Lyon"]
    assert found("", clock, area="A03") == ["Hangzhou", "Lyon"]
    assert found("", clock, area="A03", side="offers") == ["Lyon"]
    assert found("", clock, area="A03", side="needs") == ["Hangzhou"]
    assert found("", clock, area="A12") == []


def test_a_renamed_city_keeps_its_former_name_and_address(clock: FixedClock) -> None:
    made = open_city("Lyon", clock())
    open_city("Hangzhou", clock())
    with pytest.raises(AddressTaken):
        operations.rename(made, ("Lugdunum", "卢格敦"), "hangzhou", date(2027, 1, 1), "Act", actor=SYSTEM, now=clock())
    session.expire(made)
    operations.rename(made, ("Lugdunum", "卢格敦"), "lyons", date(2027, 1, 1), "Act 7", actor=SYSTEM, now=clock())
    assert made.slug == "lyons"
    assert queries.moved_to("lyon") is made
    assert found("lugdunum", clock) == found("lgd", clock) == ["Lyon"]
    operations.rename(made, ("Lyons", "里昂斯"), "lyon", date(2027, 2, 1), "Act 8", actor=SYSTEM, now=clock())
    assert queries.moved_to("lyons") is made
    assert queries.moved_to("lyon") is None


def test_a_merged_city_leads_to_its_successor_and_is_kept(clock: FixedClock) -> None:
    old, new = open_city("Ningbo", clock()), open_city("Hangzhou", clock())
    open_offer = offer(old, "A03", clock())
    with pytest.raises(SuccessorNeeded):
        operations.merge(old, old.city, date(2027, 1, 1), "Decree", actor=SYSTEM, now=clock())
    operations.merge(old, new.city, date(2027, 1, 1), "Decree", actor=SYSTEM, now=clock())
    assert queries.moved_to("ningbo") is new
    assert open_offer.closed_on is not None
    assert found("", clock) == ["Hangzhou"]
    assert found("ningbo", clock) == ["Hangzhou"]
    assert [each.old_name_en for each in queries.joined_by(new.city_id)] == ["Ningbo"]
    with pytest.raises(HasMerged):
        operations.confirm(old, actor=SYSTEM, now=clock())
    with pytest.raises(SuccessorHasGone):
        operations.merge(new, old.city, date(2027, 1, 1), "Decree", actor=SYSTEM, now=clock())


def test_every_change_is_in_the_audit_without_a_name_and_moves_the_revision(clock: FixedClock) -> None:
    made = open_city("Lyon", clock())
    before, _at = revisions.standing(revisions.CITIES)
    actor = Actor("account:tester", language="zh")
    facts = {
        "person": "Anne Roux",
        "email": "anne@lyon.example",
        "languages": ["fr"],
        "starts_on": clock().date(),
        "ends_on": None,
        "handover_note": "Remember the visit",
        "consent": Consent.NONE,
        "consented_on": clock().date(),
    }
    texts = {("organisation", "en"): "Town hall", ("position", "zh"): "联络员"}
    contact = operations.save_entry(made, CityContact(), None, texts, facts, actor=actor, now=clock())
    assert contact.source_lang == "zh"
    assert contact.consented_on is None
    operations.remove_entry(made, contact, actor=actor, now=clock())
    assert revisions.standing(revisions.CITIES)[0] >= before + 2
    bodies = [
        str(entry.body) for entry in session.scalars(select(AuditEntry).where(AuditEntry.actor == "account:tester"))
    ]
    assert len(bodies) == 2
    assert all(word not in body for body in bodies for word in ("Anne", "lyon.example", "visit", "Town hall"))


def test_a_contact_of_ones_own_is_shown_to_oneself_and_forgotten_with_the_account(
    cast: Cast, clock: FixedClock
) -> None:
    made, account = open_city("Lyon", clock()), cast.account("stranger")
    facts = {
        "person": "Sam Stranger",
        "email": account.email,
        "languages": [],
        "starts_on": clock().date(),
        "ends_on": None,
        "handover_note": "Call back",
        "consent": Consent.PUBLIC,
        "consented_on": clock().date(),
    }
    contact = operations.save_entry(made, CityContact(), None, {}, facts, actor=SYSTEM, now=clock())
    assert queries.contacts_shown(made.city_id, [Consent.PUBLIC], clock().date()) == [contact]
    entries = [value for section in own_data.sections(account.id, clock()) for _label, value in section["entries"]]
    assert "Sam Stranger" in entries
    own_data.erase_for(account.id, clock())
    assert (contact.person, contact.email, contact.handover_note) == ("", "", "")
    assert queries.contacts_shown(made.city_id, [Consent.PUBLIC, Consent.PARTNERS], clock().date()) == []
    assert own_data.sections(account.id, clock()) == []
    assert session.get(CityProfile, made.id) is not None
