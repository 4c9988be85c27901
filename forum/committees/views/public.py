"""The public pages: the tree of committees, one committee, and the succession list; each with a twin as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forum.committees import exports, queries, rules
from forum.committees.models import (
    BODIES,
    COMMITTEE_KINDS,
    COMMITTEE_STATES,
    CONFIDENCES,
    MIRROR_ROLES,
    RELATION_CATEGORIES,
    SUCCESSION_KINDS,
    TITLE_STATUSES,
    Committee,
    MemberKind,
)
from forum.committees.neighbours import PagePart, neighbours
from forum.committees.permissions import is_national_office
from forum.committees.queries import public as reading
from forum.committees.references import could_name
from forum.committees.views.blueprint import pages
from forum.core import revisions
from forum.core.catalogue import Translator, translator
from forum.core.refusals import N_
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.public_bodies import public_body
from forum.web.viewer import now, settings, viewer

PAGE = 100
LAST = 10_000
OFFICER_ROLES = {
    "chair": N_("Chair"),
    "manager": N_("Committee manager"),
    "convenor": N_("Convenor"),
    "secretary": N_("Secretary"),
}


def prepared() -> datetime | None:
    """Promise the same answer to every visitor until the catalogue changes or the day ends (UTC)."""
    revision, changed_at = revisions.standing(revisions.STANDARDS)
    midnight = datetime.combine(now().date() + timedelta(days=1), time(), UTC)
    public_body(revisions.STANDARDS, revision, changed_at=changed_at, until=midnight, kind="registry")
    return changed_at


def say() -> Translator:
    """Return the translator of the reader."""
    return translator(current_language())


def address_of(slug: str) -> str:
    """Return the whole address of a committee's page."""
    return f"{settings().base_url}{url_for('committees.committee', committee_slug=slug)}"


def words() -> dict[str, Any]:
    """Return the words that every template of committees reads."""
    return {
        "bodies": BODIES,
        "kinds": COMMITTEE_KINDS,
        "committee_states": COMMITTEE_STATES,
        "confidences": CONFIDENCES,
        "mirror_roles": MIRROR_ROLES,
        "relation_categories": RELATION_CATEGORIES,
        "succession_kinds": SUCCESSION_KINDS,
        "title_statuses": TITLE_STATUSES,
        "officer_roles": OFFICER_ROLES,
        "titles_on": rules.titles_on,
        "runs_on": rules.runs_on,
        "today": now().date(),
        "attribution_url": exports.ATTRIBUTION_URL,
    }


def as_json(document: dict[str, Any]) -> Response:
    """Return plain data as JSON, characters as they are."""
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")


def panels(parts: Iterable[PagePart], **owner: Any) -> list[Markup]:
    """Return the parts that upper rooms give to a page; each template reads its facts by their names."""
    return [
        Markup(render_template(part.template, part=part, facts=part.facts, **{**owner, **part.facts}))  # noqa: S704
        for part in parts
    ]


@pages.page("/committees/", policy=PUBLIC)
def committees() -> ResponseReturnValue:
    """Every committee in the order of the tree."""
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)
    prepared()
    found, count = reading.page(offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "committees/committees.html",
        found=found,
        mirrors=reading.mirrors_of(each.id for each in found),
        depth=rules.depth,
        dataset=reading.dataset(),
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        keeps=is_national_office(viewer()),
        address=lambda page: url_for("committees.committees", **({"page": page} if page > 1 else {})),
        **words(),
    )


@pages.page("/committees.json", policy=PUBLIC)
def committees_json() -> ResponseReturnValue:
    """The tree of committees as data."""
    prepared()
    found = reading.everything()
    mirrors = reading.mirrors_of(each.id for each in found)
    return as_json(exports.tree(found, mirrors, say(), address_of, now().date(), reading.dataset()))


@pages.page("/committees/succession", policy=PUBLIC)
def succession() -> ResponseReturnValue:
    """What became of whom, by date: the list that keeps the landscape readable while it moves."""
    prepared()
    return render_template("committees/succession.html", ledger=reading.ledger(), dataset=reading.dataset(), **words())


@pages.page("/committees/succession.json", policy=PUBLIC)
def succession_json() -> ResponseReturnValue:
    """The succession list as data."""
    prepared()
    day, precision = reading.dataset()
    ledger = [exports.turn(row, say()) for row in reading.ledger()]
    return as_json({**exports.attribution(say(), [day], precision), "succession": ledger})


@pages.page("/committees/<committee_slug>/", policy=PUBLIC)
def committee(committee_slug: str) -> ResponseReturnValue:
    """One committee: names, tree, members, mirrors, liaisons, work and succession."""
    found = _found(committee_slug)
    if found.slug != committee_slug:
        return redirect(url_for("committees.committee", committee_slug=found.slug), 301)
    if neighbours.steady:
        prepared()
    who, day = viewer(), now().date()
    entry = reading.entry(found)
    return render_template(
        "committees/committee.html",
        entry=entry,
        committee=found,
        succeeded=rules.succeeded_by(entry.ledger, found.id, day),
        members=_members(entry),
        panels=panels(neighbours.shown(found, who, now()), committee=found),
        keeps=is_national_office(who),
        name_titles=rules.titles,
        **words(),
    )


@pages.page("/committees/<committee_slug>.json", policy=PUBLIC)
def committee_json(committee_slug: str) -> ResponseReturnValue:
    """One committee as data."""
    found = _found(committee_slug)
    if found.slug != committee_slug:
        return redirect(url_for("committees.committee_json", committee_slug=found.slug), 301)
    prepared()
    return as_json(exports.one(reading.entry(found), say(), address_of, now().date()))


def _found(slug: str) -> Committee:
    if not could_name(slug):
        abort(404)
    found = reading.chosen(slug)
    if found is None:
        former = reading.former(slug)
        found = queries.by_slug(former.slug) if former is not None else None
    if found is None:
        abort(404)
    return found


def _members(entry: reading.Entry) -> dict[str, list[str]]:
    day = now().date()
    running = [row for row in entry.members if rules.runs_on(row.starts_on, row.ends_on, day)]
    return {
        "p": [row.acronym for row in running if row.kind is MemberKind.P],
        "o": [row.acronym for row in running if row.kind is MemberKind.O],
    }
