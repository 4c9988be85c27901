"""Delegations, categories, seats and waiting lists at the desk."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Account
from forum.audit.queries import history
from forum.core.database import begin_writing, session
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Category, Delegation, FocalPoint, Participation, WaitingEntry
from forum.registration.states import DelegationState, ParticipationState, WaitingState
from tests.cast import Cast, hidden_fields
from tests.registration.people import category, delegation, straight, submitted
from tests.statements import counted_statements


def at(cast: Cast, path: str = "", language: str = "en") -> str:
    return f"/{language}/forums/{cast.slug}/desk{path}"


def token(client: Any, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None
    return found[1]


def lyon(app: Flask, cast: Cast) -> tuple[str, int]:
    with app.app_context():
        row = delegation(cast)
        return row.public_id, row.version


# --- Delegations --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/delegations", "/delegations/invite", "/seats", "/waiting", "/categories/new"])
@pytest.mark.parametrize("who", ["stranger", "focal", "neighbour", "agenda"])
def test_the_desk_is_not_there_for_others(cast: Cast, who: str, path: str) -> None:
    assert cast.client(who).get(at(cast, path)).status_code == 404


@pytest.mark.parametrize("path", ["/delegations/invite", "/seats", "/waiting", "/categories/new"])
@pytest.mark.parametrize("who", ["viewer", "door", "protocol"])
def test_those_who_only_read_change_nothing(cast: Cast, who: str, path: str) -> None:
    assert cast.client(who).get(at(cast, path)).status_code == 404
    assert cast.client(who).get(at(cast, "/delegations")).status_code == 200
    assert cast.client(who).get(at(cast, "/categories")).status_code == 200


@pytest.mark.parametrize("query", ["hangz", "杭州"])
def test_a_delegation_is_invited_by_finding_its_place(app: Flask, cast: Cast, query: str) -> None:
    client = cast.client("registration")
    found = client.get(at(cast, "/delegations/invite"), query_string={"kind": "cities", "q": query})
    fields = hidden_fields(found.text)
    assert fields["kind"] == "cities"
    answer = client.post(at(cast, "/delegations/invite"), data=fields)
    assert answer.status_code == 303
    with app.app_context():
        made = session.scalars(select(Delegation).order_by(Delegation.id.desc())).first()
        assert made is not None
        assert (made.side("name", "en"), made.side("name", "zh")) == ("Hangzhou", "杭州")
        assert (made.state, made.country_iso2) == (DelegationState.INVITED, "CN")
    twice = client.post(at(cast, "/delegations/invite"), data=fields)
    assert twice.status_code == 409
    assert "already has a delegation" in twice.text


def test_a_focal_point_is_named_by_mail_in_their_language_and_taken_off(app: Flask, cast: Cast) -> None:
    public_id, _version = lyon(app, cast)
    client = cast.client("organiser")
    page = at(cast, f"/delegations/{public_id}")
    data = {"csrf_token": token(client, page), "name": "Zhang Wei", "email": "ZHANG@city.example", "language": "zh"}
    assert client.post(page + "/focal-points", data=data).status_code == 303
    assert client.post(page + "/focal-points", data=data).status_code == 409
    with app.app_context():
        account = session.scalars(select(Account).where(Account.email == "zhang@city.example")).one()
        focal = session.scalars(select(FocalPoint).where(FocalPoint.account_id == account.id)).one()
        mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "delegation_focal_point")).one()
        assert (mail.recipient, mail.language) == ("zhang@city.example", "zh")
        assert "http://forum.test/zh/desk" in mail.body
        assert "里昂" in mail.subject
        bodies = "".join(entry.body for entry in history("delegation", public_id))
        assert "zhang" not in bodies.casefold()
        address = page + f"/focal-points/{focal.public_id}/dismiss"
    assert client.submit(address).status_code == 303
    with app.app_context():
        assert session.scalar(select(FocalPoint).where(FocalPoint.account_id == account.id)) is None


def test_a_quota_is_set_and_never_below_what_is_taken(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        submitted(cast, category(cast, "CITY"), 1, delegation=delegation(cast))
        submitted(cast, category(cast, "CITY"), 2, delegation=delegation(cast))
        scope = seats.of_delegation(delegation(cast), category(cast, "CITY"))
        public_id = delegation(cast).public_id
        session.commit()
    client = cast.client("registration")
    page = at(cast, f"/delegations/{public_id}")
    data = {"csrf_token": token(client, page), "scope": scope}
    refused = client.post(at(cast, "/seats"), data={**data, "cap": "1"})
    assert refused.status_code == 409
    assert "2 seats are taken" in refused.text
    assert client.post(at(cast, "/seats"), data={**data, "cap": "3"}).status_code == 303
    assert "2 of 3" in client.get(page).text
    assert client.post(at(cast, "/seats"), data={**data, "cap": "x"}).status_code == 422
    foreign = client.post(at(cast, "/seats"), data={**data, "scope": "forum:unknown", "cap": "3"})
    assert foreign.status_code == 404


def test_withdrawing_a_delegation_takes_its_members_along(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        member = submitted(cast, category(cast, "CITY"), 1, delegation=delegation(cast)).public_id
        session.commit()
    public_id, version = lyon(app, cast)
    client = cast.client("organiser")
    page = at(cast, f"/delegations/{public_id}")
    data = {"csrf_token": token(client, page), "action": "withdraw", "version": str(version)}
    unreasoned = client.post(page + "/step", data=data)
    assert unreasoned.status_code == 409
    assert "Please give a reason" in unreasoned.text
    assert client.post(page + "/step", data={**data, "reason": "Flights cancelled"}).status_code == 303
    with app.app_context():
        assert delegation(cast).state is DelegationState.WITHDRAWN
        row = session.scalars(select(Participation).where(Participation.public_id == member)).one()
        assert row.state is ParticipationState.WITHDRAWN
        assert seats.reconcile(cast.forum) == []


def test_the_protocol_credentials_and_doesnt_withdraw(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        delegation(cast).state = DelegationState.SUBMITTED
        session.commit()
    public_id, version = lyon(app, cast)
    client = cast.client("protocol")
    page = at(cast, f"/delegations/{public_id}")
    data = {"csrf_token": token(client, page), "version": str(version)}
    assert client.post(page + "/step", data={**data, "action": "withdraw", "reason": "x"}).status_code == 409
    assert client.post(page + "/step", data={**data, "action": "credential"}).status_code == 303
    assert client.post(page + "/step", data={**data, "action": "credential"}).status_code == 409


def test_two_who_edit_a_delegation_lose_nothing(app: Flask, cast: Cast) -> None:
    public_id, _version = lyon(app, cast)
    address = at(cast, f"/delegations/{public_id}/edit")
    slow = cast.client("organiser")
    opened = hidden_fields(slow.get(address).text)
    entries = {"name_en": "City of Lyon", "name_zh": "里昂市", "mail_policy": "focal", "note_verbale": "12/2027"}
    assert cast.client("registration").submit(address, entries).status_code == 303
    clash = slow.post(address, data={**opened, **entries, "name_en": "Lyons"})
    assert clash.status_code == 409
    assert "City of Lyon" in clash.text
    assert 'value="Lyons"' in clash.text
    assert slow.post(address, data={**hidden_fields(clash.text), **entries, "name_en": "Lyons"}).status_code == 303


def test_the_list_of_delegations_costs_the_same_for_any_number(app: Flask, cast: Cast) -> None:
    client = cast.client("viewer")
    client.get(at(cast, "/delegations"))
    with app.app_context(), counted_statements() as few:
        client.get(at(cast, "/delegations"))
    with app.app_context():
        begin_writing()
        for number in range(30):
            session.add(
                Delegation(
                    forum_id=cast.forum_id, kind="organisation", represents=f"body{number}", name_en=f"Body {number}"
                )
            )
        submitted(cast, category(cast, "CITY"), 1, delegation=delegation(cast))
        session.commit()
    with app.app_context(), counted_statements() as many:
        page = client.get(at(cast, "/delegations"))
    assert "Body 29" in page.text
    assert len(many) == len(few)


def test_the_sheet_prints_the_delegation_in_both_languages(app: Flask, cast: Cast) -> None:
    public_id, _version = lyon(app, cast)
    page = cast.client("viewer").get(at(cast, f"/delegations/{public_id}/sheet"))
    assert page.status_code == 200
    assert "Lyon" in page.text
    assert "里昂" in page.text


# --- Categories ---------------------------------------------------------------------------------------


def entries(**changes: Any) -> dict[str, Any]:
    return {
        "code": "GOV",
        "name_en": "Government",
        "name_zh": "政府代表",
        "chain": "secretariat",
        "fields": ["letter", "diet"],
        "required_documents": ["note_verbale"],
        "self_registration": "y",
        "waiting_list": "y",
        "opens": "2027-03-01T09:00",
        "closes": "2027-04-01T18:00",
        **changes,
    }


def test_the_window_of_a_category_is_wall_time_at_the_venue(app: Flask, cast: Cast) -> None:
    client = cast.client("registration")
    assert client.submit(at(cast, "/categories/new"), entries()).status_code == 303
    with app.app_context():
        made = session.scalars(select(Category).where(Category.code == "GOV")).one()
        assert made.opens_at == datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
        assert made.required_documents == ["note_verbale"]
        assert seats.counter(seats.of_category(made)) is not None
        address = at(cast, f"/categories/{made.public_id}")
    assert 'value="2027-03-01T09:00"' in client.get(address).text
    reversed_window = client.submit(address, entries(closes="2027-02-01T09:00"))
    assert reversed_window.status_code == 409
    assert "close before it opens" in reversed_window.text


@pytest.mark.parametrize("wrong", [{"code": "EXPERT"}, {"code": "gov"}, {"name_zh": ""}, {"opens": "soon"}])
def test_a_wrong_category_is_refused_and_what_was_typed_is_kept(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.client("registration").submit(at(cast, "/categories/new"), entries(**wrong))
    assert answer.status_code in {409, 422}
    assert 'value="Government"' in answer.text


def test_two_who_edit_a_category_lose_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        address = at(cast, f"/categories/{category(cast).public_id}")
    slow = cast.client("organiser")
    opened = hidden_fields(slow.get(address).text)
    quick = entries(code="EXPERT", name_en="Experts")
    assert cast.client("registration").submit(address, quick).status_code == 303
    clash = slow.post(address, data={**opened, **entries(code="EXPERT", name_en="Specialists")})
    assert clash.status_code == 409
    assert "Experts" in clash.text
    assert 'value="Specialists"' in clash.text


def test_a_category_tells_the_public_of_its_change(app: Flask, cast: Cast) -> None:
    with app.app_context():
        before = cast.forum.revision
    cast.client("registration").submit(at(cast, "/categories/new"), entries())
    with app.app_context():
        assert cast.forum.revision > before


# --- Seats and waiting lists --------------------------------------------------------------------------


def full(app: Flask, cast: Cast) -> list[str]:
    """Fill a category of one seat and let two wait; return the ids of the three."""
    with app.app_context():
        begin_writing()
        kind = straight(cast)
        seats.set_cap(seats.of_category(kind), 1)
        ids = [submitted(cast, kind, number).public_id for number in (1, 2, 3)]
        session.commit()
    return ids


def entry_of(public_id: str) -> WaitingEntry:
    return session.scalars(
        select(WaitingEntry)
        .join(Participation, Participation.id == WaitingEntry.participation_id)
        .where(Participation.public_id == public_id)
    ).one()


def test_a_raised_limit_reaches_those_who_wait_in_their_order(app: Flask, cast: Cast) -> None:
    _first, second, third = full(app, cast)
    client = cast.client("registration")
    with app.app_context():
        scope = seats.of_category(category(cast, "MEDIA"))
    data = {"csrf_token": token(client, at(cast, "/seats")), "scope": scope}
    assert client.post(at(cast, "/seats"), data={**data, "cap": "0"}).status_code == 409
    assert client.post(at(cast, "/seats"), data={**data, "cap": "2", "reason": "A larger hall"}).status_code == 303
    with app.app_context():
        assert entry_of(second).state is WaitingState.OFFERED
        assert entry_of(third).state is WaitingState.WAITING
        assert seats.reconcile(cast.forum) == []
        offers = session.scalars(select(OutboxMail).where(OutboxMail.kind == "registration_offer")).all()
        assert len(offers) == 1
    page = client.get(at(cast, "/waiting")).text
    assert page.index("MARTIN2") < page.index("MARTIN3")


def test_a_priority_needs_a_reason_and_changes_the_order(app: Flask, cast: Cast) -> None:
    _first, _second, third = full(app, cast)
    with app.app_context():
        address = at(cast, f"/waiting/{entry_of(third).public_id}/prefer")
    client = cast.client("organiser")
    assert client.submit(address, {"priority": "5"}).status_code == 409
    assert client.submit(address, {"priority": "5", "reason": "Opening speaker"}).status_code == 303
    page = client.get(at(cast, "/waiting")).text
    assert page.index("MARTIN3") < page.index("MARTIN2")
    assert "Opening speaker" in page


def test_removing_needs_a_reason_and_looking_changes_nothing(app: Flask, cast: Cast) -> None:
    _first, second, _third = full(app, cast)
    with app.app_context():
        address = at(cast, f"/waiting/{entry_of(second).public_id}/remove")
    client = cast.client("registration")
    client.get(address)
    assert client.submit(address).status_code == 409
    with app.app_context():
        assert entry_of(second).state is WaitingState.WAITING
    assert client.submit(address, {"reason": "Asked for it by phone"}).status_code == 303
    with app.app_context():
        assert entry_of(second).state is WaitingState.REMOVED
    assert cast.client("neighbour").get(address).status_code == 404


# --- Numbers ------------------------------------------------------------------------------------------


def test_every_number_of_the_overview_opens_its_list(app: Flask, cast: Cast) -> None:
    full(app, cast)
    with app.app_context():
        begin_writing()
        submitted(cast, category(cast), 9)
        session.commit()
    client = cast.client("organiser")
    page = client.get(at(cast, "/registration"))
    links = re.findall(r'<li><a href="([^"]+)"><span class="figure">(\d+)</span>', page.text)
    assert len(links) == 8
    numbers = {link.partition("?")[2] or link.rpartition("/")[2]: int(number) for link, number in links}
    assert numbers["state=to_decide&amp;sort=since"] == 1
    assert numbers["waiting"] == 2
    for link, number in links:
        opened = client.get(link.replace("&amp;", "&"))
        assert opened.status_code == 200
        if "/participations" in link:
            assert len(re.findall(r'name="chosen"', opened.text)) == int(number)


def test_statistics_count_meals_without_names(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        kind = straight(cast)
        for number in (1, 2):
            submitted(
                cast,
                kind,
                number,
                sealed={"diet": "vegan, no_nuts", "allergies": "Peanuts, severe"},
                consents={"notice": True, "health": True},
                facts={"country_iso2": "FR", "listening_languages": ["zh"]},
            )
        session.commit()
    page = cast.client("viewer").get(at(cast, "/statistics"))
    assert page.status_code == 200
    text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
    assert "Vegan 2" in text
    assert "No nuts 2" in text
    assert "Chinese 2" in text
    assert "2 people told of an allergy." in text
    assert "MARTIN" not in text
    assert "Peanuts" not in text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/delegations",
        "/delegations/invite?kind=countries&q=f",
        "/categories",
        "/categories/new",
        "/seats",
        "/waiting",
        "/registration",
        "/statistics",
    ],
)
def test_the_desk_speaks_chinese(app: Flask, cast: Cast, path: str) -> None:
    full(app, cast)
    page = cast.client("organiser").get(at(cast, path, "zh"))
    assert page.status_code == 200
    assert 'lang="zh-Hans"' in page.text
