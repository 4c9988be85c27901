"""The order of comments: from the whole document through clauses and annexes to the index.

Source: practice of the receiving secretariats (compilation by clause, then figure or table, line, type, member body).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Key = tuple[tuple[int, ...], str]
_NAMED: tuple[tuple[int, frozenset[str]], ...] = (
    (0, frozenset({"", "general", "whole document", "whole", "all", "全文", "总体", "整体", "总则性意见", "一般"})),
    (1, frozenset({"title", "cover", "标题", "名称", "标准名称", "封面"})),
    (2, frozenset({"foreword", "前言"})),
    (3, frozenset({"introduction", "引言"})),
    (6, frozenset({"bibliography", "references", "参考文献"})),
    (7, frozenset({"index", "索引"})),
)
_NUMERIC, _ANNEX, _UNKNOWN = 4, 5, 8
_PREFIX = re.compile(r"^(?:sub)?clauses?\s+|^sections?\s+|^§\s*|^第\s*(?=\d)")
_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)")
_IN_ANNEX = re.compile(r"^(?:annex|appendix|附录)?\s*([a-z])(?![a-z])\.?(\d+(?:\.\d+)*)?")
_DIGITS = re.compile(r"\d+")
_TYPES = ("ge", "te", "ed")


def folded(clause: str) -> str:
    """Return a clause as it is compared: half width, small letters, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", clause).casefold().replace("–", "-").split())


def clause_key(clause: str) -> Key:
    """Return the key of a clause: general < Title < Foreword < Introduction < 3.1 < 3.2 < 3.10 < A.2 < Bibliography."""
    text = folded(clause)
    for rank, names in _NAMED:
        if text in names:
            return (rank,), ""
    plain = _PREFIX.sub("", text)
    if found := _NUMBER.match(plain):
        return (_NUMERIC, *_counted(found.group(1))), plain[found.end() :].strip()
    if found := _IN_ANNEX.match(plain):
        numbers = _counted(found.group(2)) if found.group(2) else ()
        return (_ANNEX, ord(found.group(1)), *numbers), plain[found.end() :].strip()
    return (_UNKNOWN,), text


def _counted(number: str) -> tuple[int, ...]:
    return tuple(int(part[:9]) for part in number.split("."))


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key in which numbers count as numbers: Table 2 before Table 10."""
    folded_text = folded(text)
    parts: list[tuple[int, int, str]] = []
    at = 0
    for found in _DIGITS.finditer(folded_text):
        if found.start() > at:
            parts.append((1, 0, folded_text[at : found.start()]))
        parts.append((0, int(found.group()[:9]), ""))
        at = found.end()
    if at < len(folded_text):
        parts.append((1, 0, folded_text[at:]))
    return tuple(parts)


def sort_key(clause: str, element: str, line: str, kind: str, code: str) -> tuple[object, ...]:
    """Return the key by which comments are compiled: clause, figure or table, line, type, code of the member body."""
    rank = _TYPES.index(kind) if kind in _TYPES else len(_TYPES)
    return clause_key(clause), natural_key(element), natural_key(line), rank, natural_key(code)


def is_known(clause: str, outline: Sequence[str]) -> bool:
    """Tell whether a clause is in the outline of a draft; the whole document always is."""
    if not outline:
        return True
    key, rest = clause_key(clause)
    if key == (0,):
        return True
    if key == (_UNKNOWN,):
        return any(clause_key(each) == (key, rest) for each in outline)
    return any(clause_key(each)[0] == key for each in outline)
