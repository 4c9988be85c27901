"""The command line as an operator uses it: in processes of its own, on a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import icalendar
import openpyxl
import pytest
from click.testing import CliRunner
from lxml import etree

from forum.__main__ import COMMANDS, main
from tests.demonstration import copied
from tests.services import LOOPBACK, free_port

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.once]


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    return {**kept, "FORUM_DATA": str(data), "FORUM_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT), **more}


def forum(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "forum", *words],
        env=environment(data, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def demonstration(demonstration_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration, for the tests of this module."""
    return copied(demonstration_folder, tmp_path_factory.mktemp("demonstration") / "data")


def test_loading_the_demonstration_says_what_is_in_it(demonstration_folder: Path) -> None:
    assert "567 participations" in demonstration_folder.with_name("demonstration-ready").read_text(encoding="utf-8")


def test_help_names_every_command_and_reads_none_of_them(tmp_path: Path) -> None:
    begun = time.monotonic()
    done = forum(tmp_path, "--help")
    assert time.monotonic() - begun < 2
    assert done.returncode == 0
    for name in COMMANDS:
        assert name in done.stdout


def test_every_command_explains_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORUM_DATA", str(tmp_path))
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))  # which reading `forum run` sets for its processes
    for name in COMMANDS:
        done = CliRunner().invoke(main, [name, "--help"])
        assert done.exit_code == 0, done.output
        assert f"Usage: main {name}" in done.output


def test_a_new_house_gets_its_schema_and_its_administrator(tmp_path: Path) -> None:
    assert "The schema is" in forum(tmp_path, "migrate").stdout
    assert "Nothing was to be done" in forum(tmp_path, "migrate").stdout
    words = (
        "--email",
        "Head@City.example",
        "--name",
        "Head",
        "--language",
        "zh",
        "--password",
        "correct horse battery",
    )
    done = forum(tmp_path, "create-admin", *words)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "forum.db") as connection:
        row = connection.execute("SELECT email, is_admin, language FROM account").fetchone()
    assert row == ("head@city.example", 1, "zh")
    assert forum(tmp_path, "create-admin", *words[:-1], "password").returncode == 1
    refused = forum(tmp_path, "demo")
    assert refused.returncode == 1
    assert "needs an empty one" in refused.stderr


@pytest.mark.parametrize("kind", ["ics", "pdf", "xlsx", "csv", "json", "schedule-xml", "schedule-json"])
def test_the_public_agenda_is_written_in_every_format(demonstration: Path, tmp_path: Path, kind: str) -> None:
    output = tmp_path / "agenda"
    words = ("--forum", "hangzhou-2027", "--format", kind, "--language", "both", "--output", str(output))
    done = forum(demonstration, "export-agenda", *words)
    assert done.returncode == 0, done.stderr
    content = output.read_bytes()
    if kind == "ics":
        assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) >= 60
    elif kind == "pdf":
        assert content.startswith(b"%PDF-")
    elif kind == "xlsx":
        output.rename(output.with_suffix(".xlsx"))
        assert openpyxl.load_workbook(output.with_suffix(".xlsx")).worksheets[0].max_row > 60
    elif kind == "csv":
        assert content.decode("utf-8-sig").count("\r\n") > 60
    elif kind == "schedule-xml":
        assert len(etree.fromstring(content).findall(".//event")) >= 60
    else:
        assert json.loads(content)


def test_an_unknown_forum_has_no_agenda(demonstration: Path, tmp_path: Path) -> None:
    words = ("--forum", "nowhere", "--format", "csv", "--output", str(tmp_path / "x"))
    done = forum(demonstration, "export-agenda", *words)
    assert done.returncode == 1
    assert "no released agenda for “nowhere”" in done.stderr


def test_a_backup_comes_back_on_another_machine_and_is_whole(demonstration: Path, tmp_path: Path) -> None:
    archive, other = tmp_path / "forum.tar", tmp_path / "other"
    done = forum(demonstration, "backup", str(archive))
    assert done.returncode == 0, done.stderr
    assert "keys" in done.stdout
    lacking = forum(other, "restore", str(archive))
    assert "bring back the master keys" in lacking.stderr
    (other / "keys" / "master").write_bytes((demonstration / "keys" / "master").read_bytes())
    again = forum(other, "restore", str(archive), "--replace")
    assert again.returncode == 0, again.stderr
    assert "Audit and seats are whole." in again.stdout
    assert "master keys" not in again.stderr


def test_an_altered_audit_is_found(demonstration: Path, tmp_path: Path) -> None:
    data = tmp_path / "altered"
    forum(demonstration, "backup", str(tmp_path / "a.tar"))
    forum(data, "restore", str(tmp_path / "a.tar"))
    assert forum(data, "verify-audit").returncode == 0
    with sqlite3.connect(data / "forum.db") as connection:
        seq, digest = connection.execute("SELECT seq, hash FROM audit_entry WHERE chain = 'site'").fetchone()
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET body = replace(body, 'approved', 'refused') WHERE seq = 9")
        connection.execute("UPDATE audit_entry SET body = body || ' ' WHERE seq = 9")
    found = forum(data, "verify-audit")
    assert found.returncode == 1
    assert "entry 9 was altered" in found.stderr
    (data / "anchors.log").write_text(f"2027-03-01T00:00:00+00:00 site {seq} {'0' * len(digest)}\n")
    assert "not the one that was anchored" in forum(data, "verify-audit").stderr


def test_the_demonstration_is_not_served_to_others_by_accident(demonstration: Path) -> None:
    done = forum(demonstration, "run", HOST="0.0.0.0", PORT=str(free_port()))  # noqa: S104 - refused, which is the point
    assert done.returncode == 1
    assert "FORUM_DEMONSTRATION_PUBLIC" in done.stderr


def answer(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}{path}", timeout=5) as found:
            return int(found.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def wait(what: object, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(what) and what():
            return True
        time.sleep(0.05)
    return False


def workers_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if lines.get("PPid") == str(parent):
            found.append(int(status.parent.name))
    return found


@pytest.mark.parametrize("farewell", [signal.SIGTERM, signal.SIGKILL])
def test_the_site_is_served_with_its_worker_and_nothing_is_left_behind(
    demonstration: Path, farewell: signal.Signals
) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "forum", "run"],
        env=environment(demonstration, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert wait(lambda: answer(port, "/health") == 200)
            assert answer(port, "/metrics") == 200
            assert wait(lambda: len(workers_of(server.pid)) >= 3)  # two for the web, one for the work
            children = workers_of(server.pid)
            assert wait((demonstration / "jobs.db").exists)
        finally:
            server.send_signal(farewell)
            server.wait(40)
            assert server.stdout is not None
            told = server.stdout.read() if farewell is signal.SIGTERM else ""
        assert wait(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    if farewell is signal.SIGTERM:
        assert "organiser@forum.example" in told
