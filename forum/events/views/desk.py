"""The organisers' desk: overview, life of the forum, settings, rooms and themes, texts, and who works here."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.bilingual import LANGUAGES, Bilingual
from forum.core.database import session
from forum.core.refusals import N_, Refusal
from forum.core.walltime import to_utc
from forum.events import operations
from forum.events.errors import ChangedMeanwhile
from forum.events.forms import (
    PartForm,
    RoleForm,
    RoomForm,
    SectionForm,
    SegmentForm,
    SettingsForm,
    TrackForm,
)
from forum.events.kinds import SegmentKind
from forum.events.models import (
    FORUM_LIFE,
    FORUM_STATES,
    Forum,
    ForumRole,
    PracticalSection,
    Role,
    Room,
    Segment,
    Track,
    Venue,
)
from forum.events.permissions import AGENDA_EDITORS, AGENDA_READERS, FORUM_STAFF, ORGANISERS, current_forum
from forum.events.views.blueprint import pages
from forum.translation.queries import translations_of
from forum.web.forms import StepForm
from forum.web.viewer import now, viewer

DESK = "/forums/<slug>/desk"
FORUM_TEXTS = ("title", "theme", "summary", "organiser")
VENUE_TEXTS = ("name", "address")
TEXT_NAMES = {
    "title": N_("Title"),
    "theme": N_("Theme of the forum"),
    "summary": N_("Summary"),
    "organiser": N_("Organiser"),
    "name": N_("Displayed name"),
    "address": N_("Address of the venue"),
    "body": N_("Text of the section"),
}
KINDS: dict[str, tuple[type[Any], type[Any]]] = {
    "room": (Room, RoomForm),
    "track": (Track, TrackForm),
    "segment": (Segment, SegmentForm),
    "section": (PracticalSection, SectionForm),
}


@pages.page(f"{DESK}/", policy=FORUM_STAFF)
def desk(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the forum
    """The overview of one forum for those who work on it."""
    return _overview()


def _overview(life: StepForm | None = None) -> str:
    forum = current_forum()
    roles = viewer().roles_in(forum)
    return render_template(
        "events/desk/overview.html",
        forum=forum,
        life=life,
        states=FORUM_STATES,
        steps=FORUM_LIFE.lawful(forum.state, roles),
        roles=roles,
        organises=bool(roles & {"organiser", "admin"}),
        # Higher rooms put their numbers here: functions of the forum and the viewer's roles, returning markup.
        panels=[panel(forum, roles) for panel in current_app.extensions.get("forum.desk_panels", ())],
    )


@pages.page(f"{DESK}/act", policy=ORGANISERS, methods=("POST",))
def act(slug: str) -> ResponseReturnValue:
    """Take the forum one step through its life."""
    form = StepForm()
    form.speaks_of(FORUM_LIFE)
    if not form.validate():
        return _overview(form), 422
    try:
        operations.act(current_forum(), form.action.data, actor=_me(), now=now(), reason=form.reason.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return _overview(form), refusal.status
    flash(_("Saved."), "success")
    return redirect(url_for("events.desk", slug=slug), 303)


@pages.page(f"{DESK}/settings", policy=ORGANISERS, methods=("GET", "POST"), soft_csrf=True, endpoint="settings")
def settings_page(slug: str) -> ResponseReturnValue:
    """What the forum is called, when and where it takes place."""
    forum = current_forum()
    zone = ZoneInfo(forum.zone_name)
    form = SettingsForm(data=_settings_of(forum, zone)).about(forum).about(forum.venue, "venue_")
    status = 200
    if request.method == "POST" and not form.validate():
        status = 422
    elif request.method == "POST":
        try:
            operations.edit_forum(
                forum,
                form.seen,
                form.sides(*FORUM_TEXTS),
                _forum_facts(form, zone),
                {(name, code): form[f"venue_{name}_{code}"].data or "" for name in VENUE_TEXTS for code in LANGUAGES},
                actor=_me(),
                now=now(),
            )
            _locate(forum.venue, form)
        except Refusal as refusal:
            status = _refused(form, refusal, forum)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("events.settings", slug=slug), 303)
    edits = _edits(form, _settings_of(forum, zone)) if status == 409 else []
    page = render_template(
        "events/desk/settings.html",
        forum=forum,
        form=form,
        edits=edits,
        zone=zone,
        of_forum=translations_of(forum),
        of_venue=translations_of(forum.venue) if forum.venue is not None else [],
        text_names=_text_names(),
    )
    return page, status


@pages.page(f"{DESK}/rooms", policy=AGENDA_READERS)
def rooms(slug: str) -> ResponseReturnValue:  # noqa: ARG001
    """Rooms, themes, segments and practical sections."""
    forum = current_forum()
    lists = [(kind, _all(forum, model)) for kind, (model, _form) in KINDS.items()]
    editor = bool(viewer().roles_in(forum) & {"organiser", "agenda", "admin"})
    return render_template("events/desk/rooms.html", forum=forum, lists=lists, may_edit=editor)


@pages.page(
    f"{DESK}/rooms/<any(room,track,segment,section):kind>/<part_id>",
    policy=AGENDA_EDITORS,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def part(slug: str, kind: str, part_id: str) -> ResponseReturnValue:
    """Edit a room, theme, segment or section; ``new`` makes one."""
    forum = current_forum()
    model, form_kind = KINDS[kind]
    found = model(forum_id=forum.id) if part_id == "new" else part_of_forum(forum, model, part_id)
    zone = ZoneInfo(forum.zone_name)
    form = form_kind(data=_part_of(found, zone) if part_id != "new" else _fresh(forum, kind))
    form.about(found if part_id != "new" else None)
    if hasattr(form, "offer"):
        form.offer()
    status = 200
    if request.method == "POST" and not form.validate():
        status = 422
    elif request.method == "POST":
        try:
            texts = form.sides("title", "body") if kind == "section" else form.sides("name")
            facts = _part_facts(form, kind, zone)
            operations.save_part(forum, found, form.seen, texts, facts, actor=_me(), now=now())
        except Refusal as refusal:
            status = _refused(form, refusal, found)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("events.rooms", slug=slug), 303)
    edits = _edits(form, _part_of(found, zone)) if status == 409 else []
    page = render_template(
        "events/desk/part.html",
        forum=forum,
        form=form,
        kind=kind,
        part=found,
        new=part_id == "new",
        edits=edits,
        zone=zone,
        translations=translations_of(found) if part_id != "new" else [],
        text_names=_text_names(),
    )
    return page, status


@pages.page(
    f"{DESK}/rooms/<any(room,track,segment,section):kind>/<part_id>/delete",
    policy=AGENDA_EDITORS,
    methods=("GET", "POST"),
)
def delete_part(slug: str, kind: str, part_id: str) -> ResponseReturnValue:
    """Delete what no session uses."""
    forum = current_forum()
    found = part_of_forum(forum, KINDS[kind][0], part_id)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Delete this entry?"),
            sentence=_("It is deleted if no session uses it."),
            button=_("Delete"),
            cancel_url=url_for("events.rooms", slug=slug),
        )
    operations.delete_part(forum, found, actor=_me(), now=now())
    flash(_("Deleted."), "success")
    return redirect(url_for("events.rooms", slug=slug), 303)


@pages.page(f"{DESK}/roles", policy=ORGANISERS, methods=("GET", "POST"), soft_csrf=True)
def roles(slug: str) -> ResponseReturnValue:
    """Who works on this forum, and as what."""
    forum = current_forum()
    form = RoleForm()
    form.offer()
    if request.method == "POST" and form.validate():
        try:
            operations.grant(forum, form.email.data, Role(form.role.data), actor=_me(), now=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("The role was given."), "success")
            return redirect(url_for("events.roles", slug=slug), 303)
    held = session.execute(
        select(ForumRole, Account)
        .join(Account, Account.id == ForumRole.account_id)
        .where(ForumRole.forum_id == forum.id)
        .order_by(ForumRole.role, Account.name, Account.id)
    ).all()
    page = render_template("events/desk/roles.html", forum=forum, form=form, held=held)
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/roles/<role_id>/revoke", policy=ORGANISERS, methods=("POST",))
def revoke_role(slug: str, role_id: str) -> ResponseReturnValue:
    """Take a role away."""
    forum = current_forum()
    row = session.execute(
        select(ForumRole, Account)
        .join(Account, Account.id == ForumRole.account_id)
        .where(ForumRole.forum_id == forum.id, ForumRole.public_id == role_id)
    ).first()
    if row is None:
        abort(404)
    operations.revoke(forum, row[0], row[1], actor=_me(), now=now())
    flash(_("The role was taken away."), "success")
    return redirect(url_for("events.roles", slug=slug), 303)


def _text_names() -> dict[str, str]:
    return {name: _(label) for name, label in TEXT_NAMES.items()}


def _me() -> Any:
    who = viewer()
    return who.actor(*who.roles_in(current_forum()))


def _refused(form: PartForm, refusal: Refusal, record: Any) -> int:
    """Show a refusal at its field; a stale edit gets the present version, so that it can be saved over."""
    form.refuse(refusal)
    if isinstance(refusal, ChangedMeanwhile):
        form.version.data = str(record.version)
        return 409
    return 422


def _edits(form: PartForm, saved: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what differs between the saved record and what was typed, field by field."""
    return [
        (field.label.text, str(saved.get(field.name) or ""), str(field.data or ""))
        for field in form
        if field.name != "version" and (saved.get(field.name) or "") != (field.data or "")
    ]


def _sides(record: Bilingual, *names: str, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}{name}_{code}": record.side(name, code) for name in names for code in LANGUAGES}


def _wall(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone).replace(tzinfo=None) if at is not None else None


def _instant(field: Any, zone: ZoneInfo) -> datetime | None:
    try:
        return to_utc(field.data.replace(tzinfo=None), zone) if field.data is not None else None
    except Refusal as refusal:
        refusal.field = field.name
        raise


def _settings_of(forum: Forum, zone: ZoneInfo) -> dict[str, Any]:
    venue = forum.venue
    return {
        **_sides(forum, *FORUM_TEXTS),
        **(_sides(venue, *VENUE_TEXTS, prefix="venue_") if venue is not None else {}),
        "first_day": forum.first_day,
        "last_day": forum.last_day,
        "day_starts": forum.day_starts,
        "day_ends": forum.day_ends,
        "contact_email": forum.contact_email,
        "registration_opens_at": _wall(forum.registration_opens_at, zone),
        "registration_closes_at": _wall(forum.registration_closes_at, zone),
        "latitude": venue.latitude if venue is not None else None,
        "longitude": venue.longitude if venue is not None else None,
        "version": str(forum.version),
    }


def _forum_facts(form: SettingsForm, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "first_day": form.first_day.data,
        "last_day": form.last_day.data,
        "day_starts": form.day_starts.data,
        "day_ends": form.day_ends.data,
        "contact_email": form.contact_email.data or "",
        "registration_opens_at": _instant(form.registration_opens_at, zone),
        "registration_closes_at": _instant(form.registration_closes_at, zone),
    }


def _locate(venue: Venue | None, form: SettingsForm) -> None:
    if venue is not None:
        venue.latitude, venue.longitude = form.latitude.data, form.longitude.data


def _all(forum: Forum, model: type[Any]) -> list[Any]:
    return list(session.scalars(select(model).where(model.forum_id == forum.id).order_by(model.order, model.id)))


def part_of_forum(forum: Forum, model: type[Any], part_id: str) -> Any:
    """Return a part of this forum, or answer that there is none."""
    found = session.scalar(select(model).where(model.forum_id == forum.id, model.public_id == part_id))
    if found is None:
        abort(404)
    return found


def _fresh(forum: Forum, kind: str) -> dict[str, Any]:
    return {
        "order": len(_all(forum, KINDS[kind][0])),
        "step_free": True,
        "turnaround_minutes": 10,
        "booths": 0,
        "kind": SegmentKind.PARALLEL.value,
        "layout": "theatre",
    }


def _part_of(found: Any, zone: ZoneInfo) -> dict[str, Any]:
    known = {**_sides(found, *type(found).__bilingual__), "order": found.order}
    if isinstance(found, PracticalSection):
        return known
    known |= {"version": str(found.version), "code": found.slug if isinstance(found, Track) else found.code}
    if isinstance(found, Room):
        names = ("layout", "hard_max", "booths", "turnaround_minutes", "step_free", "hearing_loop")
        known |= {name: getattr(found, name) for name in names} | (found.layouts or {})
    if isinstance(found, Segment):
        known |= {
            "kind": found.kind.value,
            "starts_at": _wall(found.starts_at, zone),
            "ends_at": _wall(found.ends_at, zone),
        }
    return known


def _part_facts(form: Any, kind: str, zone: ZoneInfo) -> dict[str, Any]:
    facts: dict[str, Any] = {"order": form.order.data or 0}
    if kind == "track":
        facts["slug"] = form.code.data
    elif kind != "section":
        facts["code"] = form.code.data
    if kind == "room":
        facts |= {
            "layouts": form.layouts(),
            "layout": form.layout.data,
            "hard_max": form.hard_max.data,
            "booths": form.booths.data or 0,
            "turnaround_minutes": form.turnaround_minutes.data or 0,
            "step_free": bool(form.step_free.data),
            "hearing_loop": bool(form.hearing_loop.data),
        }
    if kind == "segment":
        facts |= {
            "kind": SegmentKind(form.kind.data),
            "starts_at": _instant(form.starts_at, zone),
            "ends_at": _instant(form.ends_at, zone),
        }
    return facts
