"""The Chinese of this room, whether its words still stand in a part of their own or in the one catalogue."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from forum.core.catalogue import Translator
from forum.paths import TRANSLATIONS


@lru_cache(maxsize=1)
def chinese() -> Translator:
    """Return the translator of all that is written down in Chinese."""
    whole = Catalog(locale="zh")
    for source in (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po", *sorted((TRANSLATIONS / "parts").glob("*.po"))):
        with source.open("rb") as stream:
            for message in read_po(stream, locale="zh"):
                if message.id:
                    whole.add(message.id, message.string, flags=message.flags, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translator(Translations(compiled), "zh")
