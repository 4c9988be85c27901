"""The forms of publishing by consent: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import OUTCOME_KINDS, Evidence, OutcomeKind, StandardLink
from forum.cooperation.operations.publishing import OfficeWords, Wording
from forum.web.forms import AddressField, BaseForm, CodeField, LineField, ProseField, options, required


class OutcomeForm(SeenForm):
    """An outcome in the words that the public shall read."""

    kind = SelectField(_l("Kind of outcome"), [required()], choices=[])
    title_en = LineField(_l("Title in English"), [required()], limit=300)
    title_zh = LineField(_l("Title in Chinese"), [required()], limit=300)
    summary_en = ProseField(_l("Summary in English"), [required()], limit=2000)
    summary_zh = ProseField(_l("Summary in Chinese"), [required()], limit=2000)
    happened_on = DateField(_l("Reached on"), [required()])
    evidence = SelectField(_l("Evidence that shows it"), [required()], choices=[])
    standard = SelectField(_l("Standard concerned"), choices=[], default="")

    def offer(self, evidence: Iterable[Evidence], standards: Iterable[StandardLink]) -> OutcomeForm:
        """Offer the accepted files and the standards of the plan."""
        self.kind.choices = words(OUTCOME_KINDS)
        self.evidence.choices = options((row.public_id, row.file.filename) for row in evidence)
        self.standard.choices = options([("", _("None")), *((row.public_id, row.reference) for row in standards)])
        return self

    def wording(self, evidence: dict[str, Evidence], standards: dict[str, StandardLink]) -> Wording:
        """Return what was typed."""
        return Wording(
            OutcomeKind(self.kind.data),
            self.text("title"),
            self.text("summary"),
            self.happened_on.data,
            evidence.get(self.evidence.data or ""),
            standards.get(self.standard.data or ""),
        )


class OfficeForm(SeenForm):
    """The contact office of one's own city."""

    name_en = LineField(_l("Name of the office in English"), limit=200)
    name_zh = LineField(_l("Name of the office in Chinese"), limit=200)
    email = AddressField(_l("Mail address of the office"))
    website = CodeField(_l("Website of the office"), limit=280)

    def office(self) -> OfficeWords:
        """Return what was typed."""
        return OfficeWords(self.text("name"), self.email.data or "", self.website.data or "")


class ConsentForm(BaseForm):
    """One thing, and what the page showed of it."""

    thing = HiddenField(validators=[required()])
    seen = HiddenField(default="")

    @property
    def marks(self) -> list[str]:
        """The fingerprints of what was read."""
        return (self.seen.data or "").split()
