"""Proposing, changing and entering adoptions, and confirming their degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from forum.adoptions import errors
from forum.adoptions.models import Adoption, AdoptionDifference, Degree, DifferenceKind, Direction
from forum.adoptions.queries import ledger
from forum.adoptions.rules.differences import Technical, fits, unreasoned
from forum.adoptions.states import ADOPTION_LIFE, ENTRY_LIFE, AdoptionState, EntryState
from forum.audit.operations import record
from forum.committees.models import Confidence, Precision
from forum.core.actor import Actor
from forum.core.bilingual import Bilingual, Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean, clean_line
from forum.standards.models import Scheme, Standard
from forum.translation.both_sides import write_both


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a pair of standards; references in any spelling."""

    national: str
    international: str
    degree: Degree | None = None
    direction: Direction = Direction.ADOPTS
    state: AdoptionState = AdoptionState.PLANNED
    in_force_from: date | None = None
    superseded_on: date | None = None
    mirror_id: int | None = None
    evidence: str = ""
    note: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts on the ledger: ``office`` for the national office, ``secretary`` for that of a mirror committee."""

    roles: frozenset[str]
    mirror_ids: frozenset[int] = frozenset()

    @property
    def is_office(self) -> bool:
        """Tell whether it is the national office."""
        return "office" in self.roles


def as_seen(version: int, seen: int | None) -> None:
    """Refuse a form that was opened on an earlier version of the record."""
    if seen is not None and seen != version:
        raise errors.ChangedMeanwhile


def write_texts(row: Bilingual, texts: Mapping[str, Text], *, actor: Actor, now: datetime) -> None:
    """Write both sides of some texts."""
    write_both(row, {name: Text(clean(text.en), clean(text.zh)) for name, text in texts.items()}, actor=actor, now=now)


def national_standard(reference: str) -> Standard:
    """Return the national standard that is called so."""
    found = ledger.standard_called(reference)
    if found is None:
        raise errors.UnknownStandard(reference=clean_line(reference), field="national")
    if found.scheme is not Scheme.SAC:
        raise errors.NotNational(reference=found.reference)
    return found


def international_edition(reference: str) -> Standard:
    """Return the international edition that is called so."""
    found = ledger.standard_called(reference)
    if found is None:
        raise errors.UnknownStandard(reference=clean_line(reference), field="international")
    if found.scheme is Scheme.SAC:
        raise errors.NotInternational(reference=found.reference)
    return found


def propose(what: Facts, *, hand: Hand, actor: Actor, now: datetime) -> Adoption:
    """Write a new entry: the national office's stands in the ledger at once, a secretary's waits for the office.

    Raises ``UnknownStandard``, ``PairKnown``, ``CommitteeForeign`` or what is wrong with the facts.
    """
    national, international = national_standard(what.national), international_edition(what.international)
    if ledger.pair(national.id, international.id, what.direction) is not None:
        raise errors.PairKnown
    row = Adoption(
        national=national,
        international=international,
        direction=what.direction,
        entry=EntryState.ENTERED if hand.is_office else EntryState.PROPOSED,
        confidence=Confidence.VERIFIED if hand.is_office else Confidence.TO_CONFIRM,
        proposed_by=actor.reference,
    )
    _write(row, what, hand, actor, now)
    session.add(row)
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as taken:  # somebody else was faster with the same pair
        raise errors.PairKnown from taken
    record(actor, "propose", "adoption", row.public_id, now=now, entry=str(row.entry), degree=str(row.degree or ""))
    return row


def may_change(row: Adoption, hand: Hand) -> None:
    """Refuse whoever may not correct an entry now; raise ``NotFound`` for those who don't know of it."""
    if hand.is_office and row.entry is not EntryState.WITHDRAWN:
        return
    if row.mirror_id not in hand.mirror_ids:
        raise NotFound
    if row.entry not in {EntryState.PROPOSED, EntryState.RETURNED}:
        raise errors.NotOpen


def change(row: Adoption, what: Facts, *, hand: Hand, actor: Actor, now: datetime, seen: int | None = None) -> None:
    """Correct an entry; a degree that changes has to be confirmed again."""
    as_seen(row.version, seen)
    may_change(row, hand)
    before = str(row.degree or "")
    _write(row, what, hand, actor, now)
    session.flush()
    record(actor, "change", "adoption", row.public_id, now=now, before=before, degree=str(row.degree or ""))


def _write(row: Adoption, what: Facts, hand: Hand, actor: Actor, now: datetime) -> None:
    if not hand.is_office and what.mirror_id not in hand.mirror_ids:
        raise errors.CommitteeForeign
    if what.direction is Direction.ORIGIN and what.degree is not None:
        raise errors.NoDegreeInReverse
    if what.state is not AdoptionState.PLANNED and what.in_force_from is None:
        raise errors.DayMissing
    if what.superseded_on is not None and what.in_force_from is not None and what.superseded_on < what.in_force_from:
        raise errors.OverBeforeItBegan
    if row.degree is not what.degree:
        unconfirm(row)
    row.degree, row.direction, row.mirror_id = what.degree, what.direction, what.mirror_id
    row.state = what.state
    if row.in_force_from != what.in_force_from:
        row.in_force_precision = Precision.DAY
    row.in_force_from, row.superseded_on = what.in_force_from, what.superseded_on
    row.evidence = clean_line(what.evidence)
    write_texts(row, {"note": what.note}, actor=actor, now=now)


def unconfirm(row: Adoption) -> None:
    """Open the degree again: it is no fact any more."""
    row.degree_confidence = Confidence.TO_CONFIRM
    row.verified_by, row.verified_on = "", None


def _check_degree(row: Adoption) -> None:
    technical = [Technical(each.clause, each.reasoned) for each in technical_of(row)]
    if fits(row.degree, technical):
        return
    if row.degree is Degree.IDT:
        raise errors.IdenticalDiffers
    if not technical:
        raise errors.DifferencesMissing
    raise errors.ReasonMissing(clause=", ".join(unreasoned(technical)))


def technical_of(row: Adoption) -> list[AdoptionDifference]:
    """Return the technical differences of an entry."""
    return [each for each in row.differences if each.kind is DifferenceKind.TECHNICAL]


def confirm_degree(
    row: Adoption, evidence: str, *, hand: Hand, actor: Actor, now: datetime, seen: int | None = None
) -> None:
    """Make the degree a fact, by evidence; for the national office alone.

    Raises ``DegreeMissing``, ``EvidenceMissing``, or what the table of differences lacks.
    """
    as_seen(row.version, seen)
    if not hand.is_office or row.entry is not EntryState.ENTERED:
        raise NotFound
    if row.degree is None:
        raise errors.DegreeMissing
    if not clean_line(evidence):
        raise errors.EvidenceMissing
    _check_degree(row)
    row.evidence, row.verified_by, row.verified_on = clean_line(evidence), actor.reference, now.date()
    row.degree_confidence = row.confidence = Confidence.VERIFIED
    session.flush()
    record(actor, "confirm_degree", "adoption", row.public_id, now=now, degree=str(row.degree))


def step(
    row: Adoption,
    action: str,
    *,
    hand: Hand,
    actor: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Take a step of the entry: enter, return, propose again, withdraw."""
    as_seen(row.version, seen)
    roles = hand.roles if hand.is_office or row.mirror_id in hand.mirror_ids else frozenset[str]()
    if not roles:
        raise NotFound
    found = ENTRY_LIFE.step(row.entry, action, roles, reason)
    if action == "enter":
        if row.proposed_by == actor.reference:
            raise errors.OwnProposal
        if row.degree is Degree.MOD or technical_of(row):
            _check_degree(row)
        row.confidence = Confidence.VERIFIED
    before = row.entry
    row.entry = EntryState(found.target)
    row.returned_because = clean(reason) if action == "return" else ""
    if action == "propose":
        row.proposed_by = actor.reference
    session.flush()
    record(actor, action, "adoption", row.public_id, now=now, **{"from": str(before), "to": found.target})


def turn(row: Adoption, action: str, on: date | None, *, hand: Hand, actor: Actor, now: datetime) -> None:
    """Record that the national standard came into force or was superseded on a day."""
    if row.entry is not EntryState.ENTERED or not hand.is_office:
        raise NotFound
    found = ADOPTION_LIFE.step(row.state, action, hand.roles)
    if on is None:
        raise errors.DayMissing(field="on")
    if found.target == AdoptionState.IN_FORCE:
        row.in_force_from, row.in_force_precision = on, Precision.DAY
    else:
        if row.in_force_from is not None and on < row.in_force_from:
            raise errors.OverBeforeItBegan(field="on")
        row.superseded_on = on
    before = row.state
    row.state = AdoptionState(found.target)
    session.flush()
    record(actor, action, "adoption", row.public_id, now=now, **{"from": str(before), "to": found.target})
