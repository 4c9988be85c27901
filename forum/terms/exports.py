"""The glossary as files: TBX for tools of translators, CSV for spreadsheets.

Only what a person has confirmed leaves as preferred, deprecated or forbidden; the rest says that it is to be
confirmed (CSV), or says nothing of its use (TBX).
"""

from __future__ import annotations

from collections.abc import Iterable

from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import Translator
from forum.core.refusals import N_, P_, spoken
from forum.ports.documents import delimited
from forum.ports.exchange import tbx
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations.settling import ordered
from forum.terms.states import CERTAINTIES, SUBJECTS, USES

CSV_MEDIA_TYPE = delimited.MEDIA_TYPE
TBX_MEDIA_TYPE = tbx.MEDIA_TYPE
TITLE = N_("Glossary of the standardization of cities")
HEADINGS = (
    N_("Concept"),
    P_("terms", "Field"),
    N_("Language"),
    P_("terms", "Term"),
    N_("Use of the term"),
    N_("Certainty"),
    N_("Owner of the usage"),
    N_("Source"),
    N_("Reason"),
    N_("Decided by"),
    N_("Definition (English)"),
    N_("Definition (Chinese)"),
    N_("Source of the definition"),
    N_("Note (English)"),
    N_("Note (Chinese)"),
)


def as_csv(concepts: Iterable[TermConcept], say: Translator) -> bytes:
    """Return one row for each word, with headings and states in the reader's language."""
    rows = [
        (
            concept.public_id,
            spoken(SUBJECTS[concept.subject], say),
            row.lang,
            row.text,
            spoken(USES[row.use], say),
            spoken(CERTAINTIES[row.certainty], say),
            row.owner,
            row.source,
            row.reason,
            concept.owner,
            concept.side("definition", "en"),
            concept.side("definition", "zh"),
            concept.definition_source,
            concept.side("note", "en"),
            concept.side("note", "zh"),
        )
        for concept in concepts
        for lang in LANGUAGES
        for row in ordered(concept.renderings, lang)
    ]
    return delimited.encode([spoken(heading, say) for heading in HEADINGS], rows)


def as_tbx(concepts: Iterable[TermConcept], address: str) -> bytes:
    """Return a TBX-Basic file; ``address`` says where the glossary stands."""
    return tbx.write(map(exchanged, concepts), TITLE, address)


def exchanged(concept: TermConcept) -> tbx.TbxConcept:
    """Return a concept as it leaves."""
    return tbx.TbxConcept(
        id=f"c{concept.public_id}",
        subject=str(concept.subject),
        owner=concept.owner,
        definitions=tuple(
            (lang, concept.side("definition", lang)) for lang in LANGUAGES if concept.side("definition", lang)
        ),
        definition_source=concept.definition_source if concept.text("definition") else "",
        notes=tuple((lang, concept.side("note", lang)) for lang in LANGUAGES if concept.side("note", lang)),
        terms=tuple(_term(row) for lang in LANGUAGES for row in ordered(concept.renderings, lang)),
    )


def _term(row: TermRendering) -> tbx.TbxTerm:
    use = str(row.use) if row.is_sure else ""
    return tbx.TbxTerm(row.lang, row.text, use, row.owner, row.source, row.reason)
