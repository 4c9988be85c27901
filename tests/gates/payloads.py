"""Hostile texts, made here: markup, templates, statements, paths, headers, calendars, formulas and strange letters.

Each carries the mark ``zq7``, so that what became of it can be told from everything else on a page.
Families and their sizes follow goal T13: markup 60, templates 25, statements 40, paths 40, line breaks 20,
calendars 20, formulas 40, Unicode 60.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

MARK = "zq7"


def _take(number: int, texts: Iterator[str]) -> list[str]:
    found = list(dict.fromkeys(texts))
    if len(found) < number:
        message = f"only {len(found)} different texts, {number} are wanted"
        raise ValueError(message)
    return found[:number]


def _markup() -> Iterator[str]:
    elements = ["script>alert(1)</script", "img src=x onerror=alert(1)", "svg/onload=alert(1)", "b", "style>*{}</style"]
    outs = ["", '">', "'>", "-->", "</textarea>", "</title>", "</script>", "]]>", "`>", "</select>"]
    for out, element in product(outs, elements):
        yield f"{out}<{MARK} {MARK}=1><{element}>"
    for quote in ('"', "'", "`"):
        yield f"{quote} {MARK}=1 onfocus=alert(1) autofocus x={quote}"
        yield f"{quote}/{MARK}=1/onmouseover={quote}alert(1)"
    yield from (f"javascript:alert('{MARK}')", f"JaVaScRiPt&colon;alert('{MARK}')", f"data:text/html,<{MARK} {MARK}=1>")
    yield from (f"<a href=javascript:{MARK}>x</a>", f"<iframe srcdoc='<{MARK} {MARK}=1>'>", f"<{MARK}\x0b{MARK}=1>")
    yield from (
        f"&lt;{MARK} {MARK}=1&gt;<{MARK}>",
        f"\\u003c{MARK}\\u003e<{MARK} {MARK}=1>",
        f"<!--#exec {MARK}--><{MARK}>",
    )


def _templates() -> Iterator[str]:
    sums = ["7*191", "config", "self.__init__.__globals__", "''.__class__.__mro__[1]", "request.environ"]
    frames = ["{{%s}}", "{%% print(%s) %%}", "${%s}", "#{%s}", "<%%=%s%%>"]
    for frame, text in product(frames, sums):
        yield MARK + frame % text
    yield from (f"{MARK}%(name)s", f"{MARK}%s%s%n", f"{MARK}{{0.__class__}}", f"{MARK}%%(x)d %", f"{MARK}{{}}{{0}}")


def _statements() -> Iterator[str]:
    tails = [
        "OR 1=1",
        "OR 'a'='a",
        "UNION SELECT 1,2,3",
        "; DROP TABLE forum",
        "AND SLEEP(0)",
        "; --",
        "/*",
        "LIKE '%'",
    ]
    for quote, tail in product(["'", '"', "')", "\\'", "`"], tails):
        yield f"{MARK}{quote} {tail} -- "
    yield from (f"{MARK}%_\\", f"{MARK} NEAR/0 OR NOT *", f'{MARK}" OR title:*', f"{MARK}*", f"^{MARK}:(")


def _paths() -> Iterator[str]:
    ups = ["../", "..\\", "%2e%2e/", "..%2f", "....//", "/../", "\\\\host\\", "file:///", "..%c0%af", "//"]
    for up, target in product(ups, ["etc/passwd", "forum.db", f"{MARK}\x00.png", "C:\\boot.ini"]):
        yield f"{up * 3}{target}{MARK}"


def _line_breaks() -> Iterator[str]:
    for end, header in product(
        ["\r\n", "\n", "\r", "%0d%0a", "\u2028"],
        ["X-Zq7: 1", "Set-Cookie: zq7=1", "Bcc: zq7@example.org", "\r\n<zq7 zq7=1>"],
    ):
        yield f"{MARK}{end}{header}"


def _calendars() -> Iterator[str]:
    lines = [
        "END:VEVENT",
        "BEGIN:VEVENT",
        "ATTENDEE:mailto:zq7@example.org",
        "X-ZQ7:1",
        "URL:javascript:zq7",
        "BEGIN:VALARM",
        "RRULE:FREQ=SECONDLY",
        "END:VCALENDAR",
        "UID:zq7",
        "STATUS:CANCELLED",
    ]
    for end, line in product(["\r\n", "\\n\r\n "], lines):
        yield f"{MARK}{end}{line}"


def _formulas() -> Iterator[str]:
    starts = ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠"]
    for start, call in product(
        starts, ["cmd|' /C calc'!A0", 'HYPERLINK("https://zq7.example","x")', "1+1+zq7", "SUM(zq7)"]
    ):
        yield f"{start}{call}"


def _strange_letters() -> Iterator[str]:
    singles = [
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200d",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u061c",
        "\ufff9",
        "\U000e0041",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufffd",
        "\uffff",
        "\U0010ffff",
    ]
    yield from (f"{MARK}{letter}{MARK}" for letter in singles)
    yield from (f"{letter * 40}{MARK}" for letter in singles[:10])
    words = [
        "مرحبا بالعالم",
        "שלום עולם",
        "Łódź",
        "Þórr",
        "İstanbul ı",
        "ﬁﬂﬃ",
        "Ⅷ㈱㍿",
        "𝔽𝕠𝕣𝕦𝕞",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "नमस्ते",
        "ไทยไทย",
        "ʼNguyễn",
        "O’Neill",
        "Z̷̢̛a̴͔l̵g̶o̸",
        "pаypаl",
        "ａｂｃ１２３",
        "㊙㊗",
        "𠀀𠮷𡈽",
        "国國囯",
        "ß ẞ ﬀ",
    ]
    yield from (f"{word}{MARK}" for word in words)
    yield from (f"{MARK}{letter * 3000}" for letter in ("A", "城", "👩", "\u0301", " x"))
    yield from (f"{word * 60}{MARK}" for word in words[:5])


FAMILIES: dict[str, list[str]] = {
    "markup": _take(60, _markup()),
    "templates": _take(25, _templates()),
    "statements": _take(40, _statements()),
    "paths": _take(40, _paths()),
    "line breaks": _take(20, _line_breaks()),
    "calendars": _take(20, _calendars()),
    "formulas": _take(40, _formulas()),
    "Unicode": _take(60, _strange_letters()),
}
EVERY = [text for family in FAMILIES.values() for text in family]


def endless(seed: int) -> Iterator[str]:
    """Every hostile text again and again, each round in another order."""
    dice = random.Random(seed)
    while True:
        round_ = EVERY.copy()
        dice.shuffle(round_)
        yield from round_
