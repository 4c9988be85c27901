"""The forms of the comment desk: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FileField, IntegerField, RadioField, SelectField

from forum.comments.models import COMMENT_KINDS, TABLE_PURPOSES, CommentKind, TablePurpose
from forum.comments.operations.writing import Wording
from forum.comments.rules.dispositions import IN_NEXT, InNext
from forum.core.refusals import spoken
from forum.web.forms import CodeField, LineField, ProseField, VersionedForm, options, required


def words(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Return a table of words as choices, in the reader's language."""
    return [(key, spoken(label, _)) for key, label in labels.items()]


class CommentForm(VersionedForm):
    """A comment against a clause, in one language or both."""

    kind = RadioField(_l("Type of comment"), [required()], choices=[], default="te")
    clause = LineField(_l("Clause or annex"), limit=80, description=_l("Leave it empty for the whole document."))
    element = LineField(_l("Paragraph, figure or table"), limit=80)
    line = CodeField(_l("Line number"), limit=40, description=_l("A number or a range such as 12-15."))
    text_en = ProseField(_l("Comment in English"), limit=20_000)
    text_zh = ProseField(_l("Comment in Chinese"), limit=20_000)
    change_en = ProseField(_l("Proposed change in English"), limit=20_000)
    change_zh = ProseField(_l("Proposed change in Chinese"), limit=20_000)
    must_change = BooleanField(_l("The draft isn’t acceptable without this change"))
    topic = LineField(_l("Topic"), limit=120)

    def offer(self) -> CommentForm:
        """Offer the three types."""
        self.kind.choices = options(words(COMMENT_KINDS))
        return self

    @property
    def hands_in(self) -> bool:
        """Whether the button was the one that hands in."""
        return request.form.get("deed") == "hand_in"

    @property
    def wording(self) -> Wording:
        """What was written."""
        return Wording(
            kind=CommentKind(self.kind.data),
            clause=self.clause.data or "",
            element=self.element.data or "",
            line=self.line.data or "",
            text_zh=self.text_zh.data or "",
            text_en=self.text_en.data or "",
            change_zh=self.change_zh.data or "",
            change_en=self.change_en.data or "",
            must_change=bool(self.must_change.data),
            topic=self.topic.data or "",
        )


class AttachmentForm(VersionedForm):
    """A file beside a comment."""

    file = FileField(_l("File"), [required()])


class EnglishForm(VersionedForm):
    """The English text of a comment, and whether a person has read it."""

    text_en = ProseField(_l("Comment in English"), limit=20_000)
    change_en = ProseField(_l("Proposed change in English"), limit=20_000)
    reviewed = BooleanField(_l("I have read the English text and it says the same"))


class DropForm(VersionedForm):
    """Why a comment isn't taken up."""

    reason = ProseField(_l("Reason"), limit=2000)


class MergeForm(VersionedForm):
    """Into which comment one is merged."""

    into = SelectField(_l("Merge into"), [required()], choices=[])

    def offer(self, others: Iterable[tuple[str, str]]) -> MergeForm:
        """Offer the comments that may take it in."""
        self.into.choices = options(others)
        return self


class NextForm(VersionedForm):
    """Whether the change is in the next draft."""

    found = RadioField(_l("In the next draft"), [required()], choices=[])

    def offer(self) -> NextForm:
        """Offer what may be found."""
        self.found.choices = options(pair for pair in words(IN_NEXT) if pair[0] != "not_checked")
        return self

    @property
    def chosen(self) -> InNext:
        """What was found."""
        return InNext(self.found.data)


class AgainForm(VersionedForm):
    """In which later ballot a comment is raised again, and what is new."""

    ballot = SelectField(_l("Ballot"), [required()], choices=[])
    argument = ProseField(
        _l("New argument"),
        limit=5000,
        description=_l("What was rejected before and comes back without a new argument is marked in the check."),
    )

    def offer(self, ballots: Iterable[tuple[str, str]]) -> AgainForm:
        """Offer the ballots that take it."""
        self.ballot.choices = options(ballots)
        return self


class SettingForm(VersionedForm):
    """The desk's numbers and words from a day on."""

    effective_from = DateField(_l("In force from"), [required()])
    similarity_percent = IntegerField(
        _l("Likeness from which two comments are suggested for merging, in hundredths"), [required()]
    )
    near_hours = IntegerField(_l("Hours before closing from which the check says so"), [required()])
    patterns = ProseField(
        _l("Words of the secretariat and what they mean"),
        [required()],
        limit=20_000,
        description=_l("One a line: the words, an equals sign, the decision. The first that is found counts."),
    )


class UploadForm(VersionedForm):
    """A table to be looked at before anything is taken in."""

    purpose = RadioField(_l("What the table is"), [required()], choices=[], default="comments")
    file = FileField(_l("File"), [required()], description=_l("As .docx, .xlsx or .csv, at most 20 MB."))

    def offer(self, *, compiled: bool) -> UploadForm:
        """Offer the compiled table only to those who decide."""
        self.purpose.choices = options(pair for pair in words(TABLE_PURPOSES) if compiled or pair[0] == "comments")
        return self

    @property
    def chosen(self) -> TablePurpose:
        """What it is."""
        return TablePurpose(self.purpose.data)
