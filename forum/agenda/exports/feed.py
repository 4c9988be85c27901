"""The agenda as a calendar: subscriptions, downloads and personal feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from forum.agenda.exports.wording import Choice, Texts, Wording, in_order
from forum.agenda.programme import Item, Programme, SegmentKind, SessionState
from forum.core.bilingual import Text
from forum.core.refusals import N_
from forum.ports.documents import calendar
from forum.ports.documents.cleaning import shortened

MEDIA_TYPE = calendar.MEDIA_TYPE
PRODUCT = "-//Forum//Forum//EN"

_LONGEST_ABSTRACT = 1000  # characters
_STATUS: dict[SessionState, calendar.Status] = {
    SessionState.IDEA: "TENTATIVE",
    SessionState.TENTATIVE: "TENTATIVE",
    SessionState.CONFIRMED: "CONFIRMED",
    SessionState.CANCELLED: "CANCELLED",
}
_AFTER_CANCELLING, _AFTER_FORUM = timedelta(days=90), timedelta(days=30)


def as_ics(
    programme: Programme,
    language: Choice,
    *,
    host: str,
    feed_url: str,
    page_url: str,
    items: Iterable[Item] | None = None,
    withdrawn: Iterable[Item] = (),
    name: str | None = None,
    private: bool = False,
    texts: Texts = "all",
    now: datetime | None = None,
) -> bytes:
    """Return the programme, or ``items`` of it, as an iCalendar feed.

    ``host`` is the fixed host of the settings, never the request's; ``page_url`` is the forum's page, under
    which ``/sessions/<id>`` are the items.  ``withdrawn`` are items that readers once had and may no
    longer see: they leave as cancelled, under their placeholder.  With ``now`` given, tombstones end 90
    days after cancelling or 30 days after the forum, whichever is later.
    """
    wording = Wording(language, texts)
    shown = in_order(programme) if items is None else list(items)
    entries = [_entry(item, programme, wording, host, page_url) for item in shown if _is_due(item, programme, now)]
    entries += [_farewell(item, programme, wording, host) for item in withdrawn if _is_due(item, programme, now)]
    changed = [programme.released_at] if programme.released_at else [item.changed_at for item in shown]
    forum = programme.forum
    has_position = forum.latitude is not None and forum.longitude is not None
    return calendar.encode(calendar.CalendarFeed(
        product=PRODUCT,
        name=name or wording.plain(forum.title) or forum.code,
        zone_name=forum.zone_name,
        changed_at=max(changed, default=datetime.combine(forum.first_day, time(), tzinfo=forum.zone)),
        organiser_name=wording.plain(forum.organiser) or wording.plain(forum.title),
        organiser_address=forum.contact_email or f"forum@{host}",
        entries=tuple(entries),
        description=_joined_place(wording, forum.venue, forum.city),
        language=wording.tag,
        page_url=page_url,
        feed_url=feed_url,
        position=(forum.latitude or 0.0, forum.longitude or 0.0) if has_position else None,
        is_private=private,
    ))


def _is_due(item: Item, programme: Programme, now: datetime | None) -> bool:
    """Tell whether an item still belongs in the feed: a tombstone stays for a time, the rest for ever."""
    if now is None or item.cancelled_at is None:
        return True
    forum_end = datetime.combine(programme.forum.last_day, time.max, tzinfo=programme.forum.zone)
    return now <= max(item.cancelled_at + _AFTER_CANCELLING, forum_end + _AFTER_FORUM)


def _entry(item: Item, programme: Programme, wording: Wording, host: str, page_url: str) -> calendar.CalendarEntry:
    room, track = programme.room(item.room_guid), programme.track(item.track_slug)
    address = f"{page_url.rstrip('/')}/sessions/{item.session_id}"
    return calendar.CalendarEntry(
        uid=f"{item.guid}@{host}",
        summary=wording.title(item),
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        changed_at=item.changed_at,
        created_at=item.created_at,
        sequence=item.sequence,
        status=_STATUS[item.state],
        language=wording.tag_of(item.title),
        description=_description(item, wording, address),
        location=_joined_place(wording, room.name if room else Text(), programme.forum.venue, programme.forum.city),
        url="" if item.is_placeholder else address,
        categories=(wording.plain(track.name),) if track else (),
        is_free_time=item.kind is SegmentKind.BREAK or item.state is SessionState.CANCELLED,
    )


def _farewell(item: Item, programme: Programme, wording: Wording, host: str) -> calendar.CalendarEntry:
    """Return the entry that takes an item out of calendars without telling what it was."""
    summary = wording.plain(item.placeholder) or wording.plain(programme.forum.title)
    return calendar.CalendarEntry(
        uid=f"{item.guid}@{host}", summary=f"{wording.cancelled_mark()} {summary}", starts_at=item.starts_at,
        ends_at=item.ends_at, changed_at=item.changed_at, created_at=item.created_at, sequence=item.sequence,
        status="CANCELLED", language=wording.tag, is_free_time=True,
    )


def _description(item: Item, wording: Wording, address: str) -> str:
    if item.is_placeholder:
        return ""
    paragraphs = [shortened(wording.plain(item.abstract, separator="\n\n"), _LONGEST_ABSTRACT)]
    colon = wording.colon()
    people = [
        f"{role}{colon}{wording.person(speaker)}"
        for role, speakers in wording.people(item)
        for speaker in speakers
    ]
    paragraphs.append("\n".join(people))
    if item.interpretation:
        paragraphs.append(
            f"{wording.say(N_('Interpretation'))}{colon}{wording.languages_named(item.interpretation)}",
        )
    paragraphs.append(address)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _joined_place(wording: Wording, *names: Text) -> str:
    comma = "，" if wording.choice == "zh" else ", "
    return comma.join(dict.fromkeys(name for name in map(wording.plain, names) if name))
