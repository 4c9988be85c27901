"""The template of comments: a head of three lines and eight columns in a fixed order.

Source: ISO/IEC template for comments and secretariat observations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from forum.core.refusals import N_

HEAD = ("Date", "Document", "Project")
HEADINGS = (
    "MB/NC",
    "Line number",
    "Clause/Subclause",
    "Paragraph/Figure/Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)
COLUMN_NAMES: tuple[str, ...] = (
    N_("Member body"),
    N_("Line number"),
    N_("Clause or annex"),
    N_("Paragraph, figure or table"),
    N_("Type of comment"),
    N_("Comment and its reasons"),
    N_("Proposed change"),
    N_("Observations of the secretariat"),
)
MB, LINE, CLAUSE, ELEMENT, KIND, COMMENT, CHANGE, OBSERVATION = range(8)

# How senders write the types: labels in other languages, in full, or with the German letter for editorial.
_SPELLINGS = {
    "ge": "ge",
    "gen": "ge",
    "general": "ge",
    "一般": "ge",
    "一般性": "ge",
    "总体": "ge",
    "te": "te",
    "tech": "te",
    "technical": "te",
    "技术": "te",
    "技术性": "te",
    "ed": "ed",
    "edit": "ed",
    "editorial": "ed",
    "re": "ed",
    "redaktionell": "ed",
    "编辑": "ed",
    "编辑性": "ed",
}
_HEADING_SPELLINGS: tuple[frozenset[str], ...] = (
    frozenset({"mb/nc", "mb", "nc", "成员体"}),
    frozenset({"line number", "line", "行号", "line number (e.g. 17)"}),
    frozenset({"clause/subclause", "clause/ subclause", "clause/ subclause (e.g. 3.1)", "clause", "章条"}),
    frozenset({"paragraph/figure/table", "paragraph/ figure/ table", "paragraph/ figure/table", "段/图/表"}),
    frozenset({"type of comment", "type of comment2", "type", "意见类型"}),
    frozenset({"comments", "comment", "意见及理由"}),
    frozenset({"proposed change", "proposed changes", "修改建议"}),
    frozenset({"observations of the secretariat", "secretariat observations", "秘书处处理意见"}),
)
_CODE = re.compile(r"^([A-Z]{2})\s*[-–—]?\s*(\d{1,5})(?:\s*[-–—/]\s*(\d{1,5}))?$")
EDITING_UNIT = "**"


@dataclass(frozen=True, slots=True)
class CommentTable:
    """A table of comments: the head, and rows of eight texts each."""

    date: str = ""
    document: str = ""
    project: str = ""
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """The head as label and value."""
        return tuple(zip(HEAD, (self.date, self.document, self.project), strict=True))


@dataclass(frozen=True, slots=True)
class Code:
    """What the first column says: whose comment it is, and its number."""

    member_body: str
    number: int | None = None


def code_of(text: str) -> Code | None:
    """Return the member body and number of ``CN-001``, ``CN 1`` or ``**``; nothing where it says neither."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if plain.startswith(EDITING_UNIT):
        return Code(EDITING_UNIT)
    if re.fullmatch(r"[A-Z]{2}", plain):
        return Code(plain)
    found = _CODE.match(plain)
    if found is None:
        return None
    return Code(found.group(1), int(found.group(3) or found.group(2)))


def numbered(member_body: str, number: int) -> str:
    """Return the code under which a comment leaves: ``CN-001``."""
    return f"{member_body}-{number:03d}"


def kind_of(text: str) -> str | None:
    """Return the type that a spelling means, or nothing."""
    return _SPELLINGS.get(" ".join(unicodedata.normalize("NFKC", text).casefold().split()))


def heading_of(text: str) -> int | None:
    """Return which column a heading names, or nothing."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = re.sub(r"\s*/\s*", "/", re.sub(r"\s*\(.*\)\s*\d*$", "", plain))
    for place, spellings in enumerate(_HEADING_SPELLINGS):
        if plain in {re.sub(r"\s*/\s*", "/", spelling) for spelling in spellings}:
            return place
    return None


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether a row is the row of headings, here or repeated on a later page."""
    return [heading_of(cell) for cell in cells] == list(range(8))


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Tell whether a row was meant as headings: at least three of them are known, in whatever order."""
    return len({place for cell in cells if (place := heading_of(cell)) is not None}) >= 3
