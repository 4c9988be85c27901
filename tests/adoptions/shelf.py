"""Standards and people, as the tests of the ledger need them.

organiser  the national standardization office     viewer     auditor
agenda     secretary of SAC/TC 567                  protocol   secretary of SAC/TC 28
door       chair of SAC/TC 567                      stranger   nobody
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forum.adoptions.models import Adoption, Degree
from forum.adoptions.operations import entering
from forum.adoptions.operations.entering import Facts, Hand
from forum.adoptions.states import AdoptionState
from forum.committees.models import (
    Body,
    Committee,
    CommitteeAlias,
    CommitteeKind,
    Confidence,
    Post,
    PostRole,
    TitleStatus,
)
from forum.committees.references import folded as folded_committee
from forum.committees.references import slug, sort_key
from forum.core.actor import Actor
from forum.core.database import session
from forum.offices.models import Office, OfficeRole
from forum.standards.models import RelationKind, Scheme, StageEvent, StageKind, Standard, StandardRelation, Standing
from forum.standards.references import folded
from forum.standards.stages import stages
from tests.cast import Cast

OFFICE = Hand(frozenset({"office"}))
OFFICER = Actor("account:office")
IN_FORCE = date(2022, 5, 1)


def committee(reference: str, body: Body, kind: CommitteeKind) -> Committee:
    """A committee, found by its reference."""
    made = Committee(
        reference=reference, slug=slug(reference), body=body, kind=kind, sort_key=sort_key(reference), scope_en=""
    )
    session.add(made)
    session.flush()
    session.add(CommitteeAlias(committee_id=made.id, spelling=reference, folded=folded_committee(reference)))
    return made


def standard(reference: str, stage: str = "60.60", on: date | None = None, **more: Any) -> Standard:
    """A standard in a stage, with the event that says so."""
    national = reference.startswith("GB")
    cell = stages().get(stage)
    standing = Standing.WITHDRAWN if stage == "95.99" else Standing.PUBLISHED if cell and cell.is_citable else None
    known: dict[str, Any] = {
        "slug": slug(reference),
        "scheme": Scheme.SAC if national else Scheme.ISO,
        "reference": reference,
        "folded_reference": folded(reference),
        "sort_key": reference,
        "kind": "GB/T" if national else "IS",
        "title_en": f"Title of {reference}",
        "title_zh": f"{reference}的名称",
        "zh_status": TitleStatus.UNOFFICIAL,
        "stage": "published" if national else stage,
        "stage_equivalent": "" if national else stage,
        "stage_on": on,
        "standing": Standing.PUBLISHED if national else standing or Standing.UNDER_DEVELOPMENT,
        "as_of": date(2025, 6, 2),
    }
    row = Standard(**known | more)
    session.add(row)
    session.flush()
    if not national and stage:
        enter_stage(row, stage, on)
    return row


def enter_stage(row: Standard, code: str, on: date | None = None) -> None:
    """Let a standard be seen in a stage."""
    session.add(StageEvent(standard_id=row.id, scheme=Scheme.ISO, code=code, on=on, kind=StageKind.OBSERVED))
    row.stage_equivalent, row.stage_on = code, on
    if code == "95.99":
        row.standing = Standing.WITHDRAWN
    session.flush()


def replaces(successor: Standard, base: Standard) -> None:
    """Let one standard replace another."""
    session.add(StandardRelation(standard_id=successor.id, kind=RelationKind.REPLACES, other_id=base.id))
    session.flush()


@dataclass
class Shelf:
    """The committees, by short names."""

    committees: dict[str, int] = field(default_factory=dict)

    def secretary(self) -> Hand:
        """The hand of the secretary of SAC/TC 567."""
        return Hand(frozenset({"secretary"}), frozenset({self.committees["tc567"]}))


def furnish_shelf(cast: Cast) -> Shelf:
    """Make the committees and the people who keep the ledger."""
    shelf = Shelf()
    for name, reference, body, kind in (
        ("tc268", "ISO/TC 268", Body.ISO, CommitteeKind.TC),
        ("sc1", "ISO/TC 268/SC 1", Body.ISO, CommitteeKind.SC),
        ("tc567", "SAC/TC 567", Body.SAC, CommitteeKind.NATIONAL),
        ("tc28", "SAC/TC 28", Body.SAC, CommitteeKind.NATIONAL),
    ):
        shelf.committees[name] = committee(reference, body, kind).id
    day = date(2027, 1, 1)
    for who, role in (("organiser", OfficeRole.STANDARDS_OFFICER), ("viewer", OfficeRole.AUDITOR)):
        session.add(Office(account_id=cast.accounts[who], role=role, starts_on=day))
    for who, name, post in (
        ("agenda", "tc567", PostRole.MIRROR_SECRETARY),
        ("door", "tc567", PostRole.MIRROR_CHAIR),
        ("protocol", "tc28", PostRole.MIRROR_SECRETARY),
    ):
        session.add(Post(account_id=cast.accounts[who], committee_id=shelf.committees[name], role=post, starts_on=day))
    session.flush()
    return shelf


def adopted(national: Standard, base: Standard, now: datetime, **more: Any) -> Adoption:
    """An entry of the ledger, in force; its degree a fact where ``sure`` says so."""
    sure = more.pop("sure", False)
    known: dict[str, Any] = {"degree": Degree.IDT, "state": AdoptionState.IN_FORCE, "in_force_from": IN_FORCE}
    facts = Facts(national.reference, base.reference, **known | more)
    row = entering.propose(facts, hand=OFFICE, actor=OFFICER, now=now)
    if sure:
        row.degree_confidence = Confidence.VERIFIED
        session.flush()
    return row
