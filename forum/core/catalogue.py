"""The message catalogue outside of a request: mail, exports and the command line speak through it."""

from __future__ import annotations

import gettext
from functools import lru_cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from forum.paths import TRANSLATIONS


class Translator:
    """A gettext function of one language: ``_("Sentence %(n)s", n=1)``, with ``ngettext``."""

    def __init__(self, translations: gettext.NullTranslations, language: str) -> None:
        self._translations = translations
        self.language = language

    def __call__(self, message: str, **facts: object) -> str:
        """Return the sentence in this language, its placeholders filled in."""
        text = self._translations.gettext(message) if message else ""
        return text % facts if facts else text

    gettext = __call__

    def ngettext(self, singular: str, plural: str, number: int, **facts: object) -> str:
        """Return the form for that number; ``%(num)s`` is filled in."""
        text = self._translations.ngettext(singular, plural, number)
        return text % {"num": number, **facts}


def compile_catalogues() -> None:
    """Compile each ``.po`` whose ``.mo`` is missing or older; a reader never sees half a file."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        part = target.with_suffix(".part")
        with part.open("wb") as stream:
            write_mo(stream, catalogue)
        part.replace(target)


@lru_cache(maxsize=4)
def translator(language: str) -> Translator:
    """Return the translator of ``en`` or ``zh``."""
    if language == "zh":
        compile_catalogues()
        return Translator(Translations.load(TRANSLATIONS, ["zh"], "messages"), "zh")
    return Translator(gettext.NullTranslations(), "en")
