"""What a collection of the desk is, and what standing somebody has at the desk as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account, AccountState
from forum.core.database import session
from forum.drafting.neighbours import Scope
from forum.offices import queries as offices
from forum.offices.models import OfficeRole
from forum.web.viewer import Viewer

_TRANSLATOR = Viewer(grants=frozenset({("translator", "nation:")}))
_ADMIN = Viewer(is_admin=True)


def _nobody_else(_scope: Scope, _now: datetime) -> Iterable[Account]:
    return ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Scopes of one kind, such as forums.

    ``listed`` gives those on whose texts somebody may work, what is needed next first; ``found`` one of them by the key
    of its address, or None; ``has_any`` tells without reading them whether somebody's office gives any; ``whole`` gives
    all of them, for the report of the house itself; ``others`` names who may work on a scope beside translators and
    administrators, in a number of statements that doesn't depend on how many there are.
    """

    name: str  # in the address
    label: str  # a word of the catalogue
    has_any: Callable[[Viewer], bool]
    listed: Callable[[Viewer], Sequence[Scope]]
    found: Callable[[Viewer, str], Scope | None]
    whole: Callable[[], Sequence[Scope]]
    others: Callable[[Scope, datetime], Iterable[Account]] = _nobody_else

    def workers(self, scope: Scope, now: datetime) -> list[Account]:
        """Return everybody who may work on a scope, by name: those to whom its texts can be given."""
        people = list(self.others(scope, now))
        if self.found(_TRANSLATOR, scope.key) is not None:
            people += in_office(now, OfficeRole.TRANSLATOR)
        if self.found(_ADMIN, scope.key) is not None:
            people += session.scalars(select(Account).where(Account.is_admin)).all()
        active = {each.id: each for each in people if each.state is AccountState.ACTIVE}
        return sorted(active.values(), key=lambda each: (each.name.casefold(), each.id))


def in_office(now: datetime, *roles: str, city_id: int | None = None) -> list[Account]:
    """Return who holds one of these offices now, of the nation or of a city."""
    return [each.account for role in roles for each in offices.holders(OfficeRole(role), now, city_id=city_id)]


def is_translator(who: Viewer) -> bool:
    """Tell whether somebody holds the office of translator, or looks after the site."""
    return who.is_admin or ("translator", "nation:") in who.grants
