"""What the forms of this room share."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.web.forms import ProseField, VersionedForm, options


def words(labels: dict[str, str]) -> list[Any]:
    """Return the choices of a table of words, in the reader's language."""
    return options((key, spoken(label, _)) for key, label in labels.items())


class SeenForm(VersionedForm):
    """A form about a record that somebody else may change meanwhile, with its pairs of texts."""

    def text(self, name: str) -> Text:
        """Return both sides of a pair of fields."""
        return Text(self[f"{name}_en"].data or "", self[f"{name}_zh"].data or "")


class ReasonForm(SeenForm):
    """A step with a reason."""

    reason = ProseField(_l("Reason"), limit=2000)
