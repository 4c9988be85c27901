"""What the forms of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from forum.core.refusals import spoken
from forum.web.forms import StepForm, VersionedForm, options


def choices_of(labels: Mapping[str, str]) -> list[Any]:
    """Return the choices of a table of words, in the reader's language."""
    return options((key, spoken(label, _)) for key, label in labels.items())


class SeenStepForm(StepForm, VersionedForm):
    """A step in a life cycle, taken on the version that was read."""

    @property
    def taken(self) -> str:
        """Return the step."""
        return str(self.action.data or "")

    @property
    def why(self) -> str:
        """Return the reason that was typed."""
        return str(self.reason.data or "")
