"""One deliverable for everybody, and what changed since a day; each with its twins as data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.committees import exports as bodies
from forum.committees.models import CONFIDENCES, SUCCESSION_KINDS, TITLE_STATUSES, Committee
from forum.committees.permissions import is_national_office
from forum.committees.queries import by_slug
from forum.committees.references import could_name
from forum.committees.rules import titles_on
from forum.committees.views.public import as_json, panels, prepared, say
from forum.standards import exports
from forum.standards.kinds import DELIVERABLE_KINDS, SUPPLEMENT_KINDS
from forum.standards.models import RELATION_KINDS, RELATIONS_BACK, STANDINGS, TRACKS, Scheme, Standard
from forum.standards.neighbours import neighbours
from forum.standards.queries import changes as changing
from forum.standards.queries import reading
from forum.standards.references import printed
from forum.standards.rules import clocks
from forum.standards.rules.progress import Span, progress, time_at
from forum.standards.schemes import SCHEMES, name_of
from forum.standards.titles import titles
from forum.standards.views import pages
from forum.standards.work import TONES
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.viewer import now, settings, viewer

PAGE = 40
LAST = 10_000
DAYS = 180  # that the list of changes goes back when nobody asks for another day
FEED = 60  # entries
PUBLISHERS = {
    Scheme.ISO: ("iso.org", "https://www.iso.org/standard/{iso_id}.html"),
    Scheme.IEC: ("webstore.iec.ch", "https://webstore.iec.ch/"),
    Scheme.ITU: ("itu.int", "https://www.itu.int/rec/T-REC-{number}/"),
    Scheme.SAC: ("openstd.samr.gov.cn", "https://openstd.samr.gov.cn/"),
}


def address_of(slug: str) -> str:
    """Return the whole address of a deliverable's page."""
    return f"{settings().base_url}{url_for('standards.standard', standard_slug=slug)}"


def span_words(span: Span | None, code: str) -> str:
    """Return how long a deliverable has been at a stage, such as “14 weeks in 40.20”; nothing where it isn't known."""
    if span is None:
        return ""
    sentences = {
        "days": lambda n: ngettext("%(num)s day in %(code)s", "%(num)s days in %(code)s", n, code=code),
        "weeks": lambda n: ngettext("%(num)s week in %(code)s", "%(num)s weeks in %(code)s", n, code=code),
        "months": lambda n: ngettext("%(num)s month in %(code)s", "%(num)s months in %(code)s", n, code=code),
        "years": lambda n: ngettext("%(num)s year in %(code)s", "%(num)s years in %(code)s", n, code=code),
    }
    return str(sentences[span.unit](span.count))


def _stage_named(found: Standard) -> str:
    """Return what a stage is called in a sentence: its code where the publisher writes codes, else its name."""
    if found.scheme in {Scheme.ISO, Scheme.IEC}:
        return found.stage
    return name_of(found.scheme, found.stage).shown(current_language()).text


def words() -> dict[str, Any]:
    """Return the words that every template of standards reads."""
    return {
        "standings": STANDINGS,
        "standing_tones": TONES,
        "schemes": SCHEMES,
        "confidences": CONFIDENCES,
        "title_statuses": TITLE_STATUSES,
        "relation_kinds": RELATION_KINDS,
        "relations_back": RELATIONS_BACK,
        "succession_kinds": SUCCESSION_KINDS,
        "tracks": TRACKS,
        "target_names": clocks.TARGETS,
        "clock_words": clocks.CLOCKS,
        "titles_of": titles,
        "titles_on": titles_on,
        "stage_name": name_of,
        "printed": printed,
        "today": now().date(),
        "attribution_url": bodies.ATTRIBUTION_URL,
    }


def targets_of(standard: Standard, registered: date | None) -> list[clocks.Target]:
    """Return the target dates of a project: those that were set here, else those of its track."""
    return clocks.targets(
        standard.targets,
        clocks.computed(standard.track or "", registered),
        standard.stage_equivalent or (standard.stage if standard.scheme is Scheme.ISO else ""),
        standard.standing,
        now().date(),
    )


def publisher_of(standard: Standard) -> tuple[str, str] | None:
    """Return the name and the address of the publisher's page; ISO's only where its number is known."""
    name, pattern = PUBLISHERS[standard.scheme]
    if "{iso_id}" in pattern and standard.iso_id is None:
        return None
    if "{number}" in pattern and (not standard.number or " " in standard.number):
        return name, "https://www.itu.int/"
    return name, pattern.format(iso_id=standard.iso_id, number=standard.number)


@pages.page("/standards/<standard_slug>/", policy=PUBLIC)
def standard(standard_slug: str) -> ResponseReturnValue:
    """One deliverable: titles, progress, stages, dates, relations, topics, and what upper rooms know of it."""
    found = reading.chosen(standard_slug) if could_name(standard_slug, 160) else None
    if found is None:
        return _moved(standard_slug, "standards.standard")
    if neighbours.steady:
        prepared()
    who, day = viewer(), now().date()
    entry = reading.entry(found)
    shown = progress(found.scheme, found.stage, found.stage_equivalent)
    targets = targets_of(found, reading.registered_on([found.id]).get(found.id))
    current = entry.events[0] if entry.events else None
    return render_template(
        "standards/standard.html",
        standard=found,
        deliverable_kinds=DELIVERABLE_KINDS,
        supplement_kinds=SUPPLEMENT_KINDS,
        entry=entry,
        progress=shown,
        present=current,
        spent=span_words(
            time_at(found.stage_on, current.precision, day) if current is not None else None, _stage_named(found)
        ),
        targets=targets,
        clock=clocks.clock(targets) if shown.standing == "under_development" else "",
        publisher=publisher_of(found),
        panels=panels(neighbours.shown(found, who, now()), standard=found),
        keeps=is_national_office(who),
        **words(),
    )


@pages.page("/standards/<standard_slug>.json", policy=PUBLIC)
def standard_json(standard_slug: str) -> ResponseReturnValue:
    """One deliverable as data."""
    found = reading.chosen(standard_slug) if could_name(standard_slug, 160) else None
    if found is None:
        return _moved(standard_slug, "standards.standard_json")
    prepared()
    targets = targets_of(found, reading.registered_on([found.id]).get(found.id))
    return as_json(exports.one(reading.entry(found), targets, say(), address_of))


def _moved(slug: str, endpoint: str) -> ResponseReturnValue:
    """Lead an old address, or a reference in any spelling, on to where the deliverable is now."""
    present = reading.former(slug) if could_name(slug, 160) else None
    if present is None or present == slug:
        abort(404)
    return redirect(url_for(endpoint, standard_slug=present), 301)


def _since() -> date:
    try:
        asked = date.fromisoformat(request.args.get("since", "")[:10])
    except ValueError:
        return now().date() - timedelta(days=DAYS)
    return min(max(asked, date(1900, 1, 1)), now().date())


def _committee() -> Committee | None:
    slug = request.args.get("committee", "")[:80]
    return by_slug(slug) if could_name(slug) else None


@pages.page("/standards/changes", policy=PUBLIC)
def changes() -> ResponseReturnValue:
    """What changed since a day: stages that were entered, and what became of committees."""
    since, committee = _since(), _committee()
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)
    prepared()
    events, count = changing.stages(since, committee, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {"since": since.isoformat()} | ({"committee": committee.slug} if committee else {})
    return render_template(
        "standards/changes.html",
        since=since,
        committee=committee,
        events=events,
        count=count,
        ledger=changing.turns(since) if committee is None and number == 1 else (),
        dataset=changing.dataset_date(),
        kept=kept,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("standards.changes", **kept, **({"page": page} if page > 1 else {})),
        **words(),
    )


@pages.page("/standards/changes.json", policy=PUBLIC)
def changes_json() -> ResponseReturnValue:
    """What changed since a day, as data."""
    since, committee = _since(), _committee()
    prepared()
    events, _count = changing.stages(since, committee, limit=1000)
    turns = changing.turns(since) if committee is None else ()
    return as_json(exports.changed(since, events, turns, changing.dataset_date(), say(), address_of))


@pages.page("/standards/changes.xml", policy=PUBLIC)
def changes_feed() -> ResponseReturnValue:
    """What changed, as an Atom feed (RFC 4287)."""
    committee = _committee()
    changed_at = prepared()
    events, _count = changing.stages(_since(), committee, limit=FEED)
    text = render_template(
        "standards/changes.xml",
        events=events,
        committee=committee,
        updated=max((event.created_at for event in events), default=changed_at or now()),
        absolute=address_of,
        base=settings().base_url,
        sentence=_entry_sentence,
        **words(),
    )
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def _entry_sentence(reference: str, cell: str, code: str) -> str:
    return str(_("%(reference)s: %(cell)s (%(code)s)", reference=reference, cell=cell, code=code))
