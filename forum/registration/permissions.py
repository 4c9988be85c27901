"""Who may open the pages of the registration.

A participation is loaded through its person, its registrant, a focal point of its delegation, or its
personal link; a delegation through its focal points.  Everybody else gets the 404 of an unknown address.
"""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.core.actor import Actor
from forum.core.identifiers import digest
from forum.events.permissions import FORUM_PUBLIC, current_forum
from forum.registration import queries
from forum.registration.models import Delegation, Participation, WaitingEntry
from forum.web.policy import Policy
from forum.web.viewer import Viewer, viewer

LINK_LENGTH = 64  # a personal link is longer than a public id


def current_participation() -> Participation:
    """Return the participation of this page; the policy has loaded it."""
    return cast("Participation", g.participation)


def current_delegation() -> Delegation:
    """Return the delegation of this page; the policy has loaded it."""
    return cast("Delegation", g.delegation)


def current_offer() -> WaitingEntry:
    """Return the offer of this page; the policy has loaded it."""
    return cast("WaitingEntry", g.offer)


def own_actor() -> Actor:
    """Return the viewer as the one who acts on the present participation."""
    participation = current_participation()
    who = viewer()
    roles = cast("frozenset[str]", g.own_roles)
    if not who.signed_in:
        return Actor(f"link:{participation.public_id}", None, participation.mail_language, roles)
    actor = who.actor(*roles)
    return actor if "delegate" in roles else actor.on_behalf_of(participation.reference)


def focal_actor() -> Actor:
    """Return the viewer as a focal point of the present delegation."""
    return viewer().actor("focal").on_behalf_of(current_delegation().reference)


def _own(who: Viewer, args: dict[str, Any]) -> bool:
    if not FORUM_PUBLIC.allows(who, args):
        return False
    key = str(args["participation_id"])
    if len(key) >= LINK_LENGTH:
        found = queries.by_link(current_forum(), digest(key))
        roles = {"delegate"}
    elif who.account_id is not None:
        found = queries.own(current_forum(), key, who.account_id)
        roles = queries.roles_on(found, who.account_id) if found else set()
    else:
        return False
    g.participation, g.own_roles = found, frozenset(roles)
    return found is not None and bool(roles)


def _focal(who: Viewer, args: dict[str, Any]) -> bool:
    if not FORUM_PUBLIC.allows(who, args):
        return False
    g.delegation = queries.delegation_of_focal(current_forum(), str(args["delegation_id"]), who.scopes_of("focal"))
    return g.delegation is not None


def _offer(who: Viewer, args: dict[str, Any]) -> bool:
    if not FORUM_PUBLIC.allows(who, args):
        return False
    g.offer = queries.offer_by_link(current_forum(), digest(str(args["secret"])))
    if g.offer is not None:
        g.participation, g.own_roles = g.offer.participation, frozenset({"delegate"})
    return g.offer is not None


OWN_PARTICIPATION = Policy("own participation, by account or personal link", _own, public=True)
FOCAL_POINT = Policy("focal point of the delegation", _focal)
OFFER_LINK = Policy("secret link of an offer", _offer, public=True)
