"""The national summary of comments 意见汇总处理表: six columns, in Chinese, for use inside the country.

Source: practice of national technical committees; the columns are to be confirmed with the national office.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from forum.comments.rules.findings import Finding, Level
from forum.core.refusals import N_
from forum.ports.documents.tabular import Found

SUMMARY_HEADINGS = ("序号", "标准章条编号", "意见内容", "提出单位", "处理意见", "备注")
SUMMARY_HEAD = ("标准名称", "项目编号", "日期")
_CHANGE = "修改建议："


@dataclass(frozen=True, slots=True)
class Summary:
    """A national summary: the head, and rows of six texts each."""

    title: str = ""
    project: str = ""
    date: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """The head as label and value."""
        return tuple(zip(SUMMARY_HEAD, (self.title, self.project, self.date), strict=True))


def content_of(comment: str, change: str) -> str:
    """Return comment and proposed change as the one text of the third column."""
    return f"{comment}\n{_CHANGE}{change}" if change else comment


def parts_of(content: str) -> tuple[str, str]:
    """Return the comment and the proposed change of such a text."""
    comment, mark, change = content.rpartition(f"\n{_CHANGE}")
    return (comment, change) if mark else (content, "")


def is_summary_heading(cells: Sequence[str]) -> bool:
    """Tell whether a row is the row of headings of the national summary."""
    plain = ["".join(cell.split()) for cell in cells]
    while len(plain) > len(SUMMARY_HEADINGS) and not plain[-1]:
        plain.pop()
    return plain == list(SUMMARY_HEADINGS)


def read_summary(found: Found) -> tuple[Summary, list[Finding]] | None:
    """Return the national summary of a document, or nothing where there is none."""
    for rows in found.tables:
        at = next((place for place, row in enumerate(rows[:40]) if is_summary_heading(row)), None)
        if at is None:
            continue
        findings: list[Finding] = []
        kept: list[tuple[str, ...]] = []
        for row in rows[at + 1 :]:
            cells = list(row)
            while len(cells) > len(SUMMARY_HEADINGS) and not cells[-1].strip():
                cells.pop()
            if not any(cell.strip() for cell in cells) or is_summary_heading(cells):
                continue
            if len(cells) != len(SUMMARY_HEADINGS):
                sentence = N_("This row has %(found)s cells; the summary has six.")
                facts = {"found": len(cells)}
                findings.append(Finding("PF-01", Level.REJECT, sentence, row=len(kept) + 1, facts=facts))
            kept.append((*cells, *[""] * 6)[:6])
        return Summary(*_head(found, rows[:at]), rows=tuple(kept)), findings
    return None


def _head(found: Found, above: Sequence[Sequence[str]]) -> tuple[str, str, str]:
    values = dict.fromkeys(SUMMARY_HEAD, "")
    lines = [*found.paragraphs, *("：".join(cell for cell in row if cell.strip()) for row in above)]
    for line in lines:
        label, *rest = re.split("[:：]", line, maxsplit=1)
        if rest and label.strip() in values and not values[label.strip()]:
            values[label.strip()] = rest[0].strip()
    return values["标准名称"], values["项目编号"], values["日期"]
