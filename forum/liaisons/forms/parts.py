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
