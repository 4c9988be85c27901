"""The forms of reports, assessments and hand-over notes: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    RadioField,
    SelectField,
)

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import (
    PRINCIPLES,
    REPORT_KINDS,
    Principle,
)
from forum.cooperation.operations.assessing import Mark
from forum.core.refusals import spoken
from forum.web.forms import ProseField, options, required


class ReportForm(SeenForm):
    """What a report says about a period."""

    kind = SelectField(_l("Kind of report"), [required()], choices=[])
    activity = SelectField(_l("Activity"), choices=[], default="")
    period_from = DateField(_l("From"), [required()])
    period_to = DateField(_l("To"), [required()])
    promised_en = ProseField(_l("What was promised, in English"))
    promised_zh = ProseField(_l("What was promised, in Chinese"))
    done_en = ProseField(_l("What was done, in English"))
    done_zh = ProseField(_l("What was done, in Chinese"))
    not_done_en = ProseField(_l("What was not done, in English"))
    not_done_zh = ProseField(_l("What was not done, in Chinese"))

    def offer(self, activities: Iterable[tuple[str, str]]) -> ReportForm:
        """Offer the kinds of report and the activities of the plan."""
        self.kind.choices = words(REPORT_KINDS)
        self.activity.choices = options([("", _("The whole partnership")), *activities])
        return self


class AssessmentOpeningForm(SeenForm):
    """The last day for answers of this year."""

    due_on = DateField(_l("Last day for answers"), [required()])


class NoteForm(SeenForm):
    """What a successor must know."""

    note_en = ProseField(_l("Hand-over note in English"), limit=5000)
    note_zh = ProseField(_l("Hand-over note in Chinese"), limit=5000)


class AssessmentForm(SeenForm):
    """Ten marks with their reasons."""

    def marks(self) -> dict[Principle, Mark]:
        """Return what was given; a principle without a mark is missing."""
        return {
            one: Mark(int(self[one].data), self.text(f"{one}_reason"))
            for one in Principle
            if self[one].data in {"1", "2", "3", "4", "5"}
        }

    def name_principles(self) -> AssessmentForm:
        """Put the names of the principles to their marks, in the reader's language."""
        for one in Principle:
            self[one].label.text = spoken(PRINCIPLES[one], _)
        return self


for _one in Principle:
    setattr(
        AssessmentForm,
        _one,
        RadioField("", [required()], choices=options((str(mark), str(mark)) for mark in range(1, 6))),
    )
    setattr(AssessmentForm, f"{_one}_reason_en", ProseField(_l("Reason in English"), limit=2000))
    setattr(AssessmentForm, f"{_one}_reason_zh", ProseField(_l("Reason in Chinese"), limit=2000))
