"""What waits at the desk: collections with their progress, the worklist of one scope, machine drafts for all of it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.bilingual import TextState
from forum.core.refusals import Refusal
from forum.drafting.neighbours import Scope, neighbours
from forum.drafting.operations import keeping
from forum.drafting.operations.asking import ask_for
from forum.drafting.queries import progress
from forum.events.models import Forum
from forum.events.permissions import ORGANISERS, current_forum
from forum.ports.engines.choosing import facts_from
from forum.translating import queries
from forum.translating.collections import COLLECTIONS
from forum.translating.forms import ClearingForm
from forum.translating.permissions import COLLECTION, TEXTS, TRANSLATION_DESK, collections_of, current_scope
from forum.translating.rules import FIELDS, ORDER, STATES, Tally
from forum.translating.views.blueprint import COLLECTION_PAGE, ONE_SCOPE, pages
from forum.web.viewer import now, settings, viewer

PAGE = 50
FIRST = 8  # scopes of a collection on the first page
TONES = {"missing": "stop", "outdated": "wait", "machine": "wait", "human": "", "reviewed": "good"}


def _told(scopes: list[Scope]) -> list[tuple[Scope, Tally]]:
    units = queries.units_of_all(scopes)
    return [(scope, queries.whole(units[scope.name])) for scope in scopes]


@pages.page("/desk/translation/", policy=TRANSLATION_DESK)
def desk() -> ResponseReturnValue:
    """The texts that somebody may work on, a few of each collection, with what is lacking."""
    found = []
    for collection in collections_of(viewer()):
        listed = list(collection.listed(viewer()))
        if listed:
            found.append((collection, len(listed), _told(listed[:FIRST])))
    return render_template("translating/desk.html", found=found, first=FIRST, missing=TextState.MISSING)


@pages.page(COLLECTION_PAGE, policy=COLLECTION)
def collection(collection: str) -> ResponseReturnValue:
    """All scopes of one collection."""
    chosen = COLLECTIONS[collection]
    listed = list(chosen.listed(viewer()))
    number, last = _page_of(len(listed))
    return render_template(
        "translating/collection.html",
        collection=chosen,
        found=_told(listed[(number - 1) * PAGE : number * PAGE]),
        number=number,
        last=last,
        address=lambda page: url_for("translating.collection", collection=collection, page=page if page > 1 else None),
        missing=TextState.MISSING,
    )


def _page_of(count: int) -> tuple[int, int]:
    """Return the number of the page that was asked for, and of the last one."""
    last = max(1, -(-count // PAGE))
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), last), last


@pages.page(f"{ONE_SCOPE}/", policy=TEXTS)
def texts(collection: str, key: str) -> ResponseReturnValue:
    """The texts of a scope, what needs work most first."""
    scope = current_scope()
    asked, kind = request.args.get("state", ""), request.args.get("kind", "")
    units = queries.units_of(scope)
    state = TextState(asked) if asked in STATES else None
    chosen = [
        unit
        for unit in units
        if (state is None or unit.state is state) and (not kind or unit.source.entity == kind)
    ]  # fmt: skip
    number, last = _page_of(len(chosen))
    kept: dict[str, Any] = {name: value for name, value in (("state", asked if state else ""), ("kind", kind)) if value}
    kinds = dict.fromkeys(unit.source for unit in units)
    forum = scope.holder if isinstance(scope.holder, Forum) else None
    return render_template(
        "translating/texts.html",
        scope=scope,
        collection=COLLECTIONS[collection],
        tally=queries.whole(units),
        gaps=queries.gaps_of(units),
        units=chosen[(number - 1) * PAGE : number * PAGE],
        count=len(chosen),
        number=number,
        last=last,
        state=asked if state else "",
        kind=kind,
        kinds=[(source.entity, _(source.label)) for source in kinds],
        drafts=progress.counts(scope.name),
        engine=facts_from(settings(), neighbours.embedded),
        cleared=forum is not None and queries.is_cleared(forum),
        organises=forum is not None and bool(viewer().roles_in(forum) & {"organiser", "admin"}),
        address=lambda page: url_for(
            "translating.texts", collection=collection, key=key, **kept, page=page if page > 1 else None
        ),
        states=STATES,
        order=ORDER,
        tones=TONES,
        fields=FIELDS,
        missing=TextState.MISSING,
    )


@pages.page(f"{ONE_SCOPE}/draft", policy=TEXTS, methods=("POST",))
def draft(collection: str, key: str) -> ResponseReturnValue:
    """Ask for a machine draft of each text that has no other language and may be handed to the engine."""
    engine = facts_from(settings(), neighbours.embedded)
    try:
        asked = ask_for(current_scope(), engine=engine, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        flash(refusal.say(_), "error")
    else:
        left = len(asked.left_out)
        told = ngettext("%(num)s draft is asked for.", "%(num)s drafts are asked for.", asked.queued)
        if left:
            told += " " + ngettext("%(num)s text is left out.", "%(num)s texts are left out.", left)
        flash(told, "success")
    return redirect(url_for("translating.texts", collection=collection, key=key), 303)


@pages.page("/desk/translation/forums/<slug>/clearing", policy=ORGANISERS, methods=("POST",))
def clearing(slug: str) -> ResponseReturnValue:
    """Let confirmed, public sessions go to the engine before their release, or take that back."""
    form = ClearingForm()
    if not form.validate():
        abort(422)
    who = viewer()
    deed = keeping.clear_programme if form.deed.data == "clear" else keeping.close_programme
    deed(current_forum(), actor=who.actor(*who.roles_in(current_forum())), now=now())
    flash(_("Noted."), "success")
    return redirect(url_for("translating.texts", collection="forums", key=slug), 303)
