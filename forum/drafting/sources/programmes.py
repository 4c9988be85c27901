"""The texts of forums and programmes that may be drafted: what the public reads already, and nothing else.

A programme needs its titles in both languages before its first release.  So somebody may clear it: then what is
confirmed, for everybody and under no embargo may leave before the release.  Ideas, tentative sessions, what only
some may see and what is under embargo never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.agenda.models import AgendaSession, Contribution
from forum.agenda.programme import Item, Programme, SessionState, SpeakerState, Visibility
from forum.agenda.queries import released
from forum.agenda.rules.people import is_person
from forum.agenda.visibility import ViewerLevel, visible
from forum.core.bilingual import Text, fingerprint
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.models import ClearedProgramme
from forum.drafting.neighbours import Gate, Source
from forum.drafting.rules import HIDDEN, NOT_ANNOUNCED, UNRELEASED
from forum.events.models import Forum, ForumState, PracticalSection, Segment, Track
from forum.events.queries import bump_revision


class _Public:
    """What the public reads of programmes at one instant, read once for each forum."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[int, Programme | None] = {}
        self._cleared: dict[int, bool] = {}

    def cleared(self, forum: Forum) -> bool:
        if forum.id not in self._cleared:
            found = session.get(ClearedProgramme, forum.id, populate_existing=True)
            self._cleared[forum.id] = found is not None
        return self._cleared[forum.id]

    def programme(self, forum: Forum) -> Programme | None:
        if forum.id not in self._known:
            frozen = released.current(forum)
            self._known[forum.id] = visible(frozen, ViewerLevel.PUBLIC, self._now) if frozen is not None else None
        return self._known[forum.id]

    def items(self, held: AgendaSession) -> list[Item]:
        programme = self.programme(held.forum)
        return [item for item in programme.items if item.session_id == held.public_id] if programme else []

    def decided(self, held: AgendaSession) -> bool:
        """Tell whether a session may leave although no release shows it yet."""
        return held.state is SessionState.CONFIRMED and self.cleared(held.forum)

    def may_know(self, held: AgendaSession) -> bool:
        """Tell whether the draft too is for everybody: somebody may have just put it under embargo."""
        lifted = held.embargo_until is None or self._now >= held.embargo_until
        return held.visibility is Visibility.PUBLIC and held.state is not SessionState.IDEA and lifted


def _says(record: Any, field: str, shown: Iterable[Text]) -> bool:
    """Tell whether one of these texts is the record's original, word for word."""
    language = record.source_lang
    mine = fingerprint(record.side(field, language))
    return any(fingerprint(text.side(language)) == mine for text in shown)


def _announced(forum: Forum | None) -> bool:
    return forum is not None and forum.state is not ForumState.DRAFT


def _sessions(now: datetime) -> Gate:
    public = _Public(now)

    def gate(held: AgendaSession, field: str) -> str | None:
        if not _announced(held.forum):
            return NOT_ANNOUNCED
        if field == "placeholder":
            stands = [item.title for item in public.items(held) if item.is_placeholder]
            return None if _says(held, field, stands) else UNRELEASED
        if not public.may_know(held):
            return HIDDEN
        shown = [item for item in public.items(held) if not item.is_placeholder]
        return (
            None if public.decided(held) or _says(held, field, (getattr(item, field) for item in shown)) else UNRELEASED
        )

    return gate


def _contributions(now: datetime) -> Gate:
    public = _Public(now)

    def gate(row: Contribution, field: str) -> str | None:
        held = row.agenda_session
        if not _announced(held.forum):
            return NOT_ANNOUNCED
        if not public.may_know(held):
            return HIDDEN
        if public.decided(held) and row.state not in {SpeakerState.DECLINED, SpeakerState.REPLACED}:
            return None
        speakers = [each for item in public.items(held) for each in item.speakers if not is_person(each)]
        return None if _says(row, field, (each.name for each in speakers)) else UNRELEASED

    return gate


def _parts(shown: Callable[[Programme, Any], Iterable[Text]]) -> Callable[[datetime], Gate]:
    """Return the gate of parts that the public knows from a release alone, such as themes."""

    def at(now: datetime) -> Gate:
        public = _Public(now)

        def gate(part: Any, field: str) -> str | None:
            if not _announced(part.forum):
                return NOT_ANNOUNCED
            programme = public.programme(part.forum)
            found = shown(programme, part) if programme is not None else ()
            return None if public.cleared(part.forum) or _says(part, field, found) else UNRELEASED

        return gate

    return at


def _of_themes(programme: Programme, track: Track) -> Iterable[Text]:
    return (each.name for each in programme.tracks if each.slug == track.slug)


def _of_segments(programme: Programme, segment: Segment) -> Iterable[Text]:
    return (each.name for each in programme.segments if each.code == segment.code)


def _forums(_now: datetime) -> Gate:
    return lambda forum, _field: None if _announced(forum) else NOT_ANNOUNCED


def _practical(_now: datetime) -> Gate:
    return lambda row, _field: None if _announced(session.get(Forum, row.forum_id)) else NOT_ANNOUNCED


def _rows_of(model: Any) -> Callable[[Sequence[Forum]], Sequence[Any]]:
    def rows(forums: Sequence[Forum]) -> Sequence[Any]:
        wanted = [forum.id for forum in forums]
        return session.scalars(select(model).where(model.forum_id.in_(wanted)).order_by(model.id)).all()

    return rows


def _contributions_of(forums: Sequence[Forum]) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution)
        .join(AgendaSession, Contribution.session_id == AgendaSession.id)
        .where(AgendaSession.forum_id.in_([forum.id for forum in forums]))
        .options(joinedload(Contribution.agenda_session))
        .order_by(Contribution.id)
    ).all()


def _show_forum(record: Any, _now: datetime) -> None:
    forum = record if isinstance(record, Forum) else session.get_one(Forum, record.forum_id)
    bump_revision(forum)


SOURCES = (
    Source(
        "forum",
        Forum,
        ("title", "theme", "summary"),
        N_("Forum"),
        _forums,
        collection="forums",
        scope_of=lambda forum: forum.chain,
        within=lambda forums: forums,
        wrote=_show_forum,
    ),
    Source(
        "agenda_session",
        AgendaSession,
        ("title", "abstract", "description", "placeholder"),
        N_("Session"),
        _sessions,
        collection="forums",
        scope_of=lambda held: held.forum.chain,
        within=_rows_of(AgendaSession),
    ),
    Source(
        "contribution",
        Contribution,
        ("placeholder",),
        N_("Contribution"),
        _contributions,
        collection="forums",
        scope_of=lambda row: row.agenda_session.forum.chain,
        within=_contributions_of,
    ),
    Source(
        "track",
        Track,
        ("name",),
        N_("Theme"),
        _parts(_of_themes),
        collection="forums",
        scope_of=lambda track: track.forum.chain,
        within=_rows_of(Track),
        wrote=_show_forum,
    ),
    Source(
        "segment",
        Segment,
        ("name",),
        N_("Part of the forum"),
        _parts(_of_segments),
        collection="forums",
        scope_of=lambda segment: segment.forum.chain,
        within=_rows_of(Segment),
        wrote=_show_forum,
    ),
    Source(
        "practical_section",
        PracticalSection,
        ("title", "body"),
        N_("Practical information"),
        _practical,
        collection="forums",
        scope_of=lambda row: session.get_one(Forum, row.forum_id).chain,
        within=_rows_of(PracticalSection),
        wrote=_show_forum,
    ),
)
