"""A refusal: the house says no, in one clear sentence that the reader can act on.

A subclass carries its sentence as an English catalogue key with named placeholders.  The web turns it
into a page or a form message in the reader's language; the domain never speaks a language itself.
"""

from __future__ import annotations

from typing import Any, ClassVar


def N_(message: str) -> str:  # noqa: N802 - the conventional name that the catalogue extractor knows
    """Mark a sentence for the catalogue without translating it yet."""
    return message


class Refusal(Exception):
    """Base of every answer "no" of the domain.

    ``status`` is the HTTP status the web answers with, ``field`` the form field to point at (or None).
    """

    message: ClassVar[str] = N_("This can't be done.")
    status: ClassVar[int] = 409
    field: str | None = None

    def __init__(self, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(self.message)
        if field is not None:
            self.field = field
        self.facts = facts

    def say(self, translate: Any) -> str:
        """Return the sentence through ``translate``, a gettext function."""
        facts = {
            name: spoken(value, translate) if isinstance(value, Word) else value for name, value in self.facts.items()
        }
        sentence: str = translate(self.message)
        return sentence % facts if facts else sentence

    def __str__(self) -> str:
        return self.say(lambda text: text)


class Word(str):
    """A fact inside a sentence that is itself a catalogue key, such as the name of a state."""

    __slots__ = ("context",)  # of the catalogue; without one the word means the same in every room
    context: str


def P_(context: str, message: str) -> Word:  # noqa: N802 - named after pgettext, which the catalogue extractor knows
    """Mark a word whose translation depends on the room: “Register” a person, or an agreement."""
    word = Word(message)
    word.context = context
    return word


def spoken(word: str, translate: Any) -> str:
    """Return a word through ``translate``, a gettext function, in the sense that its room gives it."""
    context = getattr(word, "context", "")
    if not context:
        return str(translate(str(word)))
    key = f"{context}\x04{word}"  # as compiled catalogues keep a message with its context
    found = str(translate(key))
    return str(word) if found == key else found


class NotFound(Refusal):
    """Unknown and forbidden objects look the same."""

    message = N_("This page doesn't exist, or you may not see it.")
    status = 404


class StaleEdit(Refusal):
    """Two people edited one record; nobody's text is lost."""

    message = N_("Someone changed this record while you were editing. Compare both versions.")
