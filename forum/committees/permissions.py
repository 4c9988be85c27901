"""Who works on international standards, and for which national committee."""

from __future__ import annotations

from dataclasses import dataclass

from forum.web.policy import Policy
from forum.web.viewer import Viewer

NATIONAL_OFFICE = ("standards_officer",)
OF_THE_NATION = ("standards_officer", "submission_officer", "auditor")
SECRETARIES = ("mirror_secretary",)
CHAIRS = ("mirror_chair",)
POSTS = ("mirror_secretary", "mirror_chair", "mirror_member", "unit_contact")


@dataclass(frozen=True, slots=True)
class MirrorReach:
    """Of which national committees somebody may read the cases."""

    everything: bool = False
    national_ids: frozenset[int] = frozenset()

    def covers(self, national_id: int | None) -> bool:
        """Tell whether the cases of a national committee are within reach."""
        return self.everything or (national_id is not None and national_id in self.national_ids)

    def __bool__(self) -> bool:
        return self.everything or bool(self.national_ids)


def committees_of(who: Viewer, *roles: str) -> frozenset[int]:
    """Return the national committees in which somebody holds one of these posts."""
    return frozenset(int(scope.partition(":")[2]) for scope in who.places_of(*roles) if scope.startswith("committee:"))


def reach_of(who: Viewer) -> MirrorReach:
    """Return what somebody may read of the national work on drafts and ballots."""
    return MirrorReach(who.is_admin or bool(who.places_of(*OF_THE_NATION)), committees_of(who, *POSTS))


def is_national_office(who: Viewer) -> bool:
    """Tell whether somebody acts for the national standardization office."""
    return who.is_admin or bool(who.places_of(*NATIONAL_OFFICE))


STANDARDS_DESK = Policy(
    "standards: any post or office in international work", lambda who, _args: bool(reach_of(who)), staff=True
)
STANDARDS_KEEPERS = Policy("standards: the national office", lambda who, _args: is_national_office(who), staff=True)
