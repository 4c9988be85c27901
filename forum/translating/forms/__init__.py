"""The form of one record: a box for each text that has an original, with a mark of what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import AnyOf

from forum.core.refusals import N_, Refusal, spoken
from forum.core.text import clean
from forum.translating.beside import Sheet
from forum.translating.errors import SegmentEmpty
from forum.translating.rules import FIELDS
from forum.web.forms import BaseForm, ProseField, required

SEGMENT = N_("Segment %(number)s")
REASON = N_("Reason")


def _of_segment(field: str, name: str) -> re.Match[str] | None:
    return re.fullmatch(rf"{re.escape(field)}_([0-9]{{1,4}})", name)


class ClearingForm(BaseForm):
    """Whether a programme may be drafted before its release."""

    deed = HiddenField(validators=[required(), AnyOf(("clear", "close"))])


class KeepingForm(BaseForm):
    """Whether a record may be sent to an engine outside."""

    deed = HiddenField(validators=[required(), AnyOf(("keep", "let"))])


class RecordForm(BaseForm):
    """The translations of one record, each in one box or segment by segment, and reasons for findings to stay."""

    @classmethod
    def of(cls, sheets: Sequence[Sheet], say: Any) -> RecordForm:
        """Return the form of a record's texts, as they stand unless something was sent."""
        boxes: dict[str, Any] = {}
        for sheet in sheets:
            field, label = sheet.unit.field, spoken(FIELDS[sheet.unit.field], say)
            for place, box in enumerate(sheet.boxes, 1):
                told = f"{label} · {say(SEGMENT) % {'number': place}}" if sheet.pairs else label
                boxes[box.name] = ProseField(told, default=box.text)
            boxes[f"{field}_mark"] = HiddenField(default=sheet.unit.mark)
            boxes[f"{field}_cut"] = HiddenField(default=sheet.cut)
            for each in sheet.all_said():
                boxes[f"{field}_{each.finding.key}"] = ProseField(f"{label} · {say(REASON)}", limit=500)
        made = type("RecordFormOfOne", (cls,), boxes)
        form: RecordForm = made()
        form.stale = set()
        return form

    stale: set[str]  # fields that somebody else has changed since the page was opened

    def mend(self, sheets: Sequence[Sheet], sent: Mapping[str, str]) -> None:
        """Take what was typed into segments that aren't there any more as one text; nothing of it is lost."""
        for sheet in sheets:
            field = sheet.unit.field
            if sent.get(f"{field}_cut", "") == sheet.cut:
                continue
            boxes = {int(found.group(1)): text for name, text in sent.items() if (found := _of_segment(field, name))}
            if boxes:
                self[field].data = clean("\n".join(boxes[place] for place in sorted(boxes)))
            self[f"{field}_cut"].data = sheet.cut
            self.stale.add(field)

    def renew(self, sheets: Sequence[Sheet]) -> None:
        """Take note that somebody sees what others have changed: what they save now, they save knowing of it."""
        for sheet in sheets:
            mark = self[f"{sheet.unit.field}_mark"]
            if mark.data != sheet.unit.mark:
                mark.data = sheet.unit.mark
                self.stale.add(sheet.unit.field)

    def put_in(self, sheets: Sequence[Sheet], name: str, text: str) -> None:
        """Put a text behind what stands in a box."""
        for sheet in sheets:
            if name in {box.name for box in sheet.boxes}:
                blank = "" if sheet.unit.language == "zh" else " "
                self[name].data = clean(f"{self[name].data or ''}{blank}{text}")

    def texts(self, sheets: Sequence[Sheet]) -> dict[str, str]:
        """Return what was typed, each text as a whole."""
        return {sheet.unit.field: sheet.text_of(self.typed(sheet)) for sheet in sheets}

    def typed(self, sheet: Sheet) -> list[str]:
        """Return what was typed into the boxes of one text."""
        return [str(self[box.name].data or "") for box in sheet.boxes]

    def marks(self, sheets: Sequence[Sheet]) -> dict[str, str]:
        """Return the marks of what was read."""
        return {sheet.unit.field: str(self[f"{sheet.unit.field}_mark"].data or "") for sheet in sheets}

    def reasons(self, sheet: Sheet) -> dict[str, str]:
        """Return the reasons that were typed, by the key of their finding."""
        found = {each.finding.key: self[f"{sheet.unit.field}_{each.finding.key}"].data for each in sheet.all_said()}
        return {key: str(reason) for key, reason in found.items() if reason}

    def is_changed(self, sheets: Sequence[Sheet], apart: str = "") -> bool:
        """Tell whether something was typed that isn't kept yet, the reason for one finding apart."""
        if any(set(self.reasons(sheet)) - {apart} for sheet in sheets):
            return True
        return any(text != sheet.unit.text for sheet, text in zip(sheets, self.texts(sheets).values(), strict=True))

    def lacks(self, sheets: Sequence[Sheet]) -> bool:
        """Mark empty segments of texts that are otherwise written: half a text isn't shown to readers."""
        wrong = False
        for sheet in sheets:
            texts = self.typed(sheet)
            for box, text in zip(sheet.boxes, texts, strict=True):
                if any(texts) and not text and sheet.pairs:
                    self.refuse(SegmentEmpty(field=box.name))
                    wrong = True
        return wrong

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field; where the text is cut, at its first segment."""
        if refusal.field and refusal.field not in self._fields and f"{refusal.field}_0" in self._fields:
            refusal.field = f"{refusal.field}_0"
        super().refuse(refusal)
