"""One session at the desk: both languages side by side, its life, its people and its documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.agenda.errors import ChangedMeanwhile
from forum.agenda.forms.sessions import SessionForm
from forum.agenda.models import SESSION_LIFE, AgendaSession
from forum.agenda.operations import sessions
from forum.agenda.operations.sessions import TEXTS, SessionFacts
from forum.agenda.programme import Visibility
from forum.agenda.rules.conflicts import touching
from forum.agenda.views.blueprint import pages
from forum.agenda.views.desk_board import DESK
from forum.agenda.views.desk_words import (
    PEOPLE_CODES,
    TEXT_CODES,
    may_edit,
    me,
    said_all,
    segment_choices,
    session_or_404,
    standing,
    track_choices,
    when,
    who_is,
)
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.refusals import N_, Refusal
from forum.core.walltime import NonexistentTime, to_utc, zone_named
from forum.events.models import Forum, Segment, Track
from forum.events.permissions import AGENDA_EDITORS, AGENDA_READERS, current_forum
from forum.translation.forms import SettleForm
from forum.translation.operations import settle
from forum.translation.queries import translations_of
from forum.web.forms import StepForm
from forum.web.viewer import now

TEXT_NAMES = {
    "title": N_("Title"),
    "abstract": N_("Abstract"),
    "description": N_("Description"),
    "placeholder": N_("Placeholder"),
}


@pages.page(f"{DESK}/new", policy=AGENDA_EDITORS, methods=("GET", "POST"), endpoint="edit_new", soft_csrf=True)
def new_session(slug: str) -> ResponseReturnValue:
    """Make a session."""
    forum = current_forum()
    form = _form(forum)
    if request.method == "POST" and form.validate():
        try:
            held = sessions.create_session(forum, _facts(forum, form), actor=me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The session was created. It has no time and place yet."), "success")
            return redirect(url_for("agenda.edit_session", slug=slug, session_id=held.public_id), 303)
    page = render_template("agenda/desk/new.html", forum=forum, form=form)
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/sessions/<session_id>", policy=AGENDA_READERS, methods=("GET", "POST"), soft_csrf=True)
def edit_session(slug: str, session_id: str) -> ResponseReturnValue:
    """See and edit one session."""
    forum, held = current_forum(), session_or_404(session_id)
    if request.method == "GET":
        return _page(forum, held, _form(forum, held))
    if not may_edit():
        abort(403)
    form = _form(forum)
    if not form.validate():
        return _page(forum, held, form), 422
    try:
        sessions.edit_session(forum, held, form.seen, _facts(forum, form), actor=me(), now=now())
    except ChangedMeanwhile as stale:
        return _page(forum, held, form, stale=stale), 409
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(forum, held, form), 422
    flash(_("Saved."), "success")
    return redirect(url_for("agenda.edit_session", slug=slug, session_id=session_id), 303)


@pages.page(f"{DESK}/sessions/<session_id>/act", policy=AGENDA_EDITORS, methods=("POST",))
def act(slug: str, session_id: str) -> ResponseReturnValue:
    """Take a session one step through its life."""
    forum, held = current_forum(), session_or_404(session_id)
    form = StepForm()
    form.speaks_of(SESSION_LIFE)
    if not form.validate():
        return _page(forum, held, _form(forum, held), life=form), 422
    try:
        sessions.act(forum, held, form.action.data, actor=me(), now=now(), reason=form.reason.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(forum, held, _form(forum, held), life=form), refusal.status
    flash(_("Saved."), "success")
    return redirect(url_for("agenda.edit_session", slug=slug, session_id=session_id), 303)


@pages.page(f"{DESK}/sessions/<session_id>/translations", policy=AGENDA_EDITORS, methods=("POST",))
def settle_translation(slug: str, session_id: str) -> ResponseReturnValue:
    """Say in one click that a translation was reviewed, or is still right."""
    forum, held = current_forum(), session_or_404(session_id)
    form = SettleForm()
    if not form.validate():
        abort(422)
    settle(held, form.what, form.text.data, form.mark.data, actor=me(), now=now(), chain=forum.chain)
    flash(_("Noted."), "success")
    back = url_for("agenda.edit_session", slug=slug, session_id=session_id, _anchor="translations")
    return redirect(back, 303)


@pages.page(f"{DESK}/sessions/<session_id>/delete", policy=AGENDA_EDITORS, methods=("GET", "POST"))
def delete(slug: str, session_id: str) -> ResponseReturnValue:
    """Delete a session that no release knows."""
    forum, held = current_forum(), session_or_404(session_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Delete this session?"),
            sentence=_("It goes with its texts, people and documents. You can undo this on the board."),
            button=_("Delete"),
            cancel_url=url_for("agenda.edit_session", slug=slug, session_id=session_id),
        )
    sessions.delete_session(forum, held, actor=me(), now=now())
    flash(_("The session was deleted."), "success")
    return redirect(url_for("agenda.board", slug=slug), 303)


def _form(forum: Forum, held: AgendaSession | None = None) -> SessionForm:
    known: dict[str, Any] = {"floor_language": "en", "original": "en", "visibility": "public"}
    if held is not None:
        known = {
            **{f"{name}_{code}": held.side(name, code) for name in TEXTS for code in LANGUAGES},
            "original": held.source_lang,
            "segment": held.segment.code if held.segment is not None else "",
            "track": held.track.slug if held.track is not None else "",
            "floor_language": held.floor_language,
            "interpretation": held.interpretation,
            "visibility": held.visibility.value,
            "embargo_until": when(held.embargo_until) if held.embargo_until else None,
            "bookable": held.bookable,
            "capacity": held.capacity,
            "version": str(held.version),
        }
    form = SessionForm(data=known).about(held)
    form.offer(segment_choices(forum), track_choices(forum))
    return form


def _facts(forum: Forum, form: SessionForm) -> SessionFacts:
    return SessionFacts(
        texts=form.texts(),
        original="zh" if form.original.data == "zh" else "en",
        segment=session.scalar(select(Segment).where(Segment.forum_id == forum.id, Segment.code == form.segment.data)),
        track=session.scalar(select(Track).where(Track.forum_id == forum.id, Track.slug == form.track.data)),
        floor_language=form.floor_language.data,
        interpretation=tuple(form.interpretation.data or ()),
        visibility=Visibility(form.visibility.data),
        embargo_until=_instant(forum, form.embargo_until.data),
        bookable=bool(form.bookable.data),
        capacity=form.capacity.data,
    )


def _instant(forum: Forum, local: datetime | None) -> datetime | None:
    if local is None:
        return None
    try:
        return to_utc(local.replace(tzinfo=None), zone_named(forum.zone_name))
    except NonexistentTime as refusal:
        refusal.field = "embargo_until"
        raise


def _page(
    forum: Forum,
    held: AgendaSession,
    form: SessionForm,
    *,
    stale: ChangedMeanwhile | None = None,
    life: StepForm | None = None,
) -> str:
    programme, found = standing(forum)
    slots = [slot for slot in held.slots if slot.withdrawn_at is None]
    # Those of withdrawn slots too: people may still count on them.
    mine = said_all(touching(found, [*(slot.guid for slot in held.slots), held.public_id]), programme)
    edits = []
    if stale is not None:
        form.version.data = str(held.version)
        edits = [
            (form[f"{name}_{code}"].label.text, held.side(name, code), form[f"{name}_{code}"].data or "")
            for name in TEXTS
            for code in LANGUAGES
            if held.side(name, code) != (form[f"{name}_{code}"].data or "")
        ]
    return render_template(
        "agenda/desk/session.html",
        forum=forum,
        held=held,
        form=form,
        life=life,
        slots=slots,
        zone=programme.forum.zone,
        translations=translations_of(held),
        text_names={name: _(label) for name, label in TEXT_NAMES.items()},
        steps=SESSION_LIFE.lawful(held.state, me().roles),
        on_texts=[each for each in mine if each.code in TEXT_CODES],
        on_people=[each for each in mine if each.code in PEOPLE_CODES],
        on_place=[each for each in mine if each.code not in TEXT_CODES | PEOPLE_CODES],
        stale=stale,
        stale_by=who_is(stale.by) if stale is not None else "",
        stale_at=when(stale.at) if stale is not None else None,
        edits=edits,
        may_edit=may_edit(),
    )
