"""What the addresses of the glossary name: a concept whose Chinese word waits, and a file that was handed in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.terms.models import TermConcept, TermRendering
from forum.terms.operations import taking_in, writing
from forum.terms.operations.writing import Facts, Saying
from forum.terms.states import TermSubject, Use
from tests.cast import Cast

SOMEBODY = Actor("account:somebody")
TABLE = "en,zh,source\nurban renewal,城市更新,\n".encode()


def concept(now: datetime, english: str = "smart city", chinese: str = "智慧城市", **facts: str) -> TermConcept:
    """A concept with a word in each language, both of which wait."""
    said = Facts(TermSubject.CITIES, note=Text("A note.", "说明。"), **facts)  # type: ignore[arg-type]
    words = [
        Saying("en", english, Use.PREFERRED, source="GB/T 37043-2018"),
        Saying("zh", chinese, Use.PREFERRED, source="GB/T 37043-2018"),
    ]
    return writing.enter(said, words, actor=SOMEBODY, now=now)


def word(row: TermConcept, lang: str) -> TermRendering:
    """The first word of a language."""
    return next(each for each in row.renderings if each.lang == lang)


def furnish(_cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """One concept and one file; nobody owns them."""
    made = concept(now)
    intake = taking_in.hand_in(BytesIO(TABLE), "terms.csv", actor=SOMEBODY, now=now)
    known = {
        "concept_id": made.public_id,
        "term_id": word(made, "zh").public_id,
        "intake_id": intake.public_id,
        "terms.turn_word.action": "admit",
    }
    return {"own": known, "other": known}
