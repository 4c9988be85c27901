"""Whether a translation uses the terms of the glossary: forbidden and deprecated words, and missing ones.

The owner of the document decides which word is right: where an owner is given and has a word of its own for a
concept, only that one counts; otherwise every good word does.  Source: the house's rules for bilingual texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forum.core.bilingual import LANGUAGES, other
from forum.terms.rules.findings import Finding, FindingKind, Side
from forum.terms.rules.matching import Automaton, Span, folded_word, longest
from forum.terms.states import GOOD, Use


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of a concept."""

    lang: str
    text: str
    use: Use
    owner: str = ""
    sure: bool = True
    source: str = ""  # from where the word is known

    @property
    def is_good(self) -> bool:
        """Tell whether it may be used."""
        return self.use in GOOD

    @property
    def is_bad(self) -> bool:
        """Tell whether it is known not to be used."""
        return self.sure and not self.is_good


@dataclass(frozen=True, slots=True)
class Term:
    """A concept with its words, as the check needs it."""

    name: str  # by which the pages name it
    spellings: tuple[Spelling, ...]

    def good(self, lang: str, owner: str = "") -> tuple[str, ...]:
        """Return the words that are right in a language, preferred ones first."""
        return tuple(dict.fromkeys(each.text for each in self.good_spellings(lang, owner)))

    def good_spellings(self, lang: str, owner: str = "") -> list[Spelling]:
        """Return the same with all that is known of them; a word that several bodies use comes several times."""
        found = [each for each in self.spellings if each.lang == lang and each.is_good]
        own = [each for each in found if owner and each.owner == owner]
        return sorted(own or found, key=lambda each: (not each.sure, each.use is not Use.PREFERRED, bool(each.owner)))

    def is_wanted(self, lang: str) -> bool:
        """Tell whether a word of this language is asked for: only if a person confirmed one."""
        return any(each.lang == lang and each.is_good and each.sure for each in self.spellings)


class Glossary:
    """Terms, made ready once for many checks."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._words: dict[str, dict[str, list[tuple[int, Spelling]]]] = {language: {} for language in LANGUAGES}
        for number, term in enumerate(self.terms):
            for spelling in term.spellings:
                key = folded_word(spelling.text)
                self._words[spelling.lang].setdefault(key, []).append((number, spelling))
        self._automata = {
            language: Automaton(words[0][1].text for words in known.values()) for language, known in self._words.items()
        }

    def __len__(self) -> int:
        return len(self.terms)

    def in_text(self, text: str, lang: str) -> list[tuple[Span, tuple[Term, ...]]]:
        """Return the terms of a text in the order in which they stand there, longest ones first chosen."""
        found = []
        for span, word in sorted(longest(self._automata[lang].all_in(text))):
            numbers = dict.fromkeys(number for number, _ in self._known(lang, word))
            found.append((span, tuple(self.terms[number] for number in numbers)))
        return found

    def _known(self, lang: str, word: str) -> list[tuple[int, Spelling]]:
        return self._words[lang][folded_word(word)]

    def _meant(self, lang: str, word: str, owner: str) -> list[int]:
        """Return the concepts that a word of the source stands for.

        The usage of one document says nothing in the text of another: there 城市 is a city, not a community.
        """
        known = self._known(lang, word)
        return [number for number, each in known if each.is_good and each.owner in {"", owner}]

    def check(self, source: str, target: str, source_lang: str, owner: str = "") -> tuple[Finding, ...]:
        """Return what a translation should be looked at for, in the order of its places."""
        lang = other(source_lang)
        if not source.strip() or not target.strip():
            return ()
        said = longest(self._automata[source_lang].all_in(source))
        everything = self._automata[lang].all_in(target)
        meant = {number for _, word in said for number in self._meant(source_lang, word, owner)}
        present = {folded_word(word) for _, word in everything}
        findings = [*self._bad(target, lang, longest(everything), meant, owner)]
        findings += self._missing((source, target), source_lang, sorted(said), present, owner)
        return tuple(findings)

    def _bad(
        self, target: str, lang: str, covering: list[tuple[Span, str]], meant: set[int], owner: str
    ) -> Iterable[Finding]:
        """Name the words that aren't to be used: forbidden ones anywhere, deprecated ones for what the source says."""
        for span, word in sorted(covering):
            known = self._known(lang, word)
            good = {number for number, spelling in known if spelling.is_good}
            if good & meant:
                continue
            for number, spelling in known:
                anywhere = spelling.use is Use.FORBIDDEN and not good
                if not spelling.is_bad or not (number in meant or anywhere):
                    continue
                term = self.terms[number]
                kind = FindingKind.FORBIDDEN if spelling.use is Use.FORBIDDEN else FindingKind.DEPRECATED
                there = target[span.start : span.end]
                yield Finding(kind, "target", span, there, term.good(lang, owner), term.name)

    def _missing(
        self, texts: tuple[str, str], source_lang: str, said: list[tuple[Span, str]], present: set[str], owner: str
    ) -> Iterable[Finding]:
        lang, told = other(source_lang), set[str]()
        source, target = texts
        for span, word in said:
            terms = [self.terms[number] for number in self._meant(source_lang, word, owner)]
            if not terms:
                continue
            wanted = [(term, term.good(lang, owner)) for term in terms]
            if any(not good for _, good in wanted) or not any(term.is_wanted(lang) for term in terms):
                continue  # nobody has confirmed how it is said in the other language
            if any(folded_word(each) in present for _, good in wanted for each in good):
                continue
            if source[span.start : span.end] in target:
                continue  # a name that stays as it is; what isn't translated is told by another check
            name = terms[0].name
            if name in told:
                continue
            told.add(name)
            words = tuple(dict.fromkeys(each for _, good in wanted for each in good))
            yield Finding(FindingKind.MISSING, "source", span, source[span.start : span.end], words, name)


def check(
    source: str, target: str, source_lang: str, terms: Glossary | Iterable[Term], owner: str = ""
) -> tuple[Finding, ...]:
    """Check a translation against terms; hand in a ``Glossary`` where many texts are checked."""
    known = terms if isinstance(terms, Glossary) else Glossary(terms)
    return known.check(source, target, source_lang, owner)


def check_both(english: str, chinese: str, terms: Glossary, owner: str = "") -> tuple[Finding, ...]:
    """Check two sides of which neither is the original: what either says, the other should say as well.

    A bad word is named once, on its side; ``side`` is ``source`` for the English text and ``target`` for the Chinese.
    """
    forth = terms.check(english, chinese, "en", owner)
    back = terms.check(chinese, english, "zh", owner)
    told = {finding.concept for finding in forth}
    sides: dict[Side, Side] = {"source": "target", "target": "source"}
    turned = (
        Finding(each.kind, sides[each.side], each.span, each.found, each.wanted, each.concept)
        for each in back
        if each.concept not in told
    )
    return (*forth, *turned)
