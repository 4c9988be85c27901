"""The words of records in a file: what may stand of each text, with its mark, in a bounded number of statements.

For texts that are settled by another act than a review, such as a registered title: see ``standing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forum.core.bilingual import LANGUAGES, Bilingual, Shown, Text, TextState
from forum.core.catalogue import Translator
from forum.translation.queries import States, states_of, text_of
from forum.translation.standing import CAUTIONS, Count, Texts, limited, notice_in


class FileWords:
    """What one file in one language says of its records' texts."""

    def __init__(self, records: Iterable[Bilingual], texts: Texts, say: Translator) -> None:
        self.texts: Texts = texts
        self.say = say
        self._machine: set[str] = set()  # the machine drafts that it has told so far
        by_type: dict[type[Bilingual], list[Bilingual]] = {}
        for record in records:
            by_type.setdefault(type(record), []).append(record)
        self._known: Mapping[type[Bilingual], States] = {kind: states_of(found) for kind, found in by_type.items()}

    def text(self, record: Bilingual, field: str) -> Text:
        """Return the sides of a field that may stand; the record is one of those given before."""
        return self.limited(text_of(record, field, self._known[type(record)]))

    def limited(self, text: Text) -> Text:
        """Return the sides of a text with known states that may stand."""
        return limited(text, self.texts, settled=True)

    def cell(self, record: Bilingual, field: str) -> str:
        """Return a field in the language of the file, what nobody reviewed with its mark."""
        return self.marked(self.text(record, field).shown(self.say.language))

    def marked(self, shown: Shown) -> str:
        """Return a text with its mark, in the language of the file."""
        caution = CAUTIONS.get(shown.state)
        if not shown.text or caution is None:
            return shown.text
        if shown.state is TextState.MACHINE:
            self._machine.add(shown.text)
        return f"{shown.text} [{self.say(caution)}]"

    def pair(self, record: Bilingual, field: str) -> dict[str, Any]:
        """Return both sides of a field as data, with the state of each."""
        text = self.text(record, field)
        return {
            **{language: text.side(language) for language in LANGUAGES},
            "state": {language: text.state(language).value for language in LANGUAGES},
        }

    @property
    def notice(self) -> str:
        """What the head of the file says, once its texts were told; mostly nothing."""
        return notice_in(self.texts, Count(machine=len(self._machine)), self.say)
