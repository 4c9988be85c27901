"""The forms of the board of a parallel implementation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import FINDINGS
from forum.web.forms import LineField, ProseField, required


class ClauseForm(SeenForm):
    """A clause to compare."""

    number = LineField(
        _l("Number of the clause"), [required()], limit=40, description=_l("As the standard counts it, such as 4.6.2.")
    )
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)


class FindingForm(SeenForm):
    """What one's own side found at a clause."""

    finding = RadioField(_l("Result of our side"), [required()], choices=[])
    remark_en = ProseField(_l("Remark in English"), limit=4000)
    remark_zh = ProseField(_l("Remark in Chinese"), limit=4000)

    def offer(self) -> FindingForm:
        """Offer the findings in the reader's language."""
        self.finding.choices = words(FINDINGS)
        return self


class DifferenceForm(SeenForm):
    """What both sides tell the committee."""

    difference_en = ProseField(_l("For the committee, in English"), limit=4000)
    difference_zh = ProseField(_l("For the committee, in Chinese"), limit=4000)
