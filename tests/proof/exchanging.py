"""Memories, glossaries and files of a bureau: read back, as other tools would write them, broken, hostile."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from forum.ports.exchange import tbx, tmx, xliff
from forum.ports.exchange.errors import ExchangeRefused
from forum.ports.exchange.tbx import TbxConcept, TbxTerm, UnreadableTbx
from forum.ports.exchange.tmx import TmxUnit
from forum.ports.exchange.xliff import Inline, Note, SegmentState, Xliff, XliffFile, XliffSegment, XliffUnit
from tests.ports.exchange import test_tbx, test_tmx, test_xliff
from tests.translation.silence import trapped

PATIENCE = 2.0  # seconds for a file that is refused
TOOL = {"tool": "Forum", "version": "1"}
PIECES = (
    *("ISO 37101", "GB/T 36749-2018", "resilient city", "韧性城市", "标准", "\n", "  ", "<b>", "&amp;", "]]>", "&lt;"),
    *(
        "%(name)s",
        "{0}",
        '"',
        "'",
        "«Ville»",
        "𠀀",
        "👩‍👩‍👧",
        "مدينة",
        "e\u0301",
        "\t",
        "\u00a0",
        "http://a.example/?x=1&y=2",
    ),
)


@dataclass(frozen=True)
class Format:
    """One format: how something is made up, written, checked against its grammar and read."""

    name: str
    make: Callable[[random.Random], Any]
    write: Callable[[Any], bytes]
    valid: Callable[[bytes], bool]
    read: Callable[[bytes], Any]


@dataclass
class Outcome:
    """What came of the files."""

    written: int = 0
    alike: int = 0  # written as other tools do, and read as the same
    broken: Counter[str] = field(default_factory=Counter)  # read after all, or refused
    hostile: int = 0
    longest: float = 0.0  # seconds until a hostile file was refused
    faults: list[str] = field(default_factory=list)


def words(dice: random.Random) -> str:
    """A text that holds what files break on."""
    return "".join(dice.choices(PIECES, k=dice.randint(1, 8))) + dice.choice(("城市", "city"))


def _memory(dice: random.Random) -> Any:
    return tuple(
        TmxUnit((("en", words(dice)), ("zh", words(dice))), f"u{number}", (words(dice),) * dice.randint(0, 1))
        for number in range(dice.randint(1, 6))
    )


def _glossary(dice: random.Random) -> Any:
    def terms() -> tuple[TbxTerm, ...]:
        found = [
            TbxTerm(dice.choice(("en", "zh")), _line(dice), dice.choice(("", *tbx.STATUSES)), source=_line(dice))
            for _each in range(dice.randint(1, 4))
        ]
        return tuple(sorted(found, key=lambda term: term.lang))

    return tuple(TbxConcept(id=f"c{number}", terms=terms()) for number in range(dice.randint(1, 4)))


def _line(dice: random.Random) -> str:
    return " ".join(words(dice).split())


def _bureau(dice: random.Random) -> Any:
    def segment(number: int) -> XliffSegment:
        source = (words(dice), Inline("ph", (("dataRef", "d1"), ("id", "1"))), words(dice))
        target = dice.choice((None, (), (words(dice),), source))
        return XliffSegment(source, target, dice.choice(list(SegmentState)), f"s{number}")

    units = tuple(
        XliffUnit(
            f"u{number}",
            tuple(segment(place) for place in range(dice.randint(1, 3))),
            words(dice),
            (Note(words(dice), "context"),),
            (("d1", words(dice)),),
        )
        for number in range(dice.randint(1, 4))
    )
    return Xliff("en", "zh", (XliffFile("f1", units, "forum"),))


FORMATS = (
    Format(
        "TMX",
        _memory,
        lambda made: tmx.encode(made, **TOOL),
        lambda content: test_tmx.DTD_OF_TMX.validate(etree.fromstring(content)),
        lambda content: tmx.read(content).units,
    ),
    Format(
        "TBX",
        _glossary,
        lambda made: tbx.write(made, "Glossary", "https://forum.test/en/glossary/"),
        lambda content: test_tbx.GRAMMAR.validate(etree.fromstring(content)),
        lambda content: tuple(tbx.read(content)),
    ),
    Format(
        "XLIFF",
        _bureau,
        xliff.encode,
        lambda content: test_xliff.GRAMMAR.validate(etree.fromstring(content)),
        xliff.read,
    ),
)
SIGNS = (b"&x;", b"<", b">", b"\0", b"</", b"<!--", b"]]>", b"\xff", b'"', b"<!DOCTYPE a>")
REFUSALS = (ExchangeRefused, UnreadableTbx)


def trial(files: int, seed: int) -> Outcome:
    """Make that many files of each format, and of each one that is written otherwise and two that are broken."""
    dice, outcome = random.Random(seed), Outcome()
    with trapped() as spoken:
        for kind in FORMATS:
            for _turn in range(files):
                made = kind.make(dice)
                content = kind.write(made)
                outcome.written += 1
                if not kind.valid(content) or kind.read(content) != made:
                    outcome.faults.append(f"{kind.name} didn't come back: {content[:300]!r}")
                other = as_others_write(content, dice)
                try:
                    outcome.alike += kind.read(other) == made
                except REFUSALS as refused:
                    outcome.faults.append(f"{kind.name} of another tool: {refused}: {other[:300]!r}")
                for _each in range(2):
                    _try(kind, broken(content, dice), outcome)
            for name, content in hostile(kind.write(kind.make(dice))):
                begun = time.perf_counter()
                try:
                    kind.read(content)
                    outcome.faults.append(f"{kind.name} took {name}")
                except REFUSALS:
                    outcome.hostile += 1
                outcome.longest = max(outcome.longest, time.perf_counter() - begun)
    outcome.faults += [f"asked for {address}" for address in spoken]
    return outcome


def _try(kind: Format, content: bytes, outcome: Outcome) -> None:
    try:
        kind.read(content)
        outcome.broken["read"] += 1
    except REFUSALS as refused:
        outcome.broken["refused"] += 1
        if "%(" in str(refused):
            outcome.faults.append(f"{kind.name} refused without its facts: {refused}")
    except Exception as fault:  # noqa: BLE001 - whatever else it is, it is a fault
        outcome.faults.append(f"{kind.name} broke: {type(fault).__name__}: {content[:300]!r}")


def as_others_write(content: bytes, dice: random.Random) -> bytes:
    """The same file with other tags of the languages, names and notes of a tool, another encoding."""
    text = content.decode("utf-8")
    spellings = {"en": ("en", "en-US", "EN_gb"), "zh": ("zh", "zh-CN", "zh_Hans", "zh-Hans-CN", "cmn", "ZH-cn")}

    def spelled(found: re.Match[str]) -> str:
        language = "en" if found.group(2).startswith("en") else "zh"
        return f'{found.group(1)}="{dice.choice(spellings[language])}"'

    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    body = re.sub(r'(xml:lang|srcLang|trgLang|srclang)="([^"]+)"', spelled, body)
    body = re.sub(r"^(\s*<[\w:]+)", r'\1 xmlns:m="urn:another:tool" m:made="by it"', body, count=1)
    body = re.sub(r"<(tu|conceptEntry|unit)\b", r'<\1 m:key="1"', body)
    note = "<!-- saved by another tool --><?another tool?>"
    body = f"{note}{body}\n<!-- end -->"
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16"))
    declared = {"utf-16": "UTF-16"}.get(encoding, "UTF-8")
    return f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>\n{body}'.encode(encoding)


def broken(content: bytes, dice: random.Random) -> bytes:
    """The file with some of its bytes changed, taken out, doubled or cut off."""
    made = bytearray(content)
    for _each in range(dice.randint(1, 3)):
        at = dice.randrange(len(made))
        kind = dice.randrange(9)
        if kind in {0, 5, 6, 7}:
            made[at] = dice.randrange(256)
        elif kind in {1, 8}:
            del made[at : at + dice.randint(1, 30)]
        elif kind == 2:
            made[at:at] = made[at : at + dice.randint(1, 60)]
        elif kind == 3:
            made[at:at] = dice.choice(SIGNS)
        else:
            del made[max(at, 1) :]
        if not made:
            break
    return bytes(made)


def hostile(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Files that are made to fill the memory, to read others, or to call somewhere, in the clothes of this one."""
    text = content.decode("utf-8")
    body = (text.partition("?>")[2] if text.startswith("<?xml") else text).lstrip()
    root = re.match(r"<([\w:]+)", body)
    assert root is not None
    name, word = root.group(1), "城市" if "城市" in body else "city"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for told, declared, used in (
        ("a billion laughs", f'<!ENTITY l0 "ha">{laughs}', "&l9;"),
        ("a quadratic bomb", f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 1000),
        ("a file of the house", '<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        ("an address", '<!ENTITY a SYSTEM "http://127.0.0.1:9/x">', "&a;"),
        ("a declaration from elsewhere", '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;', ""),
        ("an attribute for all", f'<!ATTLIST {name} a CDATA "b">', ""),
    ):
        yield told, f"<!DOCTYPE {name} [{declared}]>{body.replace(word, used or word)}".encode()
    yield (
        "a file from elsewhere",
        f'<!DOCTYPE {name} SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a "b">]>{body}'.encode(),
    )
    yield "depth", (f"<{name}>" * 100_000).encode()
    yield "length", body.encode() + b" " * 11_000_000
    yield "nothing", b""
    yield "bytes", bytes(range(256)) * 40
    yield "another alphabet", f'<?xml version="1.0" encoding="utf-7"?>{body}'.encode()
    yield "a packed file", b"\x1f\x8b\x08\x00" + b"\0" * 100
    yield "a page", b"<!doctype html><html><body>502</body></html>"
