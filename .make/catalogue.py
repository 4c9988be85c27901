"""The Chinese catalogue: gather the messages of the code, and bring the translations together.

``catalogue.py extract FILE`` writes the messages of code and templates; ``catalogue.py merge`` brings
``translations/<language>/LC_MESSAGES/messages.po`` up to date, taking in what authors left in
``translations/parts/*.po``. The catalogue is sorted and names no line of code, so that a change of one
sentence is a change of one entry. A changed English sentence is a new one: a guessed Chinese text would look
reviewed and not be.
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "translations"
KEYWORDS = ("_l", "N_", "P_:1c,2", "_n:1,2", "lazy_ngettext:1,2")
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: {language}\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: {plural_forms}\\n"\n'
)
Key = tuple[str, str]
Words = str | tuple[str, ...]


def extract(target: Path) -> None:
    """Write every message of code and templates to a file."""
    CommandLineInterface().run(
        [
            "pybabel",
            "--quiet",
            "extract",
            f"--mapping={ROOT / 'pyproject.toml'}",
            *(f"--keyword={keyword}" for keyword in KEYWORDS),
            "--add-comments=Translators:",
            "--no-location",
            "--sort-output",
            "--omit-header",
            f"--output={target}",
            str(ROOT),
        ]
    )


def read(path: Path, language: str = "zh") -> Catalog:
    """Read a catalogue; a line that isn't one stops the reading."""
    with path.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def key_of(message: Message) -> Key:
    """What tells a message from every other: its context and its English words."""
    english = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return message.context or "", str(english)


def words_of(message: Message) -> tuple[str, ...]:
    """The translated forms of a message: one, or one for each number."""
    text = message.string
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text),)


def is_translated(message: Message) -> bool:
    """Whether every form has words."""
    words = words_of(message)
    return bool(words) and all(words)


def gather(template: Catalog, sources: list[tuple[str, Catalog]], language: str) -> tuple[Catalog, list[str]]:
    """Return the catalogue with the words of the sources, earlier ones first, and remarks on it."""
    known: dict[Key, tuple[str, tuple[str, ...]]] = {}
    remarks: list[str] = []
    for name, source in sources:
        for message in source:
            if not message.id or not is_translated(message):
                continue
            key, words = key_of(message), words_of(message)
            first, kept = known.setdefault(key, (name, words))
            if kept != words and kept[0] != words[0]:
                remarks.append(f"two translations: {key[1]!r}")
                remarks += [f"    {first}: {kept[0]}", f"    {name}: {words[0]}"]
    merged = Catalog(locale=language)
    used: set[Key] = set()
    for message in template:
        if not message.id:
            continue
        key = key_of(message)
        used.add(key)
        words = known.get(key, ("", ("",)))[1]
        text: Words = words[:1] if isinstance(message.id, (tuple, list)) else words[0]
        comments = message.auto_comments
        merged.add(message.id, text, flags=message.flags, auto_comments=comments, context=message.context)
        if not all(words):
            remarks.append(f"not translated: {key[1]!r}")
    remarks += [f"no longer in the code: {key[1]!r} ({known[key][0]})" for key in sorted(known.keys() - used)]
    return merged, remarks


def write(catalogue: Catalog, target: Path, language: str) -> None:
    """Write a catalogue, sorted, under the short header of the house."""
    body = BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.write_bytes(header.encode() + b"\n" + body.getvalue())
    draft.replace(target)


def merge(language: str = "zh") -> list[str]:
    """Bring one language's catalogue up to date and return what there is to say of it."""
    target = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with tempfile.TemporaryDirectory() as folder:
        gathered = Path(folder) / "messages.pot"
        extract(gathered)
        template = read(gathered, "en")
    # What an author has just left is newer than what was gathered before.
    sources = [(part.name, read(part)) for part in sorted((TRANSLATIONS / "parts").glob("*.po"))]
    sources += [(target.name, read(target))] if target.exists() else []
    catalogue, remarks = gather(template, sources, language)
    write(catalogue, target, language)
    missing = sum(remark.startswith("not translated") for remark in remarks)
    total = sum(1 for message in catalogue if message.id)
    return [*remarks, f"{target.relative_to(ROOT)}: {total} messages, {missing} not translated"]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["extract", file]:
            extract(Path(file))
        case ["merge"]:
            print("\n".join(merge()))  # noqa: T201 - a command that reports on the terminal
        case _:
            sys.exit(__doc__)
