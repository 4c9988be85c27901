"""The focal point composes a delegation: nominations, quota, files, approvals, the submission."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from forum.core.database import begin_writing, session
from forum.ports.mail.models import OutboxMail
from forum.registration import seats
from forum.registration.models import Category, Delegation, DelegationImport, Participation
from forum.registration.states import DelegationState, ParticipationState
from tests.cast import Cast, Client, hidden_fields

HEADINGS = [
    "Category",
    "Family name",
    "Given name",
    "Country or region",
    "Mail address",
    "Passport number",
    "Date of birth",
]
ROWS = [
    ["CITY", "Dubois", "Jean", "France", "jean@lyon.example", "18FV56789", "1980-05-31"],
    ["CITY", "Moreau", "Zoé", "法国", "zoe@lyon.example", "", ""],
]


def home(cast: Cast, who: str = "focal", lang: str = "en") -> str:
    with cast.app.app_context():
        public_id = session.get_one(Delegation, cast.delegations[who]).public_id
    return f"/{lang}/forums/{cast.slug}/delegations/{public_id}/"


def city_category(cast: Cast) -> str:
    with cast.app.app_context():
        return session.get_one(Category, cast.categories["CITY"]).public_id


def quota(cast: Cast, cap: int) -> str:
    with cast.app.app_context():
        begin_writing()
        lyon = session.get_one(Delegation, cast.delegations["focal"])
        scope = seats.of_delegation(lyon, session.get_one(Category, cast.categories["CITY"]))
        seats.ensure(cast.forum_id, scope, cap=cap)
        session.commit()
        return scope


def taken(cast: Cast, scope: str) -> int:
    with cast.app.app_context():
        row = seats.counter(scope)
        assert row is not None
        return row.taken


def nominated(cast: Cast, client: Client, family: str, **more: str) -> None:
    address = f"{home(cast)}nominate"
    answer = client.submit(address, {"category": city_category(cast), "family_latin": family, "language": "en", **more})
    assert answer.status_code == 303, answer.text


def members(cast: Cast) -> list[Participation]:
    with cast.app.app_context():
        return list(session.scalars(select(Participation).order_by(Participation.id)))


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(cast: Cast, client: Client, content: bytes, name: str = "lyon.xlsx") -> TestResponse:
    answer: TestResponse = client.submit(
        f"{home(cast)}import", {"table": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )
    return answer


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sheet_opens_in_both_languages(cast: Cast, lang: str) -> None:
    client = cast.client("focal")
    nominated(cast, client, "Dubois")
    for page in ("", "nominate", "import", "withdraw"):
        assert client.get(f"{home(cast, lang=lang)}{page}").status_code == 200, page
    assert client.get(f"/{lang}/my/participations").status_code == 200


def test_another_delegation_answers_404(cast: Cast) -> None:
    for who in ("other_focal", "delegate", "stranger", "neighbour"):
        for page in ("", "nominate", "import", "submit", "template.xlsx"):
            assert cast.client(who).get(f"{home(cast)}{page}").status_code == 404, (who, page)
    assert cast.client("focal").get(f"{home(cast)}template.xlsx").status_code == 200


def test_a_member_of_another_delegation_cannot_be_touched(cast: Cast) -> None:
    nominated(cast, cast.client("focal"), "Dubois")
    (dubois,) = members(cast)
    osaka = cast.client("other_focal")
    token = {"deed": f"head:{dubois.public_id}"}
    page = home(cast, "other_focal")
    assert osaka.submit(f"{page}members", token, page=page).status_code == 404
    assert osaka.get(f"/en/forums/{cast.slug}/my/{dubois.public_id}/").status_code == 404


def test_a_nomination_takes_the_quota_and_the_meter_says_so(cast: Cast) -> None:
    scope = quota(cast, 2)
    client = cast.client("focal")
    nominated(cast, client, "Dubois")
    assert "1 of 2" in client.get(home(cast)).text
    nominated(cast, client, "Moreau")
    full = client.submit(
        f"{home(cast)}nominate", {"category": city_category(cast), "family_latin": "Petit", "language": "en"}
    )
    assert full.status_code == 422
    assert "2 of 2 places" in full.text
    nominated(cast, client, "Petit", alternate="y")
    assert taken(cast, scope) == 2


def test_a_file_is_previewed_then_applied_as_a_whole_and_once(cast: Cast) -> None:
    client = cast.client("focal")
    read = upload(cast, client, workbook(ROWS))
    assert read.status_code == 303, read.text
    preview = client.get(read.location)
    assert "DUBOIS" in preview.text
    assert "18FV56789" not in preview.text
    assert members(cast) == []
    with cast.app.app_context():
        kept = session.scalars(select(DelegationImport)).one()
        assert "Dubois" not in kept.sealed_rows
        assert "18FV56789" not in json.dumps(kept.summary)
    assert client.submit(read.location).status_code == 303
    assert [one.state for one in members(cast)] == [ParticipationState.NOMINATED] * 2
    client.post(read.location, data={})
    assert len(members(cast)) == 2
    with cast.app.app_context():
        assert {one.country_iso2 for one in session.scalars(select(Participation))} == {"FR"}
        assert session.scalars(select(DelegationImport)).one().sealed_rows == ""


def test_errors_name_their_cells_and_nothing_is_imported(cast: Cast) -> None:
    client = cast.client("focal")
    wrong = [
        ["CITY", "Dubois", "Jean", "Atlantis", "no-address", "1", "31/05/1980"],
        ["NOPE", "", "", "France", "", "", ""],
    ]
    answer = upload(cast, client, workbook(wrong))
    assert answer.status_code == 422
    for cell in ("D2", "E2", "F2", "G2", "A3", "B3"):
        assert f">{cell}<" in answer.text, cell
    assert members(cast) == []
    with cast.app.app_context():
        assert session.scalars(select(DelegationImport)).all() == []


def test_a_file_beyond_the_quota_nominates_nobody(cast: Cast) -> None:
    scope = quota(cast, 1)
    client = cast.client("focal")
    read = upload(cast, client, workbook(ROWS))
    answer = client.submit(read.location)
    assert answer.status_code == 409
    assert (members(cast), taken(cast, scope)) == ([], 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_template_in_either_language_is_read_back(cast: Cast, lang: str, form: str) -> None:
    client = cast.client("focal")
    template = client.get(f"{home(cast, lang=lang)}template.{form}").data
    if form == "csv":
        text = template.decode("utf-8-sig").splitlines()
        cells = ["CITY", "Dubois", "Jean"] + [""] * 16
        content = "\r\n".join([text[0], ",".join(f'"{cell}"' for cell in cells)]).encode("utf-8-sig")
    else:
        book = openpyxl.load_workbook(io.BytesIO(template))
        sheet = book.active
        assert sheet is not None
        for column, value in enumerate(["CITY", "Dubois", "Jean"], start=1):
            sheet.cell(row=3, column=column, value=value)
        kept = io.BytesIO()
        book.save(kept)
        content = kept.getvalue()
    assert upload(cast, client, content, f"lyon.{form}").status_code == 303


def test_a_file_that_is_no_table_is_refused(cast: Cast) -> None:
    for content, name in ((b"%PDF-1.7", "a.xlsx"), (b"\x00\x01", "a.csv"), (b"", "a.csv")):
        answer = upload(cast, cast.client("focal"), content, name)
        assert answer.status_code == 422, name


def test_a_bulk_approval_answers_per_row_and_sends_nothing(cast: Cast) -> None:
    client = cast.client("focal")
    nominated(cast, client, "Dubois")
    nominated(cast, client, "Moreau")
    first, second = members(cast)
    with cast.app.app_context():
        begin_writing()
        session.get_one(Participation, first.id).state = ParticipationState.SUBMITTED
        session.commit()
        before = len(session.scalars(select(OutboxMail)).all())
    page = home(cast)
    answer = client.submit(
        f"{page}members", {"deed": "focal_approve", "member": [first.public_id, second.public_id]}, page=page
    )
    assert answer.status_code == 200
    assert "Approved by the focal point" in answer.text
    assert "isn’t possible" in answer.text or "isn&#39;t possible" in answer.text
    assert [one.state for one in members(cast)] == [ParticipationState.FOCAL_APPROVED, ParticipationState.NOMINATED]
    with cast.app.app_context():
        assert len(session.scalars(select(OutboxMail)).all()) == before


def test_a_delegation_is_submitted_with_exactly_one_head(cast: Cast) -> None:
    client, page = cast.client("focal"), home(cast)
    empty = client.submit(f"{page}submit")
    assert empty.status_code == 409
    nominated(cast, client, "Dubois")
    nominated(cast, client, "Moreau", alternate="y")
    headless = client.submit(f"{page}submit")
    assert headless.status_code == 409
    assert "exactly one head" in headless.text
    dubois, moreau = members(cast)
    assert client.submit(f"{page}members", {"deed": f"head:{moreau.public_id}"}, page=page).status_code == 409
    assert client.submit(f"{page}members", {"deed": f"head:{dubois.public_id}"}, page=page).status_code == 303
    assert "not sent yet" in client.get(f"{page}submit").text
    assert client.submit(f"{page}submit").status_code == 303
    with cast.app.app_context():
        assert session.get_one(Delegation, cast.delegations["focal"]).state is DelegationState.SUBMITTED
    for closed in ("nominate", "import"):
        late = client.get(f"{page}{closed}")
        assert (late.status_code, "<form" in late.text.split("<main")[1]) == (409, False)
    assert len(members(cast)) == 2


def test_after_the_submission_the_focal_point_changes_no_member(cast: Cast) -> None:
    client, page = cast.client("focal"), home(cast)
    nominated(cast, client, "Dubois")
    nominated(cast, client, "Moreau")
    dubois, moreau = members(cast)
    token = hidden_fields(client.get(page).text)
    assert client.post(f"{page}members", data={**token, "deed": f"head:{dubois.public_id}"}).status_code == 303
    assert client.submit(f"{page}submit").status_code == 303
    for deed in (f"head:{moreau.public_id}", f"alternate:{moreau.public_id}", f"up:{moreau.public_id}"):
        assert client.post(f"{page}members", data={**token, "deed": deed}).status_code == 409, deed
    assert [one.is_alternate for one in members(cast)] == [False, False]
    assert "Name head" not in client.get(page).text


def test_a_file_nominates_nobody_into_a_category_that_the_organisers_keep(cast: Cast) -> None:
    """Else a focal point could make somebody staff, whom nobody reviews."""
    with cast.app.app_context():
        begin_writing()
        kept = session.get_one(Category, cast.categories["MEDIA"])
        kept.self_registration = kept.needs_delegation = False
        session.commit()
    client = cast.client("focal")
    answer = upload(cast, client, workbook([["MEDIA", "Dubois", "Jean", "France", "", "", ""]]))
    assert answer.status_code == 422
    assert ">A2<" in answer.text
    assert "MEDIA" not in client.get(f"{home(cast)}template.csv").text


def test_wrong_cells_stand_in_the_order_of_the_sheet(cast: Cast) -> None:
    wrong = [["NOPE", "张", "伟", "Atlantis", "no-address", "1", "31/05/1980"], ["CITY", "", "", "", "", "", "x"]]
    page = upload(cast, cast.client("focal"), workbook(wrong)).text
    cells = re.findall(r'<th scope="row">([A-Z]\d)</th>', page)
    assert cells == ["A2", "B2", "C2", "D2", "E2", "F2", "G2", "B3", "G3"]


def test_members_change_their_order_and_an_alternate_is_promoted_into_the_quota(cast: Cast) -> None:
    scope = quota(cast, 1)
    client, page = cast.client("focal"), home(cast)
    nominated(cast, client, "Dubois")
    nominated(cast, client, "Moreau", alternate="y")
    dubois, moreau = members(cast)
    refused = client.submit(f"{page}members", {"deed": f"promote:{moreau.public_id}"}, page=page)
    assert refused.status_code == 409
    client.submit(f"{page}members", {"deed": f"alternate:{dubois.public_id}"}, page=page)
    assert taken(cast, scope) == 0
    client.submit(f"{page}members", {"deed": f"promote:{moreau.public_id}"}, page=page)
    assert taken(cast, scope) == 1
    client.submit(f"{page}members", {"deed": f"promote:{dubois.public_id}"}, page=page)
    client.submit(f"{page}members", {"deed": f"up:{dubois.public_id}"}, page=page)
    assert [one.order for one in members(cast)] == [0, 1]


def test_withdrawing_the_delegation_takes_its_members_along(cast: Cast) -> None:
    scope = quota(cast, 3)
    client, page = cast.client("focal"), home(cast)
    nominated(cast, client, "Dubois")
    assert client.submit(f"{page}withdraw", {"reason": ""}).status_code == 409
    assert client.submit(f"{page}withdraw", {"reason": "Elections"}).status_code == 303
    assert [one.state for one in members(cast)] == [ParticipationState.WITHDRAWN]
    assert taken(cast, scope) == 0


def test_the_focal_point_never_reads_a_passport_number(cast: Cast) -> None:
    client = cast.client("focal")
    read = upload(cast, client, workbook(ROWS))
    client.submit(read.location)
    dubois = members(cast)[0]
    base = f"/en/forums/{cast.slug}/my/{dubois.public_id}/"
    for page in ("", "person", "needs", "consents", "check"):
        text = client.get(f"{base}{page}").text
        assert "18FV56789" not in text, page
        assert "1980-05-31" not in text.replace("such as 1980-05-31", ""), page


def test_mail_about_a_nomination_goes_where_the_delegation_says(cast: Cast) -> None:
    client, page = cast.client("focal"), home(cast)
    nominated(cast, client, "Dubois", email="jean@lyon.example", language="zh")
    client.submit(page, {"note_verbale": "NV 12/2027", "mail_policy": "person"})
    nominated(cast, client, "Moreau", email="zoe@lyon.example", language="zh")
    with cast.app.app_context():
        rows = [(m.recipient, m.language) for m in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    assert rows == [("focal@forum.test", "zh"), ("zoe@lyon.example", "zh")]


def test_five_from_a_file_are_sent_at_once_when_the_focal_point_vouches_for_them(cast: Cast) -> None:
    client, page = cast.client("focal"), home(cast)
    rows = [["CITY", f"Dubois{n}", "Jean", "", "", "18FV5678" + str(n), "1980-05-31"] for n in range(5)]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[*HEADINGS, "Function (English)"], *[[*row, "Adviser"] for row in rows]]:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    read = upload(cast, client, kept.getvalue())
    assert client.submit(read.location, {"notice": "y", "identity": "y"}).status_code == 303
    chosen = [one.public_id for one in members(cast)]
    answer = client.submit(f"{page}members", {"deed": "submit", "member": chosen}, page=page)
    assert answer.status_code == 200
    assert [one.state for one in members(cast)] == [ParticipationState.SUBMITTED] * 5


def test_incomplete_members_are_not_sent(cast: Cast) -> None:
    client, page = cast.client("focal"), home(cast)
    read = upload(cast, client, workbook([[*ROWS[1][:6], ""]]))
    client.submit(read.location)
    nominated(cast, client, "Petit", function_en="Adviser")
    chosen = [one.public_id for one in members(cast)]
    answer = client.submit(f"{page}members", {"deed": "submit", "member": chosen}, page=page)
    assert answer.text.count("Some entries are missing") == 2
    assert {one.state for one in members(cast)} == {ParticipationState.NOMINATED}
