"""The forms by which the national office keeps deliverables and hands over the work of committees."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from forum.committees.forms import CHINESE_STATUSES, PRECISIONS, DayField, WordField
from forum.standards.models import TRACKS
from forum.standards.rules.clocks import TARGETS
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, VersionedForm, options, required


class TicksField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # as WTForms documents it
    option_widget = CheckboxInput()  # type: ignore[assignment]


class StageForm(VersionedForm):
    """The next stage of a deliverable; only those of the matrix are offered."""

    code = SelectField(_l("Next stage"), validate_choice=False)
    on = DayField(_l("Entered on"), needed=True)
    precision = WordField(_l("The day is known"), PRECISIONS)
    reason = ProseField(
        _l("How this is known"), [required()], limit=500, description=_l("The notice, the page or the letter.")
    )
    source = LineField(_l("Source"), limit=300)

    def offer(self, codes: Any) -> None:
        """Fill in the stages that may follow, each with its name."""
        self.code.choices = options(codes)


class TitleForm(VersionedForm):
    """The Chinese title with its status."""

    title_zh = ProseField(_l("Chinese title"), limit=1000)
    zh_status = WordField(
        _l("Status of the Chinese title"),
        CHINESE_STATUSES,
        description=_l(
            "Official only if its publisher gave it. Our own translation is unofficial and says so everywhere."
        ),
    )
    zh_source = LineField(_l("Source of the Chinese title"), limit=300)

    def validate_zh_source(self, field: LineField) -> None:
        """An official title names where it stands."""
        if self.title_zh.data and self.zh_status.data in {"official", "in_use"} and not field.data:
            raise ValidationError(_("Say where this title stands; without a source it is unofficial."))


class PlanForm(VersionedForm):
    """The development track and the target dates."""

    track = WordField(_l("Development track"), TRACKS, none=_l("None"))
    due_WD = DayField(_l("Working draft by"))  # noqa: N815 - named after the stage
    due_CD = DayField(_l("Committee draft by"))  # noqa: N815
    due_DIS = DayField(_l("Draft International Standard by"))  # noqa: N815
    due_FDIS = DayField(_l("Final draft by"))  # noqa: N815
    due_IS = DayField(_l("Publication by"))  # noqa: N815

    def due(self) -> dict[str, Any]:
        """Return the target dates by stage."""
        return {label: self[f"due_{label}"].data for label in TARGETS}


class TopicsForm(VersionedForm):
    """The topics of a deliverable."""

    topics = TicksField(_l("Topics"))


class TransferForm(BaseForm):
    """What a committee hands over, to whom and from which day on."""

    other = CodeField(
        _l("Committee that takes over"),
        [required()],
        limit=80,
        description=_l("As it stands in the list of committees, such as ISO/IEC JTC 4."),
    )
    effective_on = DayField(_l("Day from which it counts"), needed=True)
    works = TicksField(_l("Work items that are handed over"))
    whole = BooleanField(_l("The committee hands everything over and works no more"))
    mirrors = BooleanField(_l("Who answers for it at home answers for its successor"))
    posts = BooleanField(_l("Posts go along: they end here and begin there"))
    note_en = ProseField(_l("Note (English)"), limit=500)
    note_zh = ProseField(_l("Note (Chinese)"), limit=500)
    evidence_url = CodeField(_l("Evidence (address on the web)"), limit=300)

    def validate_evidence_url(self, field: CodeField) -> None:
        """Ask for an address that a browser opens."""
        text = field.data or ""
        if text and not text.lower().startswith(("https://", "http://")):
            raise ValidationError(_("Write the whole address, beginning with https://."))
