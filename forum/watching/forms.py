"""The form of what somebody follows: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from forum.committees.models import Committee
from forum.core.refusals import spoken
from forum.evidence.queries.offered import standard_by_reference
from forum.standards.models import Standard, Topic
from forum.standards.stages import stages
from forum.watching.errors import ReferenceUnknown
from forum.watching.models import FREQUENCIES, LEVELS, Frequency, Level
from forum.watching.operations import Rule, Wish
from forum.web.forms import CodeField, LineField, ProseField, VersionedForm, designations, options
from forum.web.language import current_language

RULE_FIELDS = ("name", "committee", "topic", "ics", "stage_from", "stage_to", "type", "word", "adopted")


class WatchForm(VersionedForm):
    """What fits a rule, how often and how much somebody is told, and what is left out."""

    name = LineField(_l("Name of the rule"), limit=120)
    committee = SelectField(_l("Committee, with what its work goes to"), choices=[], default="")
    topic = SelectField(_l("Topic"), choices=[], default="")
    ics = CodeField(_l("ICS code, or its beginning"), limit=20, description=_l("Such as 13.020 or 13."))
    type = SelectField(_l("Kind of deliverable"), choices=[], default="")
    stage_from = SelectField(_l("From this stage"), choices=[], default="")
    stage_to = SelectField(_l("Up to this stage"), choices=[], default="")
    word = LineField(_l("Word in a title"), limit=80)
    adopted = BooleanField(_l("Only what is adopted nationally"))
    frequency = SelectField(_l("Mail"), choices=[], default=str(Frequency.DAILY))
    level = SelectField(_l("How much"), choices=[], default=str(Level.ALL))
    exclusions = ProseField(
        _l("Leave out"), limit=4000, description=_l("One reference on each line, such as ISO 37120:2018.")
    )

    def offer(
        self, committees: Iterable[Committee], topics: Iterable[Topic], types: Iterable[str], *, adoptions: bool
    ) -> WatchForm:
        """Offer what a rule may name."""
        language = current_language()
        every = ("", _("No condition"))
        cells = [(code, f"{code} {cell.name.shown(language).text}") for code, cell in stages().items()]
        self.committee.choices = [*options([every]), *designations((one.slug, one.reference) for one in committees)]
        self.topic.choices = options([every, *((one.slug, one.tr("name", language).text) for one in topics)])
        self.type.choices = [*options([every]), *designations((one, one) for one in types)]
        self.stage_from.choices = options([("", _("From the beginning")), *cells])
        self.stage_to.choices = options([("", _("To the end")), *cells])
        if not adoptions:
            del self.adopted
        return self.offer_times()

    def offer_times(self) -> WatchForm:
        """Offer how often and how much."""
        self.frequency.choices = options((key, spoken(word, _)) for key, word in FREQUENCIES.items())
        self.level.choices = options((key, spoken(word, _)) for key, word in LEVELS.items())
        return self

    def without_rule(self) -> WatchForm:
        """Return the form of something that is no rule."""
        for name in RULE_FIELDS:
            if name in self:
                delattr(self, name)
        return self.offer_times()

    def rule(self, committees: dict[str, Committee], topics: dict[str, Topic]) -> Rule:
        """Return what was asked for."""
        return Rule(
            self.name.data or "",
            committees.get(self.committee.data or ""),
            topics.get(self.topic.data or ""),
            self.ics.data or "",
            self.stage_from.data or "",
            self.stage_to.data or "",
            self.type.data or "",
            self.word.data or "",
            adopted=bool("adopted" in self and self.adopted.data),
        )

    def wish(self) -> Wish:
        """Return how often, how much, and what is left out; raise ``ReferenceUnknown``."""
        return Wish(Frequency(self.frequency.data), Level(self.level.data), tuple(self._left_out()))

    def _left_out(self) -> Iterable[Standard]:
        found: dict[int, Any] = {}
        for line in (self.exclusions.data or "").splitlines()[:200]:
            if not line.strip():
                continue
            standard = standard_by_reference(line)
            if standard is None:
                raise ReferenceUnknown(reference=line.strip()[:80])
            found[standard.id] = standard
        return found.values()
