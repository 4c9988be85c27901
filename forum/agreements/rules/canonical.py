"""The canonical form of a text and its seals.

UTF-8, NFC (not NFKC: Chinese punctuation stays what it is), line feeds, no trailing blanks; JSON with sorted keys of
instrument, parties, clause keys in order, texts, resolved variables and authentic languages.  Typography counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forum.agreements.kinds import Agreement
from forum.agreements.rules.variables import resolve, variables
from forum.core.bilingual import LANGUAGES, Language
from forum.ports.documents import canonical

FORMAT = "agreement-text/1"
_TRAILING = re.compile(r"[^\S\n]+(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Seal:
    """SHA-256 of the English text, of the Chinese text and of both together, in hexadecimal."""

    en: str
    zh: str
    both: str

    @property
    def short(self) -> str:
        """The 16 digits that a signature copy prints on each page, in groups of four."""
        return short_hash(self.both)


def normal(text: str) -> str:
    """Return a text in canonical form: NFC, line feeds only, no blanks at the end of a line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _TRAILING.sub("", text)


def document(agreement: Agreement, languages: Sequence[Language]) -> dict[str, Any]:
    """Return what is hashed: everything that the text says in these languages, and nothing else."""
    words = {language: variables(agreement, language) for language in LANGUAGES}

    def said(language: Language, text: str) -> str:
        return normal(resolve(text, words[language]))

    terms = agreement.terms
    return {
        "format": FORMAT,
        "instrument": str(agreement.instrument),
        "parties": [
            {"key": party.key, **{language: normal(party.name(language)) for language in languages}}
            for party in agreement.parties
        ],
        "authentic": sorted(agreement.authentic),
        "prevailing": agreement.prevailing or "",
        "variables": {language: {k: normal(v) for k, v in words[language].items()} for language in languages},
        "terms": {
            "term_months": terms.term_months,
            "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
            "notice_months": terms.notice_months,
            "automatic_renewal": terms.automatic_renewal,
            "budget_reference": normal(terms.budget_reference),
            "licence_reference": normal(terms.licence_reference),
        },
        "title": {language: normal(agreement.title(language)) for language in languages},
        "clauses": [
            {
                "key": clause.key,
                "heading": {language: said(language, clause.heading(language)) for language in languages},
                "text": {language: said(language, clause.side(language)) for language in languages},
            }
            for clause in agreement.clauses
        ],
    }


def seal(agreement: Agreement) -> Seal:
    """Return the hashes of a text as it stands."""
    return Seal(_hash(agreement, ("en",)), _hash(agreement, ("zh",)), _hash(agreement, LANGUAGES))


def _hash(agreement: Agreement, languages: Sequence[Language]) -> str:
    return canonical.digest(canonical.encode(document(agreement, languages)))


def short_hash(full: str) -> str:
    """Return the first 16 digits in groups of four: ``3f9a 02c4 77be 1d05``."""
    return " ".join(full[start : start + 4] for start in range(0, 16, 4))


def digits(typed: str) -> str:
    """Return typed or scanned digits as the register keeps them: half width, small, without blanks or hyphens."""
    plain = unicodedata.normalize("NFKC", typed).lower()
    return re.sub(r"[\s\-–—·.]+", "", plain)


def is_same(known: Seal, typed: str) -> bool:
    """Tell whether digits from a copy are those of a seal: 16 of them, or a complete hash of either text or both."""
    given = digits(typed)
    return given in (known.both[:16], known.both, known.en, known.zh)
