"""What the addresses of the ledger name: an entry of one's own committee that waits, and one of another committee."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.adoptions.models import Adoption, Degree, DifferenceKind
from forum.adoptions.operations import differences, entering
from forum.adoptions.operations.differences import Departure
from forum.adoptions.operations.entering import Facts, Hand
from forum.committees.models import Body, Committee, CommitteeKind
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from tests.adoptions.shelf import committee, standard
from tests.cast import Cast


def national(reference: str) -> Committee:
    """The national committee of that reference, made where no other scene has made it."""
    found = session.scalar(select(Committee).where(Committee.reference == reference))
    return found or committee(reference, Body.SAC, CommitteeKind.NATIONAL)


def furnish(_cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Two entries that wait for the national office, each with a difference; ``own`` is kept by SAC/TC 567."""
    return {
        "own": _entry("GB/T 99001-2022", "ISO 99001:2020", national("SAC/TC 567"), now),
        "other": _entry("GB/T 99002-2022", "ISO 99002:2020", national("SAC/TC 28"), now),
    }


def _entry(national_ref: str, international: str, mirror: Committee, now: datetime) -> dict[str, str]:
    standard(national_ref)
    standard(international)
    hand, actor = Hand(frozenset({"secretary"}), frozenset({mirror.id})), Actor("account:somebody")
    facts = Facts(national_ref, international, Degree.MOD, mirror_id=mirror.id)
    row: Adoption = entering.propose(facts, hand=hand, actor=actor, now=now)
    what = Departure(DifferenceKind.TECHNICAL, "5.2", Text("Added.", "增加。"), Text("Climate.", "气候。"))
    made = differences.write_difference(row, None, what, hand=hand, actor=actor, now=now)
    return {"adoption_id": row.public_id, "difference_id": made.public_id, "adoptions.step.action": "enter"}
