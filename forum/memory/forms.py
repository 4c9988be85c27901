"""The forms of the memory: a file, and a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from forum.web.forms import BaseForm, ProseField, required


class MemoryFileForm(BaseForm):
    """A file of segments."""

    file = FileField(
        _l("File"),
        [required()],
        description=_l(
            "A translation memory (TMX 1.4), at most 10 MB. Its texts are in English and Simplified Chinese."
        ),
    )


class RemovalForm(BaseForm):
    """Why a segment goes."""

    reason = ProseField(_l("Reason"), [required()], limit=500)
