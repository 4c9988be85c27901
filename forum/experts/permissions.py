"""Who reads experts and nominations, and as what they act: rights come from dated posts and offices."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.committees import queries as committees
from forum.committees.models import PostRole
from forum.committees.permissions import CHAIRS, OF_THE_NATION, POSTS, SECRETARIES, committees_of, is_national_office
from forum.experts.models import ExpertProfile, Nomination
from forum.experts.queries import reading
from forum.experts.queries.seeing import Standing
from forum.web.policy import Policy
from forum.web.viewer import Viewer, now


def standing_of(who: Viewer) -> Standing:
    """Return somebody's posts and offices, as far as they matter for experts."""
    return Standing(
        account_id=who.account_id,
        reads_all=who.is_admin or bool(who.places_of(*OF_THE_NATION)),
        office=is_national_office(who),
        submission=bool(who.places_of("submission_officer")),
        mirror_ids=committees_of(who, *SECRETARIES, *CHAIRS),
        member_ids=committees_of(who, *POSTS),
        units=_units(who),
    )


def _units(who: Viewer) -> frozenset[tuple[int, int]]:
    """Return for which units somebody is the contact; the grants name only the committees."""
    if who.account_id is None or not committees_of(who, "unit_contact"):
        return frozenset()
    return frozenset(
        (post.committee_id, post.organisation_id)
        for post in committees.posts_of(who.account_id, now())
        if post.role is PostRole.UNIT_CONTACT and post.organisation_id is not None
    )


def my_standing() -> Standing:
    """Return the standing of whoever looks at this page; the policy has read it."""
    return cast("Standing", g.expert_standing)


def current_expert() -> ExpertProfile:
    """Return the profile of this page; the policy has loaded it."""
    return cast("ExpertProfile", g.expert)


def current_nomination() -> Nomination:
    """Return the nomination of this page; the policy has loaded it."""
    return cast("Nomination", g.nomination)


def _stand(who: Viewer) -> Standing:
    g.expert_standing = standing_of(who)
    return my_standing()


def _desk(who: Viewer, _args: dict[str, Any]) -> bool:
    standing = _stand(who)
    return standing.reads_all or bool(standing.member_ids)


def _enters(who: Viewer, _args: dict[str, Any]) -> bool:
    standing = _stand(who)
    return standing.office or bool(standing.member_ids)


def _reads(who: Viewer, args: dict[str, Any]) -> bool:
    g.expert = reading.expert(args["expert_id"], _stand(who)) if _desk(who, args) else None
    return g.expert is not None


def _changes(who: Viewer, args: dict[str, Any]) -> bool:
    return _reads(who, args) and my_standing().keeps(current_expert())


def _reads_nomination(who: Viewer, args: dict[str, Any]) -> bool:
    g.nomination = reading.nomination(args["nomination_id"], _stand(who)) if _desk(who, args) else None
    return g.nomination is not None


def _steps(who: Viewer, args: dict[str, Any]) -> bool:
    return _reads_nomination(who, args) and bool(my_standing().towards(current_nomination()))


EXPERTS_DESK = Policy("experts: any post, the national office, submission, audit", _desk, staff=True)
EXPERTS_KEEPERS = Policy("experts: any post, the national office", _enters, staff=True)
EXPERT_READERS = Policy("expert: themselves, their unit, their mirror committee, the nation", _reads, staff=True)
EXPERT_EDITORS = Policy("expert: themselves, their unit's contact, secretary, chair, the office", _changes, staff=True)
NOMINATION_READERS = Policy(
    "nomination: nominee, proposer, unit, mirror committee, nation", _reads_nomination, staff=True
)
NOMINATION_STEPS = Policy("nomination: whoever has a part in its life", _steps, staff=True)
