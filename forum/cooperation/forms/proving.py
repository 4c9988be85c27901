"""The forms of evidence: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FileField,
    RadioField,
    SelectField,
)

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import (
    EVIDENCE_KINDS,
    EVIDENCE_VERDICTS,
    EVIDENCE_VISIBILITIES,
    EvidenceKind,
    EvidenceVerdict,
    EvidenceVisibility,
)
from forum.web.forms import ProseField, options, required


class EvidenceForm(SeenForm):
    """A file with what it is and what it supports."""

    file = FileField(_l("File"), [required()])
    kind = SelectField(_l("Kind of evidence"), [required()], choices=[])
    dated_on = DateField(_l("Made on"), [required()])
    language = SelectField(_l("Language"), choices=[], default="")
    visibility = RadioField(_l("Who may open it"), [required()], choices=[], default="levels")
    target = SelectField(_l("It supports"), choices=[], default="")
    supersedes = SelectField(_l("It replaces"), choices=[], default="")

    def offer(self, targets: Iterable[tuple[str, str]], replaceable: Iterable[tuple[str, str]]) -> EvidenceForm:
        """Offer what evidence may support and which files it may replace."""
        self.kind.choices = words(EVIDENCE_KINDS)
        self.language.choices = options([("", _("Without words")), ("en", "English"), ("zh", "中文")])
        self.visibility.choices = words(EVIDENCE_VISIBILITIES)
        self.target.choices = options([("", _("Nothing yet")), *targets])
        self.supersedes.choices = options([("", _("No other file")), *replaceable])
        return self

    @property
    def chosen_kind(self) -> EvidenceKind:
        """The kind."""
        return EvidenceKind(self.kind.data)

    @property
    def chosen_visibility(self) -> EvidenceVisibility:
        """Who may open it."""
        return EvidenceVisibility(self.visibility.data)


class CheckForm(SeenForm):
    """The verdict on somebody else's file."""

    verdict = RadioField(_l("Verdict"), [required()], choices=[])
    reason = ProseField(_l("Reason"), limit=2000)

    def offer(self) -> CheckForm:
        """Offer the three verdicts."""
        self.verdict.choices = words(EVIDENCE_VERDICTS)
        return self

    @property
    def chosen(self) -> EvidenceVerdict:
        """The verdict."""
        return EvidenceVerdict(self.verdict.data)
