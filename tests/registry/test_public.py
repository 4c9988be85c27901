"""The public registry: what everybody may read of partnerships, in every form, and what nobody may."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from lxml import etree, html
from sqlalchemy import select

from forum.cities.models import CityChange, CityProfile
from forum.cities.words import ChangeKind, CityLevel, Visibility
from forum.cooperation.operations.publishing import consent
from forum.cooperation.queries.publishing import things_of
from forum.cooperation.rules.publishing import SUMMARY
from forum.core import revisions
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.partnerships.models import (
    AgreementVersion,
    CaseOpinion,
    Channel,
    Instrument,
    OpinionKind,
    Partnership,
    PartnershipParty,
)
from forum.partnerships.operations.proposing import rewrite
from forum.partnerships.operations.taking_part import remark
from forum.partnerships.states import PUBLIC
from forum.places.models import City
from tests.cast import Cast
from tests.partnerships.people import (
    NOW,
    World,
    act,
    active,
    at_province,
    drafted,
    proposal,
    renewing,
    standing,
    world,
)
from tests.statements import counted_statements

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CANARIES = ("magpie-internal", "magpie-shared", "magpie-opinion", "magpie-draft", "magpie-invitation", "magpie-reason")


def consent_to(version: AgreementVersion, of: World, *people: str, key: str = SUMMARY) -> None:
    """Let people of the cities consent to show one thing."""
    for name in people or ("liaison", "other_liaison"):
        thing = next(each for each in things_of(version.partnership) if each.key == key)
        read = list(thing.fingerprints.values())
        who = of[name]
        consent(version.partnership, key, read, standing=standing(version, who), actor=who.actor, now=NOW)


class Registry:
    """A registered partnership of Wenzhou and Nantes, with everything around it that isn't public."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.of: World
        self.number = self.former = self.hidden = ""  # former: what the parties called it on its way

    def get(self, address: str, language: str = "en") -> Any:
        return self.cast.client().get(f"/{language}{address}")

    def addresses(self) -> Iterator[str]:
        yield from ("/partnerships/", "/partnerships/map", "/partnerships.json", "/partnerships.csv")
        yield from ("/partnerships/news.xml", f"/partnerships/{self.number}/", "/cities/wenzhou/", "/cities/nantes/")


def _open(kept: Registry) -> None:
    kept.of = of = world()
    one = active(
        of,
        title=Text("Standards for quiet streets", "安静街道标准合作"),
        objectives=Text("To measure noise in the same way.", "以同一方法测量噪声。"),
        invitation=Text("magpie-invitation", "magpie-invitation"),
    )
    kept.number, kept.former = one.registry_number or "", one.partnership.number
    for channel, word in ((Channel.INTERNAL, "magpie-internal"), (Channel.SHARED, "magpie-shared")):
        who = of["liaison"]
        remark(one, word, channel=channel, standing=standing(one, who), actor=who.actor, now=NOW)
    session.add(
        CaseOpinion(version_id=one.id, kind=OpinionKind.FOREIGN_AFFAIRS, asked_at=NOW, text="magpie-opinion",
                    conditions="magpie-opinion", author_id=of["fa"].account_id)
    )  # fmt: skip
    draft = proposal(title=Text("magpie-draft", "magpie-draft"), objectives=Text("magpie-draft", "magpie-draft"))
    hidden = drafted(of, counterparts=("Kobe",), title=draft.title, objectives=draft.objectives)
    kept.hidden = hidden.partnership.number
    for name, slug in (("Wenzhou", "wenzhou"), ("Nantes", "nantes")):
        of.cities[name].search = slug
        session.add(
            CityProfile(city_id=of.cities[name].id, slug=slug, level=CityLevel.PREFECTURE, visibility=Visibility.PUBLIC)
        )
    session.flush()


@pytest.fixture
def kept(cast: Cast) -> Registry:
    made = Registry(cast)
    with cast.app.app_context():
        begin_writing()
        _open(made)
        session.commit()
    return made


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_that_isn_t_public_stands_on_any_public_page(kept: Registry, language: str) -> None:
    for address in kept.addresses():
        answer = kept.get(address, language)
        assert answer.status_code == 200, address
        for word in (*CANARIES, kept.hidden, kept.former, "P-20", "Kobe", "Officer"):
            assert word not in answer.text, (word, address)
        if "map" not in address:
            assert kept.number in answer.text, address
    with kept.cast.app.app_context():  # the words are there to be found
        assert session.scalar(select(Partnership).filter_by(number=kept.hidden)).text("title").en == "magpie-draft"  # type: ignore[union-attr]


def test_what_isn_t_public_is_as_unknown_as_what_never_was(kept: Registry) -> None:
    for number in (kept.hidden, kept.former, "P-1999-0001", "nonsense", "x" * 300):
        assert kept.get(f"/partnerships/{number}/").status_code == 404, number


def test_a_reason_for_suspending_and_the_days_to_come_stay_inside(kept: Registry) -> None:
    with kept.cast.app.app_context():
        begin_writing()
        version = session.scalars(select(AgreementVersion).where(AgreementVersion.state == "active")).one()
        act(version, "suspend", kept.of["lead"], reason="magpie-reason")
        version.review_again_on = date(2029, 7, 17)
        session.commit()
    for address in kept.addresses():
        text = kept.get(address).text
        assert "magpie-reason" not in text
        assert "17 Jul 2029" not in text
        assert "2029-07-17" not in text
    assert "Suspended" in kept.get(f"/partnerships/{kept.number}/").text


def test_what_is_rewritten_for_a_successor_isn_t_public_before_its_own_registration(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        version, then = renewing(of, objectives=Text("To measure noise.", "测量噪声。"))
        for who in ("liaison", "other_liaison"):
            done = act(version, "new_terms", of[who], now=then)
        assert done.successor is not None
        drafted_words = proposal(
            title=Text("magpie-draft", "magpie-draft"), objectives=Text("magpie-draft", "magpie-draft"), areas=("A12",)
        )
        rewrite(done.successor, drafted_words, who=of["liaison"], actor=of["liaison"].actor, now=then)
        assert version.partnership.text("objectives").en == "magpie-draft"
        number = version.registry_number or ""
        consent_to(version, of)
        session.commit()
    client = cast.client()
    for address in ("", f"{number}/", "map", "news.xml", "?q=magpie", "?area=A12"):
        assert "magpie-draft" not in client.get(f"/en/partnerships/{address}").text
    for address in ("/en/partnerships.json", "/en/partnerships.csv"):
        assert "magpie" not in client.get(address).text
    assert number not in client.get("/en/partnerships/?q=magpie").text + client.get("/en/partnerships/?area=A12").text
    assert "To measure noise." in client.get(f"/en/partnerships/{number}/").text


def test_a_renewal_on_its_way_changes_nothing_that_the_public_can_see(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        version, then = renewing(of)
        number = version.registry_number or ""
        before = revisions.standing(revisions.PARTNERSHIPS)
        session.commit()
    client = cast.client()
    page, feed = client.get(f"/en/partnerships/{number}/").text, client.get("/en/partnerships/news.xml").text
    assert "enewal" not in page + feed
    assert page.count("Registered and in force") == 1
    assert before[1] == NOW  # the registry last changed with the registration
    assert then > NOW
    states = json.loads(client.get("/en/partnerships.json").text)["partnerships"]
    assert [each["state"] for each in states] == ["active"]


def test_a_step_that_the_public_learns_of_makes_the_prepared_pages_anew(kept: Registry) -> None:
    address = f"/partnerships/{kept.number}/"
    assert "Terminated" not in kept.get(address).text
    tag = kept.get(address).headers["ETag"]
    assert kept.cast.client().get(f"/en{address}", headers={"If-None-Match": tag}).status_code == 304
    assert "Terminated" not in kept.get("/cities/nantes/").text
    with kept.cast.app.app_context():
        begin_writing()
        version = session.scalars(select(AgreementVersion).where(AgreementVersion.state == "active")).one()
        act(version, "suspend", kept.of["lead"])
        session.commit()
    assert kept.cast.client().get(f"/en{address}", headers={"If-None-Match": tag}).status_code == 200
    assert "Suspended" in kept.get("/cities/nantes/").text


def test_steps_before_the_registration_leave_the_revision_alone(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        before = revisions.standing(revisions.PARTNERSHIPS)[0]
        at_province(of)
        assert revisions.standing(revisions.PARTNERSHIPS)[0] == before
        session.rollback()
        begin_writing()
        active(world())
        assert revisions.standing(revisions.PARTNERSHIPS)[0] == before + 1
        session.rollback()


def test_a_renamed_city_is_named_as_at_signing_with_its_name_of_today(kept: Registry) -> None:
    with kept.cast.app.app_context():
        begin_writing()
        city = session.scalars(select(City).filter_by(name_en="Nantes")).one()
        for name, day in (("Condevincum", date(2020, 1, 1)), ("Nantes-on-Loire", date(2028, 1, 1))):
            session.add(
                CityChange(city_id=city.id, kind=ChangeKind.RENAMED, old_name_en=name, old_name_zh=f"{name}旧",
                           happened_on=day, source="Decree")
            )  # fmt: skip
        revisions.bump(revisions.CITIES, now=NOW + timedelta(days=1))
        session.commit()
    page: Any = html.fromstring(kept.get(f"/partnerships/{kept.number}/").text)
    lead = " ".join(page.xpath("//p[@class='lead']")[0].text_content().split())
    assert lead == "Wenzhou – Nantes-on-Loire (today Nantes)"
    assert page.xpath("//p[@class='lead']//a/@href") == ["/en/cities/wenzhou/", "/en/cities/nantes/"]
    assert kept.number in kept.get("/partnerships/?q=nantes-on").text


FILTERS = (
    ("q=quiet", True), ("q=%E5%AE%89%E9%9D%99", True), ("q=nantes", True), ("q=R-2027", True), ("q=P-2027", False),
    ("q=absent", False),
    ("q=100%25", False), ("q=magpie", False), ("country=FR", True), ("country=fr", True), ("country=JP", False),
    ("country=CN", False), ("area=A03", True), ("area=A01", False), ("area=A%", True), ("instrument=memorandum", True),
    ("instrument=intent", False), ("state=active", True), ("state=suspended", False), ("state=draft", True),
    ("state=renewal", True), ("year=2027", True), ("year=2026", False), ("year=0000", True), ("page=2", False),
    ("page=99999999999999", False),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "there"), FILTERS)
def test_a_filter_finds_what_it_says_and_one_that_isn_t_known_filters_nothing(
    kept: Registry, asked: str, there: bool
) -> None:
    for address in ("/partnerships/", "/partnerships.json", "/partnerships.csv"):
        if "page" in asked and address != "/partnerships/":
            continue
        answer = kept.get(f"{address}?{asked}")
        assert answer.status_code == 200
        assert (kept.number in answer.text) is there, address


def test_a_city_is_chosen_from_those_that_stand_in_the_registry(kept: Registry) -> None:
    page: Any = html.fromstring(kept.get("/partnerships/").text)
    names = {each.text: each.get("value") for each in page.xpath("//select[@name='city']/option")}
    assert set(names) == {"All", "Wenzhou", "Nantes"}
    assert kept.number in kept.get(f"/partnerships/?city={names['Nantes']}").text
    assert kept.number not in kept.get("/partnerships/?city=0000").text
    assert page.xpath("//select[@name='country']/option/@value") == ["", "FR"]


def test_the_table_is_safe_in_spreadsheets_and_names_its_source(kept: Registry) -> None:
    with kept.cast.app.app_context():
        begin_writing()
        one = session.scalars(select(Partnership).filter_by(number=kept.former)).one()
        one.versions[0].registered_title_en = "=HYPERLINK(1)"
        revisions.bump(revisions.PARTNERSHIPS, now=NOW + timedelta(days=1))
        session.commit()
    answer = kept.get("/partnerships.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert [row["Title"] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0]["Source"] == "Forum for Urban Standardization, registry of city partnerships"
    assert rows[0]["Address"].endswith(f"/en/partnerships/{kept.number}/")
    assert rows[0]["Cities"] == "Wenzhou – Nantes"


def test_the_data_holds_both_languages_and_nothing_of_the_way_there(kept: Registry) -> None:
    made = json.loads(kept.get("/partnerships.json", "zh").text)["partnerships"]
    assert len(made) == 1
    assert made[0]["objectives"] is None
    with kept.cast.app.app_context():
        begin_writing()
        consent_to(session.scalars(select(AgreementVersion).filter_by(state="active")).one(), kept.of)
        session.commit()
    made = json.loads(kept.get("/partnerships.json", "zh").text)["partnerships"]
    sides = {"en": "To measure noise in the same way.", "zh": "以同一方法测量噪声。"}
    assert made[0]["objectives"] == {**sides, "state": {"en": "source", "zh": "human"}}
    assert set(made[0]) == {
        "number", "registry_number", "title", "objectives", "instrument", "instrument_name", "state", "state_name",
        "areas", "parties", "signed_on", "in_effect_from", "registered_on", "term_ends_on", "address",
        "contact_offices", "activities", "outcomes",
    }  # fmt: skip


def test_the_feed_is_well_formed_and_tells_of_public_steps_alone(kept: Registry) -> None:
    answer = kept.get("/partnerships/news.xml")
    feed: Any = etree.fromstring(answer.data)
    assert answer.content_type.startswith("application/atom+xml")
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Wenzhou – Nantes: Registered and in force"]
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert ids[0].endswith(f"/en/partnerships/{kept.number}/#20270301T020000000000")


def test_the_former_address_of_the_map_leads_on(kept: Registry) -> None:
    answer = kept.get("/registry/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/partnerships/map")


def test_the_site_map_names_public_partnerships_alone(kept: Registry) -> None:
    text = kept.cast.client().get("/sitemap.xml").text
    assert f"/en/partnerships/{kept.number}/" in text
    assert kept.hidden not in text
    assert "P-20" not in text


def test_numbers_shown_to_the_public_have_no_gaps_where_others_were_proposed(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        of = world()
        for instrument in (Instrument.INTENT, Instrument.ARRANGEMENT):  # these never come into force
            drafted(of, instrument=instrument)
            drafted(of, counterparts=("Kobe",), instrument=instrument)
        one = active(of)
        drafted(of, instrument=Instrument.JOINT_PLAN)
        assert one.partnership.number == "P-2027-0005"  # what the parties see counts everything
        session.commit()
    answer = cast.client().get("/en/partnerships/R-2027-0001/")
    assert answer.status_code == 200
    assert "0005" not in answer.text + cast.client().get("/en/partnerships.json").text


def test_a_later_registration_leads_to_the_address_that_the_partnership_has_always_had(kept: Registry) -> None:
    with kept.cast.app.app_context():
        begin_writing()
        first = session.scalars(select(AgreementVersion).where(AgreementVersion.registry_number == kept.number)).one()
        session.add(
            AgreementVersion(
                partnership_id=first.partnership_id, number=2, instrument=first.instrument, state="active",
                state_since=NOW, shared_since=NOW, registry_number="R-2030-0007", effective_on=date(2030, 1, 1),
                ends_on=date(2032, 1, 1), registered_on=date(2030, 1, 2),
            )
        )  # fmt: skip
        revisions.bump(revisions.PARTNERSHIPS, now=NOW + timedelta(days=1))
        session.commit()
    answer = kept.get("/partnerships/R-2030-0007/")
    assert (answer.status_code, answer.location) == (301, f"/en/partnerships/{kept.number}/")
    page = kept.get(f"/partnerships/{kept.number}/").text
    assert "R-2030-0007" in page  # the number of the version in force stands beside it
    assert f"/en/partnerships/{kept.number}/" in kept.get("/partnerships/?q=R-2030-0007").text


def _many(cast: Cast, count: int, at: datetime) -> None:
    with cast.app.app_context():
        begin_writing()
        first = session.scalars(select(PartnershipParty).order_by(PartnershipParty.id)).all()[:2]
        for number in range(count):
            made = Partnership(
                number=f"P-2031-{number:04}", instrument="intent", closed_at=at, title_en=f"Many {number}"
            )
            session.add(made)
            session.flush()
            for party in first:
                session.add(PartnershipParty(partnership_id=made.id, city_id=party.city_id, side=party.side))
            session.add(
                AgreementVersion(partnership_id=made.id, instrument="intent", state=sorted(PUBLIC)[number % 6],
                                 state_since=at, shared_since=at, registered_on=date(2026, 1, 1))
            )  # fmt: skip
        session.commit()


def test_the_statements_of_every_form_don_t_grow_with_the_rows(kept: Registry) -> None:
    def asked() -> dict[str, int]:
        counts = {}
        for address in kept.addresses():
            kept.cast.app.extensions["forum.public_bodies"].forget()
            with kept.cast.app.app_context(), counted_statements() as seen:
                assert kept.get(address).status_code == 200
            counts[address] = len(seen)
        return counts

    before = asked()
    _many(kept.cast, 60, NOW)
    assert asked() == before
    assert before["/partnerships/"] <= 12
