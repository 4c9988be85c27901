"""My desk: what somebody works on and what waits for them."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.cities import queries as cities
from forum.cities.permissions import own_cities, reach_of
from forum.events import queries as events
from forum.events.models import FORUM_STATES
from forum.offices import queries as offices
from forum.offices.models import OFFICE_ROLES
from forum.partnerships.queries.desk import cases_for, page_of
from forum.partnerships.rules.dates import today_in
from forum.partnerships.views.blueprint import shown, tone
from forum.registration.states import DELEGATION_STATES, PARTICIPATION_STATES
from forum.reminders.queries import count_open
from forum.site import queries
from forum.site.views import pages
from forum.web.policy import SIGNED_IN
from forum.web.viewer import now, viewer

CASES = 10  # shown here; the list of the partnerships has them all


@pages.page("/desk", policy=SIGNED_IN)
def desk() -> ResponseReturnValue:
    """What waits for this person, and their forums, delegations and registrations."""
    who = viewer()
    account_id = who.account_id or 0
    cases, count = (
        page_of(cases_for(who, waiting_on=today_in("", now())), offset=0, limit=CASES) if who.offices else ((), 0)
    )
    return render_template(
        "site/desk.html",
        forums=events.forums_of(account_id, is_admin=who.is_admin),
        delegations=queries.delegations_of(account_id),
        offices=offices.offices_of(account_id, now()) if who.offices else (),
        profiles=[profile for city_id in sorted(own_cities(who)) if (profile := cities.of_city(city_id))],
        reads_cities=bool(reach_of(who)),
        keeps_offices=who.is_admin or bool(who.places_of("national_registrar")),
        office_roles=OFFICE_ROLES,
        cases=[(case, shown(case), tone(case)) for case in cases],
        cases_count=count,
        dates_count=count_open(account_id) if who.is_staff else 0,
        participations=queries.participations_of(account_id),
        forum_states=FORUM_STATES,
        delegation_states=DELEGATION_STATES,
        participation_states=PARTICIPATION_STATES,
    )
