"""The weights and the list of countries, at the desk of the national office."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.matching import queries
from forum.matching.forms import CountryForm, WeightsForm
from forum.matching.operations import settings as operations
from forum.matching.permissions import ROUND_KEEPERS, ROUND_READERS, actor_of, runs_rounds
from forum.matching.rules.facts import AT_HOME
from forum.matching.rules.score import DEFAULT_WEIGHTS, PARTS, Weights
from forum.matching.rules.sentences import PART_LABELS
from forum.matching.views.blueprint import pages
from forum.matching.views.rounds import DESK
from forum.places import queries as places
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.viewer import now, viewer


@pages.page(f"{DESK}/weights", policy=ROUND_READERS)
def weights() -> ResponseReturnValue:
    """Every version of the weights, and the form of the next one."""
    row = queries.newest_weights()
    start = asdict(queries.weights_in(row) if row else DEFAULT_WEIGHTS)
    start |= {"floor": row.floor if row else 30, "cap": row.cap if row else 10, "seen": str(row.number if row else 0)}
    return _weights(WeightsForm(data=start))


@pages.page(f"{DESK}/weights", policy=ROUND_KEEPERS, methods=("POST",), endpoint="lay_down", soft_csrf=True)
def lay_down() -> ResponseReturnValue:
    """Lay down the next version."""
    form = WeightsForm()
    if not form.validate():
        return _weights(form), 422
    try:
        operations.lay_down_weights(
            Weights(**{part: form[part].data for part in PARTS}),
            floor=form.floor.data,
            cap=form.cap.data,
            seen=int(form.seen.data) if str(form.seen.data or "").isdecimal() else 0,
            actor=actor_of(viewer()),
            now=now(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _weights(form), refusal.status
    flash(_("The new weights hold from now on. What was recommended before keeps its version."), "success")
    return redirect(url_for("matching.weights"), 303)


def _weights(form: WeightsForm) -> str:
    return render_template(
        "matching/weights.html",
        form=form,
        parts=PARTS,
        labels=PART_LABELS,
        versions=queries.every_weights(),
        runs=runs_rounds(viewer()),
    )


@pages.page(f"{DESK}/countries", policy=ROUND_READERS)
def countries() -> ResponseReturnValue:
    """The list of countries without diplomatic relations."""
    return _countries(CountryForm())


@pages.page(f"{DESK}/countries", policy=ROUND_KEEPERS, methods=("POST",), endpoint="list_country", soft_csrf=True)
def list_country() -> ResponseReturnValue:
    """Put a country on the list."""
    form = CountryForm()
    form.country.choices = _choices()
    if not form.validate():
        return _countries(form), 422
    try:
        operations.list_country(form.country.data, actor=actor_of(viewer()), now=now())
    except Refusal as refusal:
        form.refuse(refusal)
        return _countries(form), refusal.status
    return redirect(url_for("matching.countries"), 303)


@pages.page(f"{DESK}/countries/<iso2>/remove", policy=ROUND_KEEPERS, methods=("POST",))
def unlist_country(iso2: str) -> ResponseReturnValue:
    """Take a country off the list."""
    operations.unlist_country(iso2, actor=actor_of(viewer()), now=now())
    return redirect(url_for("matching.countries"), 303)


def _choices() -> list[Any]:
    known = places.everything("countries", current_language())
    return options((each.iso2, each.tr("name", current_language()).text) for each in known if each.iso2 not in AT_HOME)


def _countries(form: CountryForm) -> str:
    form.country.choices = _choices()
    names = {choice.value: choice.label for choice in form.country.choices}
    return render_template(
        "matching/countries.html",
        form=form,
        listed=[(row.country_iso2, names.get(row.country_iso2, "")) for row in queries.countries_without_relations()],
        runs=runs_rounds(viewer()),
    )
