"""The programme that this reader sees: the one way from a page to a release, through ``visible()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forum.agenda.models import AgendaRelease
from forum.agenda.programme import Programme
from forum.agenda.queries import draft, released
from forum.agenda.queries.level import viewer_level
from forum.agenda.rules.timetable import next_boundary
from forum.agenda.visibility import ViewerLevel, next_change, visible
from forum.events.models import Forum
from forum.events.permissions import current_forum
from forum.web.public_bodies import public_body
from forum.web.viewer import now, viewer

MAX_AGE_OF_CALENDARS = 900  # seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """The latest release as one circle of readers sees it at one instant."""

    forum: Forum
    release: AgendaRelease | None
    programme: Programme
    level: ViewerLevel
    at: datetime
    until: datetime | None

    @property
    def is_staff(self) -> bool:
        """Whether the reader sees more than any participant."""
        return self.level is ViewerLevel.STAFF

    @property
    def changed_at(self) -> datetime:
        """When what this reader sees last changed; a lifted embargo is a change."""
        instants = [item.changed_at for item in self.programme.items if item.changed_at <= self.at]
        if self.release is not None:
            instants.append(self.release.released_at)
        return max(instants, default=self.forum.updated_at)


def reading() -> Reading:
    """Return what the person in front of this page sees of the forum's latest release."""
    forum = current_forum()
    return read_as(forum, viewer_level(viewer(), forum), now())


def read_as(forum: Forum, level: ViewerLevel, at: datetime) -> Reading:
    """Return what somebody of that circle sees; before the first release, a programme without items."""
    release = released.current_release(forum)
    whole = released.content(release) if release is not None else Programme(draft.forum_facts(forum))
    return Reading(forum, release, visible(whole, level, at), level, at, next_change(whole, at))


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """Return the first of several instants, some of which may not come."""
    return min((instant for instant in instants if instant is not None), default=None)


def promise(read: Reading, *, with_clock: bool = False, until: datetime | None = None, max_age: int = 0) -> None:
    """Promise that all visitors get the same page until something changes for them.

    ``with_clock``: the page says what is on now, so it also ends when a session begins or ends.  This keeps
    the body free of the second: during a forum it is built anew a few times an hour, and never in between.
    """
    boundary = next_boundary(read.programme, read.at) if with_clock else None
    end = earliest((read.until, boundary, until))
    # A reader's own cache must not outlive an embargo: with one ahead, it asks again each time.
    public_body(
        read.forum.slug,
        read.forum.revision,
        changed_at=read.changed_at,
        until=end,
        max_age=max_age if end is None else 0,
    )
