"""Beginning a forum: from nothing, or laid out as a former one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import LANGUAGES
from forum.core.refusals import Refusal
from forum.events import operations
from forum.events.forms import NewForumForm, RepeatForm
from forum.events.models import Forum
from forum.events.operations import repeating
from forum.events.permissions import ORGANISERS, current_forum
from forum.events.views.blueprint import pages
from forum.events.views.desk import DESK
from forum.places import queries as places
from forum.web.language import current_language
from forum.web.policy import ADMIN
from forum.web.viewer import now, viewer

A_YEAR = timedelta(weeks=52)  # the same day of the week
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@pages.page("/forums/new", policy=ADMIN, methods=("GET", "POST"), soft_csrf=True)
def create() -> ResponseReturnValue:
    """Make a forum; whoever makes it is its first organiser."""
    form = NewForumForm(data={"zone": "Asia/Shanghai"})
    form.offer(places.everything("cities", current_language()), current_language())
    if form.sent and form.validate():
        try:
            made = operations.create_forum(
                form.slug.data,
                form.code.data,
                form.zone.data,
                (form.first_day.data, form.last_day.data),
                form.titles(),
                actor=viewer().actor(),
                now=now(),
            )
            if form.city.data:
                operations.host(made, places.city(form.city.data), actor=viewer().actor(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The forum was created as a draft: only those who work on it see it."), "success")
            return redirect(url_for("events.desk", slug=made.slug), 303)
    return render_template("events/desk/create.html", form=form), 422 if form.sent else 200


@pages.page(f"{DESK}/repeat", policy=ORGANISERS, methods=("GET", "POST"), soft_csrf=True)
def repeat(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the forum
    """Make the next forum as this one is laid out, in one step."""
    forum = current_forum()
    form = RepeatForm(data=_suggested(forum)).about(forum)
    if form.sent and form.validate():
        who = viewer()
        try:
            made = repeating.repeat_forum(
                forum,
                form.slug.data,
                form.code.data,
                form.first_day.data,
                form.titles(),
                actor=who.actor(*who.roles_in(forum)),
                now=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The forum was created as a draft: only those who work on it see it."), "success")
            return redirect(url_for("events.desk", slug=made.slug), 303)
    return render_template("events/desk/repeat.html", forum=forum, form=form), 422 if form.sent else 200


def _suggested(forum: Forum) -> dict[str, Any]:
    """Return what the next forum is probably called: the years in its names go on by one."""
    first_day = forum.first_day + A_YEAR

    def later(text: str) -> str:
        return YEAR.sub(str(first_day.year), text)

    return {
        **{f"title_{code}": later(forum.side("title", code)) for code in LANGUAGES},
        "slug": later(forum.slug) if YEAR.search(forum.slug) else f"{forum.slug}-{first_day.year}"[:60],
        "code": later(forum.code) if YEAR.search(forum.code) else f"{forum.code[:15]}_{first_day.year}",
        "first_day": first_day,
    }
