"""What the checker listens for in the two languages: one function for each turn of phrase that calls for a finding.

Each returns the words that were found, or nothing.  Sentences that deny something are left alone where the denial is
what the clause library itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FRIENDSHIP = {
    "en": re.compile(
        r"\b(?:friendship|sister|twin(?:ned)?)[\s-]+(?:cit(?:y|ies)|towns?)\b|\btown twinning\b", re.IGNORECASE
    ),
    "zh": re.compile(r"友好城市|友好城区|姐妹城市|友城|结好"),
}
_BINDING = {
    "en": re.compile(
        r"\bshall\b|\bmust\b|\bundertakes?\b|\bis obliged\b|\bare obliged\b|\bobligations? under this\b|"
        r"(?<!not )(?<!non-)(?<!no )\blegally binding\b|\bliable for\b|\bpenalt(?:y|ies)\b|\bdamages\b|\bguarantees?\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"应当|必须|有义务|承担义务|保证(?!金)|违约|赔偿|罚金|承担(?:法律)?责任|"
        r"(?<!不具有)(?<!不具备)(?<!不具)(?<!没有)(?<!无)法律约束力"
    ),
}
_PAYMENT = {
    "en": re.compile(
        r"\b(?:will|shall|to|undertakes to|agrees to|is to)\s+(?:\w+ly\s+)?(?:pay|fund|finance|reimburse|subsidi[sz]e|"
        r"provide (?:funding|funds|financial support|financing)|contribute (?:financially|funds))\b|"
        r"\bpays\b|\breimburses\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"支付|拨付|出资|资助|报销|提供(?:资金|经费)(?:支持)?|拨款"),
}
_STANDARD = {
    "en": r"(?:ISO|IEC|GB|GB/T|(?:international |national )?standards?)\b",
    "zh": r"(?:ISO|IEC|GB|国际标准|国家标准|标准)",
}
_GIVING = {
    "en": re.compile(
        r"\b(?:shar(?:e|es|ing)|provid(?:e|es|ing)|giv(?:e|es|ing)|suppl(?:y|ies|ying)|distribut(?:e|es|ing)|"
        r"send(?:s|ing)?|hand(?:s|ing)? over|mak(?:e|es|ing) available|exchang(?:e|es|ing)|cop(?:y|ies|ying)|"
        r"reproduc(?:e|es|ing)|publish(?:es|ing)?|upload(?:s|ing)?)\b.{0,80}?"
        rf"(?:\b(?:(?:full )?texts?|cop(?:y|ies))\b.{{0,40}}?\b{_STANDARD['en']}|"
        rf"\b{_STANDARD['en']}.{{0,40}}?\b(?:full )?(?:texts?|cop(?:y|ies))\b)",
        re.IGNORECASE | re.DOTALL,
    ),
    "zh": re.compile(
        rf"(?:提供|共享|分享|交换|互换|分发|赠送|复制|公开|上传|转发|发送)[^。；]{{0,30}}{_STANDARD['zh']}[^。；]{{0,25}}(?:文本|全文|原文)|"
        rf"{_STANDARD['zh']}[^。；]{{0,25}}(?:文本|全文|原文)[^。；]{{0,15}}(?:提供|共享|分享|交换|互换|分发|赠送|复制|公开|上传|转发|发送)"
    ),
}
_TRANSLATION = {
    "en": re.compile(
        rf"\btranslat\w*\b[^.;]{{0,80}}\b{_STANDARD['en']}|\b{_STANDARD['en']}[^.;]{{0,60}}\btranslat\w*\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        rf"(?:翻译|互译|译制|译成)[^。；]{{0,30}}{_STANDARD['zh']}|{_STANDARD['zh']}[^。；]{{0,30}}(?:翻译|互译|译本|译文|译制|译成)"
    ),
}
_PREVAILING = {
    "en": re.compile(
        r"\b(?:Chinese|English)\b[^.;]{0,60}\b(?:shall |will )?prevails?\b|"
        r"\bprevailing (?:language|text|version)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"以(?:中文|英文)[^。；]{0,10}为准"),
}
_PERSONAL = {
    "en": re.compile(
        r"\bpersonal (?:data|information)\b|\blists? of (?:participants|names)\b|\b(?:names and )?contact details\b|"
        r"\bpassports?\b|\bhealth data\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"个人信息|个人数据|参会人员名单|人员名单|联系方式|护照|健康数据"),
}
_SENTENCE = {"en": re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]+)*"), "zh": re.compile(r"[^。；！？\n]+")}
_DENIAL = {
    "en": re.compile(r"\b(?:not|nothing|no|never|neither|without|none)\b|n't\b", re.IGNORECASE),
    "zh": re.compile(r"不得|不授权|不予|不提供|不涉及|不包括|不构成|不支付|未经|无权|禁止|均不|不"),
}


def _first(patterns: dict[str, re.Pattern[str]], text: str, language: str) -> str:
    found = patterns[language].search(text)
    return found[0].strip() if found else ""


def _affirmed(patterns: dict[str, re.Pattern[str]], text: str, language: str) -> str:
    """Return the first match in a sentence that doesn't deny anything."""
    for sentence in _sentences(text, language):
        if not _DENIAL[language].search(sentence) and (found := _first(patterns, sentence, language)):
            return found
    return ""


def _sentences(text: str, language: str) -> Iterable[str]:
    return _SENTENCE[language].findall(text)


def friendship_city(text: str, language: str) -> str:
    """Return words of a friendship-city relationship, which only the competent body can establish."""
    return _first(_FRIENDSHIP, text, language)


def binding(text: str, language: str) -> str:
    """Return words that bind in law."""
    return _first(_BINDING, text, language)


def payment(text: str, language: str) -> str:
    """Return words that promise money."""
    return _affirmed(_PAYMENT, text, language)


def standards_given_away(text: str, language: str) -> str:
    """Return words that hand on the texts of standards, which aren't free to share."""
    return _affirmed(_GIVING, text, language)


def standard_translated(text: str, language: str) -> str:
    """Return words that promise the translation of a standard."""
    return _affirmed(_TRANSLATION, text, language)


def prevailing_language(text: str, language: str) -> str:
    """Return words that let one language prevail."""
    return _affirmed(_PREVAILING, text, language)


def personal_data(text: str, language: str) -> str:
    """Return words about data of persons."""
    return _first(_PERSONAL, text, language)
