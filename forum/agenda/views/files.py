"""Making the files that readers take away: which part, which language, and built once for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, cast
from urllib.parse import quote, urlencode

from flask import Response, request, url_for

from forum.agenda import exports
from forum.agenda.exports import book, feed, interchange, record, tables
from forum.agenda.exports.phrases import short_day
from forum.agenda.exports.standing import standing
from forum.agenda.exports.wording import Choice, Wording
from forum.agenda.programme import Item, Programme, SessionState
from forum.agenda.queries import released
from forum.agenda.rules.releases import KEPT_AFTER_CANCELLING, KEPT_AFTER_FORUM
from forum.agenda.views.asking import asked_choice, asked_day, asked_word, people_of
from forum.agenda.views.reading import Reading
from forum.agenda.visibility import visible
from forum.core.refusals import N_
from forum.core.text import clean_line
from forum.translation.asking import asked_texts
from forum.translation.standing import Texts
from forum.web.language import LANGUAGES, current_language
from forum.web.once import BuiltOnce
from forum.web.viewer import settings

MOST_BYTES = 6 * 1024 * 1024  # in each process
_built = BuiltOnce(MOST_BYTES)
# What lives on marks the state of each text; what is handed on holds what was reviewed, unless somebody asks for more.
_LIVE = frozenset({"ics", "json"})
_NO_FILE_NAME = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the programme an address asks for, and how it is to be written."""

    programme: Programme
    language: Choice
    texts: Texts
    usual: Texts  # what goes without saying
    paper: Literal["a4", "a5"]
    version: Literal[1, 2]
    day: date | None
    track: str
    room: str
    person: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return not (self.day or self.track or self.room or self.person)

    @property
    def query(self) -> list[tuple[str, str]]:
        """The address's arguments in one fixed order, without what goes without saying."""
        given = [
            ("day", self.day.isoformat() if self.day else ""),
            ("track", self.track),
            ("room", self.room),
            ("person", self.person),
            ("lang", self.language if self.language != current_language() else ""),
            ("texts", self.texts if self.texts != self.usual else ""),
            ("paper", self.paper if self.paper != "a4" else ""),
            ("v", str(self.version) if self.version != 1 else ""),
        ]
        return [(name, value) for name, value in given if value]

    def names(self, wording: Wording) -> list[str]:
        """Return the words for the part: its day, track, room and person."""
        found = [short_day(self.day, wording.languages[0])] if self.day else []
        whole = standing(self.programme, self.texts)
        found += [wording.plain(track.name) for track in whole.tracks if track.slug == self.track]
        found += [wording.plain(room.name) for room in whole.rooms if self.room and self.room in (room.code, room.guid)]
        if self.person:
            speakers = (speaker for item in whole.items for speaker in item.speakers)
            found += [wording.plain(next(each.name for each in speakers if each.person_guid == self.person))]
        return found


def usual_texts(kind: str) -> Texts:
    """Return which texts a file of that kind holds when nobody chooses."""
    return "machine" if kind in _LIVE else "reviewed"


def asked_part(programme: Programme, kind: str) -> Part:
    """Return the part that this address asks for; rubbish is a 400, what isn't there a 404."""
    day = asked_day(programme)
    track = asked_word("track", {each.slug for each in programme.tracks})
    room = asked_word("room", {name for each in programme.rooms for name in (each.code, each.guid)})
    person = asked_word("person", people_of(programme))
    language = cast("Choice", asked_choice("lang", ("en", "zh", "both"), current_language()))
    usual = usual_texts(kind)
    texts = asked_texts(usual)
    paper = cast("Literal['a4', 'a5']", asked_choice("paper", ("a4", "a5"), "a4"))
    version: Literal[1, 2] = 2 if asked_choice("v", ("1", "2"), "1") == "2" else 1
    part = exports.select(programme, day=day, track=track or None, room=room or None, person=person or None)
    return Part(part, language, texts, usual, paper, version, day, track, room, person)


def site_address(endpoint: str, **values: Any) -> str:
    """Return an absolute address on the public host of the settings, never on that of the request."""
    return str(settings().base_url) + url_for(endpoint, **values)


def encode(kind: str, part: Part, read: Reading) -> tuple[bytes, str]:
    """Return the file of a kind and its media type; everything it depends on is in the key."""
    makers: dict[str, tuple[Callable[[], bytes], str]] = {
        "ics": (lambda: _calendar(part, read), feed.MEDIA_TYPE),
        "pdf": (
            lambda: exports.as_pdf(part.programme, part.language, paper=part.paper, texts=part.texts),
            book.MEDIA_TYPE,
        ),
        "xlsx": (lambda: exports.as_xlsx(part.programme, part.language, texts=part.texts), tables.XLSX_MEDIA_TYPE),
        "csv": (lambda: exports.as_csv(part.programme, part.language, texts=part.texts), tables.CSV_MEDIA_TYPE),
        "json": (lambda: exports.as_json(part.programme, texts=part.texts), record.MEDIA_TYPE),
        "schedule.xml": (
            lambda: exports.as_schedule_xml(part.programme, part.language, base_url=_root(read), texts=part.texts),
            interchange.XML_MEDIA_TYPE,
        ),
        "schedule.json": (
            lambda: exports.as_schedule_json(
                part.programme, part.language, base_url=_root(read), version=part.version, texts=part.texts
            ),
            interchange.JSON_MEDIA_TYPE,
        ),
    }
    build, media_type = makers[kind]
    return _built.get((kind, *_key(part, read)), build), media_type


def _key(part: Part, read: Reading) -> tuple[object, ...]:
    release = read.release
    return (
        read.forum.public_id,
        read.forum.revision,
        release.sha256 if release else "",
        read.level,
        read.until,  # which embargoes stand is the same until the next one ends
        end_of_tombstones(read.programme, read.at),
        current_language(),
        settings().base_url,
        *part.query,
    )


def _root(read: Reading) -> str:
    return site_address("events.forum", slug=read.forum.slug).rstrip("/")


def _calendar(part: Part, read: Reading) -> bytes:
    wording = Wording(part.language, part.texts)
    names = [wording.plain(standing(part.programme, part.texts).forum.title), *part.names(wording)]
    gone = farewells(read) if part.is_whole else ()
    shown = exports.without_old_tombstones(replace(part.programme, items=(*part.programme.items, *gone)), read.at)
    address = site_address("agenda.export", slug=read.forum.slug, kind="ics")
    return exports.as_ics(
        shown,
        part.language,
        host=settings().calendar_host,
        feed_url=address + (f"?{urlencode(part.query)}" if part.query else ""),
        page_url=_root(read),
        name=" – ".join(names),
        texts=part.texts,
    )


def farewells(read: Reading) -> tuple[Item, ...]:
    """Return, as cancelled and without a word of their own, the items that this circle once saw and no longer does.

    Only what was visible while its release was the latest one counts: an item that was never seen is
    never named, not even by a farewell.
    """
    seen_now = {item.guid for item in read.programme.items}
    found: dict[str, Item] = {}
    every = list(reversed(released.releases(read.forum)))
    for release, follower in pairwise(every):
        for item in visible(released.content(release), read.level, follower.released_at).items:
            if item.guid not in seen_now and not item.is_placeholder and item.state is not SessionState.CANCELLED:
                found[item.guid] = replace(
                    item,
                    sequence=item.sequence + 1,
                    changed_at=follower.released_at,
                    cancelled_at=follower.released_at,
                )
    return tuple(exports.farewell(item, read.programme) for item in found.values())


def end_of_tombstones(programme: Programme, at: datetime) -> datetime | None:
    """Return the next instant at which a cancelled item leaves the calendars."""
    last_day = programme.forum.last_day + timedelta(days=1)
    closing = datetime.combine(last_day, time(), tzinfo=programme.forum.zone).astimezone(UTC) + KEPT_AFTER_FORUM
    ends = (
        max(item.cancelled_at + KEPT_AFTER_CANCELLING, closing)
        for item in programme.items
        if item.cancelled_at is not None
    )
    return min((end for end in ends if end > at), default=None)


def answer(body: bytes, media_type: str, kind: str, names: Iterable[str], ascii_name: str) -> Response:
    """Return a file with its names: one for old programs in ASCII, one in the reader's language."""
    made = Response(body, content_type=media_type)
    shown = clean_line(" ".join(names).translate(_NO_FILE_NAME))[:120]
    made.headers["Content-Disposition"] = (
        f'{"inline" if kind in {"json", "xml"} else "attachment"}; filename="{ascii_name}.{kind}"; '
        f"filename*=UTF-8''{quote(f'{shown}.{kind}', safe='')}"
    )
    made.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return made


def link_to_other_language() -> str:
    """Return the Link header that leads to the same file in the other language."""
    head, _, rest = request.path.lstrip("/").partition("/")
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    far = next(code for code in LANGUAGES if code != head)
    address = f"{settings().base_url}/{far}/{quote(rest, safe='/:@,+-._~')}{query}"
    return f'<{address}>; rel="alternate"; hreflang="{LANGUAGES[far].tag}"'


def file_words(part: Part, suffix: str = "") -> tuple[list[str], str]:
    """Return the words of a file's name in the reader's language, and its name in ASCII."""
    wording = Wording(current_language_choice(), part.texts)
    forum = standing(part.programme, part.texts).forum
    number = part.programme.number
    words = [wording.plain(forum.title), suffix or wording.say(N_("Agenda")), *part.names(wording)]
    plain = [forum.slug, "agenda", *([part.day.isoformat()] if part.day else []), *([part.track] if part.track else [])]
    if number:
        words.append(wording.say(N_("Version %(number)s"), number=number))
        plain.append(f"v{number}")
    return words, "-".join([*plain, *([part.language] if part.language == "both" else [])])


def current_language_choice() -> Choice:
    """Return the reader's language as exports name it."""
    return "zh" if current_language() == "zh" else "en"
