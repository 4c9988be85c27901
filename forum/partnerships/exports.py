"""The life cycle drawn from its own table, for the documentation."""

from __future__ import annotations

from collections.abc import Callable

from forum.core.refusals import spoken
from forum.partnerships.states import (
    FINAL,
    LIFE,
    PHASE_OF,
    PHASES,
    PROPOSED,
    ROLES,
    SETTLED,
    VERSION_STATES,
    Phase,
    VersionState,
)

Say = Callable[[str], str]
_HEAD = """# The life of an agreement version 文本版本的流转

Drawn from the table in `forum/partnerships/states.py` by `python -m forum partnership-life-cycle`; a test holds this
page to the table. Arrows with a dotted line are proposed and wait for the national office's word
（虚线为拟增流转，待国家办公室确认）.

"""


def diagram(say_zh: Say) -> str:
    """Return the life cycle as a Mermaid flow chart, every name in both languages."""
    both = _both(say_zh)
    lines = ["flowchart TD"]
    for phase in Phase:
        lines.append(f'  subgraph {phase}["{both(PHASES[phase])}"]')
        for state in VersionState:
            if PHASE_OF[state] is phase:
                left, right = ("[[", "]]") if state in FINAL else ("[", "]")
                lines.append(f'    {state}{left}"{both(VERSION_STATES[state])}"{right}')
        lines.append("  end")
    for rows, arrow in ((SETTLED, "-->"), (PROPOSED, "-.->")):
        lines += [f'  {row.sources[0]} {arrow}|"{both(row.label)}"| {row.target}' for row in rows]
    return "\n".join(lines) + "\n"


def table(say_zh: Say) -> str:
    """Return every way out of every state with who may take it, both languages side by side."""
    both = _both(say_zh)
    lines = [
        "| from 自 | action 操作 | to 至 | who 人员 | reason 理由 |",
        "|---|---|---|---|---|",
    ]
    for row in LIFE.rows:
        who = "; ".join(both(ROLES[role]) for role in ROLES if role in row.actors)
        names = (both(VERSION_STATES[row.sources[0]]), both(row.label), both(VERSION_STATES[row.target]), who)
        proposed = " (proposed 拟增)" if row in PROPOSED else ""
        reason = "required 必填" if row.needs_reason else ""
        lines.append(f"| {names[0]} | {names[1]}{proposed} | {names[2]} | {names[3]} | {reason} |")
    return "\n".join(lines) + "\n"


def page(say_zh: Say) -> str:
    """Return the documentation page: the drawing and the table."""
    return f"{_HEAD}```mermaid\n{diagram(say_zh)}```\n\n{table(say_zh)}"


def _both(say_zh: Say) -> Say:
    return lambda word: f"{word} {spoken(word, say_zh)}"
