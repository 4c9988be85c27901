"""What everybody reads: the agenda by day, one session, the people, and the programme on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.exports.phrases import language_name, languages_listed
from forum.agenda.programme import programme_day
from forum.agenda.queries.people import biographies
from forum.agenda.rules.finding import found
from forum.agenda.rules.people import is_person, of_person, on_stage, present
from forum.agenda.rules.timetable import (
    DayGrid,
    NowAndNext,
    collapsed,
    day_grid,
    day_to_open,
    days_of,
    in_reading_order,
    now_and_next,
)
from forum.agenda.views.asking import asked_day, asked_wish, languages_of
from forum.agenda.views.blueprint import pages
from forum.agenda.views.offering import offered
from forum.agenda.views.reading import Reading, promise, reading
from forum.agenda.views.rows import (
    by_role,
    change_marks,
    frame,
    in_list,
    latest_changes,
    my_stars,
    reader,
    rows,
)
from forum.agenda.views.wording import floor_and_interpretation
from forum.events.kinds import SegmentKind
from forum.events.permissions import FORUM_PUBLIC
from forum.events.views.public import next_window, registration_window
from forum.web.formats import number
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.prose import paragraphs

_KNOWN = frozenset({"day", "track", "room", "language", "person"})


@dataclass(frozen=True, slots=True)
class DayTab:
    """A day to choose, with the number of its sessions, or of its hits."""

    day: date
    url: str
    is_current: bool
    count: int


@pages.page("/forums/<slug>/agenda", policy=FORUM_PUBLIC)
@limiter.limit("120 per minute", key_func=reader, exempt_when=lambda: not request.args.get("q"))
def agenda(slug: str) -> ResponseReturnValue:
    """The agenda by day: a time by room grid on wide screens, a list on phones."""
    read = reading()
    chosen, wish = asked_day(read.programme), asked_wish(read.programme)
    if not wish.words and _KNOWN.issuperset(request.args):
        promise(read, with_clock=True, until=next_window(read.forum, read.at))
    language = current_language()
    days = days_of(read.programme)
    hits = found(read.programme, wish) if wish else None
    day = chosen or _first_hit(read, days, hits) or day_to_open(days, read.programme.forum, read.at)
    nothing = DayGrid(read.programme.forum.first_day, (), (), ())
    grid = collapsed(day_grid(read.programme, day)) if day is not None else nothing
    changes = latest_changes(read)
    return render_template(
        "agenda/agenda.html",
        **frame(read),
        days=_tabs(read, slug, days, day, hits),
        day=day,
        grid=grid,
        heads=_heads(grid),
        rows=rows(read, grid.placed, change_marks(read, changes), hits),
        wish=wish,
        hits=hits,
        hits_of_day=0 if hits is None else sum(each.item.guid in hits for each in grid.placed),
        on=_on_stage_now(read),
        starred=my_stars(read),
        speakers=on_stage(read.programme, language),
        languages=sorted((language_name(code, language), code) for code in languages_of(read.programme)),
        change_count=len(changes),
        files=offered(read.programme, slug),
        window=registration_window(read.forum, read.at),
    )


def _first_hit(read: Reading, days: tuple[date, ...], hits: frozenset[str] | None) -> date | None:
    """Return the day to open on a search: the first one that has a hit, unless the usual one has."""
    if not hits:
        return None
    with_hits = {programme_day(i.starts_at, read.programme.forum) for i in read.programme.items if i.guid in hits}
    usual = day_to_open(days, read.programme.forum, read.at)
    return usual if usual in with_hits else min(with_hits)


def _on_stage_now(read: Reading) -> NowAndNext:
    """Return what is on now and next on a day of the forum; on other days nobody waits in a corridor."""
    if programme_day(read.at, read.programme.forum) not in days_of(read.programme):
        return NowAndNext()
    return now_and_next(read.programme, read.at)


def _tabs(
    read: Reading, slug: str, days: tuple[date, ...], current: date | None, hits: frozenset[str] | None
) -> list[DayTab]:
    counts: dict[date, int] = dict.fromkeys(days, 0)
    for item in read.programme.items:
        if item.kind is not SegmentKind.BREAK and (hits is None or item.guid in hits):
            counts[programme_day(item.starts_at, read.programme.forum)] += 1
    names = ("track", "room", "language", "person", "q")
    kept = [(name, request.args[name]) for name in names if request.args.get(name)]
    address = url_for("agenda.agenda", slug=slug)
    return [
        DayTab(day, f"{address}?{urlencode([('day', day.isoformat()), *kept])}", day == current, counts[day])
        for day in days
    ]


def _heads(grid: DayGrid) -> list[tuple[str, str]]:
    """Return name and note of each column: seats, and the languages that are installed."""
    language = current_language()
    heads = []
    for room in grid.rooms:
        if room is None:
            heads.append((_("Elsewhere"), ""))
            continue
        notes = [_("%(seats)s seats", seats=number(room.capacity))] if room.capacity else []
        if room.languages:
            notes.append(languages_listed(room.languages, language))
        heads.append((room.name.shown(language).text, " · ".join(notes)))
    return heads


@pages.page("/forums/<slug>/sessions/<session_id>", policy=FORUM_PUBLIC, endpoint="session")
def one_session(slug: str, session_id: str) -> ResponseReturnValue:
    """One session with all its slots; a hidden one is as unknown as one that never was."""
    read = reading()
    items = [item for item in read.programme.items if item.session_id == session_id and not item.is_placeholder]
    if not items:
        abort(404)
    promise(read)
    items = in_reading_order(read.programme, items)
    item, changed = items[0], change_marks(read)
    return render_template(
        "agenda/session.html",
        **frame(read),
        item=item,
        rows=rows(read, in_list(tuple(items)), changed),
        meanwhile=rows(
            read,
            in_list(
                tuple(
                    each
                    for each in in_reading_order(read.programme, read.programme.items)
                    if each.starts_at < item.ends_at
                    and item.starts_at < each.ends_at
                    and each.session_id != session_id
                    and each.kind is not SegmentKind.BREAK
                )[:8]
            ),
            changed,
        ),
        people=by_role(item),
        told=biographies(each.person_guid for each in present(item) if is_person(each)),
        spoken=floor_and_interpretation(item, current_language()),
        is_person=is_person,
        paragraphs=paragraphs,
        slug=slug,
        starred=my_stars(read),
    )


@pages.page("/forums/<slug>/people/", policy=FORUM_PUBLIC)
def people(slug: str) -> ResponseReturnValue:
    """Everybody who speaks, by name."""
    read = reading()
    promise(read)
    return render_template(
        "agenda/people.html", **frame(read), slug=slug, people=on_stage(read.programme, current_language())
    )


@pages.page("/forums/<slug>/people/<guid>", policy=FORUM_PUBLIC)
def person(slug: str, guid: str) -> ResponseReturnValue:
    """One person with the sessions in which they appear."""
    read = reading()
    who = of_person(read.programme, guid)
    if who is None:
        abort(404)
    promise(read)
    parts = [
        [role for role, speakers in by_role(item) if any(each.person_guid == guid for each in speakers)]
        for item in who.items
    ]
    return render_template(
        "agenda/person.html",
        **frame(read),
        slug=slug,
        who=who.speaker,
        biography=biographies([guid]).get(guid),
        paragraphs=paragraphs,
        parts=list(zip(rows(read, in_list(who.items), change_marks(read)), parts, strict=True)),
        starred=my_stars(read),
    )
