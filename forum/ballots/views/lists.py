"""What is voted on: for everybody, and the tabs of those who work on it."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.forms import OpeningForm
from forum.ballots.models import BALLOT_KINDS, CASE_STATES, NATIONAL_KINDS, STEP_KINDS, BallotKind
from forum.ballots.operations.opening import Opening, open_ballot
from forum.ballots.permissions import OPENERS
from forum.ballots.queries import configured, entering, lists
from forum.ballots.queries.lists import PAGE, TABS, Tab
from forum.ballots.rules.backplan import BEIJING, day_in_beijing
from forum.ballots.rules.coherence import ANSWERS
from forum.ballots.rules.naming import name_of
from forum.ballots.rules.risk import RISKS, risk_of
from forum.ballots.views.blueprint import attempt, doing_as_opener, form_page, pages
from forum.committees.models import TITLE_STATUSES
from forum.committees.permissions import committees_of, is_national_office, reach_of
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.viewer import now, viewer


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), 10_000) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@pages.page("/ballots/", policy=PUBLIC)
def ballots() -> ResponseReturnValue:
    """What is open internationally; with reach, our cases by tab."""
    who, at, number = viewer(), now(), _page_number()
    reach = reach_of(who)
    waiting = lists.asked_of(who.account_id, at) if who.account_id is not None else ()
    shared = {
        "kinds": BALLOT_KINDS,
        "title_statuses": TITLE_STATUSES,
        "beijing": BEIJING,
        "number": number,
        "waiting": waiting,
        "names": lambda ballot: name_of(ballot, current_language()),
        "may_open": OPENERS.allows(who, {}),
    }
    if not reach:
        rows, count = lists.public(at, number)
        last = max(1, -(-count // PAGE))
        if number > last:
            abort(404)
        return render_template("ballots/open.html", rows=rows, count=count, last=last, **shared)
    terms = configured.terms_on(day_in_beijing(at))
    chosen = request.args.get("tab", Tab.REQUIRED)
    tab = Tab(chosen) if chosen in set(Tab) else Tab.REQUIRED
    found, count = lists.of_tab(tab, reach, at, window_days=terms.window_days, page=number)
    last = max(1, -(-count // PAGE))
    if number > last:
        abort(404)
    today = day_in_beijing(at)
    return render_template(
        "ballots/desk.html",
        tab=tab,
        tabs=TABS,
        counts=lists.counts(reach, at, window_days=terms.window_days),
        lines=found,
        count=count,
        last=last,
        today=today,
        days_left=lambda ballot: (day_in_beijing(ballot.closes_at) - today).days,
        states=CASE_STATES,
        steps=STEP_KINDS,
        answers=ANSWERS,
        duties=[(one, duty, risk_of(duty, terms)) for one, duty in lists.duties(reach, at)],
        risks=RISKS,
        **shared,
    )


@pages.page("/ballots/new", policy=OPENERS, methods=("GET", "POST"), soft_csrf=True)
def new_ballot() -> ResponseReturnValue:
    """Enter a ballot, on a standard at a stage at which is voted or on a question of its own."""
    who = viewer()
    standard = entering.standard_by_slug(request.args.get("standard", "")[:120])
    own = None if is_national_office(who) else committees_of(who, "mirror_secretary")
    nationals = entering.nationals(own)
    committees = entering.committees_for(standard, nationals)
    given = {"kind": entering.kind_of(standard)} if standard is not None else {}
    form = OpeningForm(data=given or None)
    if standard is not None:
        form.name_no_title()
    form.offer(
        [(one.public_id, one.reference) for one in committees], [(one.public_id, one.reference) for one in nationals]
    )
    title = _("Enter a ballot")
    lead = standard.reference if standard is not None else ""
    more: dict[str, Any] = {"lead": lead, "way_back": url_for("ballots.ballots")}
    if not form.validate_on_submit():
        return form_page(form, title, _("Enter the ballot"), **more)
    made = []

    def deed() -> None:
        national = next(one for one in nationals if one.public_id == form.national.data)
        committee = next(one for one in committees if one.public_id == form.committee.data)
        kind = BallotKind(form.kind.data)
        entering.need_mirror(committee, national, kind in NATIONAL_KINDS, form.opens_on.data)
        what = Opening(
            kind=kind,
            committee=national if kind in NATIONAL_KINDS else committee,
            national=national,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            standard=standard,
            title=form.title,
            document_number=form.document_number.data or "",
            summary=form.text("summary"),
            outline=form.lines(),
        )
        made.append(open_ballot(what, **doing_as_opener()))

    if refused := attempt(form, deed, _("The ballot is entered, and its steps are planned.")):
        return form_page(form, title, _("Enter the ballot"), refused, **more)
    return redirect(url_for("ballots.ballot", ballot_id=made[0].public_id), 303)
