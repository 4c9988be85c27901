"""Who may see and do what with ballots: rights come from posts and offices that are held today."""

from __future__ import annotations

from typing import Any

from flask import g

from forum.ballots.models import Ballot
from forum.ballots.queries import cases
from forum.committees.permissions import committees_of, is_national_office, reach_of
from forum.web.policy import Policy
from forum.web.viewer import Viewer

_ROLES = {
    "secretary": "mirror_secretary",
    "chair": "mirror_chair",
}
READERS = frozenset({"secretary", "chair", "member", "office", "submission", "auditor"})
KEEPERS = frozenset({"secretary", "office"})


def roles_in(ballot: Ballot, who: Viewer) -> frozenset[str]:
    """Return what somebody is towards the case of a ballot: empty for the public."""
    roles = {name for name, post in _ROLES.items() if ballot.national_id in committees_of(who, post)}
    if ballot.national_id in committees_of(who, "mirror_member", "unit_contact"):
        roles.add("member")
    if is_national_office(who):
        roles.add("office")
    if who.places_of("submission_officer"):
        roles.add("submission")
    if who.places_of("auditor"):
        roles.add("auditor")
    return frozenset(roles)


def _load(who: Viewer, args: dict[str, Any]) -> Ballot | None:
    ballot = cases.by_public_id(str(args.get("ballot_id", "")))
    if ballot is None:
        return None
    g.ballot = ballot
    g.ballot_roles = roles_in(ballot, who)
    g.enquired = cases.enquired(ballot.id, who.account_id) if who.account_id is not None else None
    return ballot


def _shown(who: Viewer, args: dict[str, Any]) -> bool:
    """Anybody sees that an international ballot is open; a national one is there for its readers alone."""
    ballot = _load(who, args)
    if ballot is None:
        return False
    return bool(cases.is_public(ballot) or g.ballot_roles or g.enquired)


def _having(*roles: str) -> Any:
    wanted = frozenset(roles)

    def allows(who: Viewer, args: dict[str, Any]) -> bool:
        return _load(who, args) is not None and bool(g.ballot_roles & wanted)

    return allows


def _asked(who: Viewer, args: dict[str, Any]) -> bool:
    return _load(who, args) is not None and g.enquired is not None


def current_ballot() -> Ballot:
    """Return the ballot of this page; the policy has loaded it."""
    found: Ballot = g.ballot
    return found


def current_roles() -> frozenset[str]:
    """Return what the viewer is towards it."""
    found: frozenset[str] = g.ballot_roles
    return found


SHOWN = Policy("ballots: what is open abroad, or within reach", _shown, public=True)
READ_CASE = Policy("ballots: readers of the case", _having(*READERS), staff=True)
KEEP_CASE = Policy("ballots: secretary or national office", _having(*KEEPERS), staff=True)
WRITE_POSITION = Policy("ballots: secretary or chair", _having("secretary", "chair"), staff=True)
LEAD = Policy("ballots: chair or national office", _having("chair", "office"), staff=True)
TAKE_STEP = Policy(
    "ballots: whoever may take a step of the case", _having("secretary", "chair", "office", "submission"), staff=True
)
SUBMIT = Policy("ballots: submission officer or national office", _having("submission", "office"), staff=True)
ASKED = Policy("ballots: asked in the enquiry", _asked)
OPENERS = Policy(
    "ballots: any mirror secretary or the national office",
    lambda who, _args: is_national_office(who) or bool(committees_of(who, "mirror_secretary")),
    staff=True,
)
RULES_READERS = Policy("ballots: readers of the rules", lambda who, _args: bool(reach_of(who)), staff=True)
