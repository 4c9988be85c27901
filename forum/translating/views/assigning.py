"""Giving chosen texts to somebody, taking them back, and the texts that the reader has."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import abort

from forum.core.bilingual import TextState
from forum.core.refusals import Refusal
from forum.translating.collections import COLLECTIONS
from forum.translating.forms.assigning import AssignmentForm, TakeBackForm
from forum.translating.models import TASKS, Task
from forum.translating.operations import assigning
from forum.translating.permissions import TEXTS, TRANSLATION_DESK, current_scope
from forum.translating.queries import assignments
from forum.translating.rules import FIELDS, STATES
from forum.translating.rules.dues import STANDINGS, suggested
from forum.translating.views.blueprint import ONE_SCOPE, PAGE, pages
from forum.translating.views.desk import TONES
from forum.translating.views.filtering import Filters, query_kept, worklist
from forum.web.viewer import now, viewer

SHOWN = 20  # of the chosen texts


def _back(collection: str, key: str) -> ResponseReturnValue:
    kept = Filters.asked(request.args).kept
    return redirect(url_for("translating.texts", collection=collection, key=key, **kept), 303)


@pages.page(f"{ONE_SCOPE}/assign", policy=TEXTS, methods=("GET", "POST"), soft_csrf=True)
def assign(collection: str, key: str) -> ResponseReturnValue:
    """Give the chosen texts to somebody who may work on them, by a day."""
    scope, chosen = current_scope(), worklist(current_scope()).selected()
    if not chosen:
        flash(_("Choose at least one text of the list."), "error")
        return _back(collection, key)
    people, today = COLLECTIONS[collection].workers(scope, now()), assigning.today_of(now())
    form = AssignmentForm().offer(people, scope.needed_on, today)
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        who = viewer()
        account = next((each for each in people if each.public_id == form.person.data), None)
        try:
            count = assigning.assign(scope, chosen, form.order, account, actor=who.actor(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(ngettext("%(num)s text is given out.", "%(num)s texts are given out.", count), "success")
            return _back(collection, key)
    page = render_template(
        "translating/assign.html",
        scope=scope,
        collection=COLLECTIONS[collection],
        form=form,
        chosen=chosen[:SHOWN],
        count=len(chosen),
        more=max(0, len(chosen) - SHOWN),
        held=assignments.held_now(chosen),
        suggestions={str(task): suggested(scope.needed_on, task, today) for task in Task},
        here=url_for("translating.assign", collection=collection, key=key, **query_kept()),
        away=url_for("translating.take_back", collection=collection, key=key, **query_kept()),
        tasks=TASKS,
        fields=FIELDS,
    )
    return page, status


@pages.page(f"{ONE_SCOPE}/assign/back", policy=TEXTS, methods=("POST",))
def take_back(collection: str, key: str) -> ResponseReturnValue:
    """Take the chosen texts back from somebody."""
    form = TakeBackForm()
    if not form.validate():
        abort(422)
    scope, chosen = current_scope(), worklist(current_scope()).selected()
    count = assigning.take_back(
        scope, chosen, form.what, str(form.person.data), actor=viewer().actor(), now=now()
    )  # fmt: skip
    flash(ngettext("%(num)s text is taken back.", "%(num)s texts are taken back.", count), "success")
    return _back(collection, key)


@pages.page("/desk/translation/mine", policy=TRANSLATION_DESK)
def mine() -> ResponseReturnValue:
    """The texts that were given to the reader in all collections, what is due first in front."""
    who = viewer()
    wanted = assignments.collections_with(who.account_id or 0)
    reach = (each for name, each in COLLECTIONS.items() if name in wanted and each.has_any(who))
    scopes = [scope for each in reach for scope in each.listed(who)]
    found = assignments.mine(who.account_id or 0, scopes, assigning.today_of(now()))
    last = max(1, -(-len(found) // PAGE))
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), last)
    return render_template(
        "translating/mine.html",
        found=found[(number - 1) * PAGE : number * PAGE],
        count=len(found),
        number=number,
        last=last,
        address=lambda page: url_for("translating.mine", page=page if page > 1 else None),
        states=STATES,
        tones=TONES,
        fields=FIELDS,
        tasks=TASKS,
        standings=STANDINGS,
        missing=TextState.MISSING,
    )
