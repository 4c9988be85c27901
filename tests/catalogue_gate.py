"""The catalogue gate: every English sentence of the product stands in the Chinese catalogue, whole and sound.

``python -m tests.catalogue_gate`` gathers the messages of code and templates anew and compares them with
``translations/zh/LC_MESSAGES/messages.po``. It says every finding and fails on the first.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CHINESE = ROOT / "translations" / "zh" / "LC_MESSAGES" / "messages.po"

# Written alike in both languages: standards bodies, formats, names of software, addresses.
ALIKE = re.compile(
    r"(?i)\b(?:argon2id|csv|docx|english|frab|github|html|https|iana|ical(?:endar)?|iec|iso|itu|json|latin|linux|"
    r"pdf|postgresql|pptx|python|redis|schedule\.xml|schedule\.json|smtp|sqlite|totp|unicode|wikidata|xlsx|xml)\b"
)
_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
_BARE_PERCENT = re.compile(r"%(?!\(\w+\)[a-z]|%)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\b\w+(?:\.\w+)+\b")
_WORD = re.compile(r"[A-Za-z]{4,}")
_HALF_WIDTH = re.compile(rf"[{_HAN}][,;:!?]|[{_HAN}]\.(?:\s|$)|[{_HAN}]\([{_HAN}]")
_BLANK = re.compile(rf"[{_HAN}] +[A-Za-z0-9%]|[A-Za-z0-9] +[{_HAN}]")
Key = tuple[str, str]


def gathered() -> Catalog:
    """The messages of code and templates as they are now."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        subprocess.run([sys.executable, str(ROOT / ".make" / "catalogue.py"), "extract", str(target)], check=True)
        return read(target, "en")


def read(path: Path, language: str = "zh") -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def key_of(message: Message) -> Key:
    """What tells a message from every other: its context and its English words."""
    return message.context or "", english_of(message)[0]


def english_of(message: Message) -> tuple[str, ...]:
    """The English forms of a message: one, or one and many."""
    return tuple(map(str, message.id)) if isinstance(message.id, (tuple, list)) else (str(message.id),)


def chinese_of(message: Message) -> tuple[str, ...]:
    """The Chinese forms of a message: always one."""
    return tuple(map(str, message.string)) if isinstance(message.string, (tuple, list)) else (str(message.string),)


def findings(template: Catalog, catalogue: Catalog) -> list[str]:
    """Everything that is wrong with a catalogue, in the order of the messages."""
    wanted = {key_of(message): message for message in template if message.id}
    present = {key_of(message): message for message in catalogue if message.id}
    found = [f"missing: {key[1]!r}" for key in wanted if key not in present]
    left_over = [key_of(message) for message in catalogue.obsolete.values()]
    found += [f"obsolete: {key[1]!r}" for key in [*left_over, *(key for key in present if key not in wanted)]]
    for key in wanted.keys() & present.keys():
        found += [f"{fault}: {key[1]!r} → {chinese_of(present[key])[0]!r}" for fault in faults(present[key])]
    return sorted(found)


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    english, chinese = english_of(message), chinese_of(message)
    if not chinese or not all(chinese):
        yield "untranslated"
        return
    if message.fuzzy:
        yield "fuzzy"
    # A plural's English forms differ in what they name; Chinese has the many's form for each number.
    names = set(_PLACEHOLDER.findall(english[-1]))
    for words in chinese:
        if set(_PLACEHOLDER.findall(words)) != names or _BARE_PERCENT.search(words):
            yield "placeholders"
        if sorted(_TAG.findall(words)) != sorted(_TAG.findall(english[-1])):
            yield "tags"
        if not re.search(f"[{_HAN}]", words) and _foreign_words(english[-1]):
            yield "not Chinese"
        if _HALF_WIDTH.search(_TAG.sub("", words)):
            yield "half-width punctuation"
        if _BLANK.search(_PLACEHOLDER.sub("", words)):
            yield "blank between Chinese and Latin"


def _foreign_words(english: str) -> list[str]:
    return _WORD.findall(ALIKE.sub(" ", _ADDRESS.sub(" ", _TAG.sub(" ", _PLACEHOLDER.sub(" ", english)))))


def main() -> int:
    """Say every finding; 0 when there is none."""
    template = gathered()
    found = findings(template, read(CHINESE)) if CHINESE.exists() else [f"there is no {CHINESE.name}"]
    for finding in found:
        print(finding)
    print(f"{len(template)} messages, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
