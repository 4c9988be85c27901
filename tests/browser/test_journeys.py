"""Three journeys with the keyboard alone, in both languages, in a real browser.

A delegate registers. A focal point registers five people from a file. An organiser approves them, moves a session
that stands in another's way, and releases the next version.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.agenda.models import AgendaRelease, AgendaSession, Slot
from forum.core.database import begin_writing, session
from forum.events.models import Room
from forum.people.models import Person
from forum.places.models import City
from forum.registration.models import Category, Delegation, FocalPoint, Participation
from forum.registration.states import DelegationState, ParticipationState
from tests.browser.conftest import Site
from tests.browser.keys import Keys
from tests.demonstration import SLUG, browser_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

FAMILIES = {
    "en": ["Almeida", "Barros", "Costa", "Duarte", "Esteves"],
    "zh": ["Faria", "Gomes", "Horta", "Inacio", "Jardim"],
}
IN_THE_WAY = "Side event: students write a standard in forty-five minutes"
MAIN = "main form "


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def keys_of(site: Site, who: str | None, language: str) -> Keys:
    return Keys(site.context(who, language).new_page())


def forum_page(language: str, path: str) -> str:
    return f"/{language}/forums/{SLUG}/{path}"


def test_a_delegate_registers(site: Site, language: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (480, 640), "grey").save(photo)
    expert = _category(site, "EXPERT")
    address = f"delegate-{language}@forum.example"
    keys = keys_of(site, None, language)
    keys.open(forum_page(language, "register"))
    keys.take("category", expert)
    keys.write("[name=email]", address)
    keys.press(MAIN + "button.first")
    keys.write("[name=family_latin]", "Okonkwo")
    keys.write("[name=given_latin]", "Ngozi")
    keys.write(f"[name=function_{language}]", {"en": "Engineer", "zh": "工程师"}[language])
    keys.write(f"[name=organisation_name_{language}]", {"en": "City of Lagos", "zh": "拉各斯市"}[language])
    keys.choose("[name=country_iso2]", "NG")
    keys.press(MAIN + "button.first")
    if keys.page.locator("[type=file]").count():
        keys.hand_in("[type=file]", photo)
    keys.press(MAIN + "button.first")
    keys.tick("[name=notice]")
    keys.press(MAIN + "button.first")
    keys.press(MAIN + "button.first")
    assert _state_of(site, address) is ParticipationState.SUBMITTED
    assert keys.page.locator("h1").count() == 1
    assert keys.page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]


def test_a_focal_point_registers_five_people_and_an_organiser_approves_them(
    site: Site, language: str, tmp_path: Path
) -> None:
    delegation = _composing_delegation(site, language)
    file = tmp_path / "members.csv"
    file.write_text(_table(site, delegation, language), encoding="utf-8-sig")
    keys = keys_of(site, "focalpoint", language)
    keys.open(forum_page(language, f"delegations/{delegation}/import"))
    keys.hand_in("[type=file]", file)
    keys.press(MAIN + "button.first")
    if keys.page.locator("[name=notice]").count():
        keys.tick("[name=notice]")
    keys.press(MAIN + "button.first")
    mine = _members(site, delegation, language)
    assert set(mine.values()) == {ParticipationState.NOMINATED}
    assert len(mine) == 5
    for deed in ("submit", "focal_approve"):
        for member in mine:
            keys.tick(f"[name=member][value='{member}']")
        keys.press(f"button[name=deed][value={deed}]")
        keys.open(forum_page(language, f"delegations/{delegation}/"))
    assert set(_members(site, delegation, language).values()) == {ParticipationState.FOCAL_APPROVED}

    office = keys_of(site, "organiser", language)
    for action in ("screen", "approve"):
        office.open(forum_page(language, f"desk/participations?delegation={delegation}"))
        for member in mine:
            office.tick(f"[name=chosen][value='{member}']")
        office.choose("[name=action]", action)
        office.press("form:has([name=action]) button[type=submit], form:has([name=action]) button:not([type])")
    assert set(_members(site, delegation, language).values()) == {ParticipationState.APPROVED}


def test_an_organiser_moves_a_session_and_releases_the_next_version(site: Site, language: str) -> None:
    guid, room, title, before = _what_stands_in_the_way(site, language)
    keys = keys_of(site, "organiser", language)
    keys.open(forum_page(language, f"desk/agenda/slots/{guid}/move"))
    keys.choose("[name=room]", room)
    keys.press(MAIN + "button.first")
    keys.open(forum_page(language, "desk/releases/new"))
    keys.write("[name=name]", {"en": "For the delegations", "zh": "致各代表团"}[language])
    if keys.page.locator("[name=accept]").count():
        keys.tick("[name=accept]")
        keys.write("[name=reason]", {"en": "The rooms were seen and agreed.", "zh": "已实地查看会场并商定。"}[language])
    keys.press(MAIN + "button.first")
    assert _latest_release(site) == before + 1
    keys.open(forum_page(language, f"releases/{before + 1}"))
    told = keys.page.locator("main").inner_text()
    assert title in told


def _category(site: Site, code: str) -> str:
    with site.app.app_context():
        begin_writing()
        category = session.scalars(select(Category).where(Category.code == code)).one()
        category.required_documents = [each for each in category.required_documents if each == "photo"]
        found = category.public_id
        session.commit()
        session.remove()
    return found


def _state_of(site: Site, address: str) -> ParticipationState:
    with site.app.app_context():
        state = session.scalars(
            select(Participation.state)
            .join(Person, Person.id == Participation.person_id)
            .where(Person.email == address)
        ).one()
        session.remove()
    return state


def _composing_delegation(site: Site, language: str) -> str:
    """A delegation for each language that the focal point may compose, and that asks for no papers."""
    with site.app.app_context():
        begin_writing()
        delegation = session.scalars(
            select(Delegation)
            .join(City, City.id == Delegation.city_id)
            .where(Delegation.state == DelegationState.COMPOSING, City.code != "fr-lyon")  # nearly full
            .order_by(Delegation.id)
        ).all()[("en", "zh").index(language)]
        account = session.scalars(select(Account).where(Account.email == "focalpoint@forum.example")).one()
        if account.id not in {each.account_id for each in delegation.focal_points}:
            session.add(FocalPoint(delegation_id=delegation.id, account_id=account.id))
        session.scalars(select(Category).where(Category.code == "CITY")).one().required_documents = []
        found = delegation.public_id
        session.commit()
        session.remove()
    return found


def _table(site: Site, delegation: str, language: str) -> str:
    """The product's own template in the reader's language, with five people in it."""
    template = browser_of(site.app, "focalpoint").get(forum_page(language, f"delegations/{delegation}/template.csv"))
    head = template.get_data().decode("utf-8-sig").splitlines()[0]
    rows = [
        f"CITY,{family},Maria,,,,Engineer,工程师,City of Almada,,PT,{family.casefold()}@almada.example,,en,,,,,"
        for family in FAMILIES[language]
    ]
    return "\r\n".join([head, *rows, ""])


def _members(site: Site, delegation: str, language: str) -> dict[str, ParticipationState]:
    with site.app.app_context():
        rows = session.execute(
            select(Participation.public_id, Participation.state)
            .join(Person, Person.id == Participation.person_id)
            .join(Delegation, Delegation.id == Participation.delegation_id)
            .where(Delegation.public_id == delegation, Person.family_latin.in_(FAMILIES[language]))
            .order_by(Participation.order)
        ).all()
        session.remove()
    return {row.public_id: row.state for row in rows}


def _latest_release(site: Site) -> int:
    with site.app.app_context():
        number = session.scalar(select(func.max(AgendaRelease.number)))
        session.remove()
    return number or 0


def _what_stands_in_the_way(site: Site, language: str) -> tuple[str, str, str, int]:
    """The slot that overlaps another's, a free room for it, its title, and the number of the latest release."""
    with site.app.app_context():
        slot = session.scalars(
            select(Slot)
            .join(AgendaSession, AgendaSession.id == Slot.session_id)
            .where(AgendaSession.__table__.c.title_en == IN_THE_WAY)
        ).one()
        taken = {
            each.room_id
            for each in session.scalars(
                select(Slot).where(Slot.starts_at < slot.ends_at, Slot.ends_at > slot.starts_at)
            )
        } | {slot.room_id}
        rooms = session.scalars(select(Room).where(Room.forum_id == slot.forum_id).order_by(Room.order))
        free = [room for room in rooms if room.id not in taken]
        assert free
        title = slot.agenda_session.tr("title", language).text
        found = slot.guid, {"en": free[0], "zh": free[-1]}[language].guid, title
        session.remove()
    return *found, _latest_release(site)
