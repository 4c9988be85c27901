"""The forms of rounds, pairs, weights and the list of countries."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Regexp

from forum.matching.rules.score import PARTS
from forum.matching.rules.sentences import PART_LABELS
from forum.matching.states import Decision
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, options, required

_SLUG = Regexp(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", message=_l("Use small Latin letters, digits and hyphens."))


def _points(label: Any, least: int = 0, most: int = 100) -> IntegerField:
    bounds = NumberRange(least, most, message=_l("Write a whole number from %(min)s to %(max)s."))
    return IntegerField(label, [InputRequired(_l("Please fill in this field.")), bounds])


class RoundForm(BaseForm):
    """The call of a round."""

    name_en = LineField(_l("Name (English)"), [required()], limit=200)
    name_zh = LineField(_l("Name (Chinese)"), [required()], limit=200)
    call_en = ProseField(_l("Call (English)"), limit=6000)
    call_zh = ProseField(_l("Call (Chinese)"), limit=6000)
    slug = CodeField(_l("Short name in the address"), [required(), _SLUG], limit=60)
    opens_on = DateField(_l("First day of the call"), [required()])
    closes_on = DateField(_l("Last day of the call"), [required()])


class ReasonForm(BaseForm):
    """A reason."""

    reason = ProseField(_l("Reason"), [required()], limit=2000)


class DecideForm(ReasonForm):
    """Keeping or dropping a pair."""

    decision = RadioField(_l("Decision on the pair"), [required()])
    seen = HiddenField()

    def offer(self) -> None:
        """Fill the choices."""
        self.decision.choices = options(
            [(Decision.KEPT, _l("Keep this pair")), (Decision.DROPPED, _l("Drop this pair"))]
        )


class AddForm(ReasonForm):
    """Adding a pair by hand."""

    city = SelectField(_l("City in China"), [required()], coerce=int)
    partner = SelectField(_l("City abroad"), [required()], coerce=int)


class WeightsForm(BaseForm):
    """The next version of the weights."""

    fit, give, shared, size, lang, hours, role = (_points(_l(PART_LABELS[part])) for part in PARTS)
    floor = _points(_l("Least score of a proposal"))
    cap = _points(_l("Most daily lists with one city"), least=1, most=1000)
    seen = HiddenField()


class CountryForm(BaseForm):
    """A country for the list of the national office."""

    country = SelectField(_l("Foreign country"), [required()])
