"""References of deliverables as they are found: any dash, any blank, any width, any case."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def folded(reference: str) -> str:
    """Return the letters and digits of a reference alone: ``GB/T 36749—2018`` gives ``gbt367492018``."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", reference).casefold())
