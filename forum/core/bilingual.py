"""Text in two languages of equal worth: English and Simplified Chinese.

A bilingual field is a pair of columns, ``title_en`` and ``title_zh``.  Which state each side is in
(source, missing, machine, human, reviewed, outdated) is computed, never stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")
HTML_TAGS: dict[str, str] = {"en": "en", "zh": "zh-Hans"}


def other(language: str) -> Language:
    """Return the language that is not the given one."""
    return "zh" if language == "en" else "en"


class TextState(StrEnum):
    """What a reader may trust of one side of a bilingual field."""

    SOURCE = "source"
    MISSING = "missing"
    MACHINE = "machine"
    HUMAN = "human"
    REVIEWED = "reviewed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown to a reader: which language it is in and whether it stands in for another."""

    text: str
    language: Language
    is_fallback: bool
    known: TextState | Callable[[], TextState] = TextState.HUMAN  # or the way to find out, asked only where it is shown

    @property
    def state(self) -> TextState:
        """What a reader may trust of it."""
        return self.known if isinstance(self.known, TextState) else self.known()

    @property
    def tag(self) -> str:
        """The BCP 47 tag for ``lang`` attributes."""
        return HTML_TAGS[self.language]

    def __bool__(self) -> bool:
        return bool(self.text)


class Reader(Protocol):
    """Whoever takes note of the translations in a page or a mail while it is written, and knows their states."""

    def of_record(self, record: Bilingual, field: str, language: Language) -> Callable[[], TextState]:
        """Take note of one side of a record; return the way to find out its state."""
        ...

    def of_text(self, text: str, language: Language, state: TextState) -> None:
        """Take note of a text whose state is known."""
        ...

    def doubtful(self) -> dict[str, tuple[Language, TextState]]:
        """Return the language and state of each text shown that nobody answers for or whose original has changed."""
        ...


READER: ContextVar[Reader | None] = ContextVar("reader", default=None)


@dataclass(frozen=True, slots=True)
class Text:
    """Both sides of a bilingual field with their states: what releases, exports and rules hold."""

    en: str = ""
    zh: str = ""
    state_en: TextState = TextState.SOURCE
    state_zh: TextState = TextState.HUMAN

    def side(self, language: str) -> str:
        """Return the text in that language, or an empty string."""
        return self.zh if language == "zh" else self.en

    def state(self, language: str) -> TextState:
        """Return the state of that side; an empty side is always missing."""
        if not self.side(language):
            return TextState.MISSING
        return self.state_zh if language == "zh" else self.state_en

    def shown(self, language: str) -> Shown:
        """Return the text for a reader of that language, falling back to the other side."""
        first: Language = "zh" if language == "zh" else "en"
        for candidate in (first, other(first)):
            if text := self.side(candidate):
                self._note(candidate)
                return Shown(text, candidate, candidate != first, self.state(candidate))
        return Shown("", first, is_fallback=False, known=TextState.MISSING)

    def beside(self, language: Language) -> str:
        """Return the text in that language, to be shown beside the other one; equal sides are shown once."""
        text = self.side(language)
        if not text or text == self.side(other(language)):
            return ""
        self._note(language)
        return text

    def _note(self, language: Language) -> None:
        if (reader := READER.get()) is not None:
            reader.of_text(self.side(language), language, self.state(language))

    def joined(self, separator: str = " / ") -> str:
        """Return both sides, Chinese first, without repeating equal ones."""
        parts = [part for part in (self.zh, self.en) if part]
        return separator.join(dict.fromkeys(parts))

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


def fingerprint(text: str | None) -> str:
    """Hash a text so that changes of white space alone don't outdate its translation."""
    return hashlib.sha256(" ".join((text or "").split()).encode()).hexdigest()


class Bilingual:
    """Mixin: ``__bilingual__ = {"title": String(300)}`` gives ``title_en``, ``title_zh`` and ``source_lang``."""

    __bilingual__: ClassVar[dict[str, TypeEngine[str] | type[TypeEngine[str]]]] = {}
    source_lang: Mapped[str] = mapped_column(String(2), default="en")

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Tell the type checker of the columns that ``__bilingual__`` makes."""

        def __setattr__(self, name: str, value: Any) -> None: ...

    def __init_subclass__(cls, **kwargs: Any) -> None:
        for field, kind in cls.__dict__.get("__bilingual__", {}).items():
            for language in LANGUAGES:
                name = f"{field}_{language}"
                cls.__annotations__[name] = Mapped[str | None]
                setattr(cls, name, mapped_column(kind, nullable=True))
        super().__init_subclass__(**kwargs)

    def side(self, field: str, language: str) -> str:
        """Return one side of a field, without surrounding white space."""
        return (getattr(self, f"{field}_{language}") or "").strip()

    def tr(self, field: str, language: str) -> Shown:
        """Return the field for a reader of that language; missing text falls back to the other side."""
        first: Language = "zh" if language == "zh" else "en"
        for candidate in (first, other(first)):
            if text := self.side(field, candidate):
                return Shown(text, candidate, candidate != first, self._known(field, candidate))
        return Shown("", first, is_fallback=False, known=TextState.MISSING)

    def text(self, field: str) -> Text:
        """Return both sides; states other than missing are filled in by ``forum.translation``."""
        for language in LANGUAGES:
            self._known(field, language)
        return Text(self.side(field, "en"), self.side(field, "zh"))

    def _known(self, field: str, language: Language) -> TextState | Callable[[], TextState]:
        """Return the state of a side, or the way to find out: nothing is asked unless somebody shows it."""
        reader = READER.get()
        if reader is None or language == self.source_lang:
            return TextState.HUMAN
        return reader.of_record(self, field, language)
