"""The rules and terms of ballots, version by version."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.forms import RuleForm, TermsForm
from forum.ballots.models import BALLOT_KINDS, BallotKind
from forum.ballots.operations import configuring
from forum.ballots.permissions import RULES_READERS
from forum.ballots.queries import configured
from forum.ballots.rules.backplan import day_in_beijing
from forum.ballots.rules.terms import defaults, read
from forum.ballots.views.blueprint import attempt, doing_as_opener, form_page, pages
from forum.committees.models import CONFIDENCES
from forum.committees.permissions import STANDARDS_KEEPERS, is_national_office
from forum.core.bilingual import Text
from forum.web.viewer import now, viewer


@pages.page("/ballots/rules", policy=RULES_READERS)
def rules() -> ResponseReturnValue:
    """Every rule with its versions; one is never changed, the next begins on a day."""
    today = day_in_beijing(now())
    return render_template(
        "ballots/rules.html",
        versions=[(kind, [(row, read(row.terms)) for row in rows]) for kind, rows in configured.versions().items()],
        terms=configured.all_terms(),
        office=configured.terms_on(today),
        today=today,
        kinds=BALLOT_KINDS,
        certainties=CONFIDENCES,
        keeps=is_national_office(viewer()),
    )


@pages.page("/ballots/rules/<kind>/new", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def new_rule(kind: str) -> ResponseReturnValue:
    """Add the next version of a rule."""
    if kind not in set(BallotKind):
        abort(404)
    before = configured.latest(BallotKind(kind))
    given = (
        {
            "terms": _pretty(before.terms),
            "name_en": before.name_en,
            "name_zh": before.name_zh,
            "certainty": before.certainty,
            "source": before.source,
        }
        if before is not None
        else None
    )
    form = RuleForm(data=given).about(before).offer()
    title, submit = _("New version of a rule"), _("Add the version")
    more: dict[str, Any] = {"way_back": url_for("ballots.rules")}
    lead = _(BALLOT_KINDS[kind])
    if not form.validate_on_submit():
        return form_page(form, title, submit, lead=lead, **more)

    def deed() -> None:
        name = Text(form.name_en.data or "", form.name_zh.data or "")
        what = configuring.RuleVersion(
            form.effective_from.data, form.read, name, form.certainty.data, form.source.data or ""
        )
        configuring.add_version(BallotKind(kind), what, **doing_as_opener())

    if refused := attempt(form, deed, _("The version is added; open ballots keep theirs.")):
        return form_page(form, title, submit, refused, lead=lead, **more)
    return redirect(url_for("ballots.rules"), 303)


@pages.page("/ballots/rules/terms", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def new_terms() -> ResponseReturnValue:
    """Add the next version of what holds for all ballots: closing hours, timetable, duties."""
    rows = configured.all_terms()
    form = TermsForm(data={"terms": _pretty(rows[0].terms if rows else defaults()["office"]["terms"])})
    title, submit = _("New terms for all ballots"), _("Add the version")
    more: dict[str, Any] = {"way_back": url_for("ballots.rules")}
    if not form.validate_on_submit():
        return form_page(form, title, submit, **more)

    def deed() -> None:
        configuring.add_terms(form.effective_from.data, form.read, **doing_as_opener())

    if refused := attempt(form, deed, _("The version is added; open ballots keep theirs.")):
        return form_page(form, title, submit, refused, **more)
    return redirect(url_for("ballots.rules"), 303)


def _pretty(terms: object) -> str:
    return json.dumps(terms, ensure_ascii=False, indent=1)
