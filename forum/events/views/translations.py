"""One click on the translations of a forum, its venue, rooms, themes, segments and practical sections."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import Bilingual
from forum.events.models import Forum
from forum.events.permissions import AGENDA_EDITORS, ORGANISERS, current_forum
from forum.events.queries import bump_revision
from forum.events.views.blueprint import pages
from forum.events.views.desk import DESK, KINDS, part_of_forum
from forum.translation.forms import SettleForm
from forum.translation.operations import settle
from forum.web.viewer import now, viewer


@pages.page(f"{DESK}/settings/translations/<any(forum,venue):kind>", policy=ORGANISERS, methods=("POST",))
def settle_settings(slug: str, kind: str) -> ResponseReturnValue:
    """Say that a text of the forum or of its venue was reviewed, or is still right."""
    forum = current_forum()
    thing = forum if kind == "forum" else forum.venue
    if thing is None:
        abort(404)
    _settle(forum, thing)
    return redirect(url_for("events.settings", slug=slug, _anchor="translations"), 303)


@pages.page(
    f"{DESK}/rooms/<any(room,track,segment,section):kind>/<part_id>/translations",
    policy=AGENDA_EDITORS,
    methods=("POST",),
)
def settle_part(slug: str, kind: str, part_id: str) -> ResponseReturnValue:
    """Say that a text of a room, theme, segment or section was reviewed, or is still right."""
    forum = current_forum()
    _settle(forum, part_of_forum(forum, KINDS[kind][0], part_id))
    return redirect(url_for("events.part", slug=slug, kind=kind, part_id=part_id, _anchor="translations"), 303)


def _settle(forum: Forum, thing: Bilingual) -> None:
    form = SettleForm()
    if not form.validate():
        abort(422)
    who = viewer()
    actor = who.actor(*who.roles_in(forum))
    settle(thing, form.what, form.text.data, form.mark.data, actor=actor, now=now(), chain=forum.chain)
    bump_revision(forum)
    flash(_("Noted."), "success")
