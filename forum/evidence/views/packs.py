"""Evidence packs for systematic reviews: the list, one pack, and its files."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue

from forum.core.catalogue import translator
from forum.evidence import exports
from forum.evidence.permissions import PACK_READERS
from forum.evidence.queries import packs as reading
from forum.evidence.queries import uses as using
from forum.evidence.queries.packs import Pack
from forum.evidence.views.blueprint import pages, shown
from forum.web.language import current_language
from forum.web.viewer import now, viewer

ENDINGS = {"docx": exports.DOCX, "pdf": exports.PDF}


@pages.page("/desk/evidence/packs", policy=PACK_READERS)
def packs() -> ResponseReturnValue:
    """The standards of which cities have filed something that may travel."""
    return shown("packs", found=using.with_evidence())


def _found(standard_slug: str) -> Pack:
    standard = reading.standard_named(standard_slug)
    if standard is None:
        abort(404)
    return reading.pack_of(standard, viewer(), now())


@pages.page("/desk/evidence/packs/<standard_slug>", policy=PACK_READERS)
def pack(standard_slug: str) -> ResponseReturnValue:
    """What this country can answer for one standard."""
    return shown("pack", pack=_found(standard_slug), questions=exports.questions(_found(standard_slug), _say()))


@pages.page("/desk/evidence/packs/<standard_slug>/file.<any(docx,pdf):ending>", policy=PACK_READERS)
def pack_file(standard_slug: str, ending: str) -> ResponseReturnValue:
    """The pack as a document, in the language of the address."""
    found, say = _found(standard_slug), _say()
    content = exports.as_docx(found, say) if ending == "docx" else exports.as_pdf(found, say)
    answer = Response(content, content_type=ENDINGS[ending])
    name = f"evidence-{standard_slug}.{say.language}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _say() -> exports.Translator:
    return translator(current_language())
