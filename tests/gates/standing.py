"""Who works on international standards in the small world, and what the addresses of those rooms name.

Each room furnishes a scene of its own, on two sides: ``own`` is handled by SAC/TC 567, ``other`` by SAC/TC 28.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from sqlalchemy import select

from forum.committees.models import Committee, Post, PostRole
from forum.core.database import session
from forum.offices.models import Office, OfficeRole
from tests.cast import Cast
from tests.gates.partnering import sign_in

HOME, ELSEWHERE = "SAC/TC 567", "SAC/TC 28"
OFFICES = {
    "standards": OfficeRole.STANDARDS_OFFICER,
    "submission": OfficeRole.SUBMISSION_OFFICER,
    "liaison_officer": OfficeRole.LIAISON_OFFICER,
    "translator": OfficeRole.TRANSLATOR,
}
POSTS = {
    "secretary": (PostRole.MIRROR_SECRETARY, HOME),
    "chair": (PostRole.MIRROR_CHAIR, HOME),
    "member": (PostRole.MIRROR_MEMBER, HOME),
    "contact": (PostRole.UNIT_CONTACT, HOME),
    "other_secretary": (PostRole.MIRROR_SECRETARY, ELSEWHERE),
    "other_member": (PostRole.MIRROR_MEMBER, ELSEWHERE),
    "former_secretary": (PostRole.MIRROR_SECRETARY, HOME),  # until yesterday
}
STANDARDS_PEOPLE = (*OFFICES, *POSTS)
# They are tried in these rooms; that all their offices and posts together open nothing elsewhere is tried at once.
ROOMS_OF_STANDARDS = frozenset(
    {
        "committees",
        "standards",
        "adoptions",
        "experts",
        "ballots",
        "comments",
        "liaisons",
        "evidence",
        "watching",
        "terms",
    }
)
# Where both languages are worked on; translators are tried here too.
ROOMS_OF_LANGUAGES = frozenset({"terms", "memory", "drafting", "translating"})
# In the order in which the rooms stand on one another.
SCENES = (
    "committees.scene",
    "standards.scene",
    "standards.scene_imports",
    "terms.scene",
    "adoptions.scene",
    "experts.scene",
    "ballots.scene",
    "comments.scene",
    "liaisons.scene",
    "evidence.scene",
    "memory.scene",
    "translating.scene",
)
OF_ONE_ROOM = frozenset({"action", "kind", "code", "number", "file_id"})
# What belongs to somebody: asked for from one's own side and from another's.
OWNED = frozenset(
    {
        "ballot_id",
        "comment_id",
        "committee_slug",
        "standard_slug",
        "statement_id",
        "obligation_id",
        "relation_id",
        "adoption_id",
        "expert_id",
        "nomination_id",
        "idea_id",
        "link_id",
        "use_id",
        "watch_id",
        "segment_id",
    }
)


def furnish_standards(values: dict[str, dict[str, str]], cast: Cast, now: datetime) -> None:
    """Furnish the scene of each room, and appoint those who work there."""
    for number, name in enumerate(SCENES):
        if number == 1:
            appoint_people(cast, now)  # the committees are there, and other scenes speak of these people
        scene: Callable[[Cast, datetime], dict[str, dict[str, str]]] = import_module(f"tests.{name}").furnish
        for side, known in scene(cast, now).items():
            for key, value in known.items():
                if "." in key:
                    values[side][key] = value
                    continue
                # What two rooms call alike stands for each of them; steps and kinds mean something there alone.
                values[side][f"{name.partition('.')[0]}.{key}"] = value
                if key not in OF_ONE_ROOM:
                    values[side].setdefault(key, value)


def appoint_people(cast: Cast, now: datetime) -> None:
    """Give everybody their office or post; one post has ended."""
    for who, office in OFFICES.items():
        session.add(Office(account_id=sign_in(cast, who, now), role=office, starts_on=now.date()))
    for who, (role, reference) in POSTS.items():
        session.add(post_of(sign_in(cast, who, now), role, reference, now, over=who.startswith("former")))
    session.flush()


def post_of(account_id: int, role: PostRole, reference: str, now: datetime, *, over: bool = False) -> Post:
    """A post in a national committee; one that is over ended yesterday."""
    committee = session.scalars(select(Committee).where(Committee.reference == reference)).one()
    today = now.date()
    return Post(
        account_id=account_id,
        committee_id=committee.id,
        role=role,
        starts_on=today - timedelta(days=30) if over else today,
        ends_on=today - timedelta(days=1) if over else None,
    )
