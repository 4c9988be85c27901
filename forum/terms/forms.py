"""The forms of the glossary's desk: shape only."""

from __future__ import annotations

from typing import Any, Self, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import FileField, RadioField, SelectField

from forum.core.bilingual import Language, Text
from forum.core.refusals import spoken
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations.writing import LONGEST, Facts, Saying
from forum.terms.states import SUBJECTS, USES, TermSubject, Use
from forum.web.forms import BaseForm, LineField, ProseField, VersionedForm, options, required

_OWNER = _l("The document or body whose usage it is, such as GB/T 36749-2018. Empty for general use.")
_FROM = _l("The document in which it can be read.")


class ConceptForm(VersionedForm):
    """What is said of a concept itself."""

    subject = SelectField(lazy_pgettext("terms", "Field"), choices=[], default="cities")
    owner = LineField(_l("Decided by"), limit=160, description=_l("Empty means the national office."))
    definition_en = ProseField(_l("Definition (English)"), limit=4000)
    definition_zh = ProseField(_l("Definition (Chinese)"), limit=4000)
    definition_source = LineField(_l("Source of the definition"), limit=300)
    note_en = ProseField(_l("Note (English)"), limit=4000)
    note_zh = ProseField(_l("Note (Chinese)"), limit=4000)

    def offer(self) -> Self:
        """Offer what can be chosen."""
        self.subject.choices = options((key, spoken(word, _)) for key, word in SUBJECTS.items())
        return self

    def facts(self) -> Facts:
        """Return what was typed as operations take it."""
        return Facts(
            TermSubject(self.subject.data),
            self.owner.data or "",
            Text(self.definition_en.data or "", self.definition_zh.data or ""),
            self.definition_source.data or "",
            Text(self.note_en.data or "", self.note_zh.data or ""),
        )

    @classmethod
    def present(cls, row: TermConcept) -> dict[str, Any]:
        """Return a concept as the form shows it."""
        names = ("owner", "definition_en", "definition_zh", "definition_source", "note_en", "note_zh")
        return {name: getattr(row, name) for name in names} | {
            "subject": str(row.subject),
            "version": str(row.version),
        }


class NewConceptForm(ConceptForm):
    """A concept with a first word in each language."""

    text_en = LineField(_l("Term (English)"), limit=LONGEST)
    text_zh = LineField(_l("Term (Chinese)"), limit=LONGEST)
    source = LineField(_l("Source"), limit=300, description=_FROM)

    def words(self) -> list[Saying]:
        """Return the words that were typed; they are preferred once somebody confirms them."""
        source = self.source.data or ""
        return [
            Saying("en", self.text_en.data or "", Use.PREFERRED, source=source),
            Saying("zh", self.text_zh.data or "", Use.PREFERRED, source=source),
        ]


class WordForm(VersionedForm):
    """A word for a concept."""

    lang = RadioField(_l("Language"), [required()], choices=[], default="zh")
    text = LineField(lazy_pgettext("terms", "Term"), [required()], limit=LONGEST)
    use = SelectField(_l("Use of the term"), choices=[], default="admitted")
    owner = LineField(_l("Owner of the usage"), limit=160, description=_OWNER)
    source = LineField(_l("Source"), limit=300, description=_FROM)

    def offer(self) -> Self:
        """Offer what can be chosen."""
        self.lang.choices = options([("en", _("English")), ("zh", _("Chinese"))])
        self.use.choices = options(
            [("preferred", _("Preferred, once it is confirmed")), ("admitted", spoken(USES["admitted"], _))]
        )
        return self

    def saying(self) -> Saying:
        """Return what was typed as operations take it."""
        return Saying(
            cast("Language", self.lang.data),
            self.text.data or "",
            Use(self.use.data) if "use" in self else Use.ADMITTED,
            self.owner.data or "",
            self.source.data or "",
        )

    @classmethod
    def present(cls, row: TermRendering) -> dict[str, Any]:
        """Return a word as the form shows it."""
        return {name: str(getattr(row, name)) for name in ("lang", "text", "owner", "source", "version")}


class UseForm(VersionedForm):
    """A step in the use of a word, with the reason where it needs one."""

    reason = ProseField(_l("Reason"), limit=1000, description=_l("Every reader of the glossary sees it."))


class ConfirmForm(VersionedForm):
    """Somebody has compared a word with its source."""


class MergeForm(VersionedForm):
    """Which concept is to be taken in."""

    other = LineField(
        _l("The concept to be taken in"), [required()], limit=LONGEST, description=_l("One of its terms, or its id.")
    )


class HandInTermsForm(BaseForm):
    """A file of terms."""

    file = FileField(_l("File"), [required()], description=_l("TBX, or a table (CSV), at most 10 MB."))
