"""My participation: its state, the next step, offers, seats, and the deeds that are lawful now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.models import AgendaSession
from forum.agenda.queries.level import viewer_level
from forum.agenda.queries.released import current
from forum.agenda.visibility import ViewerLevel, visible
from forum.core.bilingual import Text
from forum.core.refusals import Refusal
from forum.events.permissions import current_forum
from forum.registration import queries, seats
from forum.registration.forms.registering import MAIL_LANGUAGES, DeedForm
from forum.registration.models import Participation, WaitingEntry
from forum.registration.notices import NOTICES
from forum.registration.operations import booking, queue, waiting
from forum.registration.operations.consents import given
from forum.registration.operations.life import lawful, perform
from forum.registration.operations.links import secret_of
from forum.registration.operations.registering import documents_of
from forum.registration.operations.sealed import hints
from forum.registration.permissions import (
    OFFER_LINK,
    OWN_PARTICIPATION,
    current_offer,
    current_participation,
    own_actor,
)
from forum.registration.rules.fields import ATTENDANCES, DOCUMENT_KINDS, LISTENING, SEALED_FIELDS
from forum.registration.rules.windows import EDITABLE
from forum.registration.states import (
    DELEGATION_STATES,
    PARTICIPATION_STATES,
    SEAT_STATES,
    ParticipationState,
    WaitingState,
)
from forum.registration.views.blueprint import pages
from forum.registration.views.steps import UNSENT, at, key
from forum.web.limits import limiter
from forum.web.policy import SIGNED_IN
from forum.web.viewer import now, viewer

# Deeds that have a page of their own here; the others belong to the focal point's sheet or the desk.
OWN_DEEDS = ("confirm", "withdraw", "replace")


def deed_words(action: str) -> tuple[str, str, str]:
    """Return the heading, the sentence and the button of the page that asks before a deed."""
    words = {
        "confirm": (
            _("Confirm attendance"),
            _("You confirm that you will take part. The seat is yours."),
            _("Confirm attendance"),
        ),
        "withdraw": (
            _("Withdraw the registration"),
            _("Your seats go to others at once. This can't be undone; you would have to register again."),
            _("Withdraw"),
        ),
        "replace": (
            _("Replace by somebody else"),
            _("This person's registration ends. A draft for the successor is opened; the delegation's place is kept."),
            _("Replace"),
        ),
    }
    return words[action]


@pages.page("/my/participations", policy=SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Every participation and delegation of this account."""
    account_id = viewer().account_id or 0
    return render_template(
        "registration/mine/list.html",
        participations=queries.mine(account_id),
        delegations=queries.delegations_of_focal(account_id),
        states=PARTICIPATION_STATES,
        delegation_states=DELEGATION_STATES,
        section="mine",
    )


@pages.page("/forums/<slug>/my/<participation_id>/", policy=OWN_PARTICIPATION)
def participation(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The state of a participation and what can be done next."""
    one = current_participation()
    entries = queries.open_entries(one)
    deeds = [row for row in lawful(one, own_actor().roles) if row.action in OWN_DEEDS]
    return render_template(
        "registration/mine/participation.html",
        forum=current_forum(),
        participation=one,
        states=PARTICIPATION_STATES,
        deeds=deeds,
        deed_words=deed_words,
        entries=[(entry, waiting.stands(entry, now()), queue.place_in_line(entry)) for entry in entries],
        unsent=one.state in UNSENT,
        editable=one.state in EDITABLE,
        hints=hints(one),
        sealed=SEALED_FIELDS,
        documents=documents_of(one),
        kinds=DOCUMENT_KINDS,
        consents=given(one),
        notices=NOTICES,
        mail_languages=dict(MAIL_LANGUAGES),
        attendances=ATTENDANCES,
        listening=LISTENING,
        books=one.state in booking.MAY_BOOK and bool(queries.bookable(current_forum())),
        key=key(),
        section="mine",
        at=at,
    )


@pages.page(
    "/forums/<slug>/my/<participation_id>/deeds/<any(confirm,withdraw,replace):action>",
    policy=OWN_PARTICIPATION,
    methods=("GET", "POST"),
)
def deed(slug: str, participation_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Ask before a deed, then do it; a deed that was done already is answered with the page as it is."""
    one = current_participation()
    form = DeedForm(version=str(one.version))
    if form.sent:
        if one.state == DONE[action]:
            return redirect(at("participation"), 303)
        perform(one, action, actor=own_actor(), now=now(), reason=form.reason.data)
        flash(SAID[action]())
        return redirect(at("participation"), 303)
    if action not in {row.action for row in lawful(one, own_actor().roles)}:
        abort(409)
    heading, sentence, button = deed_words(action)
    return render_template(
        "registration/mine/deed.html",
        forum=current_forum(),
        heading=heading,
        sentence=sentence,
        button=button,
        cancel_url=at("participation"),
        grave=action != "confirm",
    )


DONE = {
    "confirm": ParticipationState.CONFIRMED,
    "withdraw": ParticipationState.WITHDRAWN,
    "replace": ParticipationState.REPLACED,
}
SAID = {
    "confirm": lambda: _("Thank you. Your attendance is confirmed."),
    "withdraw": lambda: _("The registration is withdrawn."),
    "replace": lambda: _("The registration is closed. Fill in the successor's draft on the delegation's page."),
}


@pages.page(
    "/forums/<slug>/my/<participation_id>/waiting/<entry_id>", policy=OWN_PARTICIPATION, methods=("GET", "POST")
)
def place_in_line(slug: str, participation_id: str, entry_id: str) -> ResponseReturnValue:  # noqa: ARG001 - policy
    """A place in line, or an offer: accept, decline or leave."""
    entry = next((e for e in queries.open_entries(current_participation()) if e.public_id == entry_id), None)
    if entry is None:
        abort(404)
    return _offer_page(entry, at("participation"))


@pages.page("/forums/<slug>/offers/<secret>", policy=OFFER_LINK, methods=("GET", "POST"))
@limiter.limit("30/minute", methods=["POST"])
def offer(slug: str, secret: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The page behind the link of an offer: looking changes nothing, sending the form answers."""
    entry = current_offer()
    link = entry.participation
    opened_by = secret_of(link) if link.link_hash else link.public_id
    back = url_for(".participation", slug=current_forum().slug, participation_id=opened_by)
    return _offer_page(entry, back)


def _offer_page(entry: WaitingEntry, back: str) -> ResponseReturnValue:
    form = DeedForm()
    if form.sent:
        return _answered(entry, back)
    return render_template(
        "registration/mine/offer.html",
        forum=current_forum(),
        entry=entry,
        stands=waiting.stands(entry, now()),
        offered=entry.state is WaitingState.OFFERED,
        place=queue.place_in_line(entry),
        back=back,
        title=_session_titles().get(entry.session_id or 0),
    )


def _answered(entry: WaitingEntry, back: str) -> ResponseReturnValue:
    answer = request.form.get("answer", "")
    actor = own_actor()
    if answer == "accept":
        came = waiting.accept(entry, actor=actor, now=now())
        if came.seated:
            flash(_("The seat is yours."), "success")
        else:
            flash(
                _(
                    "The offer had ended and the seat went on. You are on the waiting list again, in place %(place)s.",
                    place=came.place,
                )
            )
    elif answer == "decline":
        waiting.decline(entry, actor=actor, now=now())
        flash(_("You declined the offer. The seat goes to the next in line."))
    elif answer == "leave":
        waiting.leave(entry, actor=actor, now=now())
        flash(_("You left the waiting list."))
    else:
        abort(400)
    return redirect(back, 303)


@dataclass(frozen=True, slots=True)
class Bookable:
    """A session whose seats are booked, as this reader may see it."""

    public_id: str
    title: Text
    starts_at: datetime
    ends_at: datetime
    state: str
    free: int | None
    entry_id: str = ""


def _session_titles() -> dict[int, Text]:
    """Return the titles of the bookable sessions by id, as a registered reader sees the released programme."""
    programme = current(current_forum())
    if programme is None:
        return {}
    seen = {item.session_id: item.title for item in visible(programme, ViewerLevel.REGISTERED, now()).items}
    return {s.id: seen[s.public_id] for s in queries.bookable(current_forum()) if s.public_id in seen}


@pages.page("/forums/<slug>/my/<participation_id>/sessions", policy=OWN_PARTICIPATION, methods=("GET", "POST"))
@limiter.limit("60/minute", methods=["POST"])
def sessions(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Book a seat in a session, take a place in line, or give either back."""
    one = current_participation()
    form = DeedForm()
    if form.sent:
        return _booked(one)
    return render_template(
        "registration/mine/sessions.html",
        forum=current_forum(),
        participation=one,
        rows=_bookable_rows(one),
        may_book=one.state in booking.MAY_BOOK,
        labels=SEAT_STATES,
        at=at,
        section="mine",
    )


def _booked(one: Participation) -> ResponseReturnValue:
    wanted = request.form.get("session", "")
    found = next((s for s in queries.bookable(current_forum()) if s.public_id == wanted), None)
    giving_back = request.form.get("deed") == "release"
    if found is None or not _may_speak_of(one, found, giving_back=giving_back):
        abort(404)
    try:
        if giving_back:
            booking.release(one, found, actor=own_actor(), now=now())
            flash(_("Your seat in this session is given back."))
        else:
            seat = booking.book(one, found, actor=own_actor(), now=now())
            entry = queue.open_entry(one, found)
            if seat.state == "granted" or entry is None:
                flash(_("Your seat in this session is booked."), "success")
            else:
                place = queue.place_in_line(entry)
                flash(_("This session is full. You are on the waiting list, in place %(place)s.", place=place))
    except Refusal as refusal:
        return render_template(
            "registration/mine/refused.html", forum=current_forum(), sentence=refusal.say(_), back=at("sessions")
        ), refusal.status
    return redirect(at("sessions"), 303)


def _may_speak_of(one: Participation, found: AgendaSession, *, giving_back: bool) -> bool:
    """Tell whether a session is among those offered to this reader; a placeholder never is.

    A seat can be given back whatever has become of its session.
    """
    if giving_back and found.id in queries.seats_of(one):
        return True
    return any(row.public_id == found.public_id for row in _bookable_rows(one))


def _bookable_rows(one: Participation) -> list[Bookable]:
    own = ViewerLevel.REGISTERED if one.state in booking.MAY_BOOK else ViewerLevel.PUBLIC
    level = max(viewer_level(viewer(), current_forum()), own)
    programme = current(current_forum())
    if programme is None:
        return []
    held = queries.seats_of(one)
    entries = {entry.session_id: entry for entry in queries.open_entries(one)}
    by_public_id = {found.public_id: found for found in queries.bookable(current_forum())}
    counters = seats.counters(seats.of_session(found) for found in by_public_id.values())
    rows = []
    for item in visible(programme, level, now()).items:
        found = by_public_id.pop(item.session_id, None)
        if found is None or item.is_placeholder:
            continue
        counter = counters.get(seats.of_session(found))
        cap = found.capacity
        free = None if cap is None else max(0, cap - (counter.taken if counter else 0))
        seat, entry = held.get(found.id), entries.get(found.id)
        rows.append(
            Bookable(
                found.public_id,
                item.title,
                item.starts_at,
                item.ends_at,
                str(seat.state) if seat else "",
                free,
                entry.public_id if entry else "",
            )
        )
    return rows
