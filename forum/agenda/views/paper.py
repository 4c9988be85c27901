"""The programme on paper, straight from the browser."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from forum.agenda.exports.standing import standing
from forum.agenda.rules.timetable import day_grid, days_of
from forum.agenda.views.asking import asked_day
from forum.agenda.views.blueprint import pages
from forum.agenda.views.files import usual_texts
from forum.agenda.views.offering import notice_of
from forum.agenda.views.reading import promise, reading
from forum.agenda.views.rows import by_role, frame, person_lines, rows
from forum.agenda.views.wording import floor_and_interpretation
from forum.events.permissions import FORUM_PUBLIC
from forum.translation.asking import asked_texts
from forum.translation.standing import Texts
from forum.web.prose import paragraphs


@pages.page("/forums/<slug>/programme", policy=FORUM_PUBLIC)
def programme(slug: str) -> ResponseReturnValue:
    """The whole programme on paper, straight from the browser."""
    read, texts = reading(), asked_texts()
    wanted = asked_day(read.programme)
    promise(read)
    whole = read.programme
    read = replace(read, programme=standing(whole, texts))
    return render_template(
        "agenda/programme.html",
        **frame(read),
        slug=slug,
        days=[
            (day, rows(read, day_grid(read.programme, day).placed, {}))
            for day in days_of(read.programme)
            if wanted in (None, day)
        ],
        by_role=by_role,
        person_lines=person_lines,
        spoken=floor_and_interpretation,
        paragraphs=paragraphs,
        texts=texts,
        notice=notice_of(whole, texts),
        book_address=f"{url_for('agenda.export', slug=slug, kind='pdf')}?{urlencode(_book(texts))}",
        with_texts=lambda other: url_for("agenda.programme", slug=slug, day=wanted and wanted.isoformat(), texts=other),
    )


def _book(texts: Texts) -> dict[str, str]:
    """Return the arguments of the book with the same texts as this page."""
    return {"lang": "both"} | ({"texts": texts} if texts != usual_texts("pdf") else {})
