"""Who has which part in a case today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from forum.accounts.models import Account
from forum.ballots.models import Ballot
from forum.committees.models import Post, PostRole
from forum.committees.queries import post_holders
from forum.offices.models import OfficeRole
from forum.offices.queries import holders as office_holders

POSTS = {"secretary": PostRole.MIRROR_SECRETARY, "chair": PostRole.MIRROR_CHAIR}
OFFICES = {"office": OfficeRole.STANDARDS_OFFICER, "submission": OfficeRole.SUBMISSION_OFFICER}
MEMBERS = (PostRole.MIRROR_MEMBER, PostRole.UNIT_CONTACT)


def holders(ballot: Ballot, roles: Iterable[str], now: datetime) -> list[Account]:
    """Return the accounts that hold these roles towards a ballot, in the order of the roles."""
    found: list[Account] = []
    for role in roles:
        if role in POSTS and ballot.national_id is not None:
            found += [post.account for post in post_holders(ballot.national_id, [POSTS[role]], now)]
        elif role in OFFICES:
            found += [office.account for office in office_holders(OFFICES[role], now)]
    return found


def members(ballot: Ballot, now: datetime) -> Sequence[Post]:
    """Return the experts and units of the mirror committee, whom an enquiry may ask."""
    if ballot.national_id is None:
        return ()
    return post_holders(ballot.national_id, MEMBERS, now)
