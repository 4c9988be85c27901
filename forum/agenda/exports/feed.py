"""The agenda as a calendar: subscriptions, downloads and personal feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from forum.agenda.exports.standing import standing
from forum.agenda.exports.wording import Choice, Wording, in_order
from forum.agenda.programme import Item, Programme, SessionState
from forum.core.bilingual import Text
from forum.core.refusals import N_
from forum.events.kinds import SegmentKind
from forum.ports.documents import calendar
from forum.ports.documents.cleaning import shortened
from forum.translation.standing import Texts

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


def as_ics(  # noqa: PLR0913 - the three addresses of a feed are facts of their own, all named
    programme: Programme,
    language: Choice,
    *,
    host: str,
    feed_url: str,
    page_url: str,
    items: Iterable[Item] | None = None,
    name: str | None = None,
    private: bool = False,
    texts: Texts = "machine",
) -> bytes:
    """Return the programme, or ``items`` of it, as an iCalendar feed.

    ``host`` is the fixed host of the settings, never the request's; ``page_url`` is the forum's page, under
    which ``/sessions/<id>`` are the items.  Cancelled items stay as tombstones: ``without_old_tombstones``
    ends them, ``farewell`` makes one of an item that its readers may no longer see.
    """
    wording = Wording(language, texts)
    programme = standing(programme if items is None else replace(programme, items=tuple(items)), texts)
    shown = in_order(programme) if items is None else list(programme.items)
    entries = [_entry(item, programme, wording, host, page_url) for item in shown]
    changed = [programme.released_at] if programme.released_at else [item.changed_at for item in shown]
    forum = programme.forum
    has_position = forum.latitude is not None and forum.longitude is not None
    return calendar.encode(
        calendar.CalendarFeed(
            product=PRODUCT,
            name=name or wording.plain(forum.title) or forum.code,
            zone_name=forum.zone_name,
            changed_at=max(changed, default=datetime.combine(forum.first_day, time(), tzinfo=forum.zone)),
            organiser_name=wording.plain(forum.organiser) or wording.plain(forum.title),
            organiser_address=forum.contact_email or f"forum@{host}",
            entries=tuple(entries),
            description=_place(wording, forum.venue, forum.city),
            language=wording.tag,
            page_url=page_url,
            feed_url=feed_url,
            position=(forum.latitude or 0.0, forum.longitude or 0.0) if has_position else None,
            is_private=private,
        )
    )


def without_old_tombstones(programme: Programme, now: datetime) -> Programme:
    """Return the programme without the cancelled items that calendars have had time to take out.

    A tombstone stays 90 days after cancelling and 30 days after the forum, whichever is later.
    """
    forum = programme.forum
    forum_end = datetime.combine(forum.last_day, time.max, tzinfo=forum.zone)
    return replace(
        programme,
        items=tuple(
            item
            for item in programme.items
            if item.cancelled_at is None or now <= max(item.cancelled_at + _AFTER_CANCELLING, forum_end + _AFTER_FORUM)
        ),
    )


def farewell(item: Item, programme: Programme) -> Item:
    """Return what takes an item out of calendars without telling what it was.

    For items that a feed once held and that its readers may no longer see: cancelled, under the
    placeholder or else the forum's title.  The caller raises ``sequence`` and ``changed_at``.
    """
    return replace(
        item,
        title=item.placeholder or programme.forum.title,
        state=SessionState.CANCELLED,
        is_placeholder=True,
        abstract=Text(),
        description=Text(),
        speakers=(),
        materials=(),
        interpretation=(),
        room_guid="",
        track_slug="",
    )


def _entry(
    item: Item,
    programme: Programme,
    wording: Wording,
    host: str,
    page_url: str,
) -> calendar.CalendarEntry:
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
        location=_place(wording, room.name if room else Text(), programme.forum.venue, programme.forum.city),
        url="" if item.is_placeholder else address,
        categories=(wording.plain(track.name),) if track else (),
        is_free_time=item.kind is SegmentKind.BREAK or item.state is SessionState.CANCELLED,
    )


def _description(item: Item, wording: Wording, address: str) -> str:
    if item.is_placeholder:
        return ""
    paragraphs = [shortened(wording.plain(item.abstract, separator="\n\n"), _LONGEST_ABSTRACT)]
    colon = wording.colon()
    people = [
        f"{role}{colon}{wording.person(speaker)}" for role, speakers in wording.people(item) for speaker in speakers
    ]
    paragraphs.append("\n".join(people))
    if item.interpretation:
        paragraphs.append(
            f"{wording.say(N_('Interpretation'))}{colon}{wording.languages_named(item.interpretation)}",
        )
    paragraphs.append(address)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _place(wording: Wording, *names: Text) -> str:
    comma = "，" if wording.choice == "zh" else ", "
    return comma.join(dict.fromkeys(name for name in map(wording.plain, names) if name))
