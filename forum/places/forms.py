"""The form of a display name."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from forum.web.forms import BaseForm, LineField, required


class NameForm(BaseForm):
    """The name of a place in both languages."""

    name_en = LineField(_l("Name (English)"), [required()], limit=160)
    name_zh = LineField(_l("Name (Chinese)"), [required()], limit=120)
