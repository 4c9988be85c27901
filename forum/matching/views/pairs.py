"""One pair of a round with everything it was made from; keeping, dropping and adding pairs with reasons."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import Text
from forum.core.refusals import Refusal
from forum.matching import queries
from forum.matching.forms import AddForm, DecideForm
from forum.matching.operations import rounds as operations
from forum.matching.permissions import ROUND_KEEPERS, ROUND_READERS, actor_of, runs_rounds
from forum.matching.rules.bars import warnings
from forum.matching.rules.explaining import reason_from
from forum.matching.rules.facts import from_record
from forum.matching.states import DECISIONS, Decision
from forum.matching.views.blueprint import pages
from forum.matching.views.cards import parts_of, sentences, total_of, wording
from forum.matching.views.rounds import ONE, cities_of, found_round
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.viewer import now, viewer


@pages.page(f"{ONE}/pairs/<pair_id>", policy=ROUND_READERS)
def pair(round_slug: str, pair_id: str) -> ResponseReturnValue:
    """A pair, as it was made."""
    return _pair(round_slug, pair_id, None)


@pages.page(f"{ONE}/pairs/<pair_id>", policy=ROUND_KEEPERS, methods=("POST",), endpoint="decide", soft_csrf=True)
def decide(round_slug: str, pair_id: str) -> ResponseReturnValue:
    """Keep or drop a pair."""
    of, form = found_round(round_slug), DecideForm()
    form.offer()
    found = queries.proposal(of, pair_id)
    if found is None:
        abort(404)
    if not form.validate():
        return _pair(round_slug, pair_id, form), 422
    try:
        seen = int(form.seen.data) if str(form.seen.data or "").isdecimal() else 0
        operations.decide(
            found, of, Decision(form.decision.data), form.reason.data, seen=seen, actor=actor_of(viewer()), now=now()
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _pair(round_slug, pair_id, form), refusal.status
    flash(_("Your decision is kept."), "success")
    return redirect(url_for("matching.one_round", round_slug=round_slug), 303)


def _pair(round_slug: str, pair_id: str, form: DecideForm | None) -> str:
    of = found_round(round_slug)
    found = queries.proposal(of, pair_id)
    if found is None:
        abort(404)
    first, second = from_record(found.inputs["first"]), from_record(found.inputs["second"])
    say = wording({first.id: first.name, second.id: second.name}, None)
    if form is None:
        form = DecideForm(data={"seen": str(found.version)})
        form.offer()
    return render_template(
        "matching/pair.html",
        of=of,
        pair=found,
        names=[first.name, second.name],
        total=total_of(found.score),
        parts=parts_of(found.parts["cents"], queries.weights_in(found.weights), say),
        sentences=sentences(map(reason_from, found.parts["reasons"]), say),
        warnings=[say.warning(warn) for warn in warnings(first, second, operations.frozen_grounds(of))],
        decisions=DECISIONS,
        edits=runs_rounds(viewer()) and of.state in {"proposed", "edited"},
        form=form,
    )


@pages.page(f"{ONE}/add", policy=ROUND_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def add_pair(round_slug: str) -> ResponseReturnValue:
    """Add a pair by hand."""
    of, form = found_round(round_slug), AddForm()
    cities = sorted(cities_of(of).values(), key=lambda facts: _name(facts.name))
    form.city.choices = _choices(cities, at_home=True)
    form.partner.choices = _choices(cities, at_home=False)
    if form.validate_on_submit():
        try:
            operations.add(of, form.city.data, form.partner.data, form.reason.data, actor=actor_of(viewer()), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            return render_template("matching/add_pair.html", of=of, form=form), refusal.status
        flash(_("The pair was added."), "success")
        return redirect(url_for("matching.one_round", round_slug=round_slug), 303)
    return render_template("matching/add_pair.html", of=of, form=form), 422 if form.sent else 200


def _name(name: Text) -> str:
    return name.shown(current_language()).text


def _choices(cities: list[Any], *, at_home: bool) -> list[Any]:
    return options((facts.id, _name(facts.name)) for facts in cities if facts.at_home is at_home)
