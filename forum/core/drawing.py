"""Life cycles drawn from their own tables, for the documentation: every name in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forum.core.refusals import spoken
from forum.core.workflow import Workflow

Say = Callable[[str], str]
_HEADS = "| from 自 | action 操作 | to 至 | who 人员 | reason 理由 |\n|---|---|---|---|---|\n"


def diagram(life: Workflow, say_zh: Say) -> str:
    """Return a life cycle as a Mermaid flow chart; a state that nothing leaves has a double border."""
    lines = ["flowchart TD"]
    reached = {row.target for row in life.rows} | {source for row in life.rows for source in row.sources}
    for state in (state for state in life.states if state in reached):
        left, right = ("[[", "]]") if life.final(state) else ("[", "]")
        lines.append(f'  {state}{left}"{both(life.labels[state], say_zh)}"{right}')
    lines += [
        f'  {source} -->|"{both(row.label, say_zh)}"| {row.target}' for row in life.rows for source in row.sources
    ]
    return "\n".join(lines) + "\n"


def table(life: Workflow, roles: Mapping[str, str], say_zh: Say) -> str:
    """Return every step with who may take it, in the order of the table."""
    lines = []
    for row in life.rows:
        sources = "; ".join(both(life.labels[source], say_zh) for source in row.sources)
        who = "; ".join(both(roles[role], say_zh) for role in roles if role in row.actors)
        reason = "required 必填" if row.needs_reason else ""
        cells = (sources, both(row.label, say_zh), both(life.labels[row.target], say_zh), who, reason)
        lines.append(f"| {' | '.join(cells)} |\n")
    return _HEADS + "".join(lines)


def drawn(life: Workflow, roles: Mapping[str, str], say_zh: Say) -> str:
    """Return the drawing and the table below it, as a page holds them."""
    return f"```mermaid\n{diagram(life, say_zh)}```\n\n{table(life, roles, say_zh)}"


def both(word: str, say_zh: Say) -> str:
    """Return a word in English and Chinese."""
    return f"{word} {spoken(word, say_zh)}"
