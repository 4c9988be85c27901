"""The forms by which the national office keeps committees, mirrors, succession and posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import Optional

from forum.committees.models import (
    COMMITTEE_KINDS,
    COMMITTEE_STATES,
    CONFIDENCES,
    MIRROR_ROLES,
    POST_ROLES,
    SUCCESSION_KINDS,
    TITLE_STATUSES,
    CommitteeKind,
)
from forum.core.refusals import N_
from forum.web.forms import AddressField, BaseForm, CodeField, LineField, ProseField, VersionedForm, options, required

GROUPS = {
    str(kind): COMMITTEE_KINDS[kind]
    for kind in (CommitteeKind.WG, CommitteeKind.JWG, CommitteeKind.TG, CommitteeKind.AG, CommitteeKind.CAG)
}
CHINESE_STATUSES = {key: TITLE_STATUSES[key] for key in ("unofficial", "in_use", "official", "to_confirm")}
PRECISIONS = {"day": N_("to the day"), "month": N_("to the month"), "year": N_("to the year")}
DIRECTIONS = {"from": N_("is where the work comes from"), "to": N_("is where the work goes")}


class WordField(SelectField):
    """One of the words of a kind, in the reader's language."""

    def __init__(self, label: Any, words: Mapping[str, str], *, none: Any = None, **more: Any) -> None:
        first = [] if none is None else [("", none)]
        super().__init__(
            label,
            choices=lambda: options([*first, *((key, _(word)) for key, word in words.items())]),
            **more,
        )


class DayField(DateField):
    """A calendar day, needed or not."""

    def __init__(self, label: Any = None, *, needed: bool = False, **more: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001 - as WTForms calls it
        """Keep to the years that people write."""
        super().post_validate(form, validation_stopped)
        if self.data is not None and not 1900 <= self.data.year <= 2200:
            raise ValidationError(_("Check the year."))


_AS_LISTED = _l("As it stands in the list of committees, such as ISO/TC 268/SC 1.")


class GroupForm(BaseForm):
    """A working group or another group that no open data hold."""

    parent = CodeField(_l("Committee that it belongs to"), [required()], limit=80, description=_AS_LISTED)
    reference = CodeField(
        _l("Reference"), [required()], limit=80, description=_l("Such as ISO/TC 268/WG 2; the spelling is evened out.")
    )
    kind = WordField(_l("Kind"), GROUPS)
    title_en = LineField(_l("English title"), [required()], limit=300)
    title_zh = LineField(_l("Chinese title"), limit=300)
    zh_status = WordField(_l("Status of the Chinese title"), CHINESE_STATUSES)
    created_on = DayField(_l("Created on"))


class CommitteeForm(VersionedForm):
    """What is ours about a committee."""

    scope_en = ProseField(_l("What it works on, in our own words (English)"), limit=1000)
    scope_zh = ProseField(_l("What it works on, in our own words (Chinese)"), limit=1000)
    secretariat = LineField(_l("Who keeps the secretariat"), limit=200)
    state = WordField(_l("State"), COMMITTEE_STATES)
    note_en = ProseField(_l("Note (English)"), limit=1000)
    note_zh = ProseField(_l("Note (Chinese)"), limit=1000)
    confidence = WordField(_l("How sure this is"), CONFIDENCES)
    source = LineField(_l("Source"), limit=300)


class TitleForm(BaseForm):
    """A new title from a day on."""

    title_en = LineField(_l("English title"), [required()], limit=300)
    title_fr = LineField(_l("French title"), limit=300)
    title_zh = LineField(_l("Chinese title"), limit=300)
    zh_status = WordField(
        _l("Status of the Chinese title"),
        CHINESE_STATUSES,
        description=_l(
            "Official only if its publisher gave it. Our own translation is unofficial and says so everywhere."
        ),
    )
    starts_on = DayField(_l("First day"), needed=True)


class MirrorForm(BaseForm):
    """A national committee that answers for this one."""

    other = CodeField(_l("National committee"), [required()], limit=80, description=_l("Such as SAC/TC 567."))
    role = WordField(_l("How it answers"), MIRROR_ROLES)
    starts_on = DayField(_l("First day"))
    basis = LineField(_l("Basis, such as the decision and its number"), limit=300)
    confidence = WordField(_l("How sure this is"), CONFIDENCES)


class EndForm(BaseForm):
    """The last day of something."""

    ends_on = DayField(_l("Last day"), needed=True)


class SuccessionForm(BaseForm):
    """What became of this committee, or where it came from."""

    direction = WordField(_l("This committee"), DIRECTIONS)
    turn = WordField(_l("What happened"), SUCCESSION_KINDS)
    other = CodeField(_l("The other committee"), limit=80, description=_AS_LISTED)
    other_name = LineField(_l("Or a body that isn’t kept here"), limit=120)
    effective_on = DayField(_l("Day from which it counts"), needed=True)
    precision = WordField(_l("The day is known"), PRECISIONS)
    note_en = ProseField(_l("Note (English)"), limit=500)
    note_zh = ProseField(_l("Note (Chinese)"), limit=500)
    evidence_url = CodeField(_l("Evidence (address on the web)"), limit=300)
    confidence = WordField(_l("How sure this is"), CONFIDENCES)

    def validate_evidence_url(self, field: CodeField) -> None:
        """Ask for an address that a browser opens."""
        text = field.data or ""
        if text and not text.lower().startswith(("https://", "http://")):
            raise ValidationError(_("Write the whole address, beginning with https://."))


class PostForm(BaseForm):
    """Who is to be what in a national committee, and how long."""

    email = AddressField(
        _l("Mail address of the person"), [required()], description=_l("The person has an account already.")
    )
    role = WordField(_l("Post"), POST_ROLES)
    unit = LineField(
        _l("Unit"),
        limit=240,
        description=_l("As it stands in the list of organisations, in either language; may be empty."),
    )
    starts_on = DayField(_l("First day"), needed=True)
    ends_on = DayField(_l("Last day"), description=_l("Empty means until it is ended."))
