"""A matching round of the demonstration: proposed, and waiting for the national office to edit it."""

from __future__ import annotations

from datetime import datetime, timedelta

from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.matching import queries
from forum.matching.operations import rounds
from forum.matching.operations.rounds import Call

NATION = Actor("system", roles=frozenset({"national_registrar"}))
NAME = Text("First matching round", "首轮城市匹配")
CALL = Text(
    "Bring the offers and needs of your city up to date and confirm its profile. What stands on the last day counts.",
    "请更新贵市的供给与需求，并确认城市资料。以征集截止当日的内容为准。",
)


def write(*, now: datetime) -> int:
    """Write the round; return how many pairs it proposes."""
    today = now.date()
    made = rounds.open_round(
        Call("first-round", NAME, CALL, today - timedelta(days=40), today - timedelta(days=10)), actor=NATION, now=now
    )
    rounds.freeze(made, queries.facts(today), queries.grounds(today), actor=NATION, now=now)
    return len(rounds.propose(made, actor=NATION, now=now))
