"""iCalendar (RFC 5545, 7986): feeds and downloads that calendars accept and that repeat byte for byte.

Content lines are written here and not by the icalendar library, for three measured reasons: it needs
220 to 290 ms for 300 entries, it fills in the present time and random identifiers, and its VTIMEZONE
gives the clock *after* a spring change as the onset (03:00 for New York, where RFC 5545 §3.6.5 asks
for 02:00).  The library reads every feed back in the tests, as vobject does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from forum.ports.documents.cleaning import clean, one_line

MEDIA_TYPE = "text/calendar; charset=utf-8"
Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

_LONGEST_LINE = 75  # octets without the line end, RFC 5545 §3.1
_CONTINUATION_MASK, _CONTINUATION = 0xC0, 0x80  # bytes inside a UTF-8 character
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\Z")
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"\\^`{|}]+\Z")
_IDENTIFIER = re.compile(r"[!-~]+\Z")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One VEVENT; all instants are aware, texts are plain."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    created_at: datetime
    sequence: int = 0
    status: Status = "CONFIRMED"
    language: str = ""  # BCP 47 tag of summary, description and location; empty: several languages
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    is_free_time: bool = False  # a break doesn't make the reader busy


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """One VCALENDAR that is published: it has an organiser and never attendees (RFC 5546 §3.2.1)."""

    product: str  # the constant product identifier
    name: str
    zone_name: str  # IANA
    changed_at: datetime
    organiser_name: str
    organiser_address: str  # a role's mailbox, never a person's
    entries: tuple[CalendarEntry, ...] = ()
    description: str = ""
    language: str = ""
    page_url: str = ""
    feed_url: str = ""
    colour: str = "firebrick"  # a CSS colour name
    position: tuple[float, float] | None = None  # latitude, longitude of the venue
    is_private: bool = False
    refresh: str = "PT1H"


def encode(feed: CalendarFeed) -> bytes:
    """Return the feed as UTF-8 with CRLF line ends, folded at 75 octets.

    Raises ValueError for an address, a web address or an identifier that can't stand in a calendar.
    """
    zone = ZoneInfo(feed.zone_name)
    name = _text(one_line(feed.name))
    tag = _language(feed.language)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(one_line(feed.product))}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME{tag}:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{feed.zone_name}",
        f"LAST-MODIFIED:{_instant(feed.changed_at)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{feed.refresh}",
        f"X-PUBLISHED-TTL:{feed.refresh}",
        f"COLOR:{_text(one_line(feed.colour))}",
    ]
    if feed.description:
        lines.append(f"X-WR-CALDESC:{_text(one_line(feed.description))}")
    if feed.page_url:
        lines.append(f"URL:{_web_address(feed.page_url)}")
    if feed.feed_url:
        lines.append(f"SOURCE;VALUE=URI:{_web_address(feed.feed_url)}")
    lines += _zone_lines(feed, zone)
    shared = _shared_lines(feed)
    for entry in feed.entries:
        _entry_lines(lines, entry, zone, shared)
    lines.append("END:VCALENDAR")
    return b"".join([_folded(line) for line in lines])


def _shared_lines(feed: CalendarFeed) -> list[str]:
    """Return what every entry of a feed repeats."""
    if not _ADDRESS.match(feed.organiser_address):
        raise ValueError(f"not a mail address: {feed.organiser_address!r}")
    name = _parameter(feed.organiser_name)
    lines = [
        f"ORGANIZER;CN={name}{_language(feed.language)}:mailto:{feed.organiser_address}",
        f"CLASS:{'PRIVATE' if feed.is_private else 'PUBLIC'}",
    ]
    if feed.position:
        lines.append(f"GEO:{feed.position[0]:.6f};{feed.position[1]:.6f}")
    return lines


def _entry_lines(lines: list[str], entry: CalendarEntry, zone: ZoneInfo, shared: list[str]) -> None:
    if not _IDENTIFIER.match(entry.uid):
        raise ValueError(f"not an identifier: {entry.uid!r}")
    tag = _language(entry.language)
    changed = _instant(entry.changed_at)
    lines += [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"CREATED:{_instant(entry.created_at)}",
        f"SEQUENCE:{entry.sequence:d}",
        f"STATUS:{entry.status}",
        *_bounds(entry, zone),
        f"SUMMARY{tag}:{_text(one_line(entry.summary))}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION{tag}:{_text(clean(entry.description))}")
    if entry.location:
        lines.append(f"LOCATION{tag}:{_text(one_line(entry.location))}")
    if categories := [_text(one_line(category)) for category in entry.categories if category.strip()]:
        lines.append(f"CATEGORIES{tag}:{','.join(categories)}")
    if entry.url:
        lines.append(f"URL:{_web_address(entry.url)}")
    lines.append(f"TRANSP:{'TRANSPARENT' if entry.is_free_time else 'OPAQUE'}")
    lines += shared
    lines.append("END:VEVENT")


def _bounds(entry: CalendarEntry, zone: ZoneInfo) -> tuple[str, str]:
    """Return DTSTART and DTEND at the venue's clock.

    A clock time that occurs twice names its first occurrence (RFC 5545 §3.3.5), so an entry that
    touches a second occurrence is written in UTC: the right instant matters more than the label.
    """
    start, end = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    if start.fold or end.fold:
        return f"DTSTART:{_instant(start)}", f"DTEND:{_instant(end)}"
    return f"DTSTART;TZID={zone.key}:{_wall(start)}", f"DTEND;TZID={zone.key}:{_wall(end)}"


def _zone_lines(feed: CalendarFeed, zone: ZoneInfo) -> tuple[str, ...]:
    moments = [feed.changed_at] if not feed.entries else []
    moments += [moment for entry in feed.entries for moment in (entry.starts_at, entry.ends_at)]
    return zone_definition(
        zone.key,
        min(moments).astimezone(zone).year,
        max(moments).astimezone(zone).year,
    )


@lru_cache(maxsize=64)
def zone_definition(zone_name: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """Return the unfolded lines of a VTIMEZONE that is right from the first to the last year.

    The onset of each observance is the clock as it stood before the change (RFC 5545 §3.6.5).
    """
    zone = ZoneInfo(zone_name)
    begin = datetime(first_year, 1, 1, tzinfo=zone)
    groups: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    offset = _offset(begin)
    groups[offset, offset, begin.tzname() or zone_name, bool(begin.dst())] = [begin.replace(tzinfo=None)]
    for change in _changes(zone, begin.astimezone(UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        before, after = _offset((change - timedelta(seconds=1)).astimezone(zone)), change.astimezone(zone)
        key = (before, _offset(after), after.tzname() or zone_name, bool(after.dst()))
        groups.setdefault(key, []).append((change + before).replace(tzinfo=None))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone_name}"]
    for (before, now, label, is_daylight), onsets in groups.items():
        kind = "DAYLIGHT" if is_daylight else "STANDARD"
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{_wall(onsets[0])}",
            f"TZOFFSETFROM:{_offset_text(before)}",
            f"TZOFFSETTO:{_offset_text(now)}",
            f"TZNAME:{_text(label)}",
        ]
        if repeats := [_wall(onset) for onset in onsets[1:]]:
            lines.append(f"RDATE:{','.join(repeats)}")
        lines.append(f"END:{kind}")
    lines.append("END:VTIMEZONE")
    return tuple(lines)


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Return the instants, in UTC and to the second, at which the zone changes its offset or name."""
    found = []
    low, state = begin, _observance(begin, zone)
    while low < end:
        high = low + timedelta(days=1)
        if (later := _observance(high, zone)) != state:
            left, right = low, high
            while right - left > timedelta(seconds=1):
                middle = left + timedelta(seconds=int((right - left).total_seconds()) // 2)
                left, right = (middle, right) if _observance(middle, zone) == state else (left, middle)
            found.append(right)
            state = later
        low = high
    return found


def _observance(moment: datetime, zone: ZoneInfo) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _offset_text(offset: timedelta) -> str:
    total = int(offset.total_seconds())
    hours, rest = divmod(abs(total), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{'-' if total < 0 else '+'}{hours:02d}{minutes:02d}" + (f"{seconds:02d}" if seconds else "")


def _wall(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escape a TEXT value (RFC 5545 §3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _parameter(text: str) -> str:
    """Quote a parameter value, which can't hold a double quote in any form that clients understand."""
    return '"' + one_line(text).replace('"', "'") + '"'


def _language(tag: str) -> str:
    return f";LANGUAGE={tag}" if tag else ""


def _web_address(address: str) -> str:
    encoded = quote(address, safe="!#$%&'()*+,/:;=?@[]~-._")
    if not _WEB_ADDRESS.match(encoded) or clean(address) != address:
        raise ValueError(f"not a web address: {address!r}")
    return encoded


def _folded(line: str) -> bytes:
    """Return the line with its end, folded between characters so that no part exceeds 75 octets."""
    octets = line.encode()
    if len(octets) <= _LONGEST_LINE:
        return octets + b"\r\n"
    parts = []
    begin, room = 0, _LONGEST_LINE
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & _CONTINUATION_MASK == _CONTINUATION:
            end -= 1
        parts.append(octets[begin:end])
        begin, room = end, _LONGEST_LINE - 1  # the blank that opens a continuation counts
    parts.append(octets[begin:])
    return b"\r\n ".join(parts) + b"\r\n"
