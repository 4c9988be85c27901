"""What waits at the desk: collections with their progress, and what may be drafted before a release."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import TextState
from forum.drafting.neighbours import Scope
from forum.drafting.operations import keeping
from forum.events.permissions import ORGANISERS, current_forum
from forum.translating import queries
from forum.translating.collections import COLLECTIONS
from forum.translating.forms import ClearingForm
from forum.translating.permissions import COLLECTION, TRANSLATION_DESK, collections_of
from forum.translating.rules import Tally
from forum.translating.views.blueprint import COLLECTION_PAGE, PAGE, pages
from forum.web.viewer import now, viewer

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
