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


OFFICERS = Policy("holder of an office", lambda who, _args: bool(who.offices), staff=True)
CASE = Policy("case: visible to the holder of an office", _case, staff=True)
PROPOSERS = Policy("liaison of a city", lambda who, _args: proposes(who), staff=True)
