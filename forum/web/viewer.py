"""The person in front of a page: nobody in particular, or an account with its grants."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, cast

from flask import current_app, g, has_request_context

from forum.core.actor import Actor

ANONYMOUS_REFERENCE = "visitor"
Grant = tuple[str, str]  # (role, scope), such as ("organiser", "forum:3") or ("focal", "delegation:7")
# Who works for a forum; ("registered", "forum:3") and ("head", "forum:3") are standings, no staff roles.
STAFF_ROLES = frozenset({"organiser", "protocol", "registration", "agenda", "door", "viewer"})
# Who acts for a city, a province or the nation, such as ("city_liaison", "city:12") or ("auditor", "nation:").
OFFICE_ROLES = frozenset(
    {
        "city_liaison",
        "city_lead",
        "province_reviewer",
        "province_lead",
        "fa_officer",
        "national_reviewer",
        "national_approver",
        "national_registrar",
        "tc_expert",
        "auditor",
    }
)
# Who works on international standards, for the nation or in a national committee: ("mirror_chair", "committee:3").
STANDARDS_ROLES = frozenset(
    {
        "standards_officer",
        "submission_officer",
        "liaison_officer",
        "mirror_secretary",
        "mirror_chair",
        "mirror_member",
        "unit_contact",
    }
)
# Who keeps both languages, terms and translation memory: no office in the cases of cities or standards.
LANGUAGE_ROLES = frozenset({"translator"})
# Every role that is held for a place or a committee; each calls for the second factor.
PLACED_ROLES = OFFICE_ROLES | STANDARDS_ROLES | LANGUAGE_ROLES


class _Identified(Protocol):
    id: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page, and what was granted to them."""

    account_id: int | None = None
    public_id: str = ""
    name: str = ""
    email: str = ""
    language: str = ""
    is_admin: bool = False
    second_factor: bool = False  # given in this sign-in
    has_second_factor: bool = False  # set up for the account
    sign_in_id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)

    @property
    def signed_in(self) -> bool:
        """Tell whether there is an account."""
        return self.account_id is not None

    def roles_in(self, forum: _Identified | None) -> frozenset[str]:
        """Return the staff roles on one forum; a site administrator has ``admin`` on each."""
        roles = self._granted_in(forum) & STAFF_ROLES
        return frozenset(roles | ({"admin"} if self.is_admin else set()))

    def standing_in(self, forum: _Identified | None) -> frozenset[str]:
        """Return what somebody is at one forum without working for it: ``registered``, ``head``."""
        return self._granted_in(forum) - STAFF_ROLES

    def _granted_in(self, forum: _Identified | None) -> frozenset[str]:
        if forum is None:
            return frozenset()
        return frozenset(role for role, scope in self.grants if scope == f"forum:{forum.id}")

    def scopes_of(self, role: str) -> frozenset[int]:
        """Return the ids of the objects on which a role was granted."""
        return frozenset(int(scope.partition(":")[2]) for held, scope in self.grants if held == role)

    def places_of(self, *roles: str) -> frozenset[str]:
        """Return the places for which one of these offices is held: ``city:12``, ``province:330000``, ``nation:``."""
        return frozenset(scope for held, scope in self.grants if held in roles and held in PLACED_ROLES)

    @property
    def offices(self) -> frozenset[Grant]:
        """Return the offices held, but those in the work on international standards."""
        return frozenset(grant for grant in self.grants if grant[0] in OFFICE_ROLES)

    @property
    def standards_posts(self) -> frozenset[Grant]:
        """Return the offices and posts held in the work on international standards."""
        return frozenset(grant for grant in self.grants if grant[0] in STANDARDS_ROLES)

    @property
    def language_posts(self) -> frozenset[Grant]:
        """Return the offices held in keeping both languages."""
        return frozenset(grant for grant in self.grants if grant[0] in LANGUAGE_ROLES)

    @property
    def is_staff(self) -> bool:
        """Tell whether any role calls for the second factor."""
        return self.is_admin or any(
            (role in STAFF_ROLES and scope.startswith("forum:")) or role in PLACED_ROLES for role, scope in self.grants
        )

    def without_staff(self) -> Viewer:
        """Return the same person with nothing that calls for the second factor."""
        mine = frozenset((role, scope) for role, scope in self.grants if role not in STAFF_ROLES | PLACED_ROLES)
        return replace(self, is_admin=False, grants=mine)

    def actor(self, *roles: str) -> Actor:
        """Return the viewer as the one who acts."""
        reference = f"account:{self.public_id}" if self.signed_in else ANONYMOUS_REFERENCE
        mine = set(roles) | ({"admin"} if self.is_admin else set())
        return Actor(reference, self.account_id, self.language or "en", frozenset(mine))


NOBODY = Viewer()
GrantProvider = Callable[[int, datetime], Iterable[Grant]]


def viewer() -> Viewer:
    """Return the person in front of this page."""
    return cast("Viewer", g.get("viewer", NOBODY)) if has_request_context() else NOBODY


def now() -> datetime:
    """Return the instant of this request; the same one all the way through it."""
    if "now" not in g:
        g.now = cast("Callable[[], datetime]", current_app.extensions["forum.clock"])()
    return cast("datetime", g.now)


def settings() -> Any:
    """Return the settings of this application."""
    return current_app.extensions["forum.settings"]
