"""What the page of a committee shows of its statements."""

from __future__ import annotations

from flask import render_template

from forum.committees.neighbours import neighbours
from forum.liaisons.committee_page import of_committee
from forum.liaisons.models import Confidentiality
from forum.web.viewer import NOBODY
from tests.conftest import START
from tests.liaisons.committees import Desk, committee


def test_a_committee_shows_its_public_statements_and_no_others(desk: Desk) -> None:
    group = committee("ISO/TC 268")
    desk.posted(confidentiality=Confidentiality.INTERNAL)
    assert of_committee(group, NOBODY, START) is None
    shown = desk.posted()
    part = of_committee(group, NOBODY, START)
    assert part is not None
    assert part.facts["count"] == 1
    with desk.cast.app.test_request_context("/en/"):
        said = render_template(part.template, **part.facts)
    assert shown.public_id in said
    assert of_committee in neighbours.parts.values()
