"""Who may read, write, approve and keep liaison statements.  An object is loaded through what its reader may see."""

from __future__ import annotations

from typing import Any, cast

from flask import g

from forum.committees.permissions import CHAIRS, SECRETARIES, committees_of, is_national_office
from forum.liaisons.models import Obligation, Statement
from forum.liaisons.queries import obligations, statements
from forum.liaisons.rules.seeing import Standing
from forum.web.policy import Policy
from forum.web.viewer import Viewer, now


def standing_of(who: Viewer) -> Standing:
    """Return what somebody is to liaison work now."""
    return Standing(
        account_id=who.account_id,
        nation=is_national_office(who),
        auditor=bool(who.places_of("auditor")),
        officer=bool(who.places_of("liaison_officer")),
        submission=bool(who.places_of("submission_officer")),
        chairs=committees_of(who, *CHAIRS),
        secretaries=committees_of(who, *SECRETARIES),
        members=committees_of(who, "mirror_member", "unit_contact"),
    )


def current_statement() -> Statement:
    """Return the statement of this page; the policy has loaded it."""
    return cast("Statement", g.liaison_statement)


def current_obligation() -> Obligation:
    """Return the obligation of this page; the policy has loaded it."""
    return cast("Obligation", g.liaison_obligation)


def _load(who: Viewer, args: dict[str, Any]) -> Statement | None:
    seen = statements.visible(standing_of(who), now())
    g.liaison_statement = statements.one(args["statement_id"], seen)
    return cast("Statement | None", g.liaison_statement)


def _reads(who: Viewer, args: dict[str, Any]) -> bool:
    return _load(who, args) is not None


def _works(who: Viewer, args: dict[str, Any]) -> bool:
    return standing_of(who).records and _load(who, args) is not None


def _obligation(who: Viewer, args: dict[str, Any]) -> bool:
    standing = standing_of(who)
    if not standing:
        return False
    g.liaison_obligation = obligations.one(args["obligation_id"], standing, now())
    return g.liaison_obligation is not None


STATEMENT = Policy("liaison statement: everybody who may read it", _reads, public=True)
STATEMENT_WORK = Policy("liaison statement: who writes, records or approves", _works, staff=True)
OBLIGATION = Policy("liaison obligation: who may read its statement", _obligation, staff=True)
LIAISON_DESK = Policy(
    "liaison: any post or office in international work", lambda who, _: bool(standing_of(who)), staff=True
)
LIAISON_DRAFTERS = Policy(
    "liaison: liaison officer, chair, national office", lambda who, _: standing_of(who).drafts, staff=True
)
LIAISON_RECORDERS = Policy(
    "liaison: liaison officer, secretary, chair, national office", lambda who, _: standing_of(who).records, staff=True
)
LIAISON_KEEPERS = Policy("liaison: the national office", lambda who, _: standing_of(who).nation, staff=True)
