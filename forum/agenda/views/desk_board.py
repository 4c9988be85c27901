"""The agenda at the desk: the day board, moving by drag, keys or form, undoing, and the conflict panel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.errors import ChangedMeanwhile
from forum.agenda.forms.sessions import PlaceForm, ShiftForm
from forum.agenda.models import Slot
from forum.agenda.operations import history, slots
from forum.agenda.operations.slots import Place
from forum.agenda.programme import Programme, programme_day
from forum.agenda.queries import draft
from forum.agenda.queries import sessions as queries
from forum.agenda.rules.conflicts import touching
from forum.agenda.rules.findings import Severity
from forum.agenda.rules.timetable import day_grid
from forum.agenda.views.blueprint import pages
from forum.agenda.views.desk_words import (
    may_edit,
    me,
    room_choices,
    room_of,
    said_all,
    session_or_404,
    slot_or_404,
    standing,
    when,
    who_is,
)
from forum.core.refusals import Refusal
from forum.core.walltime import to_utc, zone_named
from forum.events.models import Forum
from forum.events.permissions import AGENDA_EDITORS, AGENDA_READERS, current_forum
from forum.web.formats import day_clock
from forum.web.viewer import now, viewer

DESK = "/forums/<slug>/desk/agenda"


@pages.page(DESK, policy=AGENDA_READERS)
def board(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the forum
    """The draft of one day as a board, with everything that isn't on it beside."""
    forum = current_forum()
    programme, found = standing(forum)
    days = _days(forum)
    day = _chosen(days)
    grid = day_grid(programme, day)
    first, offset, hours = _frame(forum, day, _first_row(programme, day, grid.hours), grid.hours)
    versions = {slot.guid: slot.version for held in queries.all_of(forum) for slot in held.slots}
    outside = [item for item in programme.items if programme_day(item.starts_at, programme.forum) not in days]
    graves = {guid for each in found if each.severity in (Severity.BLOCK, Severity.ERROR) for guid in each.guids}
    return render_template(
        "agenda/desk/board.html",
        forum=forum,
        programme=programme,
        days=days,
        day=day,
        grid=grid,
        first=first,
        offset=offset,
        hours=hours,
        versions=versions,
        outside=outside,
        unplaced=queries.unplaced(forum),
        clashing=graves,
        counts=_counts(found),
        may_edit=may_edit(),
        last=queries.last_step(forum, me().reference) if viewer().signed_in else None,
        revision=draft.revision(forum),
    )


@pages.page(f"{DESK}/revision", policy=AGENDA_READERS)
def revision(slug: str) -> ResponseReturnValue:  # noqa: ARG001
    """Whether somebody has changed the draft since."""
    return jsonify(revision=draft.revision(current_forum()))


@pages.page(f"{DESK}/slots/<guid>/move", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def move(slug: str, guid: str) -> ResponseReturnValue:
    """Move one slot: the one door for dragging, keys and forms."""
    forum, slot = current_forum(), slot_or_404(guid)
    form = PlaceForm(obj=None if request.method == "POST" else slot, version=str(slot.version))
    form.offer(room_choices(forum))
    if request.method == "GET":
        form.room.data = slot.room.guid if slot.room is not None else ""
        form.fold.data = str(slot.fold) if slot.fold_chosen else ""
        return _move_page(forum, slot, form)
    if "fold" not in request.form:
        form.fold.data = ""
    status, sentence = _try_to_move(forum, slot, form)
    if sentence:
        if _scripted():
            return jsonify(sentence=sentence, url=url_for("agenda.move", slug=slug, guid=guid)), status
        return _move_page(forum, slot, form, stale=status == 409), status
    if not _scripted():
        flash(_("The session was moved."), "success")
        return redirect(url_for("agenda.board", slug=slug, day=_day_of(forum, slot)), 303)
    programme, found = standing(forum)
    return jsonify(
        version=slot.version,
        revision=draft.revision(forum),
        conflicts=[
            {"severity": each.severity, "label": _label(each.severity), "sentence": each.sentence}
            for each in said_all(touching(found, [guid]), programme)
        ],
    )


def _try_to_move(forum: Forum, slot: Slot, form: PlaceForm) -> tuple[int, str]:
    """Move the slot; return status and sentence of a refusal, which the form shows as well."""
    if not form.validate():
        return 422, _first_error(form)
    place = Place(room_of(forum, form.room.data), form.start, form.minutes.data, form.fold_said)
    try:
        slots.move(forum, slot, form.seen, place, actor=me(), now=now())
    except ChangedMeanwhile as stale:
        form.version.data = str(slot.version)
        sentence = _(
            "%(who)s changed this session at %(when)s. Your change was not saved.",
            who=who_is(stale.by),
            when=day_clock(when(stale.at)),
        )
        form.form_errors.append(sentence)
        return 409, sentence
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal.status, refusal.say(_)
    return 200, ""


@pages.page(f"{DESK}/sessions/<session_id>/place", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def place(slug: str, session_id: str) -> ResponseReturnValue:
    """Place a session, for the first time or once more."""
    forum, held = current_forum(), session_or_404(session_id)
    form = PlaceForm(version="0")
    form.offer(room_choices(forum))
    if request.method == "GET":
        form.local_start.data = datetime.combine(forum.first_day, forum.day_starts)
        form.minutes.data = 60
        form.fold.data = ""
    elif form.validate():
        wanted = Place(room_of(forum, form.room.data), form.start, form.minutes.data, form.fold_said)
        try:
            slot = slots.add_slot(forum, held, wanted, actor=me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The session was placed."), "success")
            return redirect(url_for("agenda.board", slug=slug, day=_day_of(forum, slot)), 303)
    page = render_template("agenda/desk/place.html", forum=forum, held=held, slot=None, form=form, stale=False)
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/slots/<guid>/withdraw", policy=AGENDA_EDITORS, methods=("GET", "POST"))
def withdraw(slug: str, guid: str) -> ResponseReturnValue:
    """Take a slot out of the timetable."""
    forum, slot = current_forum(), slot_or_404(guid)
    edit = url_for("agenda.edit_session", slug=slug, session_id=slot.agenda_session.public_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Take this session out of the timetable?"),
            sentence=_("Its texts and people stay. If it was released, the next release shows it as cancelled."),
            button=_("Take it out"),
            cancel_url=edit,
        )
    slots.withdraw_slot(forum, slot, slot.version, actor=me(), now=now())
    flash(_("The session is no longer in the timetable."), "success")
    return redirect(edit, 303)


@pages.page(f"{DESK}/slots/<guid>/shift", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def shift(slug: str, guid: str) -> ResponseReturnValue:
    """Move a slot and everything after it in its room on that day."""
    forum, slot = current_forum(), slot_or_404(guid)
    form = ShiftForm(version=str(slot.version))
    until = _end_of_day(forum, slot)
    if request.method == "POST" and form.validate():
        try:
            slots.shift(forum, slot, form.seen, form.minutes.data, until, actor=me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The rest of the day was shifted."), "success")
            return redirect(url_for("agenda.board", slug=slug, day=_day_of(forum, slot)), 303)
    page = render_template(
        "agenda/desk/shift.html",
        forum=forum,
        slot=slot,
        form=form,
        moved=slots.later_in_room(forum, slot, until),
    )
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/undo", policy=AGENDA_EDITORS, methods=("POST",))
def undo(slug: str) -> ResponseReturnValue:
    """Undo the last step of the person at the desk."""
    done = history.undo_last(current_forum(), actor=me(), now=now())
    flash(_("Undone: %(step)s.", step=_(done.label)), "success")
    return redirect(url_for("agenda.board", slug=slug), 303)


@pages.page("/forums/<slug>/desk/conflicts", policy=AGENDA_READERS)
def conflicts(slug: str) -> ResponseReturnValue:  # noqa: ARG001
    """Everything that stands against the draft, by severity."""
    forum = current_forum()
    programme, found = standing(forum)
    groups = [
        (_label(severity), said_all((each for each in found if each.severity is severity), programme))
        for severity in Severity
    ]
    return render_template("agenda/desk/conflicts.html", forum=forum, groups=groups, total=len(found))


def _days(forum: Forum) -> list[date]:
    count = (forum.last_day - forum.first_day).days + 1
    return [forum.first_day + timedelta(days=number) for number in range(min(count, 60))]


def _chosen(days: list[date]) -> date:
    asked = request.args.get("day", "")
    return next((day for day in days if day.isoformat() == asked), days[0])


def _first_row(programme: Programme, day: date, hours: tuple[tuple[str, int], ...]) -> datetime:
    """Return the naive wall time of the first row of a day's grid."""
    text = hours[0][0] if hours else "08:00"
    opening = datetime.combine(day, datetime.strptime(text, "%H:%M").time())  # noqa: DTZ007 - wall time
    return opening if opening.time() >= programme.forum.day_change else opening + timedelta(days=1)


def _frame(
    forum: Forum, day: date, first: datetime, hours: tuple[tuple[str, int], ...]
) -> tuple[datetime, int, list[tuple[str, int]]]:
    """Widen the grid to the bounds of a normal day, so that a session can move before the first one.

    Returns the wall time of the first row, the minutes by which the rows go down, and the hours.
    """
    opening = datetime.combine(day, forum.day_starts).replace(minute=0, second=0)
    begin = min(first, opening)
    offset = int((first - begin).total_seconds() // 60)
    closing = int((datetime.combine(day, forum.day_ends) - begin).total_seconds() // 60)
    length = max(closing, offset + (hours[-1][1] if hours else 0))
    marks = [(f"{begin + timedelta(minutes=after):%H:%M}", after) for after in range(0, length + 1, 60)]
    return begin, offset, marks


def _counts(found: tuple[Any, ...]) -> list[tuple[str, int]]:
    counted = [(_label(level), sum(each.severity is level for each in found)) for level in Severity]
    return [(label, count) for label, count in counted if count]


def _label(severity: str) -> str:
    words = {"block": _("Cannot be saved"), "error": _("Error"), "warning": _("Warning"), "note": _("Note")}
    return words[str(severity)]


def _scripted() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _first_error(form: PlaceForm) -> str:
    sentences = [*form.form_errors, *(error for errors in form.errors.values() for error in errors)]
    return str(sentences[0]) if sentences else _("Something in the form isn't as expected. Go back and try again.")


def _move_page(forum: Forum, slot: Slot, form: PlaceForm, *, stale: bool = False) -> str:
    return render_template(
        "agenda/desk/place.html", forum=forum, held=slot.agenda_session, slot=slot, form=form, stale=stale
    )


def _day_of(forum: Forum, slot: Slot) -> str:
    return programme_day(slot.starts_at, draft.forum_facts(forum, {})).isoformat()


def _end_of_day(forum: Forum, slot: Slot) -> datetime:
    day = programme_day(slot.starts_at, draft.forum_facts(forum, {})) + timedelta(days=1)
    return to_utc(datetime.combine(day, forum.day_change), zone_named(forum.zone_name))
