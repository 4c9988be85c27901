"""The Chinese of the catalogue together with what the room's own part adds to it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from forum.core.catalogue import Translator
from forum.paths import TRANSLATIONS

PART = TRANSLATIONS / "parts" / "partnerships.po"


@lru_cache(maxsize=1)
def chinese() -> Translator:
    """Return the Chinese translator; the part is no longer there once it was merged."""
    merged = Translations(BytesIO(_compiled(TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po")))
    if PART.exists():
        merged.merge(Translations(BytesIO(_compiled(PART))))
    return Translator(merged, "zh")


def _compiled(path: Path) -> bytes:
    made = BytesIO()
    with path.open("rb") as source:
        write_mo(made, read_po(source, locale="zh"))
    return made.getvalue()
