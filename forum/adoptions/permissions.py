"""Who reads and who changes the ledger: everybody its entries, the office and the secretaries what isn't entered."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.adoptions.models import Adoption
from forum.adoptions.operations.entering import Hand
from forum.adoptions.queries import ledger
from forum.adoptions.queries.ledger import Reach
from forum.adoptions.states import EntryState
from forum.committees.permissions import CHAIRS, SECRETARIES, committees_of, is_national_office
from forum.web.policy import Policy
from forum.web.viewer import Viewer


def reach_of(who: Viewer) -> Reach:
    """Return whose entries somebody reads before they stand in the ledger."""
    everything = is_national_office(who) or bool(who.places_of("auditor"))
    return Reach(everything, committees_of(who, *SECRETARIES, *CHAIRS))


def hand_of(who: Viewer) -> Hand:
    """Return as whom somebody changes the ledger."""
    mine = committees_of(who, *SECRETARIES)
    roles = {"office"} if is_national_office(who) else set()
    return Hand(frozenset(roles | ({"secretary"} if mine else set())), mine)


def changes(who: Viewer, row: Adoption) -> bool:
    """Tell whether somebody may correct an entry now."""
    hand = hand_of(who)
    if hand.is_office:
        return row.entry is not EntryState.WITHDRAWN
    return row.mirror_id in hand.mirror_ids and row.entry in {EntryState.PROPOSED, EntryState.RETURNED}


def current_adoption() -> Adoption:
    """Return the entry of this page; the policy has loaded it."""
    return cast("Adoption", g.adoption)


def _load(who: Viewer, args: dict[str, Any]) -> Adoption | None:
    g.adoption = ledger.one(args["adoption_id"], reach_of(who))
    return cast("Adoption | None", g.adoption)


def _reads(who: Viewer, args: dict[str, Any]) -> bool:
    return _load(who, args) is not None


def _changes(who: Viewer, args: dict[str, Any]) -> bool:
    row = _load(who, args)
    return row is not None and changes(who, row)


def _steps(who: Viewer, args: dict[str, Any]) -> bool:
    row, hand = _load(who, args), hand_of(who)
    return row is not None and (hand.is_office or row.mirror_id in hand.mirror_ids)


def _keeps(who: Viewer, args: dict[str, Any]) -> bool:
    return is_national_office(who) and _load(who, args) is not None


ADOPTION_READERS = Policy("adoption: everybody once it is entered, its keepers before", _reads, public=True)
ADOPTION_EDITORS = Policy("adoption: the office; the secretary while it isn't entered", _changes, staff=True)
ADOPTION_STEPS = Policy("adoption: the office and the secretary of its committee", _steps, staff=True)
ADOPTION_KEEPERS = Policy("adoption: the office", _keeps, staff=True)
ADOPTIONS_DESK = Policy(
    "adoptions: the office, secretaries, chairs, auditors", lambda who, _args: bool(reach_of(who)), staff=True
)
ADOPTIONS_PROPOSERS = Policy(
    "adoptions: the office and secretaries", lambda who, _args: bool(hand_of(who).roles), staff=True
)
