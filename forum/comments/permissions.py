"""Who may do what at the comment desk of a ballot; rights come from posts and offices that are held today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import g

from forum.ballots.models import Ballot
from forum.comments.queries import desk
from forum.comments.states import DECIDER, SENDER
from forum.committees.permissions import POSTS, committees_of, is_national_office, reach_of
from forum.core.actor import Actor
from forum.web.policy import Policy
from forum.web.viewer import Viewer, viewer


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do at one desk."""

    reads: bool = False
    writes: bool = False  # holds a post in the mirror committee, or was asked in the enquiry
    decides: bool = False  # its secretary or chair
    sends: bool = False  # takes the table out: those who decide, the submission officer, the national office
    names: bool = False  # sees who wrote what


def standing_at(ballot: Ballot, who: Viewer) -> Standing:
    """Return what somebody may do at the desk of a ballot."""
    national = ballot.national_id
    decides = national is not None and national in committees_of(who, "mirror_secretary", "mirror_chair")
    posted = national is not None and national in committees_of(who, *POSTS)
    asked = desk.asked(ballot.id, who.account_id) is not None
    office = is_national_office(who)
    audits = bool(who.places_of("auditor"))
    return Standing(
        reads=asked or reach_of(who).covers(national),
        writes=posted or asked,
        decides=decides,
        sends=decides or office or bool(who.places_of("submission_officer")),
        names=decides or office or audits,
    )


def current_ballot() -> Ballot:
    """Return the ballot of this desk; the policy has loaded it."""
    return cast("Ballot", g.comments_ballot)


def my_standing() -> Standing:
    """Return what the viewer may do at this desk."""
    return cast("Standing", g.comments_standing)


def me() -> Actor:
    """Return the viewer as the one who acts at this desk."""
    mine = my_standing()
    roles = [role for role, held in ((DECIDER, mine.decides), (SENDER, mine.sends)) if held]
    return viewer().actor(*roles)


def _having(asked: Callable[[Standing], bool]) -> Callable[[Viewer, dict[str, Any]], bool]:
    def allows(who: Viewer, args: dict[str, Any]) -> bool:
        if not who.signed_in:
            return False
        ballot = desk.ballot_by(str(args["ballot_id"]))
        if ballot is None:
            return False
        g.comments_ballot, g.comments_standing = ballot, standing_at(ballot, who)
        return g.comments_standing.reads and asked(g.comments_standing)

    return allows


DESK = Policy("comments: readers of the desk", _having(lambda mine: mine.reads), staff=True)
WRITERS = Policy(
    "comments: members of the mirror committee and who was asked", _having(lambda mine: mine.writes), staff=True
)
DECIDERS = Policy(
    "comments: secretary and chair of the mirror committee", _having(lambda mine: mine.decides), staff=True
)
SENDERS = Policy(
    "comments: secretary, chair, submission officer, national office", _having(lambda mine: mine.sends), staff=True
)
NAMES = Policy(
    "comments: those who see who wrote what: secretary, chair, national office, auditor",
    _having(lambda mine: mine.names),
    staff=True,
)
FIGURES = Policy(
    "comments: figures for secretaries, chairs, the national office and the auditor",
    lambda who, _args: (
        bool(committees_of(who, "mirror_secretary", "mirror_chair"))
        or is_national_office(who)
        or bool(who.places_of("auditor"))
    ),
    staff=True,
)
