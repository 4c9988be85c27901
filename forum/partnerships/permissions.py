"""Who may open the pages of partnerships; a case is loaded through what the reader may see."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.partnerships.models import AgreementVersion
from forum.partnerships.queries.desk import proposes
from forum.partnerships.queries.standing import standing_of, version_for
from forum.partnerships.rules.seeing import Standing
from forum.web.policy import Policy
from forum.web.viewer import Viewer, viewer


def current_case() -> AgreementVersion:
    """Return the version of this page; the policy has loaded it."""
    return cast("AgreementVersion", g.agreement_version)


def my_standing() -> Standing:
    """Return what the viewer is in this case, in its present state."""
    return standing_of(current_case(), viewer())


def _case(who: Viewer, args: dict[str, Any]) -> bool:
    if not who.offices:
        return False
    g.agreement_version = version_for(str(args["case_id"]), who)
    return g.agreement_version is not None


NATION = ("national_approver", "national_registrar")
OVERSEERS = (*NATION, "national_reviewer", "auditor")


def sets_rules(who: Viewer) -> bool:
    """Tell whether somebody sets periods and delegations for the national office."""
    return who.is_admin or bool(who.places_of(*NATION))


def oversees(who: Viewer) -> bool:
    """Tell whether somebody reads everything that the national office has set."""
    return who.is_admin or bool(who.places_of(*OVERSEERS))


def provinces_of(who: Viewer) -> frozenset[str]:
    """Return the provinces for which somebody reviews or leads: they read what was delegated to them."""
    held = who.places_of("province_reviewer", "province_lead")
    return frozenset(place.removeprefix("province:") for place in held)


RULE_KEEPERS = Policy("partnerships: national office", lambda who, _args: sets_rules(who), staff=True)
RULE_READERS = Policy("partnerships: national level and auditor", lambda who, _args: oversees(who), staff=True)
DELEGATION_READERS = Policy(
    "delegations: national level, auditor, the province",
    lambda who, _args: oversees(who) or bool(provinces_of(who)),
    staff=True,
)
OFFICERS = Policy("holder of an office", lambda who, _args: bool(who.offices), staff=True)
CASE = Policy("case: visible to the holder of an office", _case, staff=True)
PROPOSERS = Policy("liaison of a city", lambda who, _args: proposes(who), staff=True)
