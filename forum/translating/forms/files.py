"""The forms of a file for a bureau: into which language and format it goes, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import FileField, RadioField

from forum.core.bilingual import Language
from forum.web.forms import BaseForm, options, required


class SendingForm(BaseForm):
    """Which file goes out."""

    into = RadioField(_l("Languages"), [required()], choices=[])
    format = RadioField(_l("Format"), [required()], choices=[], default="xlf")

    def offer(self, languages: Mapping[Language, int]) -> Self:
        """Offer the languages into which there are texts, with their number."""
        self.into.choices = options((language, _direction(language, count)) for language, count in languages.items())
        if not self.into.raw_data:
            self.into.data = next(iter(languages), None)
        self.format.choices = options(
            (
                ("xlf", _("XLIFF 2.1, for translation tools")),
                ("xlsx", _("Workbook (XLSX)")),
                ("docx", _("Document with a table (DOCX)")),
            )
        )
        return self


def _direction(language: Language, count: int) -> str:
    if language == "zh":
        return ngettext(
            "English to Chinese: %(num)s text", "English to Chinese: %(num)s texts", count
        )  # fmt: skip
    return ngettext("Chinese to English: %(num)s text", "Chinese to English: %(num)s texts", count)


class ReturnedFileForm(BaseForm):
    """A file that came back."""

    file = FileField(
        _l("File"),
        [required()],
        description=_l("XLIFF 2.1 (.xlf), a workbook (.xlsx) or a document (.docx) that was made here, at most 10 MB."),
    )
