"""PDF through typst: facts go in as JSON, never as source text, so no fact can become a command.

The work is done by a process of its own.  It ends after a time limit, its memory (150 to 300 MB with
Chinese fonts) never stays in a web worker, and the template can reach no file but its own folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from forum.core.refusals import N_, Refusal
from forum.paths import TEMPLATES
from forum.ports.documents.cleaning import clean

MEDIA_TYPE = "application/pdf"
SECONDS = 30.0

_PRESS = Path(__file__).with_name("press.py")
_FONT_MISSING = 3


class FontMissing(Refusal):
    """Typst leaves out what it has no font for without a word; we refuse instead."""

    message = N_("The PDF can't be made: this server has no Chinese font. Install the Noto CJK fonts.")
    status = 503


class TypesettingFailed(Refusal):
    """The template was refused or took too long; the log has the reason."""

    message = N_("The PDF can't be made at the moment. Please try again later, or take another format.")
    status = 503


def typeset(
    template: str,
    facts: Mapping[str, object],
    *,
    dated: datetime,
    seconds: float = SECONDS,
    needs_chinese: bool = True,
) -> bytes:
    """Return the PDF of ``templates/typst/<template>.typ``; ``dated`` is the date inside the file.

    Raises FontMissing without a Chinese font and TypesettingFailed after ``seconds``.
    """
    task = json.dumps(
        {
            "source": str(TEMPLATES / "typst" / f"{template}.typ"),
            "root": str(TEMPLATES / "typst"),
            "facts": json.dumps(_cleaned(facts), ensure_ascii=False),
            "dated": int(dated.timestamp()),
            "needs_chinese": needs_chinese,
            "seconds": int(seconds) + 1,
        }
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script; facts travel on standard input
            [sys.executable, "-I", str(_PRESS)],
            input=task.encode("utf-8", "replace"),
            capture_output=True,
            env=_environment(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TypesettingFailed(reason="time limit") from late
    if done.returncode == _FONT_MISSING:
        raise FontMissing
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise TypesettingFailed(reason=done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout


def _environment() -> dict[str, str]:
    """Return what the process needs to find fonts, without any secret of the platform's own settings.

    Two threads are as fast as more for a book, and keep its address space small on large machines.
    """
    known = {name: os.environ[name] for name in ("HOME", "PATH", "XDG_DATA_HOME") if name in os.environ}
    return known | {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


def _cleaned(value: object) -> object:
    """Return the facts with every text free of characters that JSON or fonts can't carry."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value
