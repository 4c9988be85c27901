"""The life of this country's case, drawn from its own table for the documentation."""

from __future__ import annotations

from forum.ballots.states import CASE_LIFE, ROLES
from forum.core.drawing import Say, drawn
from forum.core.refusals import P_

_BY_ITSELF = {"system": P_("life cycles", "By itself")}
_HEAD = """# The life of a ballot case 投票办理流转

Drawn from the table in `forum/ballots/states.py` by `python -m forum ballot-life-cycle`; a test holds this page to the
table. It is the state of the work in this country and is never derived from the international stage.
（本页为国内办理状态，与国际阶段互不推定。）

"""


def page(say_zh: Say) -> str:
    """Return the page of the documentation."""
    return _HEAD + drawn(CASE_LIFE, ROLES | _BY_ITSELF, say_zh)
