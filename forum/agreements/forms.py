"""The forms of a text: one clause, a proposal, the head, a clause to add, digits to check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.agreements.kinds import RANKS, Party, Rank
from forum.agreements.operations import Head, Wording
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, VersionedForm, options, required

LONGEST = 6000  # characters of one side of a clause
NEW = "own"


class ConfirmForm(VersionedForm):
    """A party's confirmation: revision and hash of the text that was read."""

    digits = HiddenField()


class ClauseForm(VersionedForm):
    """Both sides of a clause, and why it differs from the library."""

    en = ProseField(_l("English text"), limit=LONGEST)
    zh = ProseField(_l("Chinese text"), limit=LONGEST)
    deviation_note = LineField(_l("Why the clause differs from the library"), limit=1000)

    @property
    def wording(self) -> Wording:
        """What was typed."""
        return Wording(self.en.data or "", self.zh.data or "")


class ProposalForm(VersionedForm):
    """Another wording for a clause, with a sentence to the other side."""

    en = ProseField(_l("Proposed English text"), limit=LONGEST)
    zh = ProseField(_l("Proposed Chinese text"), limit=LONGEST)
    note = ProseField(_l("Note to the other side"), limit=1000)
    answers = HiddenField(default="")  # the open proposal that the page showed

    @property
    def wording(self) -> Wording:
        """What was typed."""
        return Wording(self.en.data or "", self.zh.data or "")


class KeptForm(BaseForm):
    """What somebody wrote into a clause that takes no words any more: to be read and copied."""

    en = ProseField(_l("English text"), limit=LONGEST)
    zh = ProseField(_l("Chinese text"), limit=LONGEST)

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.en.data or self.zh.data)


class VariantForm(VersionedForm):
    """A wording of the library instead of the present one."""

    variant = HiddenField()


class MoveForm(BaseForm):
    """The clause with which one changes places."""

    beside = HiddenField()


class AddForm(BaseForm):
    """A clause of the library, or one in the parties' own words."""

    key = SelectField(_l("Clause"), [required()])
    heading_en = LineField(_l("Heading in English (own words only)"), limit=200)
    heading_zh = LineField(_l("Heading in Chinese (own words only)"), limit=200)

    def validate_heading_en(self, field: Any) -> None:
        """Ask both headings of a clause in own words."""
        if self.key.data == NEW and not (field.data and self.heading_zh.data):
            raise ValidationError(_("Please give the clause a heading in both languages."))


class HeadForm(BaseForm):
    """What stands above the clauses; ``for_parties`` adds the ranks."""

    version = HiddenField()
    title_en = LineField(_l("Title in English"), [required()], limit=300)
    title_zh = LineField(_l("Title in Chinese"), [required()], limit=300)
    term_months = IntegerField(_l("Term in months"), [Optional(), NumberRange(1, 600)])
    ends_on = DateField(_l("Or a fixed end date"), [Optional()])
    notice_months = IntegerField(_l("Notice period in months"), [Optional(), NumberRange(1, 60)])
    budget_reference = LineField(_l("Budget reference"), limit=200)
    licence_reference = LineField(_l("Licence reference for translations of standards"), limit=200)
    authentic = SelectMultipleField(
        _l("Authentic languages"),
        choices=options([("en", _l("English")), ("zh", _l("Chinese"))]),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    prevailing = SelectField(
        _l("Prevailing language"),
        choices=options([("", _l("None: both are equal")), ("en", _l("English")), ("zh", _l("Chinese"))]),
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Take one way of saying the end."""
        if field.data and self.term_months.data:
            raise ValidationError(_("Give either a term in months or an end date, not both."))

    def head(self, parties: Sequence[Party]) -> Head:
        """Return what was typed."""
        return Head(
            title_en=self.title_en.data or "",
            title_zh=self.title_zh.data or "",
            term_months=self.term_months.data,
            ends_on=self.ends_on.data,
            notice_months=self.notice_months.data,
            budget_reference=self.budget_reference.data or "",
            licence_reference=self.licence_reference.data or "",
            authentic=tuple(self.authentic.data or ()),
            prevailing=self.prevailing.data or None,
            ranks=tuple(
                (party.key, Rank(value) if (value := self[f"rank_{order}"].data) else None)
                for order, party in enumerate(parties)
            ),
        )

    @property
    def rank_fields(self) -> list[Any]:
        """The fields for the ranks of the signatories."""
        return [field for field in self if field.name.startswith("rank_")]


def head_form(parties: Sequence[Party], language: str, **values: Any) -> HeadForm:
    """Return the form of a head with a rank for the signatory of each party."""
    choices = options([("", _("Not known yet")), *((rank, _(label)) for rank, label in RANKS.items())])
    fields = {
        f"rank_{order}": SelectField(
            _("Who signs for %(party)s", party=party.name(language)), choices=choices, default=party.rank or ""
        )
        for order, party in enumerate(parties)
    }
    form: HeadForm = type("HeadFormOfParties", (HeadForm,), fields)(**values)
    return form


class DigitsForm(BaseForm):
    """Digits from a copy; they travel in the address, since nothing is changed."""

    digits = CodeField(_l("Digits on the copy"), [required()], limit=100)
