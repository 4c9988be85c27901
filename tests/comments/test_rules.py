"""What is true of comments whoever writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from forum.comments.queries.settings import bundled
from forum.comments.rules.clauses import clause_key, is_known, sort_key
from forum.comments.rules.dispositions import Disposition, Pattern, proposed, rate, rates_by
from forum.comments.rules.findings import Finding, Level, is_rejected
from forum.comments.rules.likeness import Said, likeness, near_duplicates
from forum.comments.rules.preflight import Setting, preflight, put_right
from forum.comments.rules.summary import content_of, parts_of
from forum.comments.rules.template import CommentTable, code_of, heading_of, is_heading, kind_of, numbered

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
SOUND = ("CN-001", "12", "3.1", "Table 2", "te", "The scope is too wide.", "Narrow it.", "")


def table(*rows: tuple[str, ...]) -> CommentTable:
    return CommentTable("2027-03-01", "ISO/DIS 99801", "ISO/TC 268", rows)


def changed(**cells: str) -> tuple[str, ...]:
    names = ("mb", "line", "clause", "element", "kind", "comment", "change", "observation")
    return tuple(cells.get(name, SOUND[place]) for place, name in enumerate(names))


def found(*rows: tuple[str, ...], **setting: object) -> list[Finding]:
    return preflight(table(*rows), Setting(**setting), NOW)  # type: ignore[arg-type]


def rules(findings: list[Finding]) -> set[str]:
    return {each.rule for each in findings}


def test_comments_are_compiled_from_the_whole_document_to_the_index() -> None:
    wanted = ["", "Title", "Foreword", "Introduction", "3.1", "3.2", "3.10", "12", "A", "A.2", "A.10", "B.1"]
    wanted += ["Bibliography", "Index"]
    assert sorted(dict.fromkeys(wanted[::-1]), key=clause_key) == wanted
    assert sorted(["参考文献", "附录A", "第3章", "引言", "前言", "全文"], key=clause_key) == [
        "全文",
        "前言",
        "引言",
        "第3章",
        "附录A",
        "参考文献",
    ]


def test_the_same_clause_is_found_under_other_spellings() -> None:
    assert clause_key("Clause 3.1") == clause_key("3.1") == clause_key("３.１")
    assert clause_key("Annex A.2") == clause_key("A.2")
    assert clause_key("General") == clause_key("") != clause_key("Scope of it")


def test_below_the_clause_figures_lines_types_and_numbers_decide() -> None:
    rows = [
        ("3", "Table 10", "", "te", "CN-2"),
        ("3", "Table 2", "", "ed", "CN-1"),
        ("3", "Table 2", "9", "ge", "CN-4"),
    ]
    rows += [("3", "Table 2", "", "te", "CN-3"), ("3", "Table 2", "", "te", "CN-10")]
    assert [row[4] for row in sorted(rows, key=lambda row: sort_key(*row))] == ["CN-3", "CN-10", "CN-1", "CN-4", "CN-2"]


def test_a_clause_is_known_by_the_outline_and_everything_is_where_there_is_none() -> None:
    assert is_known("3.1", ["3.1"])
    assert is_known("", ["3.1"])
    assert is_known("Clause 3.1 b)", ["3.1"])
    assert not is_known("3.3", ["3.1", "3.2"])
    assert is_known("9", [])


def test_likeness_counts_words_and_not_punctuation_or_width() -> None:
    assert likeness("A city, then.", "ａ City then") == 1
    assert likeness("", "") == 0
    assert likeness("韧性城市的定义不清楚", "韧性城市的定义不够清楚") > Fraction(85, 100)


def test_near_duplicates_share_clause_and_type() -> None:
    same = "The definition does not say who shares the data."
    said = [
        Said(1, "3.1", "te", (same, "")),
        Said(2, "Clause 3.1", "te", ("The definition doesn't say who shares the data.", "")),
        Said(3, "3.2", "te", (same, "")),
        Said(4, "3.1", "ed", (same, "")),
    ]
    pairs = near_duplicates(said, Fraction(85, 100))
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 2)]
    assert pairs[0].percent >= 85
    assert near_duplicates(said, Fraction(101, 100)) == []


def test_codes_headings_and_types_are_read_in_every_spelling() -> None:
    assert [code_of(text) for text in ("CN-001", "cn 1", "ＣＮ－００１")] == [code_of("CN-1")] * 3
    assert code_of("**") is not None
    assert code_of("China") is None
    assert numbered("CN", 7) == "CN-007"
    assert [kind_of(text) for text in ("GE", "技术", "re", "Editorial", "x")] == ["ge", "te", "ed", "ed", None]
    assert is_heading(
        ["MB/NC", "Line number", "Clause/ Subclause", "Paragraph/ Figure/ Table", "Type of comment", "Comments",
         "Proposed change", "Observations of the secretariat"]
    )  # fmt: skip
    assert heading_of("秘书处处理意见") == 7
    assert heading_of("Remarks") is None


def test_a_sound_table_passes_the_check() -> None:
    assert found(SOUND, outline=["3.1"]) == []


@pytest.mark.parametrize(
    ("rule", "level", "row", "column", "setting"),
    [
        ("PF-06", Level.REJECT, changed(mb="FR-001"), 1, {}),
        ("PF-06", Level.REJECT, changed(mb="China 1"), 1, {}),
        ("PF-07", Level.FIX, changed(kind="TE"), 5, {}),
        ("PF-07", Level.FIX, changed(kind="技术"), 5, {}),
        ("PF-07", Level.REJECT, changed(kind="hard"), 5, {}),
        ("PF-08", Level.REJECT, changed(comment="  "), 6, {}),
        ("PF-09", Level.WARN, changed(change=""), 7, {}),
        ("PF-10", Level.WARN, changed(observation="Accepted"), 8, {}),
        ("PF-11", Level.WARN, changed(clause="9.9"), 3, {"outline": ["3.1"]}),
        ("PF-11", Level.WARN, changed(line="somewhere"), 2, {}),
        ("PF-11", Level.WARN, changed(line="900-1000"), 2, {"last_line": 800}),
        ("PF-12", Level.REJECT, changed(comment="范围太宽"), 6, {}),
        ("PF-12", Level.REJECT, changed(change="Write 城市."), 7, {}),
        ("PF-13", Level.WARN, changed(comment="Ask Li Hua about it."), 6, {"names": ["Li Hua"]}),
        ("PF-13", Level.WARN, changed(comment="Write to li@forum.test."), 6, {}),
        ("PF-13", Level.WARN, changed(change="Call 010-12345678."), 7, {}),
        ("PF-14", Level.REJECT, SOUND, 6, {"unreviewed": [1]}),
        ("PF-16", Level.REJECT, changed(kind="ed"), None, {"answer": "disapprove"}),
        ("PF-16", Level.WARN, SOUND, None, {"answer": "approve", "technical_must": True}),
        ("PF-16", Level.WARN, SOUND, None, {"answer": "approve", "is_final": True}),
        ("PF-17", Level.INFO, SOUND, None, {"closes_at": NOW + timedelta(hours=30)}),
    ],
)
def test_each_rule_names_the_cell_that_breaks_it(
    rule: str, level: Level, row: tuple[str, ...], column: int | None, setting: dict[str, object]
) -> None:
    broken = [each for each in found(row, **setting) if each.rule == rule]
    assert [(each.level, each.column) for each in broken] == [(level, column)]
    assert broken[0].row == (1 if column else None)
    assert broken[0].say(str), "it says what is wrong"
    assert not [each for each in found(SOUND) if each.rule == rule], "and a sound row has none of it"


def test_numbers_stand_once_and_a_gap_is_worth_a_look() -> None:
    again = found(SOUND, changed(comment="Other words entirely here."))
    assert [(each.rule, each.level, each.row) for each in again] == [("PF-06", Level.REJECT, 2)]
    gap = found(SOUND, changed(mb="CN-004", comment="Other words entirely here."))
    assert [(each.rule, each.level) for each in gap] == [("PF-06", Level.WARN)]
    assert "2, 3" in gap[0].say(str)


def test_saying_the_same_twice_in_a_file_is_found() -> None:
    assert rules(found(SOUND, changed(mb="CN-002", comment="The scope is too wide!"))) == {"PF-15"}


def test_a_position_with_comments_needs_one() -> None:
    assert is_rejected(preflight(table(), Setting(answer="approve_with_comments"), NOW))
    assert not is_rejected(preflight(table(SOUND), Setting(answer="approve_with_comments"), NOW))


def test_a_name_inside_another_word_is_no_name() -> None:
    assert found(changed(comment="Anonymous data are shared."), names=["Ano"]) == []
    assert rules(found(changed(comment="李华说范围太宽"), names=["李华"], language="zh")) == {"PF-13"}


def test_offered_fixes_are_applied() -> None:
    mixed = table(changed(kind="Technical"))
    fixed = put_right(mixed, preflight(mixed, Setting(), NOW))
    assert fixed.rows[0][4] == "te"
    assert fixed.rows[0][5] == mixed.rows[0][5]


PATTERNS = tuple(Pattern(words, Disposition(meant)) for words, meant in bundled()["patterns"])


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Accepted.", "accepted"),
        ("Accept", "accepted"),
        ("Not accepted: out of scope.", "rejected"),
        ("Partially accepted; see CN-002", "partly"),
        ("ACCEPTED IN PRINCIPLE", "in_principle"),
        ("Noted", "noted"),
        ("Disagree.", "rejected"),
        ("We do not agree with this.", "rejected"),
        ("不采纳：超出范围", "rejected"),
        ("部分采纳", "partly"),
        ("采纳", "accepted"),
        ("See the minutes.", None),
        ("", None),
        ("Unaccepted", None),
    ],
)
def test_the_words_of_the_secretariat_are_read_in_both_languages(words: str, meant: str | None) -> None:
    assert proposed(words, PATTERNS) == (Disposition(meant) if meant else None)


def test_the_rate_leaves_noted_and_withdrawn_outside_and_counts_partly_half() -> None:
    words = ["accepted", "in_principle", "partly", "rejected", "noted", "withdrawn"]
    counted = rate(map(Disposition, words))
    assert (counted.weight, counted.decided, counted.answered) == (Fraction(5, 2), 4, 6)
    assert counted.percent == 62
    assert rate([Disposition.NOTED]).percent is None
    shares = rates_by(words, len, Disposition)
    assert sum(share.rate.answered for share in shares) == 6


def test_comment_and_change_share_a_cell_of_the_national_summary() -> None:
    assert parts_of(content_of("范围太宽。\n再说一句。", "改窄")) == ("范围太宽。\n再说一句。", "改窄")
    assert parts_of(content_of("范围太宽。", "")) == ("范围太宽。", "")
