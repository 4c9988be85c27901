"""Lists of people as files: what was filtered, what was chosen, nothing sealed, and recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from forum.audit.queries import history
from forum.core.database import begin_writing, session
from forum.ports.documents import delimited, spreadsheet
from forum.registration.operations.life import perform
from forum.registration.operations.sealed import seal_field
from forum.registration.queries.desk import in_list_of_participants
from tests.cast import Cast
from tests.registration.people import DESK, NOW, category, straight, submitted


def at(cast: Cast, query: str = "", language: str = "en") -> str:
    return f"/{language}/forums/{cast.slug}/desk/participations/export{query}"


def person(number: int, **changes: object) -> dict[str, object]:
    return {
        "family_latin": f"Martin{number}",
        "given_latin": "Léa",
        "email": f"lea{number}@city.example",
        "country_iso2": "FR",
        "function_en": "=HYPERLINK(1)",
        "organisation_name_en": "City of Lyon",
        **changes,
    }


def some(app: Flask, cast: Cast) -> None:
    """Two who are approved, one of them in the list of participants; one who isn't; one of them sealed."""
    with app.app_context():
        begin_writing()
        kind = straight(cast)
        submitted(
            cast,
            kind,
            1,
            consents={"notice": True, "list": True},
            person=person(1, name_zh="周一"),
        )
        second = submitted(cast, kind, 2, person=person(2, name_zh="艾二"))
        seal_field(second, "passport_number", "X7654321", now=NOW)
        submitted(cast, category(cast), 3, consents={"notice": True, "list": True}, person=person(3))
        session.commit()


def handed_out(cast: Cast, who: str, query: str = "", **data: Any) -> Any:
    sent = {"what": "filtered", "form": "csv", "language": "en", "purpose": "Passes", **data}
    return cast.client(who).submit(at(cast, query), sent)


def test_a_list_needs_a_purpose_and_is_recorded(app: Flask, cast: Cast) -> None:
    some(app, cast)
    assert handed_out(cast, "registration", purpose="").status_code == 422
    answer = handed_out(cast, "registration", "?state=approved")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    with app.app_context():
        (entry,) = [one for one in history("forum", cast.forum.public_id) if one.action == "export"]
    facts = json.loads(entry.body)["facts"]
    assert (facts["purpose"], facts["rows"], facts["what"]) == ("Passes", 2, "registrations.csv")
    assert "MARTIN" not in entry.body


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_the_filtered_rows_and_the_chosen_columns_as_text(app: Flask, cast: Cast, form: str) -> None:
    some(app, cast)
    answer = handed_out(cast, "registration", "?state=approved&columns=function&columns=email", form=form)
    assert f'.{form}"' in answer.headers["Content-Disposition"]
    if form == "csv":
        rows = [[cell.text for cell in row.cells] for row in delimited.read(answer.data)]
        assert b'"\'=HYPERLINK(1)"' in answer.data
    else:
        rows = [[cell.text for cell in row.cells] for row in spreadsheet.read(answer.data)][1:]
    assert rows[0] == ["Number", "Name", "Function", "State", "Mail address"]
    assert [row[1] for row in rows[1:]] == ["Léa MARTIN1 (周一)", "Léa MARTIN2 (艾二)"]
    assert rows[1][2] == "=HYPERLINK(1)"
    assert "7654321" not in str(rows)
    assert b"7654321" not in answer.data


def test_the_file_speaks_the_language_asked_for(app: Flask, cast: Cast) -> None:
    some(app, cast)
    answer = handed_out(cast, "registration", language="zh")
    text = answer.data.decode("utf-8-sig")
    assert "周一（Léa MARTIN1）" in text
    assert "媒体" in text


def test_the_list_of_participants_rests_on_consent_and_comes_in_two_orders(app: Flask, cast: Cast) -> None:
    some(app, cast)
    with app.app_context():
        begin_writing()
        kind = straight(cast)
        early = person(4, family_latin="Adams", name_zh="周末")
        submitted(cast, kind, 4, consents={"notice": True, "list": True}, person=early)
        late = person(5, family_latin="Zola", given_latin="Jo", name_zh="艾左拉")
        submitted(cast, kind, 5, consents={"notice": True, "list": True}, person=late)
        session.commit()
    answer = handed_out(cast, "protocol", what="participants", form="xlsx")
    latin = [[cell.text for cell in row.cells] for row in spreadsheet.read(answer.data, sheet=0)][2:]
    pinyin = [[cell.text for cell in row.cells] for row in spreadsheet.read(answer.data, sheet=1)][2:]
    assert [row[0] for row in latin] == ["Léa ADAMS (周末)", "Léa MARTIN1 (周一)", "Jo ZOLA (艾左拉)"]
    assert [row[0] for row in pinyin] == ["Jo ZOLA (艾左拉)", *(row[0] for row in latin[:2])]
    assert "MARTIN2" not in str(latin)  # no consent
    assert "MARTIN3" not in str(latin)  # not approved
    assert "city.example" not in str(latin)


def test_a_withdrawn_participant_leaves_the_list(app: Flask, cast: Cast) -> None:
    some(app, cast)
    with app.app_context():
        begin_writing()
        (one,) = in_list_of_participants(cast.forum, sort="name")
        perform(one, "withdraw", actor=DESK, now=NOW)
        assert in_list_of_participants(cast.forum, sort="name") == []
        session.rollback()


def test_the_protocol_takes_only_the_list_of_participants(app: Flask, cast: Cast) -> None:
    some(app, cast)
    assert handed_out(cast, "protocol", what="filtered").status_code == 422
    assert "lea1@city.example" not in cast.client("protocol").get(at(cast)).text


@pytest.mark.parametrize("who", ["viewer", "door", "stranger", "neighbour", "focal", "agenda"])
def test_others_take_nothing(cast: Cast, who: str) -> None:
    assert cast.client(who).get(at(cast)).status_code == 404


def test_asking_for_the_page_hands_out_nothing(app: Flask, cast: Cast) -> None:
    some(app, cast)
    page = cast.client("registration").get(at(cast, "?form=csv&purpose=x"))
    assert page.mimetype == "text/html"
    with app.app_context():
        assert not [one for one in history("forum", cast.forum.public_id) if one.action == "export"]
