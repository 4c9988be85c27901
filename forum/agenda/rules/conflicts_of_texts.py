"""Conflicts of texts: missing or unreviewed in one language, or telling what is still embargoed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from forum.agenda.programme import Item, Visibility
from forum.agenda.rules.findings import Code, Conflict, Severity
from forum.core.bilingual import LANGUAGES, Text, TextState
from forum.core.refusals import N_, Word
from forum.core.walltime import to_wall

SHORTEST_NAME = {"en": 5, "zh": 2}  # characters; shorter words would be found in any text
SHORTEST_TITLE = {"en": 8, "zh": 4}

_MISSING_TITLE = N_("“%(title)s” has no title in %(language)s.")
_MISSING_ABSTRACT = N_("“%(title)s” has no abstract in %(language)s.")
_MISSING_PLACEHOLDER = N_("The placeholder “%(title)s” is missing in %(language)s.")
_MACHINE = N_("“%(title)s” has a machine translation in %(language)s that nobody has reviewed.")
_OUTDATED = N_("“%(title)s” has a translation in %(language)s that is older than its source.")
_LATE_EMBARGO = N_("The embargo on “%(title)s” ends on %(until)s, after the item has begun on %(when)s.")
_BETRAYS = N_("The public text of “%(title)s” names “%(secret)s”, which is under embargo.")

_LANGUAGE_NAMES = {"en": Word(N_("English")), "zh": Word(N_("Chinese"))}


def text_conflicts(items: Sequence[Item], at: datetime | None, zone: ZoneInfo) -> Iterator[Conflict]:
    """Yield the conflicts of texts; without ``at`` every embargo counts as in force."""
    for item in items:
        yield from _placeholder(item)
        if item.visibility is Visibility.PUBLIC:
            yield from _public_texts(item)
        if item.embargo_until is not None and item.embargo_until > item.starts_at:
            until, _ = to_wall(item.embargo_until, zone)
            yield _about(item, Code.VIS_CONTRADICTION, Severity.ERROR, _LATE_EMBARGO, until=until)
    yield from _betrayals(items, at)


def _about(item: Item, code: Code, severity: Severity, message: str, **facts: object) -> Conflict:
    told = {"title": item.title, "when": item.local_start, **facts}
    return Conflict(code, severity, (item.guid,), message, told, titles=(("title", item.guid),))


def _missing_sides(text: Text) -> Iterator[Word]:
    """A text that is empty in both languages isn't missing in one."""
    if text:
        for language in LANGUAGES:
            if not text.side(language):
                yield _LANGUAGE_NAMES[language]


def _placeholder(item: Item) -> Iterator[Conflict]:
    for language in _missing_sides(item.placeholder):
        yield _about(
            item,
            Code.TEXT_MISSING,
            Severity.ERROR,
            _MISSING_PLACEHOLDER,
            title=item.placeholder,
            language=language,
            field=f"placeholder {language}",
        )


def _public_texts(item: Item) -> Iterator[Conflict]:
    code = Code.TEXT_MISSING
    for language in _missing_sides(item.title) if item.title else _LANGUAGE_NAMES.values():
        where = f"title {language}"
        yield _about(item, code, Severity.ERROR, _MISSING_TITLE, language=language, field=where)
    for language in _missing_sides(item.abstract):
        where = f"abstract {language}"
        yield _about(item, code, Severity.WARNING, _MISSING_ABSTRACT, language=language, field=where)
    texts = (item.title, item.abstract, item.description)
    for side in LANGUAGES:
        states = {text.state(side) for text in texts}
        language = _LANGUAGE_NAMES[side]
        if TextState.MACHINE in states:
            yield _about(item, Code.TEXT_MACHINE, Severity.WARNING, _MACHINE, language=language, field=side)
        if TextState.OUTDATED in states:
            yield _about(item, Code.TEXT_OUTDATED, Severity.WARNING, _OUTDATED, language=language, field=side)


def _betrayals(items: Sequence[Item], at: datetime | None) -> Iterator[Conflict]:
    """Yield public texts that name an embargoed session, or a person who appears under embargo alone."""
    embargoed = [item for item in items if item.embargo_until is not None and (at is None or item.embargo_until > at)]
    if not embargoed:
        return
    hidden = {item.guid for item in embargoed}
    public = [item for item in items if item.guid not in hidden and item.visibility is Visibility.PUBLIC]
    known_people = {speaker.person_guid for item in public for speaker in item.speakers}
    known_titles = {side for item in public for side in (item.title.en, item.title.zh)}
    secrets: dict[str, tuple[Item, Text]] = {}
    for item in embargoed:
        for side in _long_enough(item.title, SHORTEST_TITLE):
            if side not in known_titles:
                secrets[side.casefold()] = (item, item.title)
        for speaker in item.speakers:
            if speaker.person_guid not in known_people:
                secrets |= {side.casefold(): (item, speaker.name) for side in _long_enough(speaker.name, SHORTEST_NAME)}
    yield from _naming(secrets, public)


def _naming(secrets: Mapping[str, tuple[Item, Text]], public: Sequence[Item]) -> Iterator[Conflict]:
    """Yield each public item whose text names one of the secrets.

    One search through all texts together tells that most secrets are named nowhere.
    """
    texts = [_readable(item) for item in public]
    everything = "\n".join(texts) if secrets else ""
    for words, (source, secret) in secrets.items():
        if words not in everything:
            continue
        whole = re.compile(_whole(words))
        for item, text in zip(public, texts, strict=True):
            if whole.search(text):
                yield Conflict(
                    Code.VIS_CONTRADICTION,
                    Severity.ERROR,
                    tuple(sorted((item.guid, source.guid))),
                    _BETRAYS,
                    {"title": item.title, "secret": secret, "field": words},
                    (("title", item.guid), ("secret", source.guid)),
                )


def _long_enough(text: Text, shortest: dict[str, int]) -> Iterator[str]:
    for language in LANGUAGES:
        side = text.side(language)
        if len(side) >= shortest[language]:
            yield side


def _whole(secret: str) -> str:
    """Return a pattern for whole words; Chinese has no blanks that could tell where a word ends."""
    quoted = re.escape(secret)
    return rf"\b{quoted}\b" if secret.isascii() and secret[0].isalnum() and secret[-1].isalnum() else quoted


def _readable(item: Item) -> str:
    texts = [item.title, item.abstract, item.description, *(paper.title for paper in item.materials)]
    return "\n".join(side for text in texts for side in (text.en, text.zh)).casefold()
