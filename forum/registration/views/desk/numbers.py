"""The numbers of the desk: what waits, and who comes, without a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forum.events.models import Forum, Role
from forum.events.permissions import REGISTRATION_READERS, current_forum
from forum.events.views import counts
from forum.registration.desk_permissions import DECIDING, READING, decides
from forum.registration.operations import kitchen
from forum.registration.queries import desk
from forum.registration.queries.statistics import statistics
from forum.registration.rules.fields import ACCESS_NEEDS, ATTENDANCES, DIETS, LISTENING
from forum.registration.states import DELEGATION_STATES, PARTICIPATION_STATES
from forum.registration.views.blueprint import pages

CREDENTIALING = frozenset({Role.PROTOCOL, Role.ORGANISER, "admin"})


def panel(forum: Forum, roles: Collection[str]) -> Markup:
    """Return the numbers of the registration for the overview of the forum's desk."""
    if not READING & set(roles):
        return Markup()
    text = render_template(
        "registration/desk/overview_panel.html",
        forum=forum,
        numbers=desk.overview(forum),
        decides=bool(DECIDING & set(roles)),
    )
    return Markup(text)  # noqa: S704 - a template of ours, escaped when it was rendered


def _offer_panel(state: Any) -> None:
    state.app.extensions.setdefault("forum.desk_panels", []).append(panel)


pages.record_once(_offer_panel)


def waiting(forum: Forum, roles: Collection[str]) -> dict[str, int]:
    """Return what waits at the registration desk for those who can do something about it."""
    mine = set(roles)
    if not (DECIDING | CREDENTIALING) & mine:
        return {}
    found = desk.waiting_numbers(forum)
    if not DECIDING & mine:
        found = {"delegations": found["delegations"]}
    elif not CREDENTIALING & mine:
        del found["delegations"]
    return found


def _offer_counts(state: Any) -> None:
    counts.offer(state, waiting)


pages.record_once(_offer_counts)


@pages.page("/forums/<slug>/desk/registration", policy=REGISTRATION_READERS, endpoint="overview")
def overview(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """What waits at the registration desk; every number opens its list."""
    forum = current_forum()
    return render_template(
        "registration/desk/overview.html",
        forum=forum,
        numbers=desk.overview(forum),
        states=PARTICIPATION_STATES,
        delegation_states=DELEGATION_STATES,
        decides=decides(),
    )


@pages.page("/forums/<slug>/desk/statistics", policy=REGISTRATION_READERS)
def desk_statistics(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Who comes, by everything that a report asks for; meals and access needs are counts alone."""
    forum = current_forum()
    return render_template(
        "registration/desk/statistics.html",
        forum=forum,
        numbers=statistics(forum),
        states=PARTICIPATION_STATES,
        attendances=ATTENDANCES,
        listening=LISTENING,
        meals=kitchen.meals(forum),
        diets=DIETS,
        needs=kitchen.access_needs(forum),
        access=ACCESS_NEEDS,
        allergies=kitchen.allergies(forum),
    )
