"""Facts as they are kept, and sentences as they are read: in the reader's language, on the day of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton

from forum.core.bilingual import Shown, Text
from forum.core.catalogue import Translator, translator
from forum.core.refusals import Word
from forum.core.text import clean_line
from forum.reminders.models import Reminder
from forum.reminders.rules import Fact

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


def packed(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return facts as JSON keeps them; what has a form of its own in each language stays what it is."""
    return {name: _packed(value) for name, value in facts.items()}


def _packed(value: Fact) -> Any:
    if isinstance(value, Text):
        return {"text": [value.en, value.zh]}
    if isinstance(value, Word):
        return {"word": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()[:10]}
    return value


def unpacked(facts: Mapping[str, Any], speak: Translator) -> dict[str, object]:
    """Return facts as a sentence of that language says them."""
    return {name: _unpacked(value, speak) for name, value in facts.items()}


def _unpacked(value: Any, speak: Translator) -> object:
    match value:
        case {"text": [str(english), str(chinese)]}:
            return clean_line(Text(english, chinese).shown(speak.language).text)
        case {"word": str(word)}:
            return speak(word)
        case {"date": str(day)}:
            return day_words(date.fromisoformat(day), speak.language)
        case str():
            return clean_line(value)
    return value


def day_words(day: date, language: str) -> str:
    """Return ``Tue, 20 Apr 2027`` or ``2027年4月20日周二``."""
    noon = datetime(day.year, day.month, day.day, 12, 0)  # noqa: DTZ001 - a calendar day has no zone
    return format_skeleton("yMMMEd", noon, locale=LOCALES[language])


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder as its reader sees it."""

    reference: str
    title: Shown
    sentence: str
    next_step: str
    when: str
    due_on: date
    days_left: int
    link: str  # path with the language


def line(reminder: Reminder, language: str, *, today: date) -> Line:
    """Return a reminder in a language, as it reads on a day of the reader."""
    code = "zh" if language == "zh" else "en"
    speak = translator(code)
    due = {"due": day_words(reminder.due_on, code)}
    step = reminder.next_step
    return Line(
        reference=reminder.object_reference,
        title=reminder.tr("title", code),
        sentence=speak(reminder.sentence, **{**due, **unpacked(reminder.facts, speak)}),
        next_step=speak(step, **{**due, **unpacked(reminder.step_facts, speak)}) if step else "",
        when=_when(reminder.due_on, today, speak),
        due_on=reminder.due_on,
        days_left=(reminder.due_on - today).days,
        link=f"/{code}{reminder.link}" if reminder.link else "",
    )


def _when(due_on: date, today: date, speak: Translator) -> str:
    days = (due_on - today).days
    day = day_words(due_on, speak.language)
    if days == 0:
        return speak.gettext("Due today, %(day)s", day=day)
    if days > 0:
        return speak.ngettext("Due tomorrow, %(day)s", "Due in %(num)s days, on %(day)s", days, day=day)
    return speak.ngettext("Due yesterday, %(day)s", "Overdue by %(num)s days, since %(day)s", -days, day=day)
