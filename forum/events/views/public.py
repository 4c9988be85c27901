"""What everybody reads of a forum: the list of forums, its first page, and the practical information."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forum.core.bilingual import Text
from forum.events import queries
from forum.events.models import FORUM_STATES, Forum, ForumState
from forum.events.permissions import FORUM_PUBLIC, current_forum
from forum.events.views.blueprint import pages
from forum.translation.queries import states_of, text_of
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.prose import markdown
from forum.web.public_bodies import public_body
from forum.web.viewer import now


@dataclass(frozen=True, slots=True)
class GlanceDay:
    """One day of the programme at a glance."""

    day: date
    url: str
    sessions: int
    parts: tuple[tuple[str, Text], ...]  # (time of the day, name)


@dataclass(frozen=True, slots=True)
class Glance:
    """The programme at a glance, as this reader may see it; ``until`` is when that changes by itself."""

    days: tuple[GlanceDay, ...] = ()
    version: str = ""
    released_at: datetime | None = None
    sessions: int = 0
    speakers: int = 0
    rooms: int = 0
    until: datetime | None = None


# The agenda is a higher room: it joins when it is imported.
glances: list[Callable[[Forum], Glance]] = []


@pages.page("/forums/", policy=PUBLIC)
def forums() -> ResponseReturnValue:
    """All forums that the public may know of: those to come first, then those that were."""
    today = now().date()
    known = queries.public_forums()
    return render_template(
        "events/forums.html",
        coming=sorted((each for each in known if each.last_day >= today), key=lambda each: each.first_day),
        past=[each for each in known if each.last_day < today],
        states=FORUM_STATES,
    )


def registration_window(forum: Forum, at: datetime) -> str:
    """Return where registration stands: ``soon``, ``open``, ``closed``, or nothing when it isn't foreseen."""
    if forum.state in {ForumState.CANCELLED, ForumState.ARCHIVED, ForumState.CLOSED}:
        return "closed"
    opens, closes = forum.registration_opens_at, forum.registration_closes_at
    if closes is not None and at >= closes:
        return "closed"
    if forum.state is ForumState.ANNOUNCED or (opens is not None and at < opens):
        return "soon" if opens is not None and at < opens else ""
    return "open"


def next_window(forum: Forum, at: datetime) -> datetime | None:
    """Return the next instant at which registration opens or closes."""
    instants = (forum.registration_opens_at, forum.registration_closes_at)
    return min((each for each in instants if each is not None and each > at), default=None)


def forum_frame(forum: Forum) -> dict[str, Any]:
    """Return both sides of what a forum says of itself, with their states."""
    states = states_of([forum])
    return {
        "forum": forum,
        "title": text_of(forum, "title", states),
        "theme": text_of(forum, "theme", states),
        "summary": text_of(forum, "summary", states),
        "organiser": text_of(forum, "organiser", states),
    }


@pages.page("/forums/<slug>/", policy=FORUM_PUBLIC, endpoint="forum")
def one_forum(slug: str) -> ResponseReturnValue:
    """The first page of a forum: what, when, where, and the next thing to do."""
    forum, at = current_forum(), now()
    glance = next((look(forum) for look in glances), Glance())
    ends = [each for each in (next_window(forum, at), glance.until) if each is not None]
    public_body(slug, forum.revision, changed_at=forum.updated_at, until=min(ends, default=None))
    return render_template(
        "events/forum.html",
        **forum_frame(forum),
        slug=slug,
        glance=glance,
        states=FORUM_STATES,
        window=registration_window(forum, at),
        practical=[section.text("title") for section in queries.practical_sections(forum)],
    )


@pages.page("/forums/<slug>/practical", policy=FORUM_PUBLIC)
def practical(slug: str) -> ResponseReturnValue:
    """Practical information: getting there, visas, hotels, interpretation, access."""
    forum = current_forum()
    public_body(slug, forum.revision, changed_at=forum.updated_at)
    sections = queries.practical_sections(forum)
    states = states_of(sections)
    language = current_language()
    shown = []
    for section in sections:
        body = text_of(section, "body", states).shown(language)
        html: Markup = markdown(body.text)
        shown.append((section.public_id, text_of(section, "title", states), body, html))
    return render_template("events/practical.html", forum=forum, slug=slug, sections=shown)
