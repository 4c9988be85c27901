"""Who may do what at the registration desk; each object is loaded through its forum.

Those who decide (organisers and registration officers) see everything but sealed values.  The other staff
roles read: names, functions, states and delegations, without mail addresses, notes, documents or consents.
"""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.core.actor import Actor
from forum.events.models import Role
from forum.events.permissions import (
    REGISTRATION_DESK,
    REGISTRATION_READERS,
    current_forum,
    staff_of_forum,
)
from forum.registration import queries
from forum.registration.models import Category, Delegation, Participation, WaitingEntry
from forum.registration.queries import desk
from forum.web.policy import Policy
from forum.web.viewer import Viewer, viewer

DECIDING = frozenset({Role.ORGANISER, Role.REGISTRATION, "admin"})
READING = DECIDING | {Role.PROTOCOL, Role.DOOR, Role.VIEWER}
ADMITTING = staff_of_forum(Role.ORGANISER, Role.REGISTRATION, Role.DOOR)
LISTING = staff_of_forum(Role.ORGANISER, Role.REGISTRATION, Role.PROTOCOL)
DELEGATION_STAFF = staff_of_forum(Role.ORGANISER, Role.REGISTRATION, Role.PROTOCOL)


def decides() -> bool:
    """Tell whether the viewer decides about participations, and so sees more than names."""
    return bool(viewer().roles_in(current_forum()) & DECIDING)


def desk_actor() -> Actor:
    """Return the viewer as the one who acts at the desk of this forum."""
    who = viewer()
    return who.actor(*who.roles_in(current_forum()))


def current_participation() -> Participation:
    """Return the participation of this page; the policy has loaded it."""
    return cast("Participation", g.participation)


def current_delegation() -> Delegation:
    """Return the delegation of this page; the policy has loaded it."""
    return cast("Delegation", g.delegation)


def current_category() -> Category:
    """Return the category of this page; the policy has loaded it."""
    return cast("Category", g.category)


def current_entry() -> WaitingEntry:
    """Return the entry of a waiting list of this page; the policy has loaded it."""
    return cast("WaitingEntry", g.waiting_entry)


def _with_participation(base: Policy) -> Policy:
    def allows(who: Viewer, args: dict[str, Any]) -> bool:
        if not base.allows(who, args):
            return False
        g.participation = desk.participation(current_forum(), str(args["participation_id"]))
        return g.participation is not None

    return Policy(f"{base.name}: a participation of the forum", allows, staff=True)


def _with_delegation(base: Policy) -> Policy:
    def allows(who: Viewer, args: dict[str, Any]) -> bool:
        if not base.allows(who, args):
            return False
        g.delegation = desk.delegation(current_forum(), str(args["delegation_id"]))
        return g.delegation is not None

    return Policy(f"{base.name}: a delegation of the forum", allows, staff=True)


def _category(who: Viewer, args: dict[str, Any]) -> bool:
    if not REGISTRATION_DESK.allows(who, args):
        return False
    g.category = queries.category(current_forum(), str(args["category_id"]))
    return g.category is not None


def _entry(who: Viewer, args: dict[str, Any]) -> bool:
    if not REGISTRATION_DESK.allows(who, args):
        return False
    g.waiting_entry = desk.entry(current_forum(), str(args["entry_id"]))
    return g.waiting_entry is not None


READ_PARTICIPATION = _with_participation(REGISTRATION_READERS)
DECIDE_PARTICIPATION = _with_participation(REGISTRATION_DESK)
ADMIT_PARTICIPATION = _with_participation(ADMITTING)
READ_DELEGATION = _with_delegation(REGISTRATION_READERS)
EDIT_DELEGATION = _with_delegation(REGISTRATION_DESK)
STEP_DELEGATION = _with_delegation(DELEGATION_STAFF)
EDIT_CATEGORY = Policy("registration desk: a category of the forum", _category, staff=True)
EDIT_ENTRY = Policy("registration desk: an entry of a waiting list", _entry, staff=True)
