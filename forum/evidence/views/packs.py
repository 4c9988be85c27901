"""Evidence packs for systematic reviews: the list, one pack, and its files."""

from __future__ import annotations

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue

from forum.core.catalogue import translator
from forum.evidence import exports
from forum.evidence.permissions import PACK_READERS
from forum.evidence.queries import packs as reading
from forum.evidence.queries import uses as using
from forum.evidence.queries.packs import Pack
from forum.evidence.views.blueprint import pages, shown
from forum.translation.asking import asked_texts
from forum.translation.standing import Texts
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
    found = _found(standard_slug)

    def file_with(ending: str, texts: Texts) -> str:
        return url_for("evidence.pack_file", standard_slug=standard_slug, ending=ending, texts=texts)

    return shown("pack", pack=found, questions=exports.questions(found, _say()), file_with=file_with)


@pages.page("/desk/evidence/packs/<standard_slug>/file.<any(docx,pdf):ending>", policy=PACK_READERS)
def pack_file(standard_slug: str, ending: str) -> ResponseReturnValue:
    """The pack as a document, in the language of the address."""
    found, say, texts = _found(standard_slug), _say(), asked_texts()
    content = exports.as_docx(found, say, texts) if ending == "docx" else exports.as_pdf(found, say, texts)
    answer = Response(content, content_type=ENDINGS[ending])
    name = f"evidence-{standard_slug}.{say.language}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _say() -> exports.Translator:
    return translator(current_language())
