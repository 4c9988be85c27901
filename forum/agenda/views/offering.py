"""What is said beside the files on offer: which translations they leave out, and what a machine wrote in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forum.agenda.exports.standing import count_of
from forum.agenda.programme import Programme
from forum.core import bilingual
from forum.core.catalogue import translator
from forum.translation.standing import Texts, notice_in
from forum.web.language import LANGUAGES, SiteLanguage, current_language

_COUNTED: tuple[Texts, ...] = ("reviewed", "machine")  # of originals alone there is nothing to count


@dataclass(frozen=True, slots=True)
class Offer:
    """The files of one forum, with a sentence on the texts for some choices; empty where there is nothing to say."""

    slug: str
    notices: Mapping[Texts, str]
    languages: Mapping[str, SiteLanguage]


def offered(programme: Programme, slug: str) -> Offer:
    """Return what is offered of a programme: files in both languages are the usual ones, so both are counted."""
    return Offer(slug, {texts: notice_of(programme, texts) for texts in _COUNTED}, LANGUAGES)


def notice_of(programme: Programme, texts: Texts) -> str:
    """Return what the head of a page that shows both languages says of its texts, in the reader's language."""
    return notice_in(texts, count_of(programme, texts, bilingual.LANGUAGES), translator(current_language()))
