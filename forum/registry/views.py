"""The public registry: the list, one partnership, the map of the world, the news, and the same as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forum.cities.areas import areas
from forum.cooperation.models import ACTIVITY_KINDS, OUTCOME_KINDS, SESSION_TIES, ContactOffice, PublishedOutcome
from forum.cooperation.queries.publishing import is_open, public_file
from forum.core import revisions
from forum.core.catalogue import Translator, translator
from forum.core.refusals import spoken
from forum.core.text import clean_line
from forum.partnerships.models import INSTRUMENTS, AgreementVersion
from forum.partnerships.states import VERSION_STATES
from forum.places.models import City
from forum.ports.documents import delimited
from forum.registry import exports, queries
from forum.registry.drawing import points_and_links
from forum.registry.map import world_map
from forum.registry.queries import Entry, Wanted
from forum.registry.rules import IN_FORCE, PUBLIC_STATES, Party, Turn, public_state, published, timeline
from forum.registry.sessions import beginning, names_a_session, ties
from forum.translation.asking import asked_texts
from forum.web.attachments import attachment
from forum.web.language import current_language
from forum.web.policy import PUBLIC, Pages
from forum.web.public_bodies import public_body
from forum.web.viewer import now, settings

pages = Pages("registry", __name__)
PAGE = 40
Told = tuple[datetime, Entry, Turn | None, PublishedOutcome | None]  # one piece of news: a step or an outcome
LAST = 10_000


def _prepared() -> Any:
    """Promise the same answer to every visitor until the registry changes; return when it last did."""
    revision, changed_at = revisions.standing(revisions.PARTNERSHIPS)
    public_body(revisions.PARTNERSHIPS, revision, changed_at=changed_at, kind="registry")
    return changed_at


def _say() -> Translator:
    return translator(current_language())


def _wanted() -> Wanted:
    """Return what the address asks for; what no list holds is left out."""
    asked = request.args
    country, year = asked.get("country", "").upper(), asked.get("year", "")
    city, area = asked.get("city", ""), asked.get("area", "")
    instrument, state = asked.get("instrument", ""), asked.get("state", "")
    return Wanted(
        text=clean_line(asked.get("q", ""))[:100],
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        city=city if len(city) <= 40 and city.isascii() and city.isalnum() else "",
        area=area if area in areas() else "",
        instrument=instrument if instrument in INSTRUMENTS else "",
        state=state if state in PUBLIC_STATES else "",
        year=int(year) if len(year) == 4 and year.isascii() and year.isdigit() and int(year) else None,
    )


def _carried(wanted: Wanted) -> dict[str, Any]:
    """Return what links to other pages of the same list carry."""
    given = {"q": wanted.text, "country": wanted.country, "city": wanted.city, "area": wanted.area}
    given |= {"instrument": wanted.instrument, "state": wanted.state, "year": str(wanted.year or "")}
    return {name: text for name, text in given.items() if text}


def _page_asked(last: int) -> int:
    return min(max(request.args.get("page", default=1, type=int) or 1, 1), last)


@pages.page("/partnerships/", policy=PUBLIC)
def partnerships() -> ResponseReturnValue:
    """Every partnership that has come into force, found by place, area, agreement, state and year."""
    wanted, number = _wanted(), _page_asked(LAST)
    _prepared()
    found, count = queries.found(wanted, offset=(number - 1) * PAGE, limit=PAGE)
    kept, offered, language = _carried(wanted), queries.choices(), current_language()
    return render_template(
        "registry/partnerships.html",
        found=found,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=wanted,
        kept=kept,
        countries=[(each.iso2, each.tr("name", language).text) for each in _in_order(offered.countries, language)],
        towns=[(each.public_id, each.tr("name", language).text) for each in _in_order(offered.cities, language)],
        years=offered.years,
        areas=areas(),
        instruments=INSTRUMENTS,
        states=PUBLIC_STATES,
        state_of=_state,
        tone_of=_tone,
        address=lambda page: url_for("registry.partnerships", **kept, **({"page": page} if page > 1 else {})),
        table_with=lambda texts: url_for("registry.as_csv", **kept, texts=texts),
    )


def _in_order(places: Iterable[Any], language: str) -> list[Any]:
    return sorted(places, key=lambda each: each.sort_zh if language == "zh" else (each.name_en or "").casefold())


@pages.page("/partnerships/<number>/", policy=PUBLIC)
def partnership(number: str) -> ResponseReturnValue:
    """One partnership: its parties, what it is about, its dates and its published timeline."""
    entry = queries.one(number) if len(number) <= 20 else None
    if entry is None:
        abort(404)
    if entry.number != number:
        return redirect(url_for("registry.partnership", number=entry.number), 301)  # of a later version
    begun, tied = None, entry.published.sessions
    if tied or names_a_session(entry.partnership):
        begun = beginning(entry.partnership, now=now())  # may change with its forum at any time: never prepared
    else:
        _prepared()
    return render_template(
        "registry/partnership.html",
        entry=entry,
        begun=begun,
        lines=timeline(published(queries.steps(entry.partnership)), entry.published.outcomes, entry.version.signed_on),
        offices=_offices(entry),
        tied=ties(tied, now=now()),
        tie_words=SESSION_TIES,
        is_open=is_open,
        activity_kinds=ACTIVITY_KINDS,
        outcome_kinds=OUTCOME_KINDS,
        areas=areas(),
        instruments=INSTRUMENTS,
        state_of=_state,
        tone_of=_tone,
    )


def _offices(entry: Entry) -> list[tuple[Party, ContactOffice]]:
    """Return the contact offices that may be shown, each with the city as it is named here."""
    by_party = {office.party_id: office for office in entry.published.offices}
    parties = zip(entry.partnership.parties, entry.parties, strict=True)
    return [(shown, by_party[party.id]) for party, shown in parties if party.id in by_party]


@pages.page("/partnerships/<number>/outcomes/<outcome_id>/file", policy=PUBLIC)
def outcome_file(number: str, outcome_id: str) -> ResponseReturnValue:
    """The file that shows a published outcome, when its side has opened it to everybody."""
    entry = queries.one(number) if len(number) <= 20 else None
    found = public_file(entry.version, outcome_id) if entry is not None else None
    if found is None:
        abort(404)
    return attachment(found)


@pages.page("/partnerships/map", policy=PUBLIC, endpoint="map")
def on_the_map() -> ResponseReturnValue:
    """Every partnership that has come into force, on the map and in a table."""
    _prepared()
    everything = queries.versions()
    last = max(1, -(-len(everything) // PAGE))
    number = _page_asked(last)
    points, links, lacking = points_and_links(everything)
    return render_template(
        "registry/map.html",
        world=world_map(points, links, _say()),
        found=queries.entries(everything[(number - 1) * PAGE : number * PAGE]),
        count=len(everything),
        lacking=lacking,
        instruments=INSTRUMENTS,
        state_of=_state,
        tone_of=_tone,
        number=number,
        last=last,
        address=lambda page: url_for("registry.map", page=page),
    )


@pages.page("/registry/", policy=PUBLIC)
def registry() -> ResponseReturnValue:
    """The former address of the map."""
    return redirect(url_for("registry.map"), 301)


def _absolute(number: str) -> str:
    return f"{settings().base_url}{url_for('registry.partnership', number=number)}"


@pages.page("/partnerships.json", policy=PUBLIC)
def as_json() -> ResponseReturnValue:
    """What the list shows, as data, with the same filters; each text carries the state of each of its sides."""
    texts = asked_texts("machine")
    _prepared()
    found, _count = queries.found(_wanted())
    text = json.dumps(exports.as_data(found, _say(), _absolute, texts), ensure_ascii=False)
    return Response(text, mimetype="application/json")


@pages.page("/partnerships.csv", policy=PUBLIC)
def as_csv() -> ResponseReturnValue:
    """What the list shows, as a table for spreadsheets, with the same filters."""
    texts = asked_texts()
    _prepared()
    found, _count = queries.found(_wanted())
    answer = Response(exports.as_csv(found, _say(), _absolute, texts), content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="partnerships.csv"'
    return answer


@pages.page("/partnerships/news.xml", policy=PUBLIC)
def news() -> ResponseReturnValue:
    """The newest steps that the public learns of, as an Atom feed (RFC 4287)."""
    changed_at = _prepared()
    turns = published(queries.news())
    entries = queries.entries([turn.version for turn in turns])
    told: list[Told] = [(turn.at, entry, turn, None) for turn, entry in zip(turns, entries, strict=True)]
    told += [(row.published_at, entry, None, row) for entry, row in queries.newest_outcomes() if row.published_at]
    told.sort(key=lambda each: each[0], reverse=True)
    text = render_template(
        "registry/news.xml",
        told=told[: queries.NEWS],
        updated=told[0][0] if told else changed_at or now(),
        absolute=_absolute,
        base=settings().base_url,
    )
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def _state(version: AgreementVersion) -> str:
    """Return the state in words; the public doesn't read of a renewal that is on its way."""
    return spoken(VERSION_STATES[public_state(version.state)], _say())


def _tone(version: AgreementVersion) -> str:
    return "good" if version.state in IN_FORCE else "wait" if version.state == "suspended" else "past"


def panel(city: City) -> Markup:
    """Return the public partnerships of a city for its page."""
    found: list[Entry] = queries.of_city(city.id)
    if not found:
        return Markup()
    text = render_template(
        "registry/city_panel.html",
        found=found,
        instruments=INSTRUMENTS,
        state_of=_state,
        tone_of=_tone,
    )
    return Markup(text)  # noqa: S704 - a template of ours, escaped when it was rendered


def _offer_panel(state: Any) -> None:
    state.app.extensions.setdefault("forum.city_panels", []).append(panel)


pages.record_once(_offer_panel)
