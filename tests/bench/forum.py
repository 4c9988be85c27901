"""A forum of any size, complete in both languages, as the bench serves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from forum.core.database import begin_writing, session
from forum.events.kinds import SegmentKind
from forum.events.models import Forum, ForumState, Room, Segment, Track, Venue
from forum.registration.models import Category, Chain, SeatCounter
from tests.furnishing import Said, add_person, add_session, release

FIRST_DAY = date(2027, 4, 20)
DAYS, ROOMS, MINUTES = 3, 8, 30
THEMES = [
    ("Resilience", "韧性城市"),
    ("Smart cities", "智慧城市"),
    ("Mobility", "城市交通"),
    ("Water", "城市水务"),
    ("Data", "数据与互操作"),
    ("Ageing societies", "老龄社会"),
]
SENTENCE_EN = (
    "City {n} shows how a committee of residents, engineers and the office for standards agreed on indicators, "
    "what they cost in the first three years, and which clauses of the standard had to be read twice. "
)
SENTENCE_ZH = (
    "第{n}座城市介绍居民、工程师与标准化管理部门如何共同确定指标，前三年的投入情况，以及标准中哪些条款需要反复研读。"
)


def large_forum(sessions: int, now: datetime, slug: str = "large-forum") -> Forum:
    """Create and release a forum with that many sessions in 8 rooms; commits."""
    begin_writing()
    rows_needed = -(-sessions // ROOMS)
    days = max(DAYS, -(-rows_needed // 26))
    forum = Forum(
        slug=slug,
        code=slug.replace("-", "_"),
        title_en="Large Forum",
        title_zh="大型论坛",
        state=ForumState.OPEN,
        theme_en="Standards that cities share",
        theme_zh="城市共享的标准",
        zone_name="Asia/Shanghai",
        first_day=FIRST_DAY,
        last_day=FIRST_DAY + timedelta(days=days - 1),
        day_starts=time(7, 0),
        day_ends=time(23, 0),
        contact_email="office@forum.example",
        registration_opens_at=now - timedelta(days=30),
        registration_closes_at=datetime(2027, 4, 10, tzinfo=UTC),
    )
    session.add(forum)
    session.flush()
    session.add(Venue(forum_id=forum.id, name_en="Convention Centre", name_zh="会议中心"))
    rooms = [
        Room(
            forum_id=forum.id,
            code=f"room-{n}",
            name_en=f"Hall {n}",
            name_zh=f"{n}号厅",
            order=n,
            booths=2,
            layouts={"theatre": 300},
            languages=["en", "zh"],
            turnaround_minutes=0,
        )
        for n in range(1, ROOMS + 1)
    ]
    tracks = [
        Track(forum_id=forum.id, slug=english.casefold().replace(" ", "-"), name_en=english, name_zh=chinese, order=n)
        for n, (english, chinese) in enumerate(THEMES)
    ]
    part = Segment(
        forum_id=forum.id, code="parallel", kind=SegmentKind.PARALLEL, name_en="Parallel forums", name_zh="平行论坛"
    )
    session.add_all([*rooms, *tracks, part])
    session.flush()
    _sessions(forum, sessions, days, rooms, tracks, part)
    _doors(forum)
    session.flush()
    release(forum, now, "1")
    session.commit()
    return forum


def _sessions(forum: Forum, sessions: int, days: int, rooms: list[Room], tracks: list[Track], part: Segment) -> None:
    rows = [
        datetime.combine(FIRST_DAY + timedelta(days=day), time(8, 0)) + timedelta(minutes=MINUTES * row)
        for day, row in product(range(days), range(26))
    ]
    for number in range(sessions):
        theme = number % len(THEMES)
        person = add_person(
            f"Family{number:04}", f"Given{number:04}", f"人{number:04}", function_en="Director", function_zh="主任"
        )
        said = Said(
            title=(f"{THEMES[theme][0]} in practice, case {number}", f"{THEMES[theme][1]}实践：案例{number}"),
            abstract=(SENTENCE_EN.format(n=number) * 3, SENTENCE_ZH.format(n=number) * 3),
        )
        add_session(
            forum,
            said,
            rooms[number % ROOMS],
            rows[number // ROOMS],
            MINUTES,
            person=person,
            track_id=tracks[theme].id,
            segment_id=part.id,
            interpretation=["zh"],
        )


def _doors(forum: Forum) -> None:
    """The categories in which people register: one without limit, decided at once."""
    category = Category(
        forum_id=forum.id, code="MEDIA", name_en="Media", name_zh="媒体", chain=Chain.STRAIGHT, needs_confirmation=False
    )
    session.add(category)
    session.flush()
    session.add_all(
        SeatCounter(scope=f"{kind}:{public_id}", forum_id=forum.id, cap=None)
        for kind, public_id in (("forum", forum.public_id), ("category", category.public_id))
    )
