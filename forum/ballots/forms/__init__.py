"""The forms of ballots: shape only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.ballots.models import BALLOT_KINDS
from forum.ballots.rules.acceptance import Tallies, Tally
from forum.ballots.rules.coherence import ANSWERS
from forum.committees.models import CONFIDENCES
from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.web.forms import CodeField, LineField, ProseField, VersionedForm, options, required

MOST = 1000  # members of a committee, votes of a kind


class BallotForm(VersionedForm):
    """A form about a ballot that somebody else may change meanwhile."""

    def text(self, name: str) -> Text:
        """Return both sides of a pair of fields."""
        return Text(self[f"{name}_en"].data or "", self[f"{name}_zh"].data or "")


class OpeningForm(BallotForm):
    """A ballot that has been opened abroad, or here."""

    kind = SelectField(_l("Kind of ballot"), [required()], choices=[])
    committee = SelectField(_l("Committee that opened it"), [required()], choices=[])
    national = SelectField(_l("National committee that answers"), [required()], choices=[])
    opens_on = DateField(_l("Opens on"), [required()])
    closes_on = DateField(_l("Closes on, as the committee names the day"), [required()])
    document_number = CodeField(_l("Document number"), limit=60)
    title_en = LineField(_l("Title in English, if there is no deliverable"), limit=300)
    title_zh = LineField(_l("Title in Chinese, if there is no deliverable"), limit=300)
    summary_en = ProseField(_l("Summary in English"), limit=5000)
    summary_zh = ProseField(_l("Summary in Chinese"), limit=5000)
    outline = ProseField(_l("Clauses of the draft, one a line"), limit=20_000)

    def offer(self, committees: Iterable[tuple[str, str]], nationals: Iterable[tuple[str, str]]) -> OpeningForm:
        """Offer kinds and committees."""
        self.kind.choices = options((key, _(label)) for key, label in BALLOT_KINDS.items())
        self.committee.choices = options(committees)
        self.national.choices = options(nationals)
        return self

    def name_no_title(self) -> None:
        """Ask for no title where the deliverable has one."""
        del self["title_en"], self["title_zh"]

    @property
    def title(self) -> Text:
        """The ballot's own title; empty where the deliverable has one."""
        return self.text("title") if "title_en" in self else Text()

    def lines(self) -> tuple[str, ...]:
        """Return the clauses."""
        return tuple(line.strip() for line in (self.outline.data or "").splitlines() if line.strip())


class EnquiryForm(BallotForm):
    """Who is asked, about which draft."""

    people = SelectMultipleField(
        _l("Who is asked"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        render_kw={"translate": "no"},  # names of people and units
    )
    others = ProseField(_l("Mail addresses of others, one a line"), limit=2000)
    summary_en = ProseField(_l("Summary in English"), limit=5000)
    summary_zh = ProseField(_l("Summary in Chinese"), limit=5000)
    draft = FileField(_l("Draft of the document"))

    def offer(self, people: Iterable[tuple[str, str]]) -> EnquiryForm:
        """Offer the experts and units of the mirror committee."""
        self.people.choices = options(people)
        return self

    def addresses(self) -> tuple[str, ...]:
        """Return the other addresses."""
        return tuple((self.others.data or "").replace(",", "\n").replace("，", "\n").split())


def answers(allowed: Iterable[str]) -> list[Any]:
    """Return answers as choices in the reader's language."""
    return options((one, spoken(ANSWERS[one], _)) for one in allowed)


class AnswerForm(BallotForm):
    """What somebody who was asked says."""

    answer = RadioField(_l("Your answer"), [required()], choices=[])
    remark = ProseField(_l("Reasons and remarks"), limit=5000)


class PositionForm(BallotForm):
    """The position, side by side in both languages."""

    answer = RadioField(_l("Answer"), [required()], choices=[])
    reason_en = ProseField(_l("Reasons in English"), limit=10_000)
    reason_zh = ProseField(_l("Reasons in Chinese"), limit=10_000)
    commits = BooleanField(_l("We commit to take part in the project"))
    experts = IntegerField(_l("Number of experts that we name"), [Optional(), NumberRange(0, 50)], default=0)
    not_used = BooleanField(_l("The standard isn’t used in this country"))

    def ask(self, allowed: Iterable[str], asks: Sequence[str]) -> PositionForm:
        """Offer the answers of the rule, and keep only what the rule asks besides."""
        self.answer.choices = answers(allowed)
        for name in ("commits", "experts", "not_used"):
            if name not in asks:
                del self[name]
        return self

    def details(self) -> dict[str, Any]:
        """Return what the rule asks besides the answer."""
        return {name: self[name].data or 0 for name in ("commits", "experts", "not_used") if name in self}


class ReasonForm(BallotForm):
    """A step with a reason."""

    reason = ProseField(_l("Reason"), [required()], limit=2000)


class StepOnlyForm(BallotForm):
    """A step without anything to write."""


class ReceiptForm(BallotForm):
    """The receipt of the voting tool."""

    receipt = FileField(_l("Receipt of the voting tool"), [required()])


class ClosingForm(BallotForm):
    """Another closing day."""

    closes_on = DateField(_l("Closes on, as the committee names the day"), [required()])
    reason = ProseField(_l("Reason"), [required()], limit=2000)


class ReportForm(BallotForm):
    """How a ballot came to be missed."""

    report = ProseField(_l("What happened, and what keeps it from happening again"), [required()], limit=5000)


class DecisionForm(BallotForm):
    """The next stage, of those that follow from the result."""

    decision = RadioField(_l("Next stage"), [required()], choices=[])
    on = DateField(_l("Declared on"), [required()])


_SIDES = {"p": _l("P-members"), "o": _l("O-members"), "other": _l("Other members")}
_COUNTS = {
    "p_members": _l("P-members of the committee"),
    "naming": _l("P-members that name an expert"),
    "countries": _l("Countries that use it"),
    "substantive": _l("Comments of substance"),
}
# Which criterion is reckoned from which count.
_COUNTED_BY: Mapping[str, tuple[str, ...]] = {
    "experts": ("p_members", "naming"),
    "participation": ("p_members",),
    "countries": ("countries",),
    "no_comment": ("substantive",),
}


class ResultForm(BallotForm):
    """The tallies by kind of member."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers: dict[str, str] = {}  # asked for, in the reader's language, by the end of their fields' names

    source = LineField(_l("Source of the result"), limit=300)

    def ask(self, allowed: Sequence[str], criteria: Iterable[str]) -> ResultForm:
        """Keep the counts that the answers and criteria of the rule call for, named in the reader's language."""
        counted = {name for rule in criteria for name in _COUNTED_BY.get(rule, ())}
        for name in _COUNTS.keys() - counted:
            del self[name]
        wanted = {f"{side}_{answer}" for side in _SIDES for answer in allowed}
        if "disapprove" in allowed:
            wanted |= {f"{side}_unreasoned" for side in _SIDES}
        for name in [field.name for field in self]:
            if name.startswith(("p_", "o_", "other_")) and name not in wanted and name != "p_members":
                del self[name]
                continue
            side, _dash, answer = name.partition("_")
            if name in wanted:
                what = _("Negative without technical reasons") if answer == "unreasoned" else spoken(ANSWERS[answer], _)
                self[name].label.text = _("%(members)s: %(answer)s", members=_SIDES[side], answer=what)
                self.answers.setdefault(answer, what)
        return self

    @property
    def sides(self) -> dict[str, str]:
        """The kinds of members, by the beginning of their fields' names."""
        return {side: str(label) for side, label in _SIDES.items()}

    def tallies(self) -> Tallies:
        """Return what was counted."""

        def tally(side: str) -> Tally:
            found = {one: self[f"{side}_{one}"].data or 0 for one in ANSWERS if f"{side}_{one}" in self}
            unreasoned = self[f"{side}_unreasoned"].data or 0 if f"{side}_unreasoned" in self else 0
            return Tally(found, unreasoned)

        counts: Mapping[str, int] = {name: self[name].data or 0 for name in _COUNTS if name in self}
        return Tallies(tally("p"), tally("o"), tally("other"), **counts)


for _side in _SIDES:
    for _one in (*ANSWERS, "unreasoned"):
        setattr(ResultForm, f"{_side}_{_one}", IntegerField("", [Optional(), NumberRange(0, MOST)], default=0))
for _name, _label in _COUNTS.items():
    setattr(ResultForm, _name, IntegerField(_label, [Optional(), NumberRange(0, MOST)], default=0))


class TermsForm(BallotForm):
    """Terms as structured text, from a day on."""

    effective_from = DateField(_l("In force from"), [required()])
    terms = ProseField(
        _l("Terms (structured text)"), [required()], limit=20_000, render_kw={"translate": "no", "spellcheck": "false"}
    )

    def validate_terms(self, field: Any) -> None:
        """Refuse what isn't one structured object."""
        try:
            found = json.loads(field.data or "")
            sound = "\0" not in json.dumps(found, ensure_ascii=False).encode().decode()
        except (ValueError, RecursionError) as wrong:
            raise ValidationError(_("This isn’t structured text (JSON). Correct it.")) from wrong
        if not (sound and "\\u0000" not in field.data and isinstance(found, dict)):
            raise ValidationError(_("This isn’t structured text (JSON). Correct it."))

    @property
    def read(self) -> dict[str, Any]:
        """The terms."""
        found: dict[str, Any] = json.loads(self.terms.data or "{}")
        return found


class RuleForm(TermsForm):
    """The next version of a rule."""

    name_en = LineField(_l("Name in English"), [required()], limit=160)
    name_zh = LineField(_l("Name in Chinese"), [required()], limit=160)
    certainty = SelectField(_l("How sure it is"), [required()], choices=[])
    source = LineField(_l("Source"), limit=300)

    def offer(self) -> RuleForm:
        """Offer the degrees of certainty."""
        self.certainty.choices = options((key, spoken(label, _)) for key, label in CONFIDENCES.items())
        return self
