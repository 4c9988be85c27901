"""The public registry: the map of the world, and the table that says the same in words."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core.catalogue import translator
from forum.core.refusals import spoken
from forum.partnerships.models import INSTRUMENTS, AgreementVersion
from forum.partnerships.states import VERSION_STATES, VersionState
from forum.registry import queries
from forum.registry.drawing import points_and_links
from forum.registry.map import world_map
from forum.web.language import current_language
from forum.web.policy import PUBLIC, Pages

pages = Pages("registry", __name__)
PAGE = 50


@pages.page("/registry/", policy=PUBLIC)
def registry() -> ResponseReturnValue:
    """Every partnership that has come into force, on the map and in a table."""
    translate = translator(current_language())
    everything = queries.versions()
    number = max(1, request.args.get("page", default=1, type=int) or 1)
    last = max(1, -(-len(everything) // PAGE))
    number = min(number, last)
    points, links, lacking = points_and_links(everything)
    return render_template(
        "registry/registry.html",
        world=world_map(points, links, translate),
        rows=[(each, _state(each), spoken(INSTRUMENTS[each.instrument], translate)) for each in
              everything[(number - 1) * PAGE : number * PAGE]],
        count=len(everything),
        lacking=lacking,
        in_force=queries.IN_FORCE,
        number=number,
        last=last,
        address=lambda page: url_for("registry.registry", page=page),
    )  # fmt: skip


def _state(version: AgreementVersion) -> str:
    """Return the state in words; the public doesn't read of a renewal that is on its way."""
    state = VersionState.ACTIVE if version.state is VersionState.RENEWAL else version.state
    return spoken(VERSION_STATES[state], translator(current_language()))
