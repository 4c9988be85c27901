"""Which sides of a text may stand in a file."""

from __future__ import annotations

import itertools

import pytest

from forum.core.bilingual import Text, TextState
from forum.translation.standing import TEXTS, Count, Texts, counted, limited

M, H, R, O, S = TextState.MACHINE, TextState.HUMAN, TextState.REVIEWED, TextState.OUTDATED, TextState.SOURCE  # noqa: E741
STATES = (S, M, H, R, O)


def text(state_en: TextState, state_zh: TextState) -> Text:
    return Text("Water", "水", state_en, state_zh)


@pytest.mark.parametrize(
    ("texts", "state", "stands", "settled"),
    [
        ("reviewed", R, True, True), ("reviewed", H, False, True), ("reviewed", M, False, False),
        ("reviewed", O, False, False),
        ("machine", R, True, True), ("machine", H, True, True), ("machine", M, True, True), ("machine", O, True, True),
        ("source", R, False, True),
        ("source", H, False, True), ("source", M, False, False), ("source", O, False, False),
    ],
)  # fmt: skip
def test_a_translation_stands_by_its_state_and_its_original_always(
    texts: Texts, state: TextState, stands: bool, settled: bool
) -> None:
    for original, other in ((text(S, state), "zh"), (text(state, S), "en")):
        assert bool(limited(original, texts).side(other)) is stands
        assert bool(limited(original, texts, settled=True).side(other)) is settled
        far = "en" if other == "zh" else "zh"
        assert limited(original, texts).side(far) == original.side(far)
        assert limited(original, texts).state(far) is S


@pytest.mark.parametrize("texts", TEXTS)
@pytest.mark.parametrize("settled", [True, False])
def test_asked_twice_it_is_the_same_and_nothing_is_invented(texts: Texts, settled: bool) -> None:
    for state_en, state_zh in itertools.product(STATES, repeat=2):
        for english, chinese in itertools.product(("", "Water"), ("", "水")):
            given = Text(english, chinese, state_en, state_zh)
            once = limited(given, texts, settled=settled)
            assert limited(once, texts, settled=settled) == once
            assert once.en in ("", english)
            assert once.zh in ("", chinese)
            if texts != "machine":
                assert M not in {once.state("en"), once.state("zh")}


def test_where_no_original_is_known_what_people_wrote_stands_in() -> None:
    assert limited(Text("", "水"), "reviewed").zh == "水"
    assert limited(Text("", "水", state_zh=O), "source").zh == "水"
    assert not limited(Text("", "水", state_zh=M), "reviewed")


def test_what_is_left_out_and_what_a_machine_wrote_is_counted_by_language() -> None:
    found = [(text(S, M), False), (text(S, H), False), (text(S, H), True), (text(M, S), False), (Text(), False)]
    assert counted(found, "reviewed", ("zh",)) == Count(2, 0)
    assert counted(found, "reviewed", ("zh", "en")) == Count(3, 0)
    assert counted(found, "machine", ("zh", "en")) == Count(0, 2)
