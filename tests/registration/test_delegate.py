"""A delegate registers: with an account or by personal link, in either language, once."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.ports.mail.models import OutboxMail
from forum.registration.models import Category, Chain, Delegation, Participation, SealedField
from forum.registration.states import DelegationState, ParticipationState
from tests.cast import Cast, Client, hidden_fields
from tests.conftest import FixedClock

PERSON = {
    "family_latin": "Nuñez",
    "given_latin": "Ana",
    "name_order": "given_first",
    "name_zh": "安娜",
    "function_en": "Deputy Mayor",
    "organisation_name_en": "City of Lyon",
    "country_iso2": "FR",
    "city": "Lyon",
    "mail_language": "en",
    "phone": "０４ ７２ １０ ３０ ３０",
}


def public_id(cast: Cast, code: str) -> str:
    with cast.app.app_context():
        return session.get_one(Category, cast.categories[code]).public_id


def ask_for(cast: Cast, code: str, *groups: str, documents: tuple[str, ...] = ()) -> None:
    with cast.app.app_context():
        begin_writing()
        kind = session.get_one(Category, cast.categories[code])
        kind.fields, kind.required_documents = list(groups), list(documents)
        session.commit()


def begun(cast: Cast, client: Client, code: str = "EXPERT", lang: str = "en", **more: str) -> str:
    """Begin a registration; return the address of its pages."""
    address = f"/{lang}/forums/{cast.slug}/register"
    answer = client.submit(address, {"category": public_id(cast, code), "language": lang, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.location).removesuffix("person")


def filled(client: Client, base: str, **changes: str) -> None:
    answer = client.submit(f"{base}person", {**PERSON, "email": "ana@city.example", **changes})
    assert answer.status_code == 303, answer.text
    assert client.submit(f"{base}consents", {"notice": "y"}).status_code == 303


def only(cast: Cast) -> Participation:
    with cast.app.app_context():
        return session.scalars(select(Participation)).one()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_visitor_registers_by_personal_link_without_account(cast: Cast, lang: str) -> None:
    client = cast.client()
    base = begun(cast, client, "MEDIA", lang, email="ana@city.example")
    filled(client, base, mail_language=lang)
    assert client.get(f"{base}check").status_code == 200
    sent = client.submit(f"{base}check")
    assert sent.status_code == 303, sent.text
    page = client.get(sent.location)
    assert page.status_code == 200
    assert only(cast).state is ParticipationState.APPROVED
    with cast.app.app_context():
        mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
        assert [mail.kind for mail in mails] == ["registration_link", "registration_approved"]
        assert {mail.language for mail in mails} == {lang}
        link = re.search(r"http://forum\.test(\S+)", mails[0].body)
    assert link is not None
    assert cast.client().get(link[1]).status_code == 200


def test_sending_twice_registers_once(cast: Cast) -> None:
    client = cast.client("delegate")
    address = f"/en/forums/{cast.slug}/register"
    page = client.get(address)
    form = {**hidden_fields(page.text), "category": public_id(cast, "EXPERT"), "language": "en", "for_whom": "self"}
    first, second = client.post(address, data=form), client.post(address, data=form)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    other = client.post(address, data={**form, "language": "zh"})
    assert other.status_code == 422
    base = str(first.location).removesuffix("person")
    filled(client, base)
    form = hidden_fields(client.get(f"{base}check").text)
    answers = [client.post(f"{base}check", data=form) for _ in range(3)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, base)}
    assert only(cast).state is ParticipationState.SUBMITTED
    with cast.app.app_context():
        assert session.scalars(select(OutboxMail.kind)).all() == ["registration_submitted"]


def test_somebody_registers_once_in_a_forum(cast: Cast) -> None:
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    again = client.submit(
        f"/en/forums/{cast.slug}/register",
        {"category": public_id(cast, "MEDIA"), "language": "en", "for_whom": "self"},
    )
    assert (again.status_code, again.location) == (303, base)


def test_an_assistant_registers_somebody_without_address(cast: Cast) -> None:
    client = cast.client("stranger")
    base = begun(cast, client, for_whom="other")
    filled(client, base, email="")
    assert client.submit(f"{base}check").status_code == 303
    one = only(cast)
    with cast.app.app_context():
        assert session.scalars(select(OutboxMail.recipient)).one() == "stranger@forum.test"
        assert session.get_one(Participation, one.id).person.account_id is None


def test_nobody_else_opens_a_registration(cast: Cast) -> None:
    base = begun(cast, cast.client("delegate"), for_whom="self")
    for who in ("stranger", "neighbour", "focal", None):
        for page in ("", "person", "needs", "consents", "check", "sessions", "deeds/withdraw"):
            assert cast.client(who).get(f"{base}{page}").status_code == 404, (who, page)
    assert cast.client().get(f"/en/forums/{cast.slug}/my/{'0' * 64}/").status_code == 404


def test_sealed_values_never_come_back_but_for_their_end(cast: Cast) -> None:
    ask_for(cast, "EXPERT", "letter", "diet")
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    filled(client, base)
    answer = client.submit(
        f"{base}needs",
        {
            "attendance": "onsite",
            "needs_letter": "y",
            "passport_surname": "Nunez",
            "passport_given": "Ana",
            "passport_number": "18 FV 56789",
            "birth_date": "1980-05-31",
            "allergies": "sesame, severe",
            "diet": "vegan",
        },
    )
    assert answer.status_code == 303, answer.text
    for page in ("needs", "check", "", "person"):
        text = client.get(f"{base}{page}").text
        assert not re.search(r"18FV56789|1980-05-31|sesame", text), page
    assert "6789" in client.get(f"{base}check").text
    assert "0472103030" not in client.get(f"{base}person").text
    refused = client.submit(f"{base}check")
    assert refused.status_code == 422
    assert "Tick the consent for passport data" in refused.text
    assert client.submit(f"{base}consents", {"notice": "y", "identity": "y", "health": "y"}).status_code == 303
    assert client.submit(f"{base}check").status_code == 303
    with cast.app.app_context():
        fields = set(session.scalars(select(SealedField.field)))
        assert fields == {"phone", "passport_number", "birth_date", "allergies", "diet"}


def test_withdrawing_a_consent_deletes_what_rested_on_it(cast: Cast) -> None:
    ask_for(cast, "EXPERT", "diet")
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    filled(client, base)
    client.submit(f"{base}consents", {"notice": "y", "health": "y"})
    client.submit(f"{base}needs", {"attendance": "onsite", "allergies": "sesame"})
    client.submit(f"{base}consents", {"notice": "y"})
    with cast.app.app_context():
        assert set(session.scalars(select(SealedField.field))) == {"phone"}


def test_errors_keep_what_was_typed_and_name_their_field(cast: Cast) -> None:
    ask_for(cast, "EXPERT", "letter")
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    wrong = client.submit(f"{base}person", {**PERSON, "phone": "12", "city": "Nowhere"})
    assert wrong.status_code == 422
    assert "country code" in wrong.text
    assert 'value="Nowhere"' in wrong.text
    names = client.submit(f"{base}needs", {"attendance": "onsite", "passport_surname": "Nuñez"})
    assert names.status_code == 422
    assert "A to Z only" in names.text


def test_two_who_edit_one_registration_lose_nothing(cast: Cast) -> None:
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    old = hidden_fields(client.get(f"{base}person").text)
    filled(client, base, given_latin="Beatriz")
    late = client.post(f"{base}person", data={**old, **PERSON, "function_en": "<i>Mayor</i>"})
    assert late.status_code == 409
    assert "Beatriz" in late.text
    assert "&lt;i&gt;Mayor" in late.text


def test_a_changed_name_is_reviewed_again_and_the_seat_is_kept(cast: Cast) -> None:
    client = cast.client("delegate")
    base = begun(cast, client, "MEDIA", for_whom="self")
    filled(client, base)
    client.submit(f"{base}check")
    assert only(cast).state is ParticipationState.APPROVED
    client.submit(f"{base}person", {**PERSON, "function_en": "Mayor"})
    assert only(cast).state is ParticipationState.APPROVED
    changed = client.submit(f"{base}person", {**PERSON, "family_latin": "Nuñez Gil"})
    assert "is reviewed again" in client.get(changed.location).text
    one = only(cast)
    assert one.state is ParticipationState.SCREENING
    assert len(one.scopes) == 2


def test_withdrawing_twice_is_answered_alike(cast: Cast) -> None:
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    assert client.submit(f"{base}deeds/withdraw").status_code == 303
    register = client.get(f"/en/forums/{cast.slug}/register").text
    token = {"csrf_token": re.findall(r'csrf_token" value="([^"]+)', register)[0]}
    assert client.post(f"{base}deeds/withdraw", data=token).status_code == 303
    assert only(cast).state is ParticipationState.WITHDRAWN


def test_the_personal_link_is_mailed_again_with_the_same_answer_for_all(cast: Cast) -> None:
    begun(cast, cast.client(), email="ana@city.example")
    address = f"/en/forums/{cast.slug}/register/again"
    known = cast.client().submit(address, {"email": "ana@city.example"})
    unknown = cast.client().submit(address, {"email": "nobody@city.example"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_registration_is_refused_outside_of_its_window(cast: Cast, clock: FixedClock) -> None:
    clock.forward(days=60)
    page = cast.client("delegate").get(f"/en/forums/{cast.slug}/register")
    assert "Registration is closed" in page.text
    answer = cast.client("delegate").submit(
        f"/en/forums/{cast.slug}/register", {"category": public_id(cast, "EXPERT"), "language": "en"}
    )
    assert answer.status_code == 422


def test_a_visitor_says_where_the_personal_link_goes(cast: Cast) -> None:
    client = cast.client()
    answer = client.submit(
        f"/en/forums/{cast.slug}/register", {"category": public_id(cast, "EXPERT"), "language": "en"}
    )
    assert answer.status_code == 422
    assert "to which the personal link goes" in answer.text


def test_nobody_joins_a_delegation_unasked(cast: Cast) -> None:
    """Neither in a category without focal point, nor after the delegation was submitted."""
    with cast.app.app_context():
        begin_writing()
        lyon = session.get_one(Delegation, cast.delegations["focal"])
        lyon.state = DelegationState.COMPOSING
        session.get_one(Category, cast.categories["MEDIA"]).chain = Chain.STRAIGHT
        kind = session.get_one(Category, cast.categories["EXPERT"])
        kind.chain, kind.self_registration = Chain.FOCAL_THEN_SECRETARIAT, True
        session.commit()
        wanted = lyon.public_id
    client, address = cast.client(), f"/en/forums/{cast.slug}/register"
    entry = {"email": "ana@city.example", "language": "en", "delegation": wanted}
    alone = client.submit(address, {**entry, "category": public_id(cast, "MEDIA")})
    assert (alone.status_code, "register on their own" in alone.text) == (422, True)
    with cast.app.app_context():
        begin_writing()
        session.get_one(Delegation, cast.delegations["focal"]).state = DelegationState.SUBMITTED
        session.commit()
    assert wanted not in client.get(address).text
    with cast.app.app_context():
        assert session.scalars(select(Participation)).all() == []


def test_a_chinese_page_begins_with_the_family_name(cast: Cast) -> None:
    client = cast.client()
    base = begun(cast, client, lang="zh", email="li@city.example")
    chosen = re.search(r'<input[^>]*checked[^>]*name="name_order"[^>]*value="(\w+)"', client.get(f"{base}person").text)
    assert chosen is not None
    assert chosen[1] == "family_first"


def test_a_letter_addresses_the_person_or_says_for_whom_it_is(cast: Cast) -> None:
    client = cast.client("stranger")
    base = begun(cast, client, for_whom="other")
    filled(client, base, email="", honorific="H.E.")
    client.submit(f"{base}check")
    with cast.app.app_context():
        body = session.scalars(select(OutboxMail.body)).one()
    assert "because you act for H.E. Ana Nuñez" in body
    assert "Dear" not in body


def test_a_photograph_is_a_picture(cast: Cast) -> None:
    ask_for(cast, "EXPERT", documents=("photo",))
    client = cast.client("delegate")
    base = begun(cast, client, for_whom="self")
    wrong = client.submit(
        f"{base}needs",
        {"attendance": "onsite", "document-photo": (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "photo.pdf")},
        content_type="multipart/form-data",
    )
    assert wrong.status_code == 422
    assert "choose your files again" in wrong.text
