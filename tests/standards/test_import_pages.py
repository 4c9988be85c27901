"""The desk of imports: a file is handed in, looked at, confirmed, imported by the worker, and told."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core.database import session
from forum.ports.files.models import StoredFile
from forum.standards.imports.deliverables import HEADING
from forum.standards.jobs import work
from forum.standards.models import ImportRun, RunState, Standard
from tests.cast import Cast, Client
from tests.conftest import START
from tests.standards.conftest import row

DESK = "/en/desk/standards/imports"
KEEPER = "registration"  # holds the office of standards officer in the catalogue's cast


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADING)
    writer.writerows([each[name] for name in HEADING] for each in rows)
    return text.getvalue().encode()


def hand_in(
    client: Client, content: bytes, *, name: str = "iso.csv", kind: str = "deliverables", day: str = "2027-02-01"
) -> str:
    answer = client.submit(
        f"{DESK}/new",
        {"kind": kind, "dataset_on": day, "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def worked(app: Flask) -> None:
    with app.app_context():
        work(START + timedelta(minutes=1))
        session.remove()


def count(app: Flask) -> int:
    with app.app_context():
        found = session.scalar(select(func.count()).select_from(Standard)) or 0
        session.remove()
    return found


def the_run(app: Flask) -> ImportRun:
    with app.app_context():
        run = session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()
        assert run is not None
        session.expunge(run)
        session.remove()
    return run


def test_a_file_is_looked_at_and_confirmed_before_anything_is_written(catalogue: Cast, app: Flask) -> None:
    client, before = catalogue.client(KEEPER), count(app)
    address = hand_in(client, table(row(900001), row(900002, currentStage="9999")))
    assert "The preview is being made" in client.get(address).text
    worked(app)
    page = client.get(address).text
    assert "What it would come to" in page
    assert "There is no such stage code." in page
    assert count(app) == before
    assert client.submit(f"{address}/confirm").status_code == 303
    assert count(app) == before
    worked(app)
    assert count(app) == before + 1
    page = client.get(address).text
    assert "Finished" in page
    assert "The same as that of the preview" in page
    run = the_run(app)
    assert (run.state, run.new, run.quarantined, run.file_id) == (RunState.FINISHED, 1, 1, None)
    assert run.account_id == catalogue.accounts[KEEPER]
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
        session.remove()


def test_the_report_holds_every_note(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client(KEEPER)
    address = hand_in(client, table(row(900001), row(900002, reference="=1+1", currentStage="x")))
    worked(app)
    client.submit(f"{address}/confirm")
    worked(app)
    answer = client.get(f"{address}/report.csv")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert lines[0][0] == "Line"
    assert {line[1] for line in lines[1:]} == {"New", "Put aside"}
    assert any(line[3] == "'=1+1" for line in lines)


def test_a_file_that_is_not_the_published_one_is_refused_in_words(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client(KEEPER)
    address = hand_in(client, table(row(1)).replace(b"currentStage", b"stage"))
    worked(app)
    page = client.get(address).text
    assert "currentStage" in page
    assert "Refused" in page
    assert the_run(app).state is RunState.REFUSED


def test_a_file_of_another_kind_is_not_taken(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client(KEEPER)
    sent = {"kind": "deliverables", "dataset_on": "2027-02-01", "file": (io.BytesIO(b"%PDF-1.7"), "iso.pdf")}
    answer = client.submit(f"{DESK}/new", sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "can’t be taken" in answer.text or "can&#39;t be taken" in answer.text


def test_what_is_dropped_is_never_imported(catalogue: Cast, app: Flask) -> None:
    client, before = catalogue.client(KEEPER), count(app)
    address = hand_in(client, table(row(900001)))
    worked(app)
    assert client.submit(f"{address}/drop").status_code == 303
    worked(app)
    assert count(app) == before
    assert client.submit(f"{address}/confirm").status_code == 409
    assert the_run(app).state is RunState.DROPPED


def test_a_preview_is_confirmed_once(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client(KEEPER)
    address = hand_in(client, table(row(900001)))
    assert client.submit(f"{address}/confirm").status_code == 409  # nobody has seen anything yet
    worked(app)
    assert client.submit(f"{address}/confirm").status_code == 303
    assert client.submit(f"{address}/confirm").status_code == 409


def test_committees_are_handed_in_as_well(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client(KEEPER)
    address = hand_in(client, b"[1, 2", name="committees.json", kind="committees")
    worked(app)
    assert "can’t be read" in client.get(address).text or "can&#39;t be read" in client.get(address).text


@pytest.mark.parametrize("who", ["stranger", "protocol", "agenda", "delegate", "door", "organiser", "focal"])
def test_only_the_national_office_and_the_audit_see_imports(catalogue: Cast, who: str) -> None:
    client = catalogue.client(who)
    assert client.get(DESK).status_code == 404
    assert client.get(f"{DESK}/new").status_code == 404


def test_the_audit_reads_and_does_not_import(catalogue: Cast, app: Flask) -> None:
    address = hand_in(catalogue.client(KEEPER), table(row(900001)))
    worked(app)
    client = catalogue.client("viewer")
    assert client.get(DESK).status_code == 200
    page = client.get(address)
    assert page.status_code == 200
    assert "Import this file" not in page.text
    assert client.get(f"{DESK}/new").status_code == 404
    assert client.post(f"{address}/confirm").status_code in {400, 403, 404}
    assert the_run(app).state is RunState.PREVIEWED


def test_a_visitor_is_sent_to_sign_in(catalogue: Cast) -> None:
    assert catalogue.client().get(DESK).status_code == 303
