"""The typesetting process: one task on standard input, one PDF on standard output, then the end.

Run by path and in isolation, so that it loads typst and nothing of the platform.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

_FONT_MISSING = 3
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_MEMORY = 3 * 1024**3  # octets of address space; fonts are mapped, not loaded
# The first family that is installed is taken; the template learns the names from here.
_SANS_CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
_SERIF_CHINESE = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN")
_SANS = ("Source Sans 3", "Source Sans Pro", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans")
_SERIF = ("Libertinus Serif",)  # comes with typst itself


def main() -> int:
    """Set the task's template and return the exit code."""
    task = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"] * 2, task["seconds"] * 2))
    fonts = typst.Fonts()
    installed = set(fonts.families())
    sans_zh = [family for family in _SANS_CHINESE if family in installed]
    serif_zh = [family for family in _SERIF_CHINESE if family in installed] or sans_zh
    if task["needs_chinese"] and not sans_zh:
        return _FONT_MISSING
    families = {
        "sans": [family for family in _SANS if family in installed][:1] or list(_SERIF),
        "serif": list(_SERIF),
        "sans_zh": sans_zh[:1],
        "serif_zh": serif_zh[:1],
    }
    sys.stdout.buffer.write(_set(task, fonts, families))
    return 0


def _set(task: dict[str, Any], fonts: typst.Fonts, families: dict[str, list[str]]) -> bytes:
    """Return the PDF to the archiving and accessibility standards, or without them.

    They forbid a character that no font has, such as a rare emoji in a title; the book matters more.
    """
    inputs = {"facts": task["facts"], "fonts": json.dumps(families)}
    for standards in (_STANDARDS, []):
        try:
            return typst.compile(
                Path(task["source"]),
                root=Path(task["root"]),
                font_paths=fonts,
                format="pdf",
                timestamp=task["dated"],
                sys_inputs=inputs,
                pdf_standards=standards,
            )
        except typst.TypstError as error:
            failure = error
    raise failure


if __name__ == "__main__":
    sys.exit(main())
