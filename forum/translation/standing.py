"""Which sides of a text may stand in a file: what was reviewed, machine drafts as well, or originals alone.

The original always stands.  Some texts are settled by another act than a review: each side of a name, of a person or a
room, is that name in its language; a registered title was entered by the office, a published outcome agreed by all
parties.  Of these, each side stands that a person wrote and that is up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from forum.core.bilingual import LANGUAGES, Text, TextState
from forum.core.catalogue import Translator
from forum.core.refusals import N_

Texts = Literal["reviewed", "machine", "source"]
TEXTS: dict[Texts, str] = {
    "reviewed": N_("Reviewed only"),
    "machine": N_("Reviewed and machine drafts, marked"),
    "source": N_("As written (original language)"),
}
# What is said of a side wherever it stands.
CAUTIONS: dict[TextState, str] = {
    TextState.MACHINE: N_("machine translation"),
    TextState.OUTDATED: N_("original changed since"),
}
# What is said of a side that doesn't stand in a file; of an original in its place nothing needs to be said.
ABSENT: dict[Texts, str] = {
    "reviewed": N_("no reviewed translation yet"),
    "machine": N_("translation pending"),
    "source": "",
}
_EVERYTHING = frozenset(TextState) - {TextState.MISSING}
_BY_PEOPLE = frozenset({TextState.SOURCE, TextState.HUMAN, TextState.REVIEWED})
_TRANSLATIONS: dict[Texts, frozenset[TextState]] = {
    "reviewed": frozenset({TextState.SOURCE, TextState.REVIEWED}),
    "machine": _EVERYTHING,
    "source": frozenset({TextState.SOURCE}),
}
_SETTLED: dict[Texts, frozenset[TextState]] = {"reviewed": _BY_PEOPLE, "machine": _EVERYTHING, "source": _BY_PEOPLE}
# When no original is known, one of these stands in: an item without a title would be worse.  No machine draft is.
_STAND_INS = (frozenset({TextState.REVIEWED, TextState.HUMAN}), frozenset({TextState.OUTDATED}))


def limited(text: Text, texts: Texts, *, settled: bool = False) -> Text:
    """Return a text with the sides alone that may stand; the same again when it is asked twice."""
    if texts == "machine" or not text:
        return text
    allowed = (_SETTLED if settled else _TRANSLATIONS)[texts]
    if text.state_en in allowed and text.state_zh in allowed:
        return text  # as most texts are: a programme has thousands
    for states in (allowed, *_STAND_INS):
        kept = [side for side in LANGUAGES if text.state(side) in states]
        if kept:
            return _with(text, kept)
    return Text()


def _with(text: Text, kept: list[Literal["en", "zh"]]) -> Text:
    if len(kept) == len(LANGUAGES):
        return text
    plain, only = Text(), kept[0]
    # A side that is left out takes its default state, as in a document that was read.
    if only == "en":
        return replace(text, zh="", state_zh=plain.state_zh)
    return replace(text, en="", state_en=plain.state_en)


@dataclass(frozen=True, slots=True)
class Count:
    """How many texts a file leaves out, and how many in it nobody has reviewed, in the languages that it has."""

    left_out: int = 0
    machine: int = 0


def counted(found: Iterable[tuple[Text, bool]], texts: Texts, languages: Iterable[str]) -> Count:
    """Count texts, each given with whether it is settled."""
    wanted = tuple(languages)
    left_out = machine = 0
    for text, settled in found:
        allowed = (_SETTLED if settled else _TRANSLATIONS)[texts]
        states = (text.state_en, text.state_zh)
        if TextState.MACHINE not in states and allowed.issuperset(states):
            continue
        stands = limited(text, texts, settled=settled)
        for side in wanted:
            left_out += bool(text.side(side)) and not stands.side(side)
            machine += stands.state(side) is TextState.MACHINE
    return Count(left_out, machine)


def notice_in(texts: Texts, count: Count, say: Translator) -> str:
    """Return what the head of a file says of its texts; nothing where there is nothing to say."""
    if texts == "source":
        return say(N_("Each text stands in the language in which it was written."))
    if texts == "machine" and count.machine:
        return say.ngettext(
            "%(num)s text is a machine translation that nobody has reviewed; it is marked.",
            "%(num)s texts are machine translations that nobody has reviewed; they are marked.",
            count.machine,
        )
    if texts == "reviewed" and count.left_out:
        return say.ngettext(
            "%(num)s translation that nobody has reviewed is left out; the original stands in its place.",
            "%(num)s translations that nobody has reviewed are left out; the originals stand in their place.",
            count.left_out,
        )
    return ""


def read_texts(word: str) -> Texts | None:
    """Return the choice of that name, or None for a word that names none."""
    return word if word in TEXTS else None
