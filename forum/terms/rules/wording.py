"""What a translation is checked for beside its terms: numbers, references, signs, blanks, length, what was left.

Each check is a pure function of both texts and yields findings in the manner of the check of terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from forum.core.bilingual import other
from forum.core.text import HAN
from forum.terms.rules.findings import Finding, FindingKind
from forum.terms.rules.matching import Span
from forum.terms.rules.numbers import Number, numbers_in, words_in

_BODY = r"(?:ISO|IEC|IEEE|ITU(?:-[TRD])?|GB|CENELEC|CEN|SAC|EN|IWA|DB\d{2})"
_GAP = r"[ \u00a0-]?"
_DIGITS = r"\d[\d.\-\u2013\u2014]*(?<![.\-\u2013\u2014])"
REFERENCE = re.compile(
    rf"(?<![A-Za-z]){_BODY}(?:/(?:IEC|IEEE|CENELEC|TC|SC|WG|TS|TR|PAS|FDIS|DIS|CD|WD|JTC|T|Z)(?![A-Za-z]))*"
    rf"(?:{_GAP}(?:JTC|TC|SC|WG|SG|TS|TR)?{_GAP}(?:[A-Z]\.)?{_DIGITS}(?::\d{{4}})?)"
    rf"(?:/(?:TC|SC|WG|JWG|AHG|Amd|Cor|[A-Z]\.){_GAP}\d+(?:\.\d+)?(?::\d{{4}})?)*(?![A-Za-z])"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{?\s*\w*\s*\}?\}|</?[a-zA-Z][^>]{0,200}>")
_COMMITTEE = re.compile(r"(?i)\bcommittee \d+")  # the number is part of the English name alone
_HALF_WIDTH = re.compile(rf"(?<=[{HAN}])(?:[,;:!?](?![/\d])|\.(?=\s|$)|\((?=[{HAN}]))")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（"}
_BLANK = re.compile(rf"(?<=[{HAN}])[ \u00a0]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])[ \u00a0]+(?=[{HAN}])")
_WORD_NEAR = re.compile(r"[A-Za-z0-9%./-]+")
_DOUBLED = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[ ,;:]+[A-Za-z][A-Za-z’'-]*){3,}")
_ENGLISH_WORD = re.compile(r"[a-z]{4,}")
_HAN_RUN = re.compile(rf"[{HAN}][{HAN}，。、；：]{{5,}}")
_HAN_SIGN = re.compile(rf"[{HAN}]")
_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("《", "》"), ("“", "”"), ("「", "」"))
_ENOUGH = 120  # characters of the source from which on the length says something
_LEAST_ZH, _MOST_ZH = 0.16, 0.75  # of the English length; in use it is 0.4 to 0.5 with signs and names
Check = Callable[[str, str, str], Iterator[Finding]]


def normal_reference(reference: str) -> str:
    """Return a reference by which two spellings are compared: any dash, any blank."""
    return re.sub(r"[ \u00a0]", "", re.sub(r"[\u2010-\u2015]", "-", reference)).rstrip("-.").casefold()


def references(source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """References of standards are the same in every language; a number without a year names the same series."""
    del source_lang
    said, there = ({normal_reference(m.group()): m for m in REFERENCE.finditer(text)} for text in (source, target))
    for kind, side, ours, theirs in (
        (FindingKind.REFERENCE_MISSING, "source", said, there),
        (FindingKind.REFERENCE_ADDED, "target", there, said),
    ):
        for key, match in ours.items():
            if key not in theirs:
                span = Span(match.start(), match.end())
                yield Finding(kind, side, span, match.group())  # type: ignore[arg-type]


def numbers(source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """Numbers in digits have the same value on the other side, in digits or in words."""
    said, there = _numbers(source, source_lang), _numbers(target, other(source_lang))
    known = {each.value for each in there} | words_in(target)
    yield from _lacking(FindingKind.NUMBER_MISSING, said, known)
    known = {each.value for each in said} | words_in(source)
    yield from _lacking(FindingKind.NUMBER_ADDED, there, known)


def _numbers(text: str, lang: str) -> list[Number]:
    for pattern in (REFERENCE, _COMMITTEE, _PLACEHOLDER):
        text = pattern.sub(lambda match: "\0" * len(match.group()), text)
    return numbers_in(text, lang)


def _lacking(kind: FindingKind, ours: list[Number], known: set[str]) -> Iterator[Finding]:
    told = set()
    for each in ours:
        if each.value in known or each.value in told:
            continue
        told.add(each.value)
        side = "source" if kind is FindingKind.NUMBER_MISSING else "target"
        yield Finding(kind, side, Span(each.start, each.end), each.text)  # type: ignore[arg-type]


def signs(_source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """After a Chinese character stand full-width signs, and no blank before Latin letters or digits."""
    if source_lang != "zh":
        for match in _HALF_WIDTH.finditer(target):
            span = Span(match.start(), match.end())
            yield Finding(FindingKind.HALF_WIDTH, "target", span, match.group(), (_FULL[match.group()],))
        for match in _BLANK.finditer(target):
            near = _WORD_NEAR.match(target, match.end()) or _before(target, match.start())
            word = near.group() if near else ""
            yield Finding(FindingKind.BLANK, "target", Span(match.start(), match.end()), word)
    for match in _DOUBLED.finditer(target):
        yield Finding(FindingKind.DOUBLED_BLANK, "target", Span(match.start(), match.end()), match.group())


def _before(text: str, end: int) -> re.Match[str] | None:
    return next(_WORD_NEAR.finditer(text[max(0, end - 40) : end]), None)


def proportion(source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """Chinese takes about 0.4 to 0.5 of the characters of English; far from that, something is gone or was added."""
    long, short = (source, target) if source_lang == "en" else (target, source)
    if len(long.strip()) < _ENOUGH or not short.strip():
        return
    if not _LEAST_ZH <= len(short.strip()) / len(long.strip()) <= _MOST_ZH:
        counts = str(len(target.strip())), (str(len(source.strip())),)
        yield Finding(FindingKind.LENGTH, "target", Span(0, len(target)), *counts)


def rest(source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """What still stands in the language of the source."""
    if source_lang == "zh":
        for match in _HAN_RUN.finditer(target):
            yield Finding(FindingKind.UNTRANSLATED, "target", Span(match.start(), match.end()), match.group())
        return
    if not _HAN_SIGN.search(target) and target.strip() == source.strip() and _ENGLISH_WORD.search(target):
        yield Finding(FindingKind.UNTRANSLATED, "target", Span(0, len(target)), target[:80])
        return
    for match in _ENGLISH_RUN.finditer(target):
        if match.group() in source and len(_ENGLISH_WORD.findall(match.group())) > 2:
            yield Finding(FindingKind.UNTRANSLATED, "target", Span(match.start(), match.end()), match.group()[:80])


def brackets(_source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """Every bracket and quotation mark has its partner."""
    del source_lang
    for opening, closing in _PAIRS:
        waiting: list[int] = []
        for place, sign in enumerate(target):
            if sign == opening:
                waiting.append(place)
            elif sign == closing:
                if not waiting:
                    yield Finding(FindingKind.BRACKETS, "target", Span(place, place + 1), sign)
                else:
                    waiting.pop()
        for place in waiting:
            yield Finding(FindingKind.BRACKETS, "target", Span(place, place + 1), opening)


def placeholders(source: str, target: str, source_lang: str) -> Iterator[Finding]:
    """Placeholders and tags stand in the translation as often as in the source."""
    del source_lang
    there = [match.group() for match in _PLACEHOLDER.finditer(target)]
    for match in _PLACEHOLDER.finditer(source):
        if match.group() in there:
            there.remove(match.group())
        else:
            yield Finding(FindingKind.PLACEHOLDER, "source", Span(match.start(), match.end()), match.group())


CHECKS: tuple[Check, ...] = (placeholders, references, numbers, brackets, signs, proportion, rest)


def look_over(source: str, target: str, source_lang: str) -> tuple[Finding, ...]:
    """Return everything that somebody should look at in a translation, its terms apart."""
    if not source.strip() or not target.strip():
        return ()
    return tuple(finding for check in CHECKS for finding in check(source, target, source_lang))
