"""The lives of a statement, an obligation and a relation, drawn from their own tables for the documentation."""

from __future__ import annotations

from forum.core.drawing import Say, drawn
from forum.core.refusals import P_
from forum.core.workflow import Workflow
from forum.liaisons.states import INCOMING_LIFE, OBLIGATION_LIFE, OUTGOING_LIFE, RELATION_LIFE

ROLES: dict[str, str] = {
    "drafter": P_("life cycles", "Who writes for the groups it comes from"),
    "approver": P_("life cycles", "Who is entitled for every group it comes from"),
    "owner": P_("life cycles", "Owner of the answer"),
    "proposer": P_("life cycles", "Liaison officer or secretary concerned"),
    "keeper": P_("life cycles", "National office"),
}
_PARTS: tuple[tuple[str, Workflow], ...] = (
    ("Outgoing statement 发函", OUTGOING_LIFE),
    ("Incoming statement 来函", INCOMING_LIFE),
    ("Obligation to answer 联络义务", OBLIGATION_LIFE),
    ("Liaison relation 联络关系", RELATION_LIFE),
)
_HEAD = """# The life of a liaison statement 联络函流转

Drawn from the tables in `forum/liaisons/states.py` by `python -m forum liaison-life-cycle`; a test holds this page to
the tables. That action was taken is kept apart from the state of a statement（采取行动与函件状态分别记录）.
"""


def page(say_zh: Say) -> str:
    """Return the page of the documentation."""
    return _HEAD + "".join(f"\n## {name}\n\n{drawn(life, ROLES, say_zh)}" for name, life in _PARTS)
