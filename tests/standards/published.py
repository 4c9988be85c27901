"""Published files of any size, made up: the layout is that of ISO Open Data, the content is nobody's.

``python -m tests.standards.published 80000 FILE`` writes one.  The same seed gives the same file.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from forum.standards.imports.deliverables import HEADING

WORDS = re.findall(
    r"\w+",
    "sustainable cities communities infrastructure indicators resilience mobility water energy data interoperability "
    "testing methods requirements guidance vocabulary systems materials steel plastics rubber textiles ships aircraft "
    "road vehicles safety ergonomics acoustics photography packaging documentation security biometrics cards coding "
    "images audio software engineering quality management environmental soil air health informatics dental medical "
    "devices optics nuclear fasteners bearings gears hydraulic pneumatic welding paints petroleum gas machinery",
)
MOTS = re.findall(r"\w+", "villes durables infrastructures indicateurs résilience eau énergie données essais exigences")
STAGES = (6060, 6060, 6060, 9093, 9093, 9020, 9060, 9092, 9599, 9599, 4020, 4060, 3060, 2000, 1099, 5020, 0)
LANGUAGES = ("['en','fr']", "['en', 'fr']", "['en']", "['en','fr','ru']")
SCOPE = (
    '<p class="MsoBodyText"><span lang="EN-GB">This document specifies {words} for {more}.</span></p>'
    "<!-- [if !supportLists]--><ul><li>{words}<li>{more}</ul><!--[endif]-->"
)


def rows(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield that many rows, all of which can be read."""
    dice = random.Random(seed)
    for at in range(count):
        yield _row(dice, 1000 + at)


def _row(dice: random.Random, number: int) -> list[str]:
    stage = dice.choice(STAGES)
    kind = dice.choice(("IS", "IS", "IS", "IS", "TS", "TR", "PAS"))
    published = stage >= 6060
    year, month, day = dice.randint(1970, 2026), dice.randint(1, 12), dice.randint(1, 28)
    type_words = "" if kind == "IS" else f"/{kind}"
    draft = {40: "/DIS", 50: "/FDIS", 30: "/CD", 20: "/AWI", 10: "/NP", 0: "/PWI"}.get(stage // 100, "")
    reference = f"ISO{type_words if published else draft} {number % 50_000 + 1}"
    reference += f":{year}" if published else ""
    committee = f"ISO/TC {dice.randint(1, 330)}" + (f"/SC {dice.randint(1, 2)}" if dice.random() < 0.6 else "")
    title = " — ".join(_words(dice, WORDS, 3) for _part in range(dice.randint(1, 3)))
    french = " — ".join(_words(dice, MOTS, 3) for _part in range(2)) if dice.random() < 0.7 else ""
    return [
        str(number),
        kind,
        "",
        reference,
        title,
        french,
        f"{year}-{month:02}-{day:02}" if published else "",
        str(dice.randint(1, 5)),
        f"['{dice.randint(1, 99):02}.{dice.randint(1, 240):03}.{dice.randint(1, 99):02}']",
        committee,
        str(stage),
        f"[{number - dice.randint(1, 500)}]" if dice.random() < 0.2 else "",
        f"[{number + dice.randint(1, 500)}]" if stage == 9599 else "",
        dice.choice(LANGUAGES),
        str(dice.randint(1, 400)) if published else "",
        SCOPE.format(words=_words(dice, WORDS, 12), more=_words(dice, WORDS, 30)) if dice.random() < 0.8 else "",
    ]


def _words(dice: random.Random, among: list[str], most: int) -> str:
    return " ".join(dice.choice(among) for _each in range(dice.randint(1, most))).capitalize()


def changed(made: Iterator[list[str]], seed: int, share: float = 0.1) -> Iterator[list[str]]:
    """Yield the same rows a day later: some in a later stage, some with another title, a few gone."""
    dice = random.Random(seed)
    for row in made:
        turn = dice.random()
        if turn < share / 10:
            continue
        if turn < share / 2:
            row[10] = str(dice.choice(STAGES))
        elif turn < share:
            row[4] = f"{row[4]} — revised"
        yield row


def table(made: Iterator[list[str]]) -> bytes:
    """Return rows as a table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows(made)
    return text.getvalue().encode()


def write(path: Path, made: Iterator[list[str]]) -> Path:
    """Write rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows(made)
    return path


if __name__ == "__main__":
    write(Path(sys.argv[2]), rows(int(sys.argv[1])))
