"""Programmes for the export tests: a plausible one of any size, and its parts one by one."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from forum.agenda.programme import (
    ForumFacts,
    Item,
    MaterialFacts,
    Programme,
    RoomFacts,
    SegmentFacts,
    SessionState,
    Speaker,
    SpeakerRole,
    SpeakerState,
    TrackFacts,
)
from forum.core.bilingual import Text, TextState
from forum.events.kinds import SegmentKind

FIRST_DAY = date(2027, 4, 20)
RELEASED = datetime(2027, 4, 2, 1, 0, tzinfo=UTC)


def guid(name: str) -> str:
    """Return a UUID that follows from a name, so that tests repeat."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"test:{name}"))


ROOMS = tuple(
    RoomFacts(guid(f"room {code}"), code, Text(en, zh), order, capacity, capacity + 20, 2, languages)
    for order, (code, en, zh, capacity, languages) in enumerate(
        [
            ("great", "Great Hall", "大会堂", 1200, ("en", "zh", "fr")),
            ("qiantang", "Qiantang Hall", "钱塘厅", 260, ("en", "zh")),
            ("westlake", "West Lake Hall", "西湖厅", 260, ("en", "zh")),
            ("canal", "Canal Room", "运河厅", 80, ()),
            ("longjing", "Longjing Room", "龙井厅", 60, ()),
            ("lingyin", "Lingyin Room", "灵隐厅", 60, ()),
            ("xixi", "Xixi Room", "西溪厅", 40, ()),
            ("wulin", "Wulin Room", "武林厅", 40, ()),
        ]
    )
)
TRACKS = (
    TrackFacts("sustainable", Text("Sustainable cities", "城市可持续发展"), "#23407a", 0),
    TrackFacts("resilience", Text("Resilience", "韧性城市"), "#22685a", 1),
    TrackFacts("smart", Text("Smart cities", "智慧城市"), "#8a5b00", 2),
    TrackFacts("liaison", Text("International standards", "国际标准"), "#7a3568", 3),
)
TITLES = (
    (
        "From ISO 37101 to a city's everyday: ten years of parallel implementation",
        "从ISO 37101到一座城市的日常：十年平行实施的结果",
    ),
    ("Where resilience indicators get their data", "韧性城市指标的数据从哪里来"),
    (
        "Reference architectures for smart-city platforms: three bodies, one picture",
        "智慧城市平台的参考架构：三个标准组织，一张图",
    ),
    (
        "Liaison clinic: how a city comments on a draft international standard",
        "联络工作坊：城市如何对国际标准草案提出意见",
    ),
    ("“Good enough” or “certified”? Choosing a maturity model", "“够用”还是“认证”？如何选择成熟度模型"),
)
ABSTRACT = Text(
    "Three cities report what changed in budgets, in departments and on the street after they adopted the "
    "management system of ISO 37101, and what they would not do again. Questions from the floor follow.",
    "三座城市报告在采用ISO 37101管理体系之后，预算、部门和街道上分别发生了哪些变化，以及哪些做法不会再重复。"
    "报告之后为现场提问。",
)
NAMES = (
    ("ZHOU Lan", "周岚", "Hangzhou Municipal Bureau", "杭州市某局", "Deputy Director", "副局长"),
    ("Élise Marchand", "埃莉斯·马尔尚", "City of Lyon", "里昂市", "Deputy Mayor", "副市长"),
    ("Hiroshi Kanda", "神田浩", "Sendai Institute", "仙台研究所", "Researcher", "研究员"),
    ("SHEN Wenyuan", "沈文渊", "Forum secretariat", "论坛秘书处", "", ""),
    ("Jürgen Müller", "于尔根·米勒", "City of Vienna", "维也纳市", "Head of Unit", "处长"),
)


def forum_facts(**changes: Any) -> ForumFacts:
    """Return the Hangzhou forum, with changes."""
    facts: dict[str, Any] = {
        "code": "hangzhou_2027",
        "slug": "hangzhou-2027",
        "title": Text("International Forum on City Standardization 2027", "城市标准化国际论坛2027"),
        "venue": Text("Hangzhou International Conference Centre", "杭州国际会议中心"),
        "city": Text("Hangzhou", "杭州"),
        "zone_name": "Asia/Shanghai",
        "first_day": FIRST_DAY,
        "last_day": FIRST_DAY + timedelta(days=2),
        "organiser": Text("Forum secretariat", "论坛秘书处"),
        "contact_email": "office@forum.example",
        "latitude": 30.2291,
        "longitude": 120.2103,
    }
    return ForumFacts(**(facts | changes))


def speaker(index: int, role: SpeakerRole = SpeakerRole.PANELLIST, **changes: Any) -> Speaker:
    """Return the speaker of that number; there are as many people as numbers."""
    en, zh, org_en, org_zh, title_en, title_zh = NAMES[index % len(NAMES)]
    family = index // len(NAMES)
    facts: dict[str, Any] = {
        "person_guid": guid(f"person {index}"),
        "role": role,
        "order": index,
        "name": Text(f"{en} {_roman(family)}".strip(), f"{zh}{'甲乙丙丁戊己庚辛壬癸'[family % 10]}" if family else zh),
        "organisation": Text(org_en, org_zh),
        "function": Text(title_en, title_zh),
        "state": SpeakerState.CONFIRMED,
    }
    return Speaker(**(facts | changes))


def _roman(number: int) -> str:
    return "" if not number else "I" * (number % 4) + "V" * (number // 4 % 3) + "X" * (number // 12)


def item(number: int = 1, start: datetime | None = None, minutes: int = 60, **changes: Any) -> Item:
    """Return the item of that number; ``start`` is aware."""
    begin = (start or datetime(2027, 4, 20, 1, 0, tzinfo=UTC)).astimezone(UTC)
    facts: dict[str, Any] = {
        "guid": guid(f"item {number}"),
        "number": number,
        "session_id": f"session{number:08d}",
        "title": Text(*TITLES[number % len(TITLES)]),
        "local_start": begin.replace(tzinfo=None) + timedelta(hours=8),
        "minutes": minutes,
        "starts_at": begin,
        "ends_at": begin + timedelta(minutes=minutes),
        "changed_at": datetime(2027, 4, 1, 8, 30, tzinfo=UTC),
        "created_at": datetime(2027, 3, 1, 8, 0, tzinfo=UTC),
        "room_guid": ROOMS[number % len(ROOMS)].guid,
        "track_slug": TRACKS[number % len(TRACKS)].slug,
        "segment_code": "parallel",
        "abstract": ABSTRACT,
        "language": "en",
        "interpretation": ("zh",),
    }
    return Item(**(facts | changes))


def programme(*items: Item, **changes: Any) -> Programme:
    """Return a released programme of those items."""
    facts: dict[str, Any] = {
        "forum": forum_facts(),
        "rooms": ROOMS,
        "tracks": TRACKS,
        "items": items,
        "number": "2",
        "released_at": RELEASED,
        "segments": (
            SegmentFacts("opening", SegmentKind.OPENING, Text("Opening ceremony", "开幕式")),
            SegmentFacts("plenary", SegmentKind.PLENARY, Text("Plenary", "全体会议")),
            SegmentFacts("parallel", SegmentKind.PARALLEL, Text("Parallel forums", "平行论坛")),
        ),
    }
    return Programme(**(facts | changes))


def large(count: int = 300) -> Programme:
    """Return a programme of three days in eight rooms: breaks, a cancellation and both gaps included."""
    items: list[Item] = []
    number = 0
    for day in range(3):
        number += 1
        opening = datetime(2027, 4, 20 + day, 1, 0, tzinfo=UTC)
        items.append(
            item(
                number,
                opening,
                60,
                title=Text("Opening ceremony", "开幕式"),
                kind=SegmentKind.OPENING,
                track_slug="",
                segment_code="opening",
                room_guid=ROOMS[0].guid,
                interpretation=("zh", "fr"),
                abstract=Text(),
                speakers=(
                    speaker(3, SpeakerRole.MC),
                    speaker(0, SpeakerRole.REMARKS),
                    speaker(1, SpeakerRole.REMARKS),
                ),
            )
        )
        number += 1
        items.append(
            item(
                number,
                opening + timedelta(minutes=60),
                30,
                title=Text("Coffee", "茶歇"),
                kind=SegmentKind.BREAK,
                track_slug="",
                room_guid="",
                abstract=Text(),
                interpretation=(),
                segment_code="",
            )
        )
    slot = 0
    while len(items) < count:
        number += 1
        day, place = slot // (-(-count // 3)), slot % len(ROOMS)
        begin = datetime(2027, 4, 20 + min(day, 2), 2, 30, tzinfo=UTC)
        begin += timedelta(minutes=45 * (slot % (-(-count // 3)) // len(ROOMS)))
        changes: dict[str, Any] = {}
        if number % 29 == 0:
            changes["state"] = SessionState.CANCELLED
            changes["cancelled_at"] = datetime(2027, 4, 1, tzinfo=UTC)
        if number % 23 == 0:
            changes["title"] = Text(TITLES[number % 5][0], "")
        if number % 19 == 0:
            changes["title"] = Text(*TITLES[number % 5], state_zh=TextState.MACHINE)
        items.append(
            item(
                number,
                begin,
                45,
                room_guid=ROOMS[place].guid,
                speakers=(
                    speaker(number % 110, SpeakerRole.MODERATOR),
                    speaker((number * 7 + 1) % 110, SpeakerRole.KEYNOTE),
                    speaker((number * 3 + 2) % 110, SpeakerRole.PANELLIST),
                ),
                materials=(MaterialFacts(guid(f"paper {number}"), Text("Paper", "论文"), "https://forum.example/m/1"),),
                **changes,
            )
        )
        slot += 1
    return programme(*items[:count])
