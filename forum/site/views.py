"""The front page, the notices of the site, and what search engines are told."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.agenda.queries import released
from forum.agenda.rules.people import is_person, present
from forum.agenda.visibility import ViewerLevel, visible
from forum.cities import queries as cities
from forum.events import queries as events
from forum.events.models import FORUM_STATES, Forum, ForumState
from forum.places.reference import ATTRIBUTION
from forum.registry import queries as registry
from forum.site import queries
from forum.web.language import LANGUAGES, negotiated
from forum.web.policy import PUBLIC, Pages
from forum.web.viewer import now, settings

pages = Pages("site", __name__)
NEWS = 4
NOT_FOR_ROBOTS = (
    "account", "calendar/", "desk", "sign-in", "forums/*/desk", "forums/*/my-agenda", "forums/*/agenda.",
)  # fmt: skip
OVER = frozenset({ForumState.CLOSED, ForumState.ARCHIVED, ForumState.CANCELLED})


@pages.page("/", policy=PUBLIC, language=False, endpoint="root")
def root() -> ResponseReturnValue:
    """Send the reader to their language: the only address that negotiates."""
    answer = make_response(redirect(url_for("site.home", lang=negotiated()), 302))
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@pages.page("/", policy=PUBLIC)
def home() -> ResponseReturnValue:
    """The front page: the next forum first, then what is new, then the others."""
    known = events.public_forums()
    today = now().date()
    coming = sorted(
        (each for each in known if each.last_day >= today and each.state not in OVER), key=lambda each: each.first_day
    )
    by_id = {each.id: each for each in known}
    return render_template(
        "site/home.html",
        next_forum=coming[0] if coming else None,
        others=[each for each in known if each not in coming[:1]],
        news=[(by_id[each.forum_id], each) for each in queries.newest_releases(list(by_id), NEWS)],
        states=FORUM_STATES,
    )


@pages.page("/attribution", policy=PUBLIC)
def attribution() -> ResponseReturnValue:
    """Where data and typefaces come from, and under which licences."""
    return render_template("site/attribution.html", attribution=ATTRIBUTION)


@pages.page("/privacy", policy=PUBLIC)
def privacy() -> ResponseReturnValue:
    """Which data are kept, why, for how long, and who may see them."""
    return render_template("site/privacy.html")


@pages.page("/accessibility", policy=PUBLIC)
def accessibility() -> ResponseReturnValue:
    """How the pages can be used, and where to say that something can't."""
    return render_template("site/accessibility.html")


@pages.page("/robots.txt", policy=PUBLIC, language=False)
def robots() -> ResponseReturnValue:
    """What search engines needn't visit: pages for staff and for one person, and files of the agenda."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{code}/{path}" for code in LANGUAGES for path in NOT_FOR_ROBOTS),
        f"Sitemap: {settings().base_url}{url_for('site.sitemap')}",
        "",
    ]
    answer = Response("\n".join(lines), mimetype="text/plain")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@pages.page("/sitemap.xml", policy=PUBLIC, language=False)
def sitemap() -> ResponseReturnValue:
    """Every public page in each language, as the public sees it at this very moment; never kept in a cache."""
    addresses = [path for make in (_site_pages, _forum_pages, _city_pages, _partnership_pages) for path in make()]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    base = settings().base_url
    for path in addresses:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language.tag}" href="{base}/{code}{path}"/>'
            for code, language in LANGUAGES.items()
        )
        lines += [f"<url><loc>{base}/{code}{path}</loc>{alternates}</url>" for code in LANGUAGES]
    return Response("\n".join([*lines, "</urlset>", ""]), mimetype="application/xml")


def _site_pages() -> Iterator[str]:
    yield from ("/", "/forums/", "/partnerships/", "/partnerships/map", "/attribution", "/privacy", "/accessibility")
    yield from ("/glossary/", "/committees/", "/committees/succession", "/standards/changes")


def _forum_pages() -> Iterator[str]:
    for forum in events.public_forums():
        root = f"/forums/{quote(forum.slug)}"
        yield from (f"{root}/", f"{root}/practical", f"{root}/agenda", f"{root}/people/", f"{root}/releases/")
        yield from (f"{root}/{path}" for path in _programme_pages(forum))


def _city_pages() -> Iterator[str]:
    yield "/cities/"
    yield from (f"/cities/{quote(slug)}/" for slug in cities.public_slugs())


def _partnership_pages() -> Iterator[str]:
    yield from (f"/partnerships/{quote(each.number)}/" for each in registry.entries(registry.versions()))


def _programme_pages(forum: Forum) -> Iterator[str]:
    programme = released.current(forum)
    if programme is None:
        return
    items = [item for item in visible(programme, ViewerLevel.PUBLIC, now()).items if not item.is_placeholder]
    yield from dict.fromkeys(f"sessions/{item.session_id}" for item in items)
    yield from dict.fromkeys(
        f"people/{each.person_guid}" for item in items for each in present(item) if is_person(each)
    )
