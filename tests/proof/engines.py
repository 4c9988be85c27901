"""Machine drafts through an engine that damages tokens in ten known ways, and through workers that are killed.

The texts are made here with things that must survive; whether a draft holds them is counted without the product's own
patterns. A damage is caught when the draft was mended or refused: what is written holds each thing as often as its
source does.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select, update

from forum.audit.models import AuditEntry
from forum.core.actor import Actor
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import Scope
from forum.drafting.operations.asking import ask_for
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.performing import perform_due
from forum.events.models import Forum, PracticalSection
from forum.ports.engines.calling import Caller
from forum.ports.engines.choosing import EngineFacts
from forum.ports.engines.libre import LibreEngine
from tests.proof.ground import ROOT, SLUG, Ground, open_forum
from tests.translation.libre import Server, libre

PLENTY = Allowance(rate=1_000_000, budget=0)
SET = EngineFacts("libretranslate", "127.0.0.1", outside=True)
REFERENCES = (
    "ISO/TC 268/SC 1/WG 2",
    "ISO/TS 37107:2019/Amd 1:2021",
    "ITU-T Y.4900/L.1600",
    "GB/T 36749-2018",
    "GB/T 28039—2011",
    "ISO 37120:2018",
    "IEC 60050-831",
    "SAC/TC 567",
)
MARKUP = ("<b>{}</b>", "[{}](https://forum.example/{n})", "<em>{}</em>", "`code{n}`")
PLACEHOLDERS = ("%(name{n})s", "{{{{ city{n} }}}}", "{{place{n}}}", "%%", "&nbsp;")
ADDRESSES = ("https://forum.example/a?b={n}&c=1", "office{n}@forum.example")
CITATIONS = ("[{n}]", "【{n}】", "〔{n}〕")
WORDS = (
    *("the", "city", "council", "welcomes", "every", "delegation", "to", "its", "resilient", "and"),
    *("open", "quarter", "with", "care"),
)
HAN = "城市代表团欢迎韧性社区标准合作论坛"
LABEL = re.compile(r"text(\d+)")
TOKEN = re.compile(r"⟦(\d+)⟧")
SPAN = re.compile(r"<span translate=\"no\" id=\"t(\d+)\">⟦\d+⟧</span>")


@dataclass(frozen=True)
class Sample:
    """A text, and what must be in its draft as often as in it."""

    text: str
    things: tuple[str, ...]

    def is_whole_in(self, draft: str) -> bool:
        """Count, without any pattern of the product."""
        return all(draft.count(thing) == self.text.count(thing) for thing in self.things)


def sample(dice: random.Random, label: int) -> Sample:
    """A text of mixed scripts with two to six protected things; each of its lines names it by a word with a number."""
    things: list[str] = []
    parts: list[str] = []
    for _each in range(dice.randint(2, 6)):
        number = dice.randint(1, 900)
        kind = dice.choice((REFERENCES, REFERENCES, MARKUP, PLACEHOLDERS, ADDRESSES, CITATIONS))
        form = dice.choice(kind)
        words = " ".join(dice.choices(WORDS, k=dice.randint(1, 3)))
        if kind is MARKUP and "{}" in form:
            made = form.format(words, n=number)
            before, _words, after = made.partition(words)
            things += [thing for thing in (before, after) if thing != "["]
        else:
            made = form if kind is REFERENCES else form.format(n=number)
            things.append(made)
        filler = " ".join(dice.choices(WORDS, k=dice.randint(2, 6)))
        parts.append(f"{filler} text{label} {made}")
        if dice.random() < 0.4:
            parts.append("".join(dice.choices(HAN, k=dice.randint(2, 8))))
    glue = dice.choice((". ", ", ", " and ", ".\n"))
    return Sample(glue.join(parts) + ".", tuple(dict.fromkeys(things)))


Damage = Callable[[list[str], random.Random], list[str]]


def _one(change: Callable[[str], str]) -> Damage:
    def damage(tokens: list[str], dice: random.Random) -> list[str]:
        at = dice.randrange(len(tokens))
        return [*tokens[:at], change(tokens[at]), *tokens[at + 1 :]]

    return damage


def _number(token: str) -> str:
    found = re.search(r"\d+", token)
    return found.group() if found else ""


def _swapped(tokens: list[str], dice: random.Random) -> list[str]:
    if len(tokens) < 2:
        return [""]
    one, two = dice.sample(range(len(tokens)), 2)
    made = list(tokens)
    made[one], made[two] = made[two], made[one]
    return made


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
WAYS: dict[str, Damage] = {
    "dropped": _one(lambda _token: ""),
    "doubled": _one(lambda token: f"{token} {token}"),
    "other number": _one(lambda token: re.sub(r"\d+", lambda found: str(int(found.group()) + 1), token)),
    "round brackets": _one(lambda token: f"（{_number(token)}）"),
    "half a bracket": _one(lambda token: token[:-1] if token.endswith("⟧") else token.replace("</span>", "")),
    "number in words": _one(lambda _token: "⟦三⟧"),
    "other brackets": _one(lambda token: f"【{_number(token)}】"),
    "blanks": _one(lambda token: f"⟦ {_number(token)} ⟧"),
    "wide figures": _one(lambda token: f"⟦{_number(token).translate(_WIDE)}⟧"),
    "swapped": _swapped,
}


def way_of(label: int) -> str:
    """The one way in which a text is damaged."""
    return sorted(WAYS)[label % len(WAYS)]


def damaging(seed: int, tally: Counter[int]) -> Callable[[str, str, bool], str]:
    """An engine that translates the words and damages the tokens of most lines, each text in one of the ten ways.

    What is sent a second time, as HTML, is damaged again as often as not.  ``tally`` counts damages by text.
    """

    def speak(text: str, _target: str, as_html: bool) -> str:
        dice = random.Random(f"{seed}:{text}")
        pattern = SPAN if as_html else TOKEN
        tokens = [found.group() for found in pattern.finditer(text)]
        rest = [f"译{part}" if any(sign.isalpha() for sign in part) else part for part in pattern.split(text)[::2]]
        label = LABEL.search(text)
        if tokens and label is not None and dice.random() < (0.5 if as_html else 0.8):
            number = int(label.group(1))
            tally[number] += 1
            tokens = WAYS[way_of(number)](tokens, dice)
        woven = [part for pair in zip(rest, [*tokens, ""], strict=False) for part in pair]
        return "".join(woven)

    return speak


@dataclass
class Outcome:
    """What a trial came to."""

    texts: int = 0
    damages: Counter[str] = field(default_factory=Counter)  # by the way
    damaged: Counter[str] = field(default_factory=Counter)  # texts that met one, by the way
    mended: Counter[str] = field(default_factory=Counter)  # of those, written whole
    written: int = 0
    refused: int = 0
    written_with_loss: list[str] = field(default_factory=list)
    seconds: float = 0.0
    calls: int = 0

    @property
    def by_kind(self) -> str:
        """Each way: how many texts were damaged so, and how many of them were mended; the others were refused."""
        return ", ".join(f"{way} {self.damaged[way]:,} ({self.mended[way]:,} mended)" for way in sorted(WAYS))


def furnish(texts: list[str]) -> list[str]:
    """An announced forum with a section for each text, all asked for; commits, and returns the sections' ids."""
    now = system_clock()
    forum = open_forum(None, now)
    begin_writing()
    rows = [PracticalSection(forum_id=forum.id, title_zh="说明", body_en=text) for text in texts]
    session.add_all(rows)
    session.flush()
    names = [row.public_id for row in rows]
    forum = session.scalars(select(Forum).where(Forum.slug == SLUG)).one()
    asked = ask_for(Scope.of_forum(forum), engine=SET, actor=Actor("account:trial"), now=now, only="body")
    assert asked.queued == len(texts)
    session.commit()
    return names


def damage_trial(ground: Ground, texts: int, seed: int) -> Outcome:
    """Draft that many texts through the damaging engine, to the end."""
    dice, outcome = random.Random(seed), Outcome(texts)
    samples, tally = [sample(dice, number) for number in range(texts)], Counter[int]()
    with ground.application().app_context(), libre(speak=damaging(seed, tally)) as server:
        names = furnish([each.text for each in samples])
        begun = time.monotonic()
        engine = LibreEngine(Caller(f"{server.url}/translate"), "127.0.0.1")
        while perform_due(system_clock() + timedelta(seconds=1), engine, allowance=PLENTY) or _open():
            continue
        outcome.seconds, outcome.calls = time.monotonic() - begun, len(server.got)
        bodies = {row.public_id: row.side("body", "zh") for row in session.scalars(select(PracticalSection))}
        jobs = {job.entity_id: job for job in session.scalars(select(TranslationJob))}
        for number, (name, each) in enumerate(zip(names, samples, strict=True)):
            outcome.damages[way_of(number)] += tally[number]
            outcome.damaged[way_of(number)] += bool(tally[number])
            outcome.mended[way_of(number)] += bool(tally[number] and bodies[name])
            if bodies[name]:
                outcome.written += 1
                if not each.is_whole_in(bodies[name]) or jobs[name].state is not JobState.DONE:
                    outcome.written_with_loss.append(each.text)
            else:
                outcome.refused += jobs[name].state is JobState.FAILED and jobs[name].error.startswith("lost: ")
        session.rollback()
        session.remove()
    return outcome


def _open() -> int:
    session.rollback()
    waiting = (JobState.QUEUED, JobState.RUNNING)
    number = session.scalar(select(func.count()).select_from(TranslationJob).where(TranslationJob.state.in_(waiting)))
    session.rollback()
    return number or 0


WORKER = """
from forum import config
from forum.application import create_app
from forum.core.clock import system_clock
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.performing import perform_due
from forum.ports.engines.choosing import engine_from
settings = config.from_environment()
app = create_app(settings)
engine = engine_from(settings)
with app.app_context():
    print("ready", flush=True)
    while True:
        perform_due(system_clock(), engine, allowance=Allowance(1_000_000, 0))
"""


@dataclass
class Kills:
    """What a trial with killed workers came to."""

    texts: int = 0
    kills: int = 0
    lost: int = 0
    written_twice: int = 0
    wrong: int = 0
    failed: int = 0
    sent: int = 0


def kill_trial(ground: Ground, texts: int, kills: int, seed: int) -> Kills:
    """Draft that many texts while two workers are killed again and again, at any moment of their work."""
    outcome, dice = Kills(texts), random.Random(seed)

    def speak(text: str, _target: str, _html: bool) -> str:
        time.sleep(0.01)  # long enough to be killed in
        return f"译{text}"

    with ground.application().app_context(), libre(speak=speak) as server:
        wanted = [f"Section {number} follows ISO 37101" for number in range(texts)]
        names = furnish(wanted)
        while outcome.kills < kills and _open():
            workers = [_worker(ground, server), _worker(ground, server)]
            time.sleep(dice.uniform(0.02, 0.6))
            for worker in workers:
                _end(worker, signal.SIGKILL)
                outcome.kills += 1
            _end_leases()
        last = _worker(ground, server)
        deadline = time.monotonic() + 120
        while _open() and time.monotonic() < deadline:
            time.sleep(0.1)
        _end(last, signal.SIGTERM)
        session.rollback()
        bodies = {row.public_id: row.side("body", "zh") for row in session.scalars(select(PracticalSection))}
        written = Counter(session.scalars(select(AuditEntry.object_id).where(AuditEntry.action == "draft_translation")))
        states = Counter(session.scalars(select(TranslationJob.state)))
        outcome.lost = sum(not bodies[name] for name in names)
        outcome.wrong = sum(bodies[name] not in {"", f"译{text}"} for name, text in zip(names, wanted, strict=True))
        outcome.written_twice = sum(count - 1 for count in written.values())
        outcome.failed = texts - states[JobState.DONE]
        outcome.sent = len(server.texts)
        session.rollback()
        session.remove()
    return outcome


def _worker(ground: Ground, server: Server) -> subprocess.Popen[bytes]:
    engine = {"FORUM_TRANSLATION_ENGINE": "libretranslate", "FORUM_LIBRETRANSLATE_URL": server.url}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ground.environment(**engine)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _end_leases() -> None:
    """Let the time of the leases pass; a try that a kill cost is given back, for we kill more often than machines."""
    begin_writing()
    session.execute(
        update(TranslationJob)
        .where(TranslationJob.state == JobState.RUNNING)
        .values(lease_until=system_clock() - timedelta(seconds=1), tries=0)
    )
    session.commit()
