"""The people of a programme, gathered from its items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from forum.agenda.programme import Item, Programme, Speaker
from forum.core.bilingual import Text
from forum.core.identifiers import digest
from forum.core.text import pinyin_key

# What stands for somebody who asked to be forgotten, wherever a release had printed the name.
WITHHELD = Text("Name withheld", "姓名不予公布")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class OnStage:
    """A person with the sessions in which they appear, in the order of time."""

    speaker: Speaker
    items: tuple[Item, ...]


def is_person(speaker: Speaker) -> bool:
    """Tell a person from a place still to be filled, which goes under an id of its own that is no UUID."""
    return bool(_GUID.fullmatch(speaker.person_guid))


def present(item: Item) -> tuple[Speaker, ...]:
    """Return who takes part in a session, in order; those who declined or were replaced don't."""
    return tuple(sorted((each for each in item.speakers if each.is_present), key=lambda each: each.order))


def on_stage(programme: Programme, language: str) -> list[OnStage]:
    """Return the people of a programme sorted as a list in that language is."""
    found: dict[str, tuple[Speaker, list[Item]]] = {}
    for item in sorted(programme.items, key=lambda each: (each.starts_at, each.number)):
        for speaker in present(item):
            if is_person(speaker):
                _speaker, items = found.setdefault(speaker.person_guid, (speaker, []))
                if item not in items[-1:]:
                    items.append(item)
    everybody = [OnStage(speaker, tuple(items)) for speaker, items in found.values()]
    return sorted(everybody, key=lambda each: (sort_key(each.speaker, language), each.speaker.person_guid))


def sort_key(speaker: Speaker, language: str) -> str:
    """Return the key of a name: pinyin in Chinese lists, the family name in Latin ones."""
    text = speaker.name.shown(language).text
    # The family name stands in capitals wherever it stands, see forum.people.rules.latin.
    families = [word for word in text.split() if len(word) > 1 and word.isupper()]
    return pinyin_key(" ".join([*families, text]) if families else text)


def of_person(programme: Programme, guid: str) -> OnStage | None:
    """Return one person of the programme; None when no visible item names them."""
    items = []
    speaker = None
    for item in sorted(programme.items, key=lambda each: (each.starts_at, each.number)):
        mine = [each for each in present(item) if each.person_guid == guid and is_person(each)]
        if mine:
            speaker = mine[0]
            items.append(item)
    return OnStage(speaker, tuple(items)) if speaker is not None else None


def names_of(speakers: Iterable[Speaker], language: str) -> list[str]:
    """Return names for a reader of that language, each once."""
    return list(dict.fromkeys(name for each in speakers if (name := each.name.shown(language).text)))


def withheld(speaker: Speaker) -> Speaker:
    """Return a speaker without anything that names them: the role stays, the person can't be looked up.

    The id is no longer a person's, and the same in every version, so that nothing seems to have changed.
    """
    return replace(
        speaker,
        person_guid=f"withheld-{digest(speaker.person_guid)[:12]}",
        name=WITHHELD,
        organisation=Text(),
        function=Text(),
    )


def without(item: Item, erased: frozenset[str]) -> Item:
    """Return an item that names none of the people with these guids."""
    if not any(each.person_guid in erased for each in item.speakers):
        return item
    return replace(
        item, speakers=tuple(withheld(each) if each.person_guid in erased else each for each in item.speakers)
    )
