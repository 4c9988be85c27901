"""My agenda: what somebody starred, to read, to print and to subscribe to."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Account, AccountState
from forum.agenda import exports
from forum.agenda.exports import book, feed
from forum.agenda.exports.standing import standing
from forum.agenda.exports.wording import Wording
from forum.agenda.operations import stars as operations
from forum.agenda.programme import Item, Programme, programme_day
from forum.agenda.queries import stars
from forum.agenda.queries.level import viewer_level
from forum.agenda.rules.timetable import in_reading_order
from forum.agenda.views.blueprint import pages
from forum.agenda.views.files import (
    Part,
    answer,
    current_language_choice,
    farewells,
    file_words,
    site_address,
    usual_texts,
)
from forum.agenda.views.reading import MAX_AGE_OF_CALENDARS, Reading, read_as, reading
from forum.agenda.views.rows import change_marks, frame, in_list, my_stars, rows
from forum.agenda.visibility import ViewerLevel
from forum.core.database import session
from forum.core.refusals import N_
from forum.events.models import Forum, ForumState
from forum.events.permissions import FORUM_SIGNED_IN
from forum.translation.asking import asked_texts
from forum.translation.standing import Texts
from forum.web.limits import limiter
from forum.web.policy import PUBLIC
from forum.web.viewer import GrantProvider, Viewer, now, settings, viewer


@pages.page("/forums/<slug>/agenda/<guid>/star", policy=FORUM_SIGNED_IN, methods=("POST",))
def star(slug: str, guid: str) -> ResponseReturnValue:
    """Put a session on one's own agenda, or take it off."""
    read, account_id = reading(), viewer().account_id or 0
    wanted = bool(request.form.get("starred"))
    if wanted:
        if not any(item.guid == guid and not item.is_placeholder for item in read.programme.items):
            abort(404)
        operations.star(read.forum, account_id, guid)
    else:
        operations.unstar(read.forum, account_id, guid)
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204)
    flash(_("The session is on your agenda.") if wanted else _("The session is no longer on your agenda."), "success")
    return redirect(_way_back(slug), 303)


def _way_back(slug: str) -> str:
    """Return the page that the star was pressed on, if it is one of ours."""
    origin, _, path = (request.referrer or "").partition(request.host_url.rstrip("/"))
    if not origin and path.startswith("/") and not path.startswith("//"):
        return path
    return url_for("agenda.mine", slug=slug)


def _mine(read: Reading, guids: frozenset[str]) -> Programme:
    return replace(read.programme, items=tuple(item for item in read.programme.items if item.guid in guids))


@pages.page("/forums/<slug>/my-agenda", policy=FORUM_SIGNED_IN)
def mine(slug: str) -> ResponseReturnValue:
    """One's own agenda by day, with its files and calendar address."""
    return _page(reading(), slug)


def _page(read: Reading, slug: str, secret: str = "") -> str:
    own = _mine(read, my_stars(read))
    items = in_reading_order(own, own.items)
    changed = change_marks(read)
    days = [
        (day, rows(read, in_list(tuple(together)), changed))
        for day, together in groupby(items, key=lambda item: programme_day(item.starts_at, own.forum))
    ]
    addresses = [(code, site_address("agenda.calendar", lang=code, secret=secret)) for code in ("en", "zh") if secret]
    return render_template(
        "agenda/mine.html",
        **frame(read),
        slug=slug,
        days=days,
        clashes=_clashes(items),
        subscriptions=stars.subscriptions(read.forum, viewer().account_id or 0),
        addresses=addresses,
        pdf_with=lambda texts: url_for("agenda.mine_as", slug=slug, kind="pdf", texts=texts),
    )


def _clashes(items: list[Item]) -> frozenset[str]:
    """Return the guids of starred sessions that overlap another one."""
    found: set[str] = set()
    for one in items:
        for two in items:
            if one.guid < two.guid and one.starts_at < two.ends_at and two.starts_at < one.ends_at:
                found |= {one.guid, two.guid}
    return frozenset(found)


@pages.page("/forums/<slug>/my-agenda.<any(pdf,ics):kind>", policy=FORUM_SIGNED_IN)
def mine_as(slug: str, kind: str) -> ResponseReturnValue:
    """One's own agenda as a file that stays as it is."""
    read = reading()
    own = _mine(read, my_stars(read))
    language = current_language_choice()
    usual = usual_texts(kind)
    part = Part(own, language, asked_texts(usual), usual, "a4", 1, None, "", "", "")
    if kind == "pdf":
        body, media_type = exports.as_pdf(own, language, texts=part.texts), book.MEDIA_TYPE
    else:
        body, media_type = _calendar(read, own, url_for("agenda.mine", slug=slug), part.texts), feed.MEDIA_TYPE
    words, plain = file_words(part, suffix=_("My agenda"))
    made = answer(body, media_type, kind, words, plain.replace("agenda", "my-agenda", 1))
    made.headers["Cache-Control"] = "private, no-store"
    return made


def _calendar(read: Reading, own: Programme, address: str, texts: Texts) -> bytes:
    """Return a private calendar; it names the page as its source, never the secret, since files are passed on."""
    language = current_language_choice()
    wording = Wording(language, texts)
    title = standing(own, texts).forum.title
    return exports.as_ics(
        exports.without_old_tombstones(own, read.at),
        language,
        host=settings().calendar_host,
        feed_url=str(settings().base_url) + address,
        page_url=site_address("events.forum", slug=read.forum.slug).rstrip("/"),
        name=f"{wording.plain(title)} – {wording.say(N_('My agenda'))}",
        private=True,
        texts=texts,
    )


@pages.page("/forums/<slug>/my-agenda/subscribe", policy=FORUM_SIGNED_IN, methods=("POST",))
@limiter.limit("20 per hour", key_func=lambda: viewer().public_id)
def subscribe(slug: str) -> ResponseReturnValue:
    """Make a calendar address, or a new one in place of the old; it is shown this once."""
    read = reading()
    secret = operations.subscribe(read.forum, viewer().account_id or 0, actor=viewer().actor(), now=now())
    return _page(read, slug, secret)


@pages.page("/forums/<slug>/my-agenda/unsubscribe", policy=FORUM_SIGNED_IN, methods=("POST",))
def unsubscribe(slug: str) -> ResponseReturnValue:
    """End the calendar address: whoever holds it reads nothing more."""
    operations.revoke(reading().forum, viewer().account_id or 0, actor=viewer().actor(), now=now())
    flash(_("The calendar address no longer works."), "success")
    return redirect(url_for("agenda.mine", slug=slug), 303)


@pages.page("/calendar/<secret>.ics", policy=PUBLIC, capability_link=True)
@limiter.limit("60 per minute")
def calendar(secret: str) -> ResponseReturnValue:
    """Somebody's own agenda for a calendar program: the secret in the address is the only key.

    Calendars are shared and copied about, so staff see here no more than a head of delegation does.
    """
    subscription = stars.by_secret(secret) if len(secret) <= 100 else None
    if subscription is None:
        abort(404)
    account = session.get(Account, subscription.account_id)
    forum = session.get(Forum, subscription.forum_id)
    if subscription.revoked_at is not None or account is None or account.state is not AccountState.ACTIVE:
        abort(410)
    if forum is None or forum.state is ForumState.DRAFT:
        abort(404)
    level = min(viewer_level(_as_viewer(account), forum), ViewerLevel.HEADS)
    read = read_as(forum, level, now())
    guids = stars.starred(forum, account.id)
    own = _mine(read, guids)
    gone = tuple(item for item in farewells(read) if item.guid in guids)
    body = _calendar(
        read,
        replace(own, items=(*own.items, *gone)),
        url_for("agenda.mine", slug=forum.slug),
        asked_texts(usual_texts("ics")),
    )
    made = Response(body, content_type=feed.MEDIA_TYPE)
    made.headers["Content-Disposition"] = f'attachment; filename="{forum.slug}-my-agenda.ics"'
    made.headers["Cache-Control"] = f"private, max-age={MAX_AGE_OF_CALENDARS}"
    made.headers["X-Robots-Tag"] = "noindex"
    made.headers["Referrer-Policy"] = "no-referrer"
    made.last_modified = read.changed_at
    made.add_etag()
    return made.make_conditional(request)


def _as_viewer(account: Account) -> Viewer:
    """Return the account as a viewer with its grants, though nobody is signed in."""
    providers: list[GrantProvider] = current_app.extensions["forum.grants"]
    grants = frozenset(grant for provide in providers for grant in provide(account.id, now()))
    return Viewer(account_id=account.id, public_id=account.public_id, is_admin=account.is_admin, grants=grants)
