"""Reference numbers of standards: read as people type them, written as their publishers do.

Source: ISO/IEC Directives, Supplement; GB/T 1.1-2020, chapter on numbering; ITU-T A.12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.core.text import clean_code

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－_", "-"))
_INTERNATIONAL = re.compile(
    r"(?:(?P<draft>DIS|FDIS|CD|WD|NP|PRF)\s*)?"
    r"(?P<body>ISO(?:\s*/\s*IEC)?|IEC|IWA)"
    r"(?:\s*/?\s*(?P<type>TS|TR|PAS|GUIDE|DIS|FDIS|CD|WD|NP|AWI))?"
    r"\s*(?P<number>\d{1,6})(?:\s*-\s*(?P<part>(?!(?:19|20)\d\d$)\d{1,3}))?"
    r"(?:\s*[:\-]\s*(?P<year>(?:19|20)\d\d))?(?P<rest>\s*/?\s*(?:AMD|COR)\.?\s*\d+(?::\d{4})?)?",
)
_CHINESE = re.compile(
    r"(?P<body>GB|DB\s*\d{2,6}|JGJ|CJJ|CJ|HJ|YD|SJ|MZ|JT|RB|SB|LB|WS|GA)\s*(?:/\s*(?P<type>T|Z))?"
    r"\s*(?P<number>\d{1,6}(?:\.\d{1,3})?)(?:\s*[:\-]\s*(?P<year>(?:19|20)\d\d))?",
)
_GROUP = re.compile(
    r"T\s*/\s*(?P<body>[A-Z]{2,10})\s*(?P<number>\d{1,6}(?:\.\d{1,3})?)(?:\s*[:\-]\s*(?P<year>20\d\d))?"
)
_ITU = re.compile(
    r"ITU\s*-?\s*T?\s*(?:REC(?:OMMENDATION)?\.?)?\s*(?P<series>[A-Z])\s*\.?\s*(?P<number>\d{1,5}(?:\.\d{1,4})?)"
    r"(?:\s*\(\s*(?P<when>(?:\d{2}\s*/\s*)?(?:19|20)\d\d)\s*\))?",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference number as its publisher writes it; ``recognised`` is False where we keep what was typed."""

    text: str
    recognised: bool


def read(typed: str) -> Reference:
    """Read a reference number; what we don't know is kept as it was typed."""
    plain = clean_code(typed).translate(_DASHES)
    upper = " ".join(plain.upper().split())
    for pattern, write in _FORMS:
        if found := pattern.fullmatch(upper):
            return Reference(write(found.groupdict(default="")), recognised=True)
    return Reference(plain, recognised=False)


def _international(part: dict[str, str]) -> str:
    body = re.sub(r"\s+", "", part["body"])
    kind = part["type"] or part["draft"]
    if kind == "GUIDE":
        kind = "Guide"
    if kind and kind != "Guide" and "/" not in body:
        body = f"{body}/{kind}"
    elif kind:
        body = f"{body} {kind}"
    number = f"{part['number']}-{part['part']}" if part["part"] else part["number"]
    rest = re.sub(r"[\s/.]+", " ", part["rest"]).strip()
    change = f"/{rest[0]}{rest[1:].lower()}" if rest else ""
    return f"{body} {number}{':' + part['year'] if part['year'] else ''}{change}"


def _chinese(part: dict[str, str]) -> str:
    body = re.sub(r"\s+", "", part["body"])
    kind = f"/{part['type']}" if part["type"] else ""
    return f"{body}{kind} {part['number']}{'-' + part['year'] if part['year'] else ''}"


def _group(part: dict[str, str]) -> str:
    return f"T/{part['body']} {part['number']}{'-' + part['year'] if part['year'] else ''}"


def _itu(part: dict[str, str]) -> str:
    when = re.sub(r"\s+", "", part["when"])
    return f"ITU-T {part['series']}.{part['number']}{f' ({when})' if when else ''}"


_FORMS = ((_INTERNATIONAL, _international), (_CHINESE, _chinese), (_GROUP, _group), (_ITU, _itu))

# International harmonized stage codes: the stages, and the substages that ISO Guide 69 gives each of them.
_STAGES = ("00", "10", "20", "30", "40", "50", "60", "90", "95")
_SUBSTAGES = ("00", "20", "60", "92", "93", "98", "99")
_PROJECT = re.compile(r"\d{8}-[TZQ]-\d{3}", re.ASCII)


def is_stage(code: str) -> bool:
    """Tell whether a code is an ISO stage from 00.00 to 95.99."""
    stage, _, substage = code.partition(".")
    return stage in _STAGES and substage in _SUBSTAGES


def is_national_project(number: str) -> bool:
    """Tell whether a number has the shape of a national standards project, such as 20231234-T-469."""
    return bool(_PROJECT.fullmatch(number))
