"""What the addresses of experts name: one of one's own committee, and one of another, each with a nomination."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.committees.models import Body, Committee, CommitteeKind
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.experts.models import Capacity, ExpertRole
from forum.experts.operations import nominating, profiles
from forum.experts.operations.nominating import Proposal
from forum.experts.operations.profiles import About
from forum.experts.queries.seeing import Standing
from forum.places.models import Organisation
from tests.adoptions.scene import national
from tests.adoptions.shelf import committee
from tests.cast import Cast


def furnish(_cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """An expert and a nomination that waits for its unit; ``own`` is handled by SAC/TC 567."""
    unit = Organisation(name_en="Unit of the scene", name_zh="场景单位", search="unit of the scene | 场景单位")
    session.add(unit)
    session.flush()
    found = session.scalar(select(Committee).where(Committee.reference == "ISO/TC 268"))
    target = found or committee("ISO/TC 268", Body.ISO, CommitteeKind.TC)
    return {
        "own": _nominated("Own Expert", unit, national("SAC/TC 567"), target, now),
        "other": _nominated("Other Expert", unit, national("SAC/TC 28"), target, now),
    }


def _nominated(name: str, unit: Organisation, mirror: Committee, target: Committee, now: datetime) -> dict[str, str]:
    mine = frozenset({mirror.id})
    standing, actor = Standing(mirror_ids=mine, member_ids=mine), Actor("account:secretary")
    about = About(Text(name, "场景专家"), unit, entered_for_id=mirror.id)
    expert = profiles.enter(about, standing=standing, actor=actor, now=now)
    what = Proposal(mirror, ExpertRole.EXPERT, Capacity.PERSONAL, now.date(), "none", committee=target)
    row = nominating.nominate(expert, what, standing=standing, actor=actor, now=now)
    return {
        "expert_id": expert.public_id,
        "nomination_id": row.public_id,
        "experts.nomination_step.action": "endorse",
    }
