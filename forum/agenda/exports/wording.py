"""How exports speak: labels from the catalogue, texts by state, dates by locale, outside of any request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.lists import format_list

from forum.agenda.exports.phrases import LOCALES, day_name, language_name
from forum.agenda.programme import (
    Item,
    Programme,
    SessionState,
    Speaker,
    SpeakerRole,
    SpeakerState,
)
from forum.core.bilingual import HTML_TAGS, Language, Text, TextState
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.events.kinds import SegmentKind
from forum.translation.standing import ABSENT, CAUTIONS, Count, Texts, notice_in

Choice = Literal["en", "zh", "both"]

ROLES: dict[SpeakerRole, str] = {
    SpeakerRole.CHAIR: N_("Chair"),
    SpeakerRole.MODERATOR: N_("Moderator"),
    SpeakerRole.KEYNOTE: N_("Keynote speaker"),
    SpeakerRole.REMARKS: N_("Remarks"),
    SpeakerRole.PANELLIST: N_("Panellist"),
    SpeakerRole.DISCUSSANT: N_("Discussant"),
    SpeakerRole.RAPPORTEUR: N_("Rapporteur"),
    SpeakerRole.SIGNATORY: N_("Signatory"),
    SpeakerRole.WITNESS: N_("Witness"),
    SpeakerRole.MC: N_("Master of ceremonies"),
}
STATES: dict[SessionState, str] = {
    SessionState.IDEA: N_("Idea"),
    SessionState.TENTATIVE: N_("Tentative"),
    SessionState.CONFIRMED: N_("Confirmed"),
    SessionState.CANCELLED: N_("Cancelled"),
}
KINDS: dict[SegmentKind, str] = {
    SegmentKind.OPENING: N_("Opening"),
    SegmentKind.PLENARY: N_("Plenary"),
    SegmentKind.PARALLEL: N_("Parallel session"),
    SegmentKind.SIDE_EVENT: N_("Side event"),
    SegmentKind.SITE_VISIT: N_("Site visit"),
    SegmentKind.BANQUET: N_("Banquet"),
    SegmentKind.BILATERAL: N_("Bilateral meeting"),
    SegmentKind.SIGNING: N_("Signing ceremony"),
    SegmentKind.CLOSED: N_("Closed session"),
    SegmentKind.PRESS: N_("Press conference"),
    SegmentKind.BREAK: N_("Break"),
}
TEXT_STATES: dict[TextState, str] = {
    TextState.SOURCE: N_("Original"),
    TextState.MISSING: N_("Translation pending"),
    TextState.MACHINE: N_("Machine translation"),
    TextState.HUMAN: N_("Human translation"),
    TextState.REVIEWED: N_("Reviewed translation"),
    TextState.OUTDATED: N_("Original changed since"),
}
# What a table says where a side doesn't stand: a state, or nothing where originals alone are wanted.
_ABSENT_STATES: dict[Texts, str] = {
    "reviewed": N_("No reviewed translation yet"),
    "machine": TEXT_STATES[TextState.MISSING],
    "source": "",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a text as an export uses it."""

    text: str
    language: Language
    is_fallback: bool
    caution: str  # a message: a machine wrote it, or its original has changed; mostly empty
    absence: str  # a message: why the side that was asked for doesn't stand; mostly empty

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language the text is really in."""
        return HTML_TAGS[self.language]


class Wording:
    """Everything that an export says in one language, or in both: Chinese first, then English."""

    def __init__(self, choice: Choice, texts: Texts = "machine") -> None:
        self.choice: Choice = choice
        self.texts: Texts = texts
        self.languages: tuple[Language, ...] = ("zh", "en") if choice == "both" else (choice,)

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the whole, empty when it is in two languages."""
        return "" if self.choice == "both" else HTML_TAGS[self.choice]

    def say(self, message: str, **facts: object) -> str:
        """Return a label; in both languages ``中文 / English``."""
        return _joined(translator(language)(message, **facts) for language in self.languages)

    def read(self, text: Text, language: Language) -> Reading:
        """Return a text for a reader of that language; the other side stands in for one that doesn't stand."""
        shown = text.shown(language)
        absence = ABSENT[self.texts] if shown.is_fallback else ""
        return Reading(shown.text, shown.language, shown.is_fallback, CAUTIONS.get(shown.state, ""), absence)

    def plain(self, text: Text, *, separator: str = " / ") -> str:
        """Return a text as one string; what nobody reviewed carries its mark, equal sides appear once."""
        return _joined((self.marked(text, language) for language in self.languages), separator)

    def tag_of(self, text: Text) -> str:
        """Return the BCP 47 tag of what ``plain`` returns, empty when it holds two languages."""
        return "" if self.choice == "both" else self.read(text, self.languages[0]).tag

    def marked(self, text: Text, language: Language) -> str:
        """Return a text for a reader of that language with its mark, which is in the language of the text."""
        reading = self.read(text, language)
        if not reading.caution or not reading.text:
            return reading.text
        return f"{reading.text} [{translator(reading.language)(reading.caution)}]"

    def state_of(self, text: Text, language: Language) -> str:
        """Return what a table says of one side: its state, or why it doesn't stand."""
        state = text.state(language)
        return _ABSENT_STATES[self.texts] if state is TextState.MISSING else TEXT_STATES[state]

    def notice(self, count: Count) -> Mapping[Language, str]:
        """Return what the head of a file says of its texts, in each language; mostly nothing."""
        return {language: notice_in(self.texts, count, translator(language)) for language in self.languages}

    def title(self, item: Item) -> str:
        """Return the title of an item; a cancelled one says so first."""
        title = self.plain(item.title)
        if item.state is not SessionState.CANCELLED:
            return title
        return f"{self.cancelled_mark()} {title}"

    def cancelled_mark(self) -> str:
        """Return what stands before the title of a cancelled item, such as [Cancelled]."""
        word = STATES[SessionState.CANCELLED]
        return " / ".join(f"[{translator(language)(word)}]" for language in self.languages)

    def person(self, speaker: Speaker) -> str:
        """Return a speaker with function and organisation, without the role."""
        parts = [self.plain(part) for part in (speaker.name, speaker.function, speaker.organisation) if part]
        return self._sentence_comma().join(parts)

    def people(self, item: Item) -> list[tuple[str, list[Speaker]]]:
        """Return the speakers of an item grouped under their role's word, in their order."""
        groups: dict[SpeakerRole, list[Speaker]] = {}
        for speaker in speakers_of(item):
            groups.setdefault(speaker.role, []).append(speaker)
        return [(self.say(ROLES[role]), speakers) for role, speakers in groups.items()]

    def languages_named(self, codes: Iterable[str]) -> str:
        """Return the names of languages as a list in words."""
        codes = tuple(codes)
        return _joined(
            format_list([language_name(code, language) for code in codes], locale=LOCALES[language]) if codes else ""
            for language in self.languages
        )

    def day(self, day: date) -> str:
        """Return a day with its weekday, such as Tuesday, 20 April 2027."""
        return _joined(day_name(day, language) for language in self.languages)

    def colon(self) -> str:
        """Return the colon of the language, with the blank that it takes."""
        return "：" if self.choice == "zh" else ": "

    def _sentence_comma(self) -> str:
        return "，" if self.choice == "zh" else ", "


def _joined(parts: Iterable[str], separator: str = " / ") -> str:
    return separator.join(dict.fromkeys(part for part in parts if part))


def speakers_of(item: Item) -> list[Speaker]:
    """Return who speaks, in order: those who declined or were replaced don't."""
    gone = (SpeakerState.DECLINED, SpeakerState.REPLACED)
    return sorted((each for each in item.speakers if each.state not in gone), key=lambda each: each.order)


def in_order(programme: Programme) -> list[Item]:
    """Return the items by start, then by the order of their rooms, then by number."""
    order = {room.guid: (room.order, index) for index, room in enumerate(programme.rooms)}
    last = (len(order) + 1_000_000, 0)
    return sorted(
        programme.items,
        key=lambda item: (item.starts_at, order.get(item.room_guid, last), item.number),
    )
