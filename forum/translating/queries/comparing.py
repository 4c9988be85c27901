"""A file that came back beside the texts as they are now: what is new, the same, or not taken and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forum.core.bilingual import fingerprint
from forum.core.refusals import Word
from forum.drafting.queries.texts import longest
from forum.terms.queries.checking import glossary
from forum.terms.rules.findings import Finding
from forum.terms.rules.wording import look_over
from forum.translating.queries import Unit
from forum.translating.rules import returned as rules
from forum.translating.rules.returned import Objection, Outcome, Returned, TextId, shaped
from forum.translation import protection
from forum.translation.queries import mark_of
from forum.translation.rules import Part, difference

_MOST_NAMED = 5
_BARE = re.compile(r"[A-Za-z/-]+")  # such as ISO or ITU-T, without a number


@dataclass(frozen=True, slots=True)
class Compared:
    """A returned text with what it would do here."""

    returned: Returned
    outcome: Outcome
    unit: Unit | None = None
    text: str = ""  # as it would be kept
    objection: Objection | None = None

    @property
    def difference(self) -> tuple[Part, ...]:
        """What becomes of the translation, part by part."""
        return difference(self.unit.text if self.unit is not None else "", self.text)

    def findings(self) -> Sequence[Finding]:
        """Return what somebody should look at in the translation: numbers, terms, signs."""
        if self.unit is None:
            return ()
        language, words = self.unit.record.source_lang, self.unit.words
        return (*glossary().check(words, self.text, language), *look_over(words, self.text, language))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole file, compared."""

    texts: tuple[Compared, ...]

    def of(self, *outcomes: Outcome) -> list[Compared]:
        """Return the texts with these outcomes, in the order of the file."""
        return [each for each in self.texts if each.outcome in outcomes]

    @property
    def taken(self) -> list[Compared]:
        """The texts that would be written."""
        return self.of(Outcome.NEW, Outcome.CHANGED)

    @property
    def counts(self) -> Counter[Outcome]:
        """How many texts come to what."""
        return Counter(each.outcome for each in self.texts)


def compared(found: Iterable[Returned], units: Iterable[Unit]) -> Comparison:
    """Return what a file would do to these texts, which are all that it may speak of."""
    known = {(unit.source.entity, unit.entity_id, unit.field): unit for unit in units}
    seen: set[tuple[str, str, str]] = set()
    texts = []
    for each in found:
        named = TextId.read(each.text_id)
        key = (named.entity, named.entity_id, named.field) if named is not None else ("", "", "")
        unit = known.get(key)
        if named is None or unit is None:
            texts.append(Compared(each, Outcome.REFUSED, objection=Objection(rules.UNKNOWN)))
            continue
        texts.append(_one(each, named, unit, twice=key in seen))
        seen.add(key)
    return Comparison(tuple(texts))


def _one(each: Returned, named: TextId, unit: Unit, *, twice: bool) -> Compared:
    text = shaped(each.target, unit.words)
    if twice:
        return Compared(each, Outcome.REFUSED, unit, text, Objection(rules.TWICE))
    objection = _objection(each, named, unit, text)
    if objection is not None:
        return Compared(each, Outcome.REFUSED, unit, text, objection)
    if text == unit.text:
        return Compared(each, Outcome.SAME, unit, text)
    objection = _fault(named, unit, text)
    if objection is not None:
        return Compared(each, Outcome.REFUSED, unit, text, objection)
    return Compared(each, Outcome.CHANGED if unit.text else Outcome.NEW, unit, text)


def _objection(each: Returned, named: TextId, unit: Unit, text: str) -> Objection | None:
    """Return why a text doesn't belong here as it is."""
    if unit.language != named.language or (each.into and each.into != unit.language):
        return Objection(rules.OTHER_LANGUAGE)
    if fingerprint(each.source) != fingerprint(unit.words):
        return Objection(rules.ORIGINAL_DIFFERS)
    return None if text else Objection(rules.EMPTY)


def _fault(named: TextId, unit: Unit, text: str) -> Objection | None:
    """Return why a text that belongs here isn't written."""
    if reason := unit.source.fixed(unit.record, unit.field):
        return Objection(reason if isinstance(reason, Word) else Word(reason))
    if named.mark != mark_of(unit.record, unit.field):
        return Objection(rules.TRANSLATION_DIFFERS)
    most = longest(unit.source, unit.field)
    if most is not None and len(text) > most:
        return Objection(rules.TOO_LONG, {"most": most})
    # A person may say a name in the other language; what has figures or signs is the same in both.
    lost = [thing for thing in protection.losses(unit.words, text) if not _BARE.fullmatch(thing)]
    if lost:
        things = [thing if len(thing) <= 60 else f"{thing[:57]}…" for thing in lost[:_MOST_NAMED]]
        return Objection(rules.LOST, {"things": ", ".join(things)})
    return None
