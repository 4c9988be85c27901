"""A published programme with something for each circle of readers, and secrets that could leak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from forum.agenda.models import AgendaSession, Slot
from forum.agenda.operations import sessions as editing
from forum.agenda.programme import Visibility
from forum.core.database import begin_writing, session
from forum.events.kinds import SegmentKind
from forum.events.models import Room, Segment, Track
from tests.cast import Cast
from tests.furnishing import ORGANISER, Said, add_session, release

LIFTED = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
SECRET = "Zephyrine"
SECRETS = (SECRET, "Quillon", "Ostrava Papers", "西风密约", "奎隆")


@dataclass
class Published:
    """Ids of what stands in the programme: each request has a session of its own."""

    slug: str
    sessions: dict[str, str]
    slots: dict[str, str]

    def page(self, path: str, language: str = "en") -> str:
        """Return the address of a page of this forum."""
        return f"/{language}/forums/{self.slug}/{path}"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return naive venue time in the days of the forum."""
    return datetime(2027, 4, day, hour, minute)


def publish(cast: Cast, now: datetime) -> Published:
    """Write and release the programme; call within an application context."""
    begin_writing()
    forum = cast.forum
    hall, lake, canal = (session.get_one(Room, cast.rooms[code]) for code in ("hall", "lake", "canal"))
    tracks = {track.slug: track.id for track in session.query(Track).filter_by(forum_id=forum.id)}
    opening = Segment(forum_id=forum.id, code="opening", kind=SegmentKind.OPENING, name_en="Opening", name_zh="开幕")
    parallel = session.query(Segment).filter_by(forum_id=forum.id, code="parallel").one()
    session.add(opening)
    session.flush()
    made = {
        "opening": add_session(
            forum,
            Said(("Opening ceremony", "开幕式"), speaker=("Durand Marie", "玛丽·杜兰德")),
            hall,
            at(20, 9),
            60,
            segment_id=opening.id,
            interpretation=["zh", "fr"],
        ),
        "water": add_session(
            forum,
            Said(("Water that everybody can drink", "人人可饮的水"), abstract=("Pipes.", "管网。")),
            lake,
            at(20, 10),
            90,
            segment_id=parallel.id,
            track_id=tracks["resilience"],
        ),
        "data": add_session(
            forum,
            Said(("Data between cities", "城市间的数据"), speaker=("Sato Kenji", "佐藤健二")),
            canal,
            at(20, 10, 30),
            60,
            segment_id=parallel.id,
            track_id=tracks["smart-city"],
            floor_language="zh",
        ),
        "night": add_session(forum, Said(("Night walk", "夜行")), None, at(21, 0, 30), 30, segment_id=parallel.id),
        "chinese": add_session(
            forum,
            Said(("Old towns", "老城"), abstract=("", "本场仅有中文介绍。")),
            hall,
            at(21, 9),
            45,
            segment_id=parallel.id,
            source_lang="zh",
        ),
        "secret": add_session(
            forum,
            Said(
                (f"{SECRET} accord", "西风密约"),
                abstract=("Quillon details", "奎隆细节"),
                speaker=("Quillon Ada", "奎隆"),
                material=("Ostrava Papers", "西风密约文件"),
                placeholder=("Closed session", "闭门会议"),
            ),
            lake,
            at(21, 10),
            60,
            embargo_until=LIFTED,
        ),
        "registered": add_session(
            forum,
            Said(("Delegates’ breakfast", "代表早餐会")),
            canal,
            at(21, 8),
            45,
            visibility=Visibility.REGISTERED,
        ),
        "staff": add_session(
            forum,
            Said(("Staff briefing", "工作人员会议")),
            canal,
            at(22, 8),
            30,
            visibility=Visibility.STAFF,
        ),
    }
    found = Published(
        forum.slug,
        {name: each.public_id for name, each in made.items()},
        {name: each.slots[0].guid for name, each in made.items()},
    )
    release(forum, now, "Version 1")
    session.commit()
    return found


def again(cast: Cast, now: datetime, change: Callable[[], None]) -> None:
    """Change the draft and release it."""
    with cast.app.app_context():
        begin_writing()
        change()
        session.flush()
        release(cast.forum, now, "")
        session.commit()


def session_of(cast: Cast, public_id: str) -> AgendaSession:
    """Return a session in the current database session."""
    return session.query(AgendaSession).filter_by(forum_id=cast.forum_id, public_id=public_id).one()


def slot_of(guid: str) -> Slot:
    """Return a slot in the current database session."""
    return session.query(Slot).filter_by(guid=guid).one()


__all__ = [
    "LIFTED",
    "ORGANISER",
    "SECRET",
    "SECRETS",
    "Published",
    "again",
    "at",
    "editing",
    "publish",
    "session_of",
    "slot_of",
]
