"""Life cycles as tables: from which states, which action, to which state, who, whether with a reason.

One table draws the buttons, guards the operations and is walked by a property test.  An illegal action
is a refusal that names the lawful ones; nothing is ignored in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from forum.core.refusals import N_, Refusal, Word, spoken


class UnlawfulAction(Refusal):
    """The state doesn't allow this action, or not to this person."""

    message = N_("“%(action)s” isn't possible while the state is “%(state)s”. Possible now: %(lawful)s.")

    def __init__(self, action: str, state: str, lawful: tuple[str, ...]) -> None:
        self.lawful = lawful
        super().__init__(action=_word(action), state=_word(state), lawful=", ".join(lawful) or "–")

    def say(self, translate: Any) -> str:
        """Return the sentence with the lawful actions in the reader's language."""
        self.facts["lawful"] = "; ".join(spoken(label, translate) for label in self.lawful) or "–"
        return super().say(translate)


def _word(label: str) -> Word:
    return label if isinstance(label, Word) else Word(label)


class ReasonNeeded(Refusal):
    """A step that needs a reason came without one."""

    message = N_("Please give a reason. The person concerned will read it.")
    field = "reason"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a life cycle."""

    sources: tuple[str, ...]
    action: str
    target: str
    actors: frozenset[str]
    label: str  # catalogue key of the button
    needs_reason: bool = False
    silent: bool = False  # sends no mail
    primary: bool = False  # the expected next step of the state


class Workflow:
    """A life cycle of one kind of object."""

    def __init__(self, states: type[StrEnum], labels: dict[str, str], rows: Iterable[Transition]) -> None:
        self.states = states
        self.labels = labels
        self.rows = tuple(rows)
        self._by_step: dict[tuple[str, str], Transition] = {}
        for row in self.rows:
            states(row.target)
            for source in row.sources:
                states(source)
                if (source, row.action) in self._by_step:
                    message = f"{row.action} from {source} stands twice"
                    raise ValueError(message)
                self._by_step[source, row.action] = row

    def lawful(self, state: str, roles: Iterable[str]) -> tuple[Transition, ...]:
        """Return what may be done from a state by somebody with these roles, in table order."""
        mine = frozenset(roles)
        return tuple(row for row in self.rows if state in row.sources and row.actors & mine)

    def step(self, state: str, action: str, roles: Iterable[str], reason: str | None = None) -> Transition:
        """Return the row of a lawful step, or raise ``UnlawfulAction`` or ``ReasonNeeded``."""
        mine = frozenset(roles)
        row = self._by_step.get((state, action))
        if row is None or not row.actors & mine:
            known = next((r.label for r in self.rows if r.action == action), action)
            lawful = tuple(dict.fromkeys(r.label for r in self.lawful(state, mine)))
            raise UnlawfulAction(known, self.labels.get(state, state), lawful)
        if row.needs_reason and not (reason or "").strip():
            raise ReasonNeeded
        return row

    def final(self, state: str) -> bool:
        """Tell whether nothing leads out of a state."""
        return not any(state in row.sources for row in self.rows)
