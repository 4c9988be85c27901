"""Titles in several languages, each with its status: an unofficial one never leaves the house without saying so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forum.committees.models import TITLE_STATUSES, TitleStatus
from forum.core.bilingual import HTML_TAGS
from forum.core.catalogue import Translator

OFFICIAL = frozenset({TitleStatus.OFFICIAL})
TAGS = {**HTML_TAGS, "fr": "fr"}


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one language."""

    language: str  # en, fr, zh
    text: str
    status: TitleStatus
    is_fallback: bool = False

    @property
    def tag(self) -> str:
        """The BCP 47 tag for ``lang`` attributes."""
        return TAGS[self.language]

    @property
    def is_official(self) -> bool:
        """Tell whether this is the publisher's own title."""
        return self.status in OFFICIAL

    @property
    def mark(self) -> str:
        """What must stand beside the title, as a catalogue key; nothing beside an official one."""
        return "" if self.is_official else TITLE_STATUSES[self.status]

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of one thing."""

    english: Title
    french: Title
    chinese: Title

    def __iter__(self) -> Any:
        return iter(title for title in (self.english, self.french, self.chinese) if title)

    def for_reader(self, language: str) -> Title:
        """Return the title for a reader of ``en`` or ``zh``; one in another language says that it stands in."""
        first, second = (self.chinese, self.english) if language == "zh" else (self.english, self.chinese)
        for title in (first, second, self.french):
            if title:
                return title if title is first else Title(title.language, title.text, title.status, is_fallback=True)
        return Title(language, "", TitleStatus.NONE)

    def other_than(self, shown: Title) -> list[Title]:
        """Return the further titles."""
        return [title for title in self if title.language != shown.language]

    def as_data(self, say: Translator) -> dict[str, Any]:
        """Return the titles as plain data: none without its status, in code and in words."""
        return {
            title.language: {
                "text": title.text,
                "status": str(title.status),
                "status_words": say(TITLE_STATUSES[title.status]),
                "official": title.is_official,
            }
            for title in self
        }


def titles_of(
    english: str,
    french: str,
    chinese: str,
    statuses: tuple[TitleStatus, TitleStatus, TitleStatus],
) -> Titles:
    """Put titles together with their statuses; a text whose status is missing is taken for unofficial."""
    made = [
        Title(language, text, _status(text, status))
        for language, text, status in zip(("en", "fr", "zh"), (english, french, chinese), statuses, strict=True)
    ]
    return Titles(*made)


def _status(text: str, status: TitleStatus) -> TitleStatus:
    if not text:
        return TitleStatus.NONE
    return TitleStatus.UNOFFICIAL if status is TitleStatus.NONE else status
