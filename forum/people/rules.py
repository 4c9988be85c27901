"""How a name is written: on an English page, on a Chinese page, in a list."""

from __future__ import annotations

from typing import Protocol


class NameForms(Protocol):
    """The parts of a name that ``Person`` keeps."""

    family_latin: str
    given_latin: str
    name_zh: str
    native_name: str
    honorific: str

    @property
    def name_order(self) -> str:
        """Which part of the Latin name comes first."""


def latin(person: NameForms, *, capitals: bool = True) -> str:
    """Return the Latin name in the person's own order, the family name in capitals on lists."""
    family = person.family_latin.upper() if capitals else person.family_latin
    parts = (family, person.given_latin) if person.name_order == "family_first" else (person.given_latin, family)
    return " ".join(part for part in parts if part)


def displayed(person: NameForms, language: str) -> str:
    """Return the name as a page of that language prints it.

    English text: ``LI Ming (李明)``; Chinese text: ``李明（LI Ming）``; a name without Chinese form stays Latin.
    """
    name = latin(person)
    if not name:
        return person.name_zh or person.native_name
    if not person.name_zh:
        return name
    return f"{person.name_zh}（{name}）" if language == "zh" else f"{name} ({person.name_zh})"


def addressed(person: NameForms, language: str) -> str:
    """Return the name as a letter addresses it: no capitals, with the honorific; empty when nobody is named.

    English: ``H.E. Amélie Dupont``; Chinese: ``阿梅莉·杜邦``, else the Latin name.
    """
    if language == "zh" and person.name_zh:
        return person.name_zh
    name = latin(person, capitals=False) or person.name_zh or person.native_name
    return " ".join(part for part in (person.honorific, name) if part) if name else ""


def short(person: NameForms, language: str) -> str:
    """Return the name alone, in the reader's script when there is one."""
    if language == "zh" and person.name_zh:
        return person.name_zh
    return latin(person) or person.name_zh or person.native_name
