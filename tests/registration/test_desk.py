"""The registration desk: found, decided, corrected, opened with a reason; nothing for those who may not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.audit.queries import history
from forum.core.database import begin_writing, session
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Participation, StaffNote
from forum.registration.operations.life import perform
from forum.registration.operations.sealed import seal_field
from forum.registration.states import ParticipationState
from tests.cast import Cast, hidden_fields
from tests.registration.people import DESK, NOW, SELF, category, delegation, drafted, submitted
from tests.statements import counted_statements


def people(app: Flask, cast: Cast, number: int = 3, **changes: Any) -> list[str]:
    """Register some people and return their public ids."""
    with app.app_context():
        begin_writing()
        kind = category(cast)
        made = [submitted(cast, kind, order, **changes).public_id for order in range(1, number + 1)]
        session.commit()
    return made


def one(app: Flask, public_id: str) -> Participation:
    found = session.scalar(select(Participation).where(Participation.public_id == public_id))
    assert found is not None
    return found


def at(cast: Cast, path: str = "", language: str = "en") -> str:
    return f"/{language}/forums/{cast.slug}/desk/participations{path}"


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "delegate", "focal", "neighbour", "agenda"])
def test_the_list_is_not_there_for_others(cast: Cast, who: str) -> None:
    assert cast.client(who).get(at(cast)).status_code == 404


@pytest.mark.parametrize("who", ["organiser", "registration", "protocol", "door", "viewer", "admin"])
def test_staff_read_the_list(app: Flask, cast: Cast, who: str) -> None:
    people(app, cast, 1)
    page = cast.client(who).get(at(cast))
    assert page.status_code == 200
    assert "Léa MARTIN1" in page.text


@pytest.mark.parametrize("who", ["protocol", "door", "viewer"])
def test_those_who_only_read_see_no_addresses_notes_or_sealed_values(app: Flask, cast: Cast, who: str) -> None:
    (lea,) = people(app, cast, 1)
    with app.app_context():
        begin_writing()
        seal_field(one(app, lea), "passport_number", "X1234567", now=NOW)
        session.commit()
    page = cast.client(who).get(at(cast, f"/{lea}"))
    assert page.status_code == 200
    listed = cast.client(who).get(at(cast, "?columns=email"))
    for secret in ("lea1@city.example", "4567", "Notes of the desk"):
        assert secret not in page.text
        assert secret not in listed.text
    deciding = cast.client("registration").get(at(cast, f"/{lea}")).text
    assert "lea1@city.example" in deciding
    assert "ends in 4567" in deciding
    assert "X1234567" not in deciding
    assert cast.client(who).post(at(cast, f"/{lea}/reveal"), data={}).status_code in {400, 404}


def test_a_participation_of_another_forum_is_not_found(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    elsewhere = f"/en/forums/{cast.other_slug}/desk/participations/{lea}"
    assert cast.client("neighbour").get(elsewhere).status_code == 404
    assert cast.client("organiser").get(at(cast, f"/{lea}")).status_code == 200


# --- The list -----------------------------------------------------------------------------------------


def names(html: str) -> list[str]:
    return re.findall(r'<bdi translate="no">([^<]+)</bdi></a></th>', html)


@pytest.mark.parametrize("query", ["李明", "liming", "lm", "LÜCHEN", "luchen", "0001", "1", "lea", "Léa"])
def test_people_are_found_in_every_script(app: Flask, cast: Cast, query: str) -> None:
    with app.app_context():
        begin_writing()
        submitted(
            cast,
            category(cast),
            1,
            person={
                "family_latin": "Lüchen",
                "given_latin": "Léa",
                "name_zh": "李明",
                "email": "a@b.example",
                "country_iso2": "FR",
                "function_en": "Mayor",
                "organisation_name_en": "City of Lyon",
            },
        )
        submitted(cast, category(cast), 22, person=_plain("Zorro", "Diego"))
        session.commit()
    page = cast.client("registration").get(at(cast), query_string={"q": query})
    assert len(names(page.text)) == 1
    assert "李明" in page.text


def _plain(family: str, given: str) -> dict[str, object]:
    return {
        "family_latin": family,
        "given_latin": given,
        "email": f"{given}@city.example",
        "country_iso2": "JP",
        "function_en": "Expert",
        "organisation_name_en": "City of Osaka",
    }


def test_filters_narrow_and_unknown_words_find_nobody(app: Flask, cast: Cast) -> None:
    ids = people(app, cast, 3)
    with app.app_context():
        begin_writing()
        perform(one(app, ids[0]), "screen", actor=DESK, now=NOW)
        session.commit()
    client = cast.client("organiser")
    assert len(names(client.get(at(cast, "?state=screening")).text)) == 1
    assert len(names(client.get(at(cast, "?state=to_decide")).text)) == 3
    assert len(names(client.get(at(cast, "?state=nonsense")).text)) == 0
    assert len(names(client.get(at(cast, "?country=FR")).text)) == 3
    assert len(names(client.get(at(cast, "?country=JP")).text)) == 0
    assert len(names(client.get(at(cast, "?delegation=none")).text)) == 3
    assert len(names(client.get(at(cast, "?letter=1")).text)) == 0
    assert len(names(client.get(at(cast, "?attendance=onsite")).text)) == 3


def test_names_sort_by_latin_letters_and_by_pinyin(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        for order, (family, chinese) in enumerate([("Adams", "周亚当"), ("Zola", "艾左拉"), ("Müller", "")]):
            person = {**_plain(family, "Jo"), "name_zh": chinese}
            submitted(cast, category(cast), order, person=person)
        session.commit()
    client = cast.client("registration")
    latin = names(client.get(at(cast, "?sort=name")).text)
    assert [name.split()[1] for name in latin] == ["ADAMS", "MÜLLER", "ZOLA"]
    pinyin = names(client.get(at(cast, "?sort=pinyin")).text)
    assert [name.split()[1] for name in pinyin] == ["ZOLA", "MÜLLER", "ADAMS"]


def test_the_list_costs_the_same_for_any_number_of_rows(app: Flask, cast: Cast) -> None:
    people(app, cast, 2)
    client = cast.client("registration")
    client.get(at(cast))
    with app.app_context(), counted_statements() as few:
        assert client.get(at(cast)).status_code == 200
    with app.app_context():
        begin_writing()
        for order in range(10, 40):
            submitted(cast, category(cast, "CITY"), order, delegation=delegation(cast))
        session.commit()
    with app.app_context(), counted_statements() as many:
        page = client.get(at(cast))
    assert len(names(page.text)) == 32
    assert len(many) == len(few) <= 16


def test_a_page_past_the_end_shows_the_last_one(app: Flask, cast: Cast) -> None:
    people(app, cast, 2)
    assert len(names(cast.client("organiser").get(at(cast, "?page=99")).text)) == 2


# --- One participation --------------------------------------------------------------------------------


def step(cast: Cast, who: str, public_id: str, action: str, **data: str) -> Any:
    """Take a step from the page, with the version that stands on it."""
    client = cast.client(who)
    page = client.get(at(cast, f"/{public_id}")).text
    version = re.search(r'name="version" value="(\d+)"', page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return client.post(
        at(cast, f"/{public_id}/step"),
        data={
            "csrf_token": token[1],
            "action": action,
            "version": version[1] if version else "1",
            **data,
        },
    )


def test_the_desk_approves_and_the_page_shows_it_in_words(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    assert step(cast, "registration", lea, "screen").status_code == 303
    assert step(cast, "registration", lea, "approve").status_code == 303
    page = cast.client("registration").get(at(cast, f"/{lea}")).text
    assert "The state became “Approved”." in page
    with app.app_context():
        assert one(app, lea).state is ParticipationState.APPROVED


def test_returning_needs_a_reason_and_says_it_in_the_persons_language(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1, language="zh")
    empty = step(cast, "registration", lea, "return")
    assert empty.status_code in {409, 422}
    assert "Please give a reason" in empty.text
    other = step(cast, "registration", lea, "return", code="other")
    assert other.status_code == 422
    assert step(cast, "registration", lea, "return", code="photo", text="请使用白色背景。").status_code == 303
    with app.app_context():
        row = one(app, lea)
        assert row.state is ParticipationState.RETURNED
        assert row.reason.endswith("请使用白色背景。")
        mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == "registration_returned")).one()
        assert mail.language == "zh"
        kept = [entry for entry in history("participation", lea) if entry.action == "reason"]
        assert len(kept) == 1
        assert '"code":"photo"' in kept[0].body
        assert "背景" not in kept[0].body


def test_an_unlawful_step_names_the_lawful_ones(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    answer = step(cast, "registration", lea, "approve")
    assert answer.status_code == 409
    assert "Take up for review" in answer.text


def test_of_two_who_decide_at_once_the_second_is_told(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    client = cast.client("organiser")
    page = client.get(at(cast, f"/{lea}")).text
    assert step(cast, "registration", lea, "screen").status_code == 303
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert token is not None
    assert version is not None
    data = {"csrf_token": token[1], "action": "withdraw", "version": version[1]}
    assert client.post(at(cast, f"/{lea}/step"), data=data).status_code == 409
    with app.app_context():
        assert one(app, lea).state is ParticipationState.SCREENING


def test_the_door_marks_arrivals_and_decides_nothing(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    with app.app_context():
        begin_writing()
        perform(one(app, lea), "screen", actor=DESK, now=NOW)
        perform(one(app, lea), "approve", actor=DESK, now=NOW)
        session.commit()
    assert step(cast, "door", lea, "withdraw").status_code == 409
    assert step(cast, "door", lea, "arrive").status_code == 303
    assert cast.client("viewer").post(at(cast, f"/{lea}/step"), data={"action": "leave"}).status_code in {400, 404}


def test_a_sealed_value_opens_only_with_a_reason_and_is_recorded(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    with app.app_context():
        begin_writing()
        seal_field(one(app, lea), "passport_number", "X1234567", now=NOW)
        session.commit()
    client = cast.client("registration")
    refused = client.submit(at(cast, f"/{lea}/reveal"), {"field": "passport_number"}, page=at(cast, f"/{lea}"))
    assert refused.status_code == 422
    assert "X1234567" not in refused.text
    opened = client.submit(
        at(cast, f"/{lea}/reveal"), {"field": "passport_number", "reason": "Visa letter"}, page=at(cast, f"/{lea}")
    )
    assert opened.status_code == 200
    assert "X1234567" in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    assert "X1234567" not in client.get(at(cast, f"/{lea}")).text
    with app.app_context():
        kept = [entry for entry in history("participation", lea) if entry.action == "reveal"]
        assert len(kept) == 1
        assert "X1234567" not in kept[0].body
        assert "Visa letter" in kept[0].body


@pytest.mark.parametrize("who", ["registration", "admin"])
def test_the_medical_note_is_for_the_organisers_office_alone(app: Flask, cast: Cast, who: str) -> None:
    (lea,) = people(app, cast, 1)
    with app.app_context():
        begin_writing()
        seal_field(one(app, lea), "medical_note", "Carries insulin", now=NOW)
        session.commit()
    entries = {"field": "medical_note", "reason": "The doctor on duty asks"}
    answer = cast.client(who).submit(at(cast, f"/{lea}/reveal"), entries, page=at(cast, f"/{lea}"))
    assert answer.status_code == 422
    assert "insulin" not in answer.text
    organiser = cast.client("organiser").submit(at(cast, f"/{lea}/reveal"), entries, page=at(cast, f"/{lea}"))
    assert organiser.status_code == 200
    assert "Carries insulin" in organiser.text


def test_a_note_is_for_the_desk(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    client = cast.client("registration")
    sent = client.submit(at(cast, f"/{lea}/notes"), {"text": "Called back <b>twice</b>."}, page=at(cast, f"/{lea}"))
    assert sent.status_code == 303
    page = client.get(at(cast, f"/{lea}")).text
    assert "Called back &lt;b&gt;twice&lt;/b&gt;." in page
    with app.app_context():
        assert session.scalars(select(StaffNote)).one().author_id == cast.accounts["registration"]


def test_a_namesake_and_an_equal_passport_are_pointed_out(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        first = submitted(cast, category(cast), 1, person=_plain("Müller", "Jo"))
        second = submitted(cast, category(cast), 2, person=_plain("Muller", "Jo"))
        third = submitted(cast, category(cast), 3)
        for row, number in ((first, "AB 123456"), (third, "ab123456")):
            seal_field(row, "passport_number", number, now=NOW)
        ids = [row.public_id for row in (first, second, third)]
        session.commit()
    page = cast.client("registration").get(at(cast, f"/{ids[0]}")).text
    assert "the same name" in page
    assert "the same passport number" in page
    assert f"/{ids[1]}" in page
    assert f"/{ids[2]}" in page
    assert "Perhaps registered twice" not in cast.client("door").get(at(cast, f"/{ids[0]}")).text


# --- Correcting ---------------------------------------------------------------------------------------


def correction(**changes: str) -> dict[str, str]:
    return {
        "family_latin": "Martin1",
        "given_latin": "Léa",
        "name_order": "given_first",
        "country_iso2": "FR",
        "mail_language": "en",
        "attendance": "onsite",
        "email": "lea1@city.example",
        "function_en": "Deputy Mayor",
        "organisation_name_en": "City of Lyon",
        **changes,
    }


def test_the_desk_corrects_on_behalf(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    sent = cast.client("registration").submit(at(cast, f"/{lea}/edit"), correction(function_en="Mayor", name_zh="李亚"))
    assert sent.status_code == 303
    with app.app_context():
        assert one(app, lea).function_en == "Mayor"
        assert one(app, lea).person.name_zh == "李亚"
    assert len(names(cast.client("registration").get(at(cast, "?q=liya")).text)) == 1


def test_of_two_who_correct_nobody_loses_a_text(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    slow = cast.client("organiser")
    opened = slow.get(at(cast, f"/{lea}/edit")).text
    quick = cast.client("registration").submit(at(cast, f"/{lea}/edit"), correction(function_en="<Quick>"))
    assert quick.status_code == 303
    clash = slow.post(at(cast, f"/{lea}/edit"), data={**hidden_fields(opened), **correction(function_en="Slow & sure")})
    assert clash.status_code == 409
    assert "&lt;Quick&gt;" in clash.text
    assert "Slow &amp; sure" in clash.text
    assert "Registration" in clash.text  # who saved meanwhile
    with app.app_context():
        assert one(app, lea).function_en == "<Quick>"
    again = slow.post(
        at(cast, f"/{lea}/edit"), data={**hidden_fields(clash.text), **correction(function_en="Slow & sure")}
    )
    assert again.status_code == 303
    with app.app_context():
        assert one(app, lea).function_en == "Slow & sure"


def test_a_correction_of_the_name_after_the_approval_reopens_the_review(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    with app.app_context():
        begin_writing()
        perform(one(app, lea), "screen", actor=DESK, now=NOW)
        perform(one(app, lea), "approve", actor=DESK, now=NOW)
        session.commit()
    cast.client("registration").submit(at(cast, f"/{lea}/edit"), correction(family_latin="Dupont"))
    with app.app_context():
        assert one(app, lea).state is ParticipationState.SCREENING
        assert seats.of_forum(cast.forum) in one(app, lea).scopes


# --- Many at once -------------------------------------------------------------------------------------


def test_a_bulk_decision_answers_per_row_in_each_persons_language(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        kind = category(cast)
        english = submitted(cast, kind, 1).public_id
        chinese = submitted(cast, kind, 2, language="zh").public_id
        draft = drafted(cast, kind, 3, actor=SELF).public_id
        session.commit()
    answer = cast.client("registration").submit(
        at(cast, "/decide"),
        {"chosen": [english, chinese, draft, "unknown"], "action": "return", "code": "name"},
        page=at(cast),
    )
    assert answer.status_code == 200
    assert "2 of 3 rows were decided." in answer.text
    assert answer.text.count("Not done") == 1
    with app.app_context():
        assert one(app, draft).state is ParticipationState.DRAFT
        mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "registration_returned")).all()
        assert {mail.language for mail in mails} == {"en", "zh"}
        assert "The name differs" in one(app, english).reason
        assert one(app, chinese).state is ParticipationState.RETURNED


def test_a_bulk_decision_without_rows_or_reason_changes_nothing(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    client = cast.client("registration")
    assert client.submit(at(cast, "/decide"), {"action": "return"}, page=at(cast)).status_code == 422
    assert client.submit(at(cast, "/decide"), {"chosen": [lea]}, page=at(cast)).status_code == 422
    missing = client.submit(at(cast, "/decide"), {"chosen": [lea], "action": "return"}, page=at(cast))
    assert "Choose a reason or write one." in missing.text
    with app.app_context():
        assert one(app, lea).state is ParticipationState.SUBMITTED
    assert cast.client("viewer").post(at(cast, "/decide"), data={"chosen": [lea]}).status_code in {400, 404}


def test_the_desk_speaks_chinese(app: Flask, cast: Cast) -> None:
    (lea,) = people(app, cast, 1)
    for path in ("", f"/{lea}", f"/{lea}/edit", "/export"):
        page = cast.client("registration").get(at(cast, path, "zh"))
        assert page.status_code == 200
        assert 'lang="zh-Hans"' in page.text


def test_a_bulk_decision_takes_up_for_review_what_was_only_submitted(app: Flask, cast: Cast) -> None:
    first, second = people(app, cast, 2)
    with app.app_context():
        begin_writing()
        perform(one(app, second), "screen", actor=DESK, now=NOW)
        session.commit()
    page = cast.client("registration").submit(
        at(cast, "/decide"), {"action": "approve", "chosen": [first, second]}, page=at(cast)
    )
    assert "2 of 2 rows were decided." in page.text
    with app.app_context():
        assert {one(app, each).state for each in (first, second)} == {ParticipationState.APPROVED}
        assert [entry.action for entry in history("participation", first)][:2] == ["approve", "screen"]


def test_a_bulk_decision_without_its_reason_keeps_the_chosen_rows(app: Flask, cast: Cast) -> None:
    first, second = people(app, cast, 2)
    page = cast.client("registration").submit(
        at(cast, "/decide"), {"action": "return", "chosen": [first, second]}, page=at(cast)
    )
    assert page.status_code == 422
    assert page.text.count('name="chosen"') == 2
    assert "Choose a reason or write one." in page.text
