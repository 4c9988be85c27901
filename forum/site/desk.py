"""My desk: what somebody works on and what waits for them."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.ballots.models import CASE_STATES, STEP_KINDS
from forum.ballots.rules.backplan import day_in_beijing
from forum.ballots.rules.naming import name_of
from forum.cities import queries as cities
from forum.cities.permissions import own_cities, reach_of
from forum.committees import permissions as liaison
from forum.committees import queries as committees
from forum.committees.models import POST_ROLES
from forum.events import queries as events
from forum.events.models import FORUM_STATES
from forum.liaisons.permissions import standing_of as liaison_standing
from forum.offices import queries as offices
from forum.offices.models import LINES, OFFICE_ROLES
from forum.partnerships.models import INSTRUMENTS
from forum.partnerships.queries.desk import cases_for, page_of
from forum.partnerships.rules.dates import today_in
from forum.partnerships.views.blueprint import shown, tone
from forum.registration.states import DELEGATION_STATES, PARTICIPATION_STATES
from forum.reminders.queries import count_open
from forum.site import queries
from forum.site.standards_waiting import standards_work
from forum.site.views import pages
from forum.web.language import current_language
from forum.web.policy import SIGNED_IN
from forum.web.viewer import now, viewer

FIRST = 8  # of what waits; the rest is on the page of the partnerships


@pages.page("/desk/", policy=SIGNED_IN)
def desk() -> ResponseReturnValue:
    """What waits for this person; their forums, delegations and registrations."""
    who = viewer()
    account_id = who.account_id or 0
    held = who.offices or who.standards_posts or who.language_posts
    mine = cases_for(who, waiting_on=today_in("", now()))
    cases, waiting = page_of(mine, offset=0, limit=FIRST) if who.offices else ((), 0)
    return render_template(
        "site/desk.html",
        cases=cases,
        waiting=waiting,
        instruments=INSTRUMENTS,
        shown_state=shown,
        tone=tone,
        since=lambda version: today_in("", version.shared_since),
        forums=events.forums_of(account_id, is_admin=who.is_admin),
        delegations=queries.delegations_of(account_id),
        offices=offices.offices_of(account_id, now()) if held else (),
        posts=committees.posts_of(account_id, now()) if who.standards_posts else (),
        post_roles=POST_ROLES,
        reads_standards=bool(liaison.reach_of(who)),
        keeps_liaisons=bool(liaison_standing(who)),
        work=standards_work(who, now()),
        first=FIRST,
        today=day_in_beijing(now()),
        name_of_ballot=lambda ballot: name_of(ballot, current_language()),
        ballot_states=CASE_STATES,
        ballot_steps=STEP_KINDS,
        profiles=[profile for city_id in sorted(own_cities(who)) if (profile := cities.of_city(city_id))],
        reads_cities=bool(reach_of(who)),
        keeps_offices=who.is_admin or bool(who.places_of("national_registrar")),
        office_roles=OFFICE_ROLES,
        lines=LINES,
        dates_count=count_open(account_id) if who.is_staff else 0,
        participations=queries.participations_of(account_id),
        forum_states=FORUM_STATES,
        delegation_states=DELEGATION_STATES,
        participation_states=PARTICIPATION_STATES,
    )
