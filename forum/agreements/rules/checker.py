"""The checker: what stands in the way of agreement and sign-off, each finding a sentence that names its clause.

It runs while drafting, when the text is agreed and at sign-off; one blocker stops the latter two.
Source: the office's list of findings for instruments below a friendship-city agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forum.agreements.kinds import RANKS, Agreement, ClauseText, Level, Use
from forum.agreements.library import LATEST, library, required, use_of
from forum.agreements.rules import wording
from forum.agreements.rules.quantities import Kind, differences
from forum.agreements.rules.sentences import SENTENCES, VALUES
from forum.agreements.rules.variables import resolve, unresolved, variables
from forum.core.bilingual import LANGUAGES, Language

HARD = frozenset({Kind.DATE, Kind.PERIOD, Kind.MONEY, Kind.PERCENT, Kind.NUMBER})
_TITLE = ("Title", "标题")
_WHOLE = ("Whole text", "全文")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the checker noticed: how grave, in which clause, and the facts of its sentence."""

    level: Level
    code: str
    clause: str = ""  # key; empty for the whole text
    heading_en: str = ""
    heading_zh: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def sentence(self, translate: Callable[..., str], language: str) -> str:
        """Return the sentence through ``translate``, a gettext function, naming the clause in that language."""
        clause = self.heading_zh if language == "zh" else self.heading_en
        facts = dict(self.facts)
        if self.code == "value_missing":
            names = [translate(VALUES[name]) if name in VALUES else name for name in facts["values"]]
            facts["values"] = ("、" if language == "zh" else ", ").join(names)
        if self.code == "ranks_differ":
            said = [f"{zh if language == 'zh' else en} – {translate(rank)}" for en, zh, rank in facts["ranks"]]
            facts["english"] = ("；" if language == "zh" else "; ").join(said)
        for side in ("english", "chinese"):
            if isinstance(facts.get(side), tuple):
                facts[side] = ("、" if language == "zh" else ", ").join(facts[side]) or "–"
        return translate(SENTENCES[self.code]) % {"clause": clause, **facts}


def _in_clause(level: Level, code: str, clause: ClauseText, **facts: Any) -> Finding:
    return Finding(level, code, clause.key, clause.heading_en, clause.heading_zh, facts)


def findings(agreement: Agreement, *, today: date) -> tuple[Finding, ...]:
    """Return every finding, gravest first, then in the order of the clauses."""
    found = [
        *_clauses_missing(agreement),
        *_title(agreement),
        *_terms(agreement, today),
        *_ranks(agreement),
    ]
    keys = frozenset(clause.key for clause in agreement.clauses)
    words = {language: variables(agreement, language) for language in LANGUAGES}
    for clause in agreement.clauses:
        found += _clause_use(agreement, clause)
        found += _sides(clause)
        if values := dict.fromkeys(n for side in LANGUAGES for n in unresolved(clause.side(side), words[side])):
            found.append(_in_clause(Level.BLOCKER, "value_missing", clause, values=tuple(values)))
        resolved = {language: resolve(clause.side(language), words[language]) for language in LANGUAGES}
        found += _across(agreement, clause, resolved)
        found += _said(agreement, clause, resolved, keys)
        if deviates(clause):
            found.append(_in_clause(Level.NOTE, "deviation", clause))
    return tuple(sorted(found, key=lambda each: list(Level).index(each.level)))


def blockers(agreement: Agreement, *, today: date) -> tuple[Finding, ...]:
    """Return the findings that stop agreement and sign-off."""
    return tuple(each for each in findings(agreement, today=today) if each.level is Level.BLOCKER)


def _clauses_missing(agreement: Agreement) -> Iterator[Finding]:
    present = {clause.key for clause in agreement.clauses}
    for clause in required(agreement.instrument):
        if clause.key not in present:
            yield Finding(Level.BLOCKER, "required_missing", clause.key, clause.heading_en, clause.heading_zh)


def _title(agreement: Agreement) -> Iterator[Finding]:
    for language in LANGUAGES:
        title = agreement.title(language)
        if words := wording.friendship_city(title, language):
            yield Finding(Level.BLOCKER, "friendship_city", "", *_TITLE, {"words": words})
        if not title.strip():
            yield Finding(Level.BLOCKER, f"side_empty_{language}", "", *_TITLE)


def notice_by(agreement: Agreement) -> date | None:
    """Return the last day for giving notice: the end date less the notice period; None without either."""
    end, months = agreement.terms.ends_on, agreement.terms.notice_months
    if end is None or not months:
        return None
    total = end.year * 12 + end.month - 1 - months
    year, month = divmod(total, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(end.day, last))


def _terms(agreement: Agreement, today: date) -> Iterator[Finding]:
    terms = agreement.terms
    if terms.term_months is None and terms.ends_on is None and not terms.automatic_renewal:
        yield Finding(Level.BLOCKER, "no_end", "", *_WHOLE)
    if terms.term_months is not None and terms.notice_months is not None and terms.notice_months >= terms.term_months:
        yield Finding(Level.BLOCKER, "notice_too_long", "", *_WHOLE)
    last = notice_by(agreement)
    if last is not None and last < today:
        yield Finding(Level.BLOCKER, "notice_passed", "", *_WHOLE)
    if agreement.prevailing is not None and len(agreement.authentic) > 1:
        yield Finding(Level.BLOCKER, "prevailing_set", "", *_WHOLE)


def _ranks(agreement: Agreement) -> Iterator[Finding]:
    ranked = [party for party in agreement.parties if party.rank is not None]
    if len({party.rank for party in ranked}) > 1:
        ranks = tuple((party.name_en, party.name_zh, RANKS[str(party.rank)]) for party in ranked)
        yield Finding(Level.WARNING, "ranks_differ", "", *_WHOLE, {"ranks": ranks})


def _clause_use(agreement: Agreement, clause: ClauseText) -> Iterator[Finding]:
    use = use_of(clause.key, agreement.instrument)
    if use is Use.FORBIDDEN:
        yield _in_clause(Level.BLOCKER, "forbidden_present", clause)
    elif use is Use.NOT_OFFERED:
        yield _in_clause(Level.WARNING, "not_offered_present", clause)


def _sides(clause: ClauseText) -> Iterator[Finding]:
    for language in LANGUAGES:
        if not clause.side(language).strip():
            yield _in_clause(Level.BLOCKER, f"side_empty_{language}", clause)
    if not clause.matched:
        yield _in_clause(Level.BLOCKER, "not_matched", clause)


def _across(agreement: Agreement, clause: ClauseText, said: Mapping[Language, str]) -> Iterator[Finding]:
    """What differs between the languages of one clause."""
    if not all(side.strip() for side in said.values()):
        return
    for level, code, kinds in (
        (Level.BLOCKER, "quantities_differ", HARD),
        (Level.WARNING, "counts_differ", frozenset({Kind.COUNT})),
    ):
        english, chinese = differences(said["en"], said["zh"], kinds)
        if english or chinese:
            yield _in_clause(level, code, clause, english=english, chinese=chinese)
    english, chinese = names_apart(agreement, said["en"], said["zh"])
    if english or chinese:
        yield _in_clause(Level.BLOCKER, "names_differ", clause, english=english, chinese=chinese)


def names_apart(agreement: Agreement, english: str, chinese: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parties that one language names and the other doesn't."""
    named = [(p, _names(english, p.name_en), _names(chinese, p.name_zh)) for p in agreement.parties]
    return (
        tuple(party.name_en for party, mine, theirs in named if mine and not theirs),
        tuple(party.name_zh for party, mine, theirs in named if theirs and not mine),
    )


def _names(text: str, name: str) -> bool:
    return bool(name) and name.casefold() in text.casefold()


def _said(
    agreement: Agreement, clause: ClauseText, said: Mapping[Language, str], keys: frozenset[str]
) -> Iterator[Finding]:
    """What the words of one clause call for; once for each clause, in the language that says it first."""
    terms = agreement.terms
    equal = len(agreement.authentic) > 1
    for code, listen, applies in (
        ("friendship_city", wording.friendship_city, True),
        ("binding_wording", wording.binding, "non_binding" in keys),
        ("payment_without_budget", wording.payment, not terms.budget_reference),
        ("standards_given_away", wording.standards_given_away, True),
        ("translation_without_licence", wording.standard_translated, not terms.licence_reference),
        ("prevailing_named", wording.prevailing_language, equal),
        ("privacy_missing", wording.personal_data, "data_privacy" not in keys),
    ):
        if not applies:
            continue
        for language in LANGUAGES:
            text = f"{clause.heading(language)}\n{said[language]}"
            if words := listen(text, language):
                yield _in_clause(Level.BLOCKER, code, clause, words=words)
                break


def deviates(clause: ClauseText) -> bool:
    """Tell whether a clause that was copied from the library reads differently now."""
    if clause.library_version is None or clause.library_version > LATEST:
        return False
    known = library(clause.library_version).get(clause.key)
    if known is None:
        return False
    variant = known.variant(clause.variant) or known.variants[0]
    return (clause.en, clause.zh) != (variant.en, variant.zh)
