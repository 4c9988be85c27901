"""The wheel works by itself: installed elsewhere, it serves its pages from what it carries."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = "forum/_bundled/"

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(300)]

VISIT = """
import json, sys
from pathlib import Path
import forum, forum.paths
from forum import create_app
from forum.core.database import Base, db
app = create_app()
with app.app_context():
    Base.metadata.create_all(db.engine)
response = app.test_client().get("/zh/")
print(json.dumps({
    "package": str(Path(forum.__file__).resolve().parent),
    "folders": [str(f) for f in (forum.paths.TEMPLATES, forum.paths.STATIC, forum.paths.TRANSLATIONS,
                                 forum.paths.MIGRATIONS)],
    "status": response.status_code,
    "page": response.get_data(as_text=True),
}))
"""


def succeed(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """Run a program and return what it printed; its complaints are shown if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def committed_files(folder: str) -> set[str]:
    """The files of a top-level folder that git follows, which is what a wheel has to carry."""
    listed = succeed(["git", "ls-files", "-z", "--", folder], ROOT)
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from that sdist and not from the checkout."""
    folder = tmp_path_factory.mktemp("built")
    succeed([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment that holds the wheel; the libraries it needs are lent to it, not downloaded."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    succeed([*pip, "--no-deps", "--no-index", str(wheel)], home)
    (packages,) = (home / "lib").glob("python*/site-packages")
    # A path file inside a lent folder is not read, so the checkout's own editable installation stays out.
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def test_the_wheel_carries_every_template_static_file_and_migration(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "static", "migrations"):
        expected = committed_files(folder)
        assert expected, f"{folder} holds nothing that git follows"
        assert {f"{BUNDLED}{name}" for name in expected} <= carried


def test_the_wheel_carries_the_whole_package_and_its_reference_data(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    assert committed_files("forum") <= carried


def test_the_wheel_carries_nothing_of_the_workshop(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith("forum/") or ".dist-info/" in name, name
        assert "__pycache__" not in name, name
        assert not name.endswith((".po", ".draft")), name


def test_the_chinese_catalogue_is_compiled_into_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    with archive.open(f"{BUNDLED}translations/zh/LC_MESSAGES/messages.mo") as compiled:
        catalogue = read_mo(compiled)
    translated = [message for message in catalogue if message.id and message.string]
    assert translated
    assert any(re.search(r"[\u4e00-\u9fff]", str(message.string)) for message in translated)


def test_the_sdist_can_build_what_the_checkout_builds(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"pyproject.toml", ".make/build_hook.py", "forum/__init__.py"} <= names
    assert not {name for name in names if name.startswith((".venv", "var/", ".setup"))}


def test_an_editable_installation_reads_the_checkout_and_bundles_nothing(tmp_path: Path) -> None:
    build = "import sys, hatchling.build; print(hatchling.build.build_editable(sys.argv[1]))"
    name = succeed([sys.executable, "-c", build, str(tmp_path)], ROOT).splitlines()[-1]
    archive = zipfile.ZipFile(tmp_path / name)
    (path_file,) = (entry for entry in archive.namelist() if entry.endswith(".pth"))
    assert archive.read(path_file).decode().split() == [str(ROOT)]
    assert not [entry for entry in archive.namelist() if entry.startswith("forum/")]


def test_an_installed_forum_serves_the_chinese_home_page_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.defpath,
        "FORUM_DATA": str(tmp_path / "data"),
        "FORUM_TESTING": "1",
    }
    python = str(installed / "bin" / "python")
    seen = json.loads(succeed([python, "-I", "-c", VISIT], tmp_path, environment).splitlines()[-1])

    assert Path(seen["package"]).is_relative_to(installed)
    for folder in seen["folders"]:
        assert "_bundled" in Path(folder).parts
        assert Path(folder).is_dir()
    assert seen["status"] == 200
    assert re.search(r"<html[^>]+lang=\"?zh", seen["page"])
    assert re.search(r"[\u4e00-\u9fff]", seen["page"])


def test_the_installed_command_is_called_forum(installed: Path, tmp_path: Path) -> None:
    command = shutil.which("forum", path=str(installed / "bin"))
    assert command is not None
    listed = succeed([command, "--help"], tmp_path, {"PATH": os.defpath})
    assert {"run", "worker", "demo", "backup", "restore"} <= set(re.findall(r"^\s+([a-z-]+)", listed, re.MULTILINE))


# --- Locks ------------------------------------------------------------------------------------------


def locked(part: str) -> dict[str, str]:
    """The exact version of each library in a lock, by its normalised name."""
    text = (ROOT / ".requirements" / f"{part}.txt").read_text()
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE)
    return {normalised(name): version for name, version in pins}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names_of(requirements: list[str]) -> set[str]:
    return {normalised(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in requirements}


def test_every_dependency_of_the_project_is_locked_and_asked_for_in_both_places_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = names_of(project["project"]["dependencies"])
    lines = (ROOT / ".requirements" / "run.in").read_text().splitlines()
    asked = names_of([line for line in lines if line and not line.startswith("#")])
    assert declared == asked
    assert declared <= set(locked("run"))
    assert names_of(project["build-system"]["requires"]) <= set(locked("build"))


@pytest.mark.parametrize("part", ["run", "build", "test"])
def test_a_lock_holds_hashes_and_no_address(part: str) -> None:
    text = (ROOT / ".requirements" / f"{part}.txt").read_text()
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert entries
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_the_locks_agree_on_every_library_that_they_share() -> None:
    run, build, test = locked("run"), locked("build"), locked("test")
    for first, second in ((run, build), (run, test), (build, test)):
        differing = {name for name in first.keys() & second.keys() if first[name] != second[name]}
        assert not differing
