"""Invent journeys to the demonstration forum; the carrier designators belong to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from forum.core.bilingual import Text
from forum.site.demonstration.facts import Leg

if TYPE_CHECKING:
    import random

XIAOSHAN = Text("Hangzhou Xiaoshan International Airport, Terminal 4", "杭州萧山国际机场T4航站楼")
PUDONG = Text("Shanghai Pudong International Airport, Terminal 2", "上海浦东国际机场T2航站楼")
HANGZHOU_EAST = Text("Hangzhou East railway station", "杭州东站")
# Wall times at the venue, hence without a zone.
ARRIVAL = datetime.fromisoformat("2027-04-19T08:00")
DEPARTURE = datetime.fromisoformat("2027-04-22T18:00")
SILENT = 0.35  # share of people who haven’t given their journey
BY_TRAIN = 0.15  # share of visitors from abroad who come by train from Shanghai
SELF_ARRANGED = 0.2  # share of people who need no transfer


def journey(chance: random.Random, *, chinese: bool) -> tuple[Leg, ...]:
    """Return an arrival and a departure, or nothing for those who haven't told us yet."""
    if chance.random() < SILENT:
        return ()
    by_train = chinese or chance.random() < BY_TRAIN
    station = HANGZHOU_EAST if by_train else chance.choice((XIAOSHAN, XIAOSHAN, PUDONG))
    own_way = chance.random() < SELF_ARRANGED
    arrives = ARRIVAL + timedelta(minutes=5 * chance.randint(0, 168))
    departs = DEPARTURE + timedelta(minutes=5 * chance.randint(12, 260))
    # "XX" and "Z0" are designators for examples: no airline and no train bears them.
    designator = "Z0" if by_train else "XX"
    mode: Literal["flight", "train"] = "train" if by_train else "flight"
    return (
        Leg("arrival", mode, f"{designator}{chance.randint(100, 989)}", station, arrives, own_way),
        Leg("departure", mode, f"{designator}{chance.randint(100, 989)}", station, departs, own_way),
    )
