"""The agenda as files: for calendars, for paper, for spreadsheets, for other programmes."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue

from forum.agenda.views.blueprint import pages
from forum.agenda.views.files import answer, asked_part, encode, end_of_tombstones, file_words, link_to_other_language
from forum.agenda.views.reading import MAX_AGE_OF_CALENDARS, promise, reading
from forum.agenda.views.rows import reader
from forum.events.permissions import FORUM_PUBLIC
from forum.web.limits import limiter
from forum.web.viewer import viewer


@pages.page("/forums/<slug>/agenda.<any(ics,pdf,xlsx,csv,json):kind>", policy=FORUM_PUBLIC)
@limiter.limit("120 per minute", key_func=reader)
def export(slug: str, kind: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The agenda, or its day, track, room or person, as a file of that kind."""
    return _file(kind, kind)


@pages.page("/forums/<slug>/schedule.<any(xml,json):kind>", policy=FORUM_PUBLIC)
@limiter.limit("120 per minute", key_func=reader)
def schedule(slug: str, kind: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The agenda as other conference programmes read it."""
    return _file(f"schedule.{kind}", kind)


def _file(kind: str, ending: str) -> Response:
    read = reading()
    if read.release is None and kind != "ics":
        abort(404)  # a calendar may be subscribed to before there is anything in it
    part = asked_part(read.programme, kind)
    promise(
        read,
        until=end_of_tombstones(read.programme, read.at) if kind == "ics" else None,
        max_age=MAX_AGE_OF_CALENDARS if kind == "ics" else 0,
    )
    body, media_type = encode(kind, part, read)
    words, plain = file_words(part)
    made = answer(body, media_type, ending, words, plain if kind == ending else plain.replace("agenda", "schedule", 1))
    made.headers["Link"] = link_to_other_language()
    if viewer().signed_in:
        made.headers["Cache-Control"] = "private, no-store"
        made.headers["Vary"] = "Cookie"
    return made
