"""What a receiving secretariat would object to, said before the file leaves; one function for each rule.

Source: rejection rules of the ISO and IEC comment checkers, as far as published; levels are the product's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from forum.comments.rules.clauses import is_known
from forum.comments.rules.findings import Finding, Level, gravest_first
from forum.comments.rules.likeness import Said, near_duplicates
from forum.comments.rules.template import (
    CHANGE,
    CLAUSE,
    COMMENT,
    KIND,
    LINE,
    MB,
    OBSERVATION,
    CommentTable,
    code_of,
    kind_of,
)
from forum.core.refusals import N_
from forum.core.text import has_han

Row = tuple[str, ...]
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+\d{1,3}[\s-]?)?(?:1[3-9]\d{9}|\(?0\d{2,3}\)?[\s-]\d{7,8}|\+\d[\d\s-]{8,14}\d)(?!\d)"
)
_LINES = re.compile(r"^\s*\d+(?:\s*[-–—]\s*\d+)?(?:\s*[,;]\s*\d+(?:\s*[-–—]\s*\d+)?)*\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the checker knows beside the table."""

    member_body: str = "CN"
    language: str = "en"
    outline: Sequence[str] = ()
    last_line: int | None = None
    names: Collection[str] = ()  # of the people who wrote and supported
    unreviewed: Collection[int] = ()  # numbers whose English was not read by a person
    answer: str = ""  # of the position, as the ballot names it
    technical_must: bool = False  # a kept technical comment is marked as one that must be met
    is_final: bool = False  # the final vote takes editorial comments only
    similarity: Fraction = Fraction(85, 100)
    closes_at: datetime | None = None
    near: timedelta = timedelta(hours=48)
    submitting: bool = True  # not yet answered: the last column is empty


@dataclass(slots=True)
class _Check:
    table: CommentTable
    setting: Setting
    now: datetime
    findings: list[Finding] = field(default_factory=list)

    def say(
        self, rule: str, level: Level, sentence: str, row: int | None = None, column: int | None = None, **more: object
    ) -> None:
        fix = more.pop("fix", None)
        code = self.table.rows[row - 1][MB].strip() if row else ""
        self.findings.append(
            Finding(
                rule,
                level,
                sentence,
                row,
                None if column is None else column + 1,
                facts=more,
                fix=None if fix is None else str(fix),
                code=code,
            )
        )


def preflight(table: CommentTable, setting: Setting, now: datetime) -> list[Finding]:
    """Return everything that the rules object to in a table, the gravest first."""
    check = _Check(table, setting, now)
    for rule in _OF_TABLES:
        rule(check)
    for number, row in enumerate(table.rows, start=1):
        for each in _OF_ROWS:
            each(check, number, row)
    return gravest_first(check.findings)


def _codes(check: _Check) -> None:
    """PF-06: the code is ours, and no number stands twice; a gap is worth a look."""
    numbers: list[int] = []
    for place, row in enumerate(check.table.rows, start=1):
        code = code_of(row[MB])
        ours = check.setting.member_body
        if code is None or code.member_body != ours or code.number is None:
            sentence = N_("The code reads “%(found)s”; it must be %(ours)s and a number, such as %(ours)s-001.")
            check.say("PF-06", Level.REJECT, sentence, place, MB, found=row[MB].strip()[:20], ours=ours)
        elif code.number in numbers:
            check.say("PF-06", Level.REJECT, N_("The number %(number)s stands twice."), place, MB, number=code.number)
        if code is not None and code.number is not None:
            numbers.append(code.number)
    missing = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers)) if numbers else []
    if missing:
        told = ", ".join(map(str, missing[:10]))
        check.say("PF-06", Level.WARN, N_("Numbers are left out: %(numbers)s."), column=MB, numbers=told)


def _kind(check: _Check, place: int, row: Row) -> None:
    """PF-07: the type is ge, te or ed in small letters."""
    if row[KIND] in {"ge", "te", "ed"}:
        return
    meant = kind_of(row[KIND])
    if meant is None:
        sentence = N_("The type of comment reads “%(found)s”; it must be ge, te or ed.")
        check.say("PF-07", Level.REJECT, sentence, place, KIND, found=row[KIND].strip()[:20])
    else:
        sentence = N_("The type of comment reads “%(found)s”; the template writes %(meant)s.")
        check.say("PF-07", Level.FIX, sentence, place, KIND, found=row[KIND].strip()[:20], meant=meant, fix=meant)


def _words(check: _Check, place: int, row: Row) -> None:
    """PF-08, PF-09, PF-10, PF-12: what the text columns hold."""
    if not row[COMMENT].strip():
        check.say("PF-08", Level.REJECT, N_("The comment is empty."), place, COMMENT)
    kind = kind_of(row[KIND])
    if kind in {"te", "ed"} and not row[CHANGE].strip():
        sentence = N_("A technical or editorial comment should propose a change of the text.")
        check.say("PF-09", Level.WARN, sentence, place, CHANGE)
    if check.setting.submitting and row[OBSERVATION].strip():
        sentence = N_("This column is for the secretariat and should be empty.")
        check.say("PF-10", Level.WARN, sentence, place, OBSERVATION)
    if check.setting.language == "en":
        for column in (COMMENT, CHANGE):
            if has_han(row[column]):
                sentence = N_("There are Chinese characters in the English table.")
                check.say("PF-12", Level.REJECT, sentence, place, column)


def _place(check: _Check, place: int, row: Row) -> None:
    """PF-11: the clause is one of the draft, the line number a line of it."""
    if not is_known(row[CLAUSE], check.setting.outline):
        sentence = N_("Clause “%(clause)s” is not in the outline of the draft.")
        check.say("PF-11", Level.WARN, sentence, place, CLAUSE, clause=row[CLAUSE].strip()[:40])
    line = row[LINE].strip()
    if not line:
        return
    if not _LINES.match(line):
        sentence = N_("The line number reads “%(line)s”; write a number or a range such as 12-15.")
        check.say("PF-11", Level.WARN, sentence, place, LINE, line=line[:40])
        return
    numbers = [int(each[:9]) for each in re.findall(r"\d+", line)]
    if check.setting.last_line is not None and max(numbers) > check.setting.last_line:
        sentence = N_("Line %(line)s is beyond the end of the draft, which has %(last)s lines.")
        check.say("PF-11", Level.WARN, sentence, place, LINE, line=max(numbers), last=check.setting.last_line)


def _privacy(check: _Check, place: int, row: Row) -> None:
    """PF-13: no person, mail address or telephone number."""
    for column in (COMMENT, CHANGE):
        text = row[column]
        folded = text.casefold()
        named = any(len(name.strip()) > 1 and _names(name.strip(), text, folded) for name in check.setting.names)
        if named or _MAIL.search(text) or _PHONE.search(text):
            sentence = N_(
                "A name, a mail address or a telephone number seems to stand here. Comments leave without them."
            )
            check.say("PF-13", Level.WARN, sentence, place, column)


def _names(name: str, text: str, folded: str) -> bool:
    if has_han(name):
        return name in text
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded) is not None


def _reviewed(check: _Check, place: int, row: Row) -> None:
    """PF-14: a person has read the English."""
    code = code_of(row[MB])
    if check.setting.language == "en" and code is not None and code.number in check.setting.unreviewed:
        sentence = N_("Nobody has marked the English text as reviewed.")
        check.say("PF-14", Level.REJECT, sentence, place, COMMENT)


def _repeated(check: _Check) -> None:
    """PF-15: the file doesn't say the same twice."""
    said = [
        Said(place, row[CLAUSE], kind_of(row[KIND]) or row[KIND], (row[COMMENT],))
        for place, row in enumerate(check.table.rows, start=1)
    ]
    for pair in near_duplicates(said, check.setting.similarity):
        sentence = N_("Rows %(first)s and %(second)s say nearly the same (%(share)s).")
        facts = {"first": pair.first, "second": pair.second, "share": f"{pair.percent}%"}
        check.say("PF-15", Level.WARN, sentence, pair.second, COMMENT, **facts)


def _coherent(check: _Check) -> None:
    """PF-16: vote and comments say the same; the levels are those of the coherence guard."""
    kinds = Counter(kind_of(row[KIND]) for row in check.table.rows)
    answer, technical = check.setting.answer, kinds["te"]
    if answer == "disapprove" and not technical:
        sentence = N_("The position disapproves, but no technical comment gives the reason.")
        check.say("PF-16", Level.REJECT, sentence)
    if answer == "approve_with_comments" and not check.table.rows:
        check.say("PF-16", Level.REJECT, N_("The position approves with comments, but there is no comment."))
    if answer == "approve" and check.setting.is_final and technical:
        sentence = N_("The final vote takes editorial comments only; a technical one doesn’t go with an approval.")
        check.say("PF-16", Level.WARN, sentence)
    elif answer in {"approve", "approve_with_comments"} and check.setting.technical_must:
        sentence = N_("The position approves, but a technical comment is marked as one that must be met.")
        check.say("PF-16", Level.WARN, sentence)


def _time(check: _Check) -> None:
    """PF-17: there is time to put things right."""
    closes = check.setting.closes_at
    if closes is not None and check.now < closes < check.now + check.setting.near:
        hours = int((closes - check.now) / timedelta(hours=1))
        check.say("PF-17", Level.INFO, N_("The ballot closes in %(hours)s hours."), hours=hours)


_OF_TABLES: tuple[Callable[[_Check], None], ...] = (_codes, _repeated, _coherent, _time)
_OF_ROWS: tuple[Callable[[_Check, int, Row], None], ...] = (_kind, _words, _place, _privacy, _reviewed)


def put_right(table: CommentTable, findings: Sequence[Finding]) -> CommentTable:
    """Return the table with every offered fix applied."""
    rows = [list(row) for row in table.rows]
    for each in findings:
        if each.fix is not None and each.row is not None and each.column is not None:
            rows[each.row - 1][each.column - 1] = each.fix
    return CommentTable(table.date, table.document, table.project, tuple(tuple(row) for row in rows))
