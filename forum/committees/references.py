"""References of committees: one canonical spelling for each, whatever a source writes."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_GROUP = re.compile(r"(?<![A-Z])(TC|SC|PC|JTC|WG|JWG|TG|AG|CAG|SG)\s*(\d+)\b")
_OTHER = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def normal(reference: str) -> str:
    """Return the canonical spelling: ``ISO/TC268/SC1`` gives ``ISO/TC 268/SC 1``; the order of bodies is kept."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFKC", reference)).strip()
    text = _GROUP.sub(r"\1 \2", text)
    text = re.sub(r"^(ISO/IEC|IEC/ISO)/(?=JTC )", r"\1 ", text)
    text = re.sub(r"^(?=JTC 1\b)", "ISO/IEC ", text)
    return re.sub(r"(?<=\d) (?=(?:SC|WG|JWG|TG|AG|CAG) )", "/", text)


def slug(reference: str) -> str:
    """Return what the address calls a committee: ``iso-tc-268-sc-1``."""
    return re.sub(r"[^0-9a-z]+", "-", normal(reference).lower()).strip("-")


def could_name(text: str, longest: int = 120) -> bool:
    """Tell whether a part of an address could name anything: not too long, and without signs that nobody types."""
    return 0 < len(text) <= longest and text.isprintable()


def folded(reference: str) -> str:
    """Return the letters and digits alone, by which spellings are compared."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", reference).casefold())


def sort_key(reference: str) -> str:
    """Return a key that puts numbers in order and groups right after their committee; never shown.

    It is written as ISO Open Data write theirs (``ISO/TC 268/~SC 001``), for both stand in one list.
    """
    padded = re.sub(r"\d+", lambda found: found.group().zfill(3), normal(reference))
    return re.sub(r"/(?=SC )", "/~", padded)
