"""Applications as the tests hand them in: complete, and easy to leave something out of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import secret_token
from forum.registration.models import Category, Chain, Delegation, Participation
from forum.registration.operations.registering import Application, begin, submit
from tests.cast import Cast

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
DESK = Actor("account:desk", roles=frozenset({"organiser", "registration"}))
SELF = Actor("link:self", roles=frozenset({"delegate"}))
SYSTEM_CLOCK = NOW


def category(cast: Cast, code: str = "EXPERT", **changes: Any) -> Category:
    """Return a category of the cast, changed for the test."""
    found = session.get_one(Category, cast.categories[code])
    for name, value in changes.items():
        setattr(found, name, value)
    session.flush()
    return found


def straight(cast: Cast, **changes: Any) -> Category:
    """Return the category that nobody reviews."""
    return category(cast, "MEDIA", **{"chain": Chain.STRAIGHT, **changes})


def delegation(cast: Cast, who: str = "focal") -> Delegation:
    """Return somebody's delegation."""
    return session.get_one(Delegation, cast.delegations[who])


def application(kind: Category, number: int = 1, **changes: Any) -> Application:
    """Return a complete application of an invented person."""
    values: dict[str, Any] = {
        "category": kind,
        "person": {
            "family_latin": f"Martin{number}",
            "given_latin": "Léa",
            "email": f"lea{number}@city.example",
            "country_iso2": "FR",
            "function_en": "Deputy Mayor",
            "organisation_name_en": "City of Lyon",
        },
        "facts": {"country_iso2": "FR"},
        "consents": {"notice": True},
        "for_self": False,
    }
    values.update(changes)
    return Application(**values)


def drafted(cast: Cast, kind: Category, number: int = 1, *, actor: Actor = SELF, **changes: Any) -> Participation:
    """Return a complete draft."""
    return begin(cast.forum, application(kind, number, **changes), actor=actor, now=NOW)


def submitted(cast: Cast, kind: Category, number: int = 1, *, actor: Actor = SELF, **changes: Any) -> Participation:
    """Return a registration that was sent."""
    return submit(drafted(cast, kind, number, actor=actor, **changes), actor=actor, now=NOW)


def key() -> str:
    """Return a fresh form key."""
    return secret_token()
