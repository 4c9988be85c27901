"""Matching rounds at the desk of the national office: the list, the call, and the steps of one round."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import Text
from forum.core.refusals import Refusal
from forum.matching import queries
from forum.matching.forms import ReasonForm, RoundForm
from forum.matching.models import MatchRound
from forum.matching.operations import rounds as operations
from forum.matching.operations.rounds import Call
from forum.matching.permissions import ROUND_KEEPERS, ROUND_READERS, actor_of, runs_rounds
from forum.matching.rules.facts import CityFacts
from forum.matching.rules.ranking import unmet_needs
from forum.matching.states import DECISIONS, ROUND, ROUND_STATES
from forum.matching.views.blueprint import pages
from forum.matching.views.cards import total_of, wording
from forum.web.viewer import now, viewer

DESK = "/desk/matching"
ONE = f"{DESK}/<round_slug>"
PAGE = 50


def found_round(slug: str) -> MatchRound:
    """Return a round, or answer that there is none."""
    found = queries.round_by_slug(slug)
    if found is None:
        abort(404)
    return found


def cities_of(of: MatchRound) -> dict[int, CityFacts]:
    """Return the cities of a round: as they were frozen, or as they are today."""
    if of.frozen:
        return operations.frozen_cities(of)
    return {facts.id: facts for facts in queries.facts(now().date())}


@pages.page(f"{DESK}/", policy=ROUND_READERS)
def rounds() -> ResponseReturnValue:
    """All rounds, the latest first."""
    return render_template(
        "matching/rounds.html", rounds=queries.rounds(), states=ROUND_STATES, runs=runs_rounds(viewer())
    )


@pages.page(f"{DESK}/new", policy=ROUND_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def new_round() -> ResponseReturnValue:
    """The call of a new round."""
    form = RoundForm()
    if form.validate_on_submit():
        call = Call(
            form.slug.data,
            Text(form.name_en.data, form.name_zh.data),
            Text(form.call_en.data or "", form.call_zh.data or ""),
            form.opens_on.data,
            form.closes_on.data,
        )
        try:
            made = operations.open_round(call, actor=actor_of(viewer()), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            return render_template("matching/new_round.html", form=form), refusal.status
        flash(_("The round is open."), "success")
        return redirect(url_for("matching.one_round", round_slug=made.slug), 303)
    return render_template("matching/new_round.html", form=form), 422 if form.sent else 200


@pages.page(ONE, policy=ROUND_READERS)
def one_round(round_slug: str) -> ResponseReturnValue:
    """A round: its call, its pairs, the needs that nobody meets, and the next steps."""
    of, runs = found_round(round_slug), runs_rounds(viewer())
    cities = cities_of(of)
    pairs = queries.proposals(of)
    number = max(1, request.args.get("page", default=1, type=int) or 1)
    last = max(1, -(-len(pairs) // PAGE))
    number = min(number, last)
    say = wording({facts.id: facts.name for facts in cities.values()}, None)
    return render_template(
        "matching/round.html",
        of=of,
        states=ROUND_STATES,
        decisions=DECISIONS,
        steps=[row for row in ROUND.lawful(of.state, actor_of(viewer()).roles) if row.action != "edit"],
        edits=runs and of.state in {"proposed", "edited"},
        cities=len(cities),
        pairs=[(each, total_of(each.score)) for each in pairs[(number - 1) * PAGE : number * PAGE]],
        count=len(pairs),
        unmet=[
            (say.area(area), [say.city(city) for city in alone]) for area, alone in unmet_needs(cities.values()).items()
        ],
        number=number,
        last=last,
        address=lambda page: url_for("matching.one_round", round_slug=round_slug, page=page),
    )


@pages.page(f"{ONE}/<any(freeze,propose,invite,close):action>", policy=ROUND_KEEPERS, methods=("POST",))
def step(round_slug: str, action: str) -> ResponseReturnValue:
    """One step of a round; a step that isn't lawful is refused with those that are."""
    of, actor, today = found_round(round_slug), actor_of(viewer()), now().date()
    if action == "freeze":
        operations.freeze(of, queries.facts(today), queries.grounds(today), actor=actor, now=now())
    elif action == "propose":
        operations.propose(of, actor=actor, now=now())
    elif action == "invite":
        operations.invite(of, actor=actor, now=now())
    else:
        operations.close(of, actor=actor, now=now())
    flash(_(ROUND_STATES[of.state]), "success")
    return redirect(url_for("matching.one_round", round_slug=round_slug), 303)


@pages.page(f"{ONE}/call-off", policy=ROUND_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def call_off(round_slug: str) -> ResponseReturnValue:
    """Calling a round off, with a reason."""
    of, form = found_round(round_slug), ReasonForm()
    if form.validate_on_submit():
        try:
            operations.call_off(of, form.reason.data, actor=actor_of(viewer()), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            return render_template("matching/call_off.html", of=of, form=form), refusal.status
        flash(_("The round was called off."), "success")
        return redirect(url_for("matching.one_round", round_slug=round_slug), 303)
    return render_template("matching/call_off.html", of=of, form=form), 422 if form.sent else 200
