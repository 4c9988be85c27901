"""The acceptance calculator against an oracle written from the clauses with whole numbers alone.

``python -m tests.proof.calculator 10000 1`` tries so many random ballots and every boundary.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forum.ballots.rules import terms
from forum.ballots.rules.acceptance import Flag, Tallies, Tally, reckon

RULES = {one["kind"]: terms.read(one["terms"]) for one in terms.defaults()["rules"]}
KINDS = ("dis", "fdis", "cdv", "np", "dts", "dtr", "dpas", "sr", "cib", "npos")
_FAILED = {
    "dis": ["40.92", "40.93", "40.98"],
    "cdv": ["40.92", "40.93", "40.98"],
    "np": ["10.92", "10.98"],
    "sr": ["90.92", "90.93", "90.99"],
    "cib": [],
    "npos": [],
}
_PASSED = {"dis": "40.99", "cdv": "40.99", "np": "10.99"}


def oracle(kind: str, said: Tallies) -> tuple[str, list[str], bool]:
    """Return outcome, lawful decisions and whether leaving out votes decided, by cross-multiplication."""
    first = _outcome(kind, said, strike=True)
    decided = first != _outcome(kind, said, strike=False)
    lawful = list(_FAILED.get(kind, ["50.92", "50.98"]))
    if first == "approved" and kind not in {"cib", "npos"}:
        lawful.append(_PASSED.get(kind, "50.99"))
    return first, lawful, decided


def _outcome(kind: str, said: Tallies, *, strike: bool) -> str:  # noqa: C901, PLR0911 - one clause after another
    strike = strike and kind in {"dis", "fdis", "cdv", "dts", "dtr", "dpas"}
    p_yes, p_no = _sides(said.p, strike=strike)
    yes = no = 0
    for one in (said.p, said.o, said.other):
        more_yes, more_no = _sides(one, strike=strike)
        yes, no = yes + more_yes, no + more_no
    if kind == "sr":
        wishes = {wish: said.p.answers.get(wish, 0) for wish in ("confirm", "revise", "withdraw")}
        for wish, number in wishes.items():
            if number > sum(wishes.values()) - number:
                return wish
        return "undetermined"
    if kind == "npos":
        took = sum(sum(one.answers.values()) for one in (said.p, said.o, said.other))
        if not said.p_members or yes + no == 0:
            return "undetermined"
        good = 4 * took >= 3 * said.p_members and 3 * yes >= 2 * (yes + no) and 4 * no <= yes + no
        return "approved" if good else "not_approved"
    if kind == "cib":
        return "undetermined" if p_yes + p_no == 0 else "approved" if p_yes > p_no else "not_approved"
    if p_yes + p_no == 0:
        return "undetermined"
    if kind in {"dtr", "dpas"}:
        return "approved" if p_yes > p_no else "not_approved"
    if 3 * p_yes < 2 * (p_yes + p_no):
        return "not_approved"
    if kind == "np":
        enough = 4 if said.p_members < 17 else 5
        return "approved" if said.naming >= enough else "not_approved"
    if kind != "dts" and 4 * no > yes + no:
        return "not_approved"
    return "approved"


def _sides(one: Tally, *, strike: bool) -> tuple[int, int]:
    yes = one.answers.get("approve", 0) + one.answers.get("approve_with_comments", 0)
    no = one.answers.get("disapprove", 0)
    return yes, no - one.unreasoned if strike else no


def ballots(number: int, seed: int) -> Iterator[tuple[str, Tallies]]:
    """Return random ballots, a third of them on or beside a boundary."""
    chance = random.Random(seed)
    for count in range(number):
        kind = KINDS[count % len(KINDS)]
        yield kind, _near(chance, kind) if chance.random() < 0.34 else _anyhow(chance, kind)
    yield from _boundaries()


def _anyhow(chance: random.Random, kind: str) -> Tallies:
    def tally(most: int) -> Tally:
        if kind == "sr":
            return Tally({wish: chance.randint(0, most) for wish in ("confirm", "revise", "withdraw", "abstain")})
        no = chance.randint(0, most // 2)
        answers = {
            "approve": chance.randint(0, most),
            "approve_with_comments": chance.randint(0, most // 2),
            "disapprove": no,
            "abstain": chance.randint(0, most // 2),
        }
        return Tally(answers, chance.randint(0, no) if chance.random() < 0.4 else 0)

    small = chance.choice((0, 3, 40))
    return Tallies(
        tally(small),
        tally(small),
        tally(chance.choice((0, 5))),
        p_members=chance.randint(0, 60),
        naming=chance.randint(0, 9),
        countries=chance.randint(0, 8),
    )


def _near(chance: random.Random, kind: str) -> Tallies:
    part, off = chance.randint(1, 15), chance.choice((-1, 0, 1))
    if kind == "sr":
        return Tallies(Tally({"confirm": part + off, "revise": chance.randint(0, part), "withdraw": 0}))
    others = chance.randint(0, 20)
    return Tallies(
        Tally({"approve": 2 * part, "disapprove": max(part + off, 0), "abstain": chance.randint(0, 3)}),
        Tally({"approve": others, "disapprove": max((others - part) // 3, 0)}),
        p_members=chance.choice((15, 16, 17, 18)),
        naming=chance.choice((3, 4, 5, 6)),
    )


def _boundaries() -> Iterator[tuple[str, Tallies]]:
    """Return every boundary itself with its neighbours: two thirds, a quarter, a half, 4 and 5 experts, 16 and 17."""
    for part in range(1, 21):
        for off in (-1, 0, 1):
            against = max(part + off, 0)
            yield "dts", Tallies(Tally({"approve": 2 * part, "disapprove": against}))
            yield "dtr", Tallies(Tally({"approve": part, "disapprove": against}))
            yield "dis", Tallies(Tally({"approve": 3 * part}), Tally({"disapprove": against}))
    for members in (16, 17):
        for naming in (3, 4, 5):
            yield "np", Tallies(Tally({"approve": 8, "disapprove": 4}), p_members=members, naming=naming)


@dataclass(frozen=True)
class Outcome:
    """How many ballots were tried, on how many calculator and oracle differ, and how often each outcome came."""

    tried: int
    differing: tuple[str, ...]
    outcomes: Counter[str]


def trial(number: int, seed: int = 1) -> Outcome:
    """Compare calculator and oracle."""
    differing: list[str] = []
    outcomes: Counter[str] = Counter()
    tried = 0
    for kind, said in ballots(number, seed):
        tried += 1
        found = reckon(RULES[kind], said)
        expected = oracle(kind, said)
        outcomes[f"{kind}:{found.outcome}"] += 1
        if (str(found.outcome), list(found.decisions), Flag.EXCLUSION_DECIDED in found.flags) != expected:
            differing.append(f"{kind}: {said} gives {found.outcome}, the oracle says {expected}")
    return Outcome(tried, tuple(differing), outcomes)


if __name__ == "__main__":
    made = trial(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sys.stdout.write(f"{made.tried} ballots, {len(made.differing)} differ\n{dict(made.outcomes)}\n")
    sys.exit(bool(made.differing))
