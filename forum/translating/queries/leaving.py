"""Which texts may go to a bureau: those that may go to an engine outside and that may be written here, no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.core.bilingual import Language
from forum.drafting.queries.texts import outgoing
from forum.translating.queries import Unit


@dataclass(frozen=True, slots=True)
class Leaving:
    """Texts that may go out, and how many stay inside for which reason."""

    let: tuple[Unit, ...]
    kept: Counter[str]

    def into(self, language: Language) -> list[Unit]:
        """Return those that are translated into one language, record by record."""
        found = [unit for unit in self.let if unit.language == language]
        return sorted(found, key=lambda unit: (unit.source.entity, unit.record.id))

    @property
    def languages(self) -> dict[Language, int]:
        """How many texts may go out into which language, most first."""
        return dict(Counter(unit.language for unit in self.let).most_common())

    @property
    def stays(self) -> int:
        """How many texts stay inside."""
        return sum(self.kept.values())


def leaving(units: Sequence[Unit], now: datetime) -> Leaving:
    """Return which of these texts may leave at this instant, whoever asks."""
    question = outgoing(_names(units), now)
    let: list[Unit] = []
    kept: Counter[str] = Counter()
    for unit in units:
        reason = question.refusal(unit.source, unit.record, unit.field) or unit.source.fixed(unit.record, unit.field)
        if reason is None:
            let.append(unit)
        else:
            kept[reason] += 1
    return Leaving(tuple(let), kept)


def _names(units: Iterable[Unit]) -> set[tuple[str, str]]:
    return {(unit.source.entity, unit.entity_id) for unit in units}
