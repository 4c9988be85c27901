"""The catalogue is added to any house by a command, once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.once]


def seeded(data: Path) -> str:
    """What the command says in a house with this data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    done = subprocess.run(
        [sys.executable, "-m", "forum", "seed-standards"],
        env={**kept, "FORUM_DATA": str(data), "FORUM_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_catalogue_is_added_once(tmp_path: Path) -> None:
    assert seeded(tmp_path) == "Added 13 committees and 170 standards."
    assert seeded(tmp_path) == "Added 0 committees and 0 standards."
