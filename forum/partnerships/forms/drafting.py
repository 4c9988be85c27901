"""The form by which a draft is changed before it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from forum.partnerships.forms.case import ProposalForm, TicksField
from forum.web.forms import LineField, VersionedForm, options


class DraftForm(ProposalForm, VersionedForm):
    """What a draft says, and with whom; the inviting city stays."""

    city = None  # type: ignore[assignment]  # WTForms drops a field of the base that is None
    origin = None  # type: ignore[assignment]
    origin_reference = None  # type: ignore[assignment]
    counterpart = TicksField(_l("Cities that you invite"), choices=[])
    add_city = LineField(_l("Another city"), limit=160)

    def offer_draft(self, cities: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]]) -> None:
        """Fill the choices in the reader's language."""
        self.counterpart.choices = options(cities)
        self.fill(areas)
