"""Small programmes for the tests of the agenda's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forum.agenda.programme import ForumFacts, Item, Programme, RoomFacts, Speaker, SpeakerRole
from forum.core.bilingual import Text
from forum.core.walltime import to_utc

RELEASED = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
HALL = RoomFacts("room-hall", "H", Text("Main Hall", "主会场"), capacity=300, hard_max=350, booths=2)
ROOM_5 = RoomFacts("room-5", "5", Text("Room 5", "五号厅"), capacity=80, hard_max=90, booths=0)


def facts(zone: str = "Asia/Shanghai", first: date = date(2027, 4, 20), days: int = 3) -> ForumFacts:
    """A forum of three days."""
    return ForumFacts(
        code="forum_2027",
        slug="hangzhou-2027",
        title=Text("Forum", "论坛"),
        venue=Text("Qiantang Convention Centre", "钱塘会议中心"),
        city=Text("Hangzhou", "杭州"),
        zone_name=zone,
        first_day=first,
        last_day=first + timedelta(days=days - 1),
    )


def item(
    name: str,
    start: str = "2027-04-20 09:00",
    minutes: int = 60,
    *,
    zone: str = "Asia/Shanghai",
    **fields: Any,
) -> Item:
    """An item whose guid is its name; the instants follow from the wall time."""
    local = datetime.fromisoformat(start)
    begin = to_utc(local, ZoneInfo(zone), fields.get("fold", 0))
    given: dict[str, Any] = {
        "number": sum(map(ord, name)),
        "session_id": f"session-{name}",
        "title": Text(f"Title {name}", f"标题{name}"),
        "changed_at": RELEASED,
        "created_at": RELEASED,
        "room_guid": HALL.guid,
    }
    return Item(
        guid=name,
        local_start=local,
        minutes=minutes,
        starts_at=begin,
        ends_at=begin + timedelta(minutes=minutes),
        **(given | fields),
    )


def moved(old: Item, start: str, zone: str = "Asia/Shanghai") -> Item:
    """The same item at another wall time."""
    local = datetime.fromisoformat(start)
    begin = to_utc(local, ZoneInfo(zone))
    return replace(old, local_start=local, starts_at=begin, ends_at=begin + timedelta(minutes=old.minutes))


def speaker(name: str, **fields: Any) -> Speaker:
    """A confirmed panellist whose guid is the name."""
    return Speaker(name, Text(name, f"{name}先生"), fields.pop("role", SpeakerRole.PANELLIST), **fields)


def programme(*items: Item, zone: str = "Asia/Shanghai", **fields: Any) -> Programme:
    """A programme of these items in two rooms."""
    given: dict[str, Any] = {"forum": facts(zone), "rooms": (HALL, ROOM_5), "items": items}
    return Programme(**(given | fields))
