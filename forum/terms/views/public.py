"""The public glossary: search, letters, one concept, and the same as files."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from forum.core.catalogue import translator
from forum.core.text import clean_line
from forum.terms import exports
from forum.terms.permissions import TERM_READERS, current_concept, roles_of
from forum.terms.queries import concepts
from forum.terms.queries.concepts import Wanted
from forum.terms.states import SUBJECTS
from forum.terms.views.blueprint import pages, show
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.viewer import settings, viewer

PAGE = 50
LAST = 10_000


def wanted() -> Wanted:
    """Return what the address asks for; what no list holds is left out."""
    asked = request.args
    letter, subject = asked.get("letter", "").upper(), asked.get("subject", "")
    return Wanted(
        text=clean_line(asked.get("q", ""))[:100],
        letter=letter if len(letter) == 1 and ((letter.isascii() and letter.isalpha()) or letter == "#") else "",
        subject=subject if subject in SUBJECTS else "",
    )


def _carried(what: Wanted) -> dict[str, str]:
    given = {"q": what.text, "letter": what.letter, "subject": what.subject}
    return {name: text for name, text in given.items() if text}


@pages.page("/glossary/", policy=PUBLIC)
def glossary() -> ResponseReturnValue:
    """The terms of the house in both languages, each with who decides it."""
    what, language = wanted(), current_language()
    kept: dict[str, Any] = _carried(what)
    found = concepts.count(what, language)
    last = max(1, -(-found // PAGE))
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), last, LAST)
    return show(
        "glossary",
        found=concepts.page(what, language, number, PAGE),
        count=found,
        number=number,
        last=last,
        wanted=what,
        kept=kept,
        letters=concepts.letters(language),
        held=concepts.subjects(),
        keeps=bool(roles_of(viewer())),
        address=lambda page: url_for("terms.glossary", **kept, **({"page": page} if page > 1 else {})),
        lettered=lambda letter: url_for(
            "terms.glossary", q=what.text or None, subject=what.subject or None, letter=letter or None
        ),
    )


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.page("/glossary.csv", policy=PUBLIC)
def as_csv() -> ResponseReturnValue:
    """What the list shows, as a table for spreadsheets, with the same filters."""
    language = current_language()
    found = concepts.every(wanted(), language)
    return _file(exports.as_csv(found, translator(language)), exports.CSV_MEDIA_TYPE, "glossary.csv")


@pages.page("/glossary.tbx", policy=PUBLIC)
def as_tbx() -> ResponseReturnValue:
    """What the list shows, for tools of translators, with the same filters."""
    found = concepts.every(wanted())
    address = f"{settings().base_url}{url_for('terms.glossary')}"
    return _file(exports.as_tbx(found, address), exports.TBX_MEDIA_TYPE, "glossary.tbx")


@pages.page("/glossary/<concept_id>/", policy=TERM_READERS)
def concept(concept_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the concept
    """One concept: its words in both languages, what each may be used for, and who decides."""
    return show("concept", row=current_concept(), keeps=bool(roles_of(viewer())))
