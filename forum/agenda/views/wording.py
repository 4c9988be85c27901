"""What agenda pages say of an item: its chips, its languages, and the sentences of a change list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from markupsafe import Markup

from forum.agenda.exports.phrases import language_name, languages_listed, short_day
from forum.agenda.programme import Item, Programme, SessionState, Visibility, programme_day
from forum.agenda.rules.change_kinds import ChangeKind
from forum.agenda.rules.changes import Change, facts
from forum.agenda.rules.sentences import sentence
from forum.core.bilingual import HTML_TAGS, other
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.web.formats import day_clock
from forum.web.viewer import now

CHANGE_WORDS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.CANCELLED: (N_("Cancelled"), "stop"),
    ChangeKind.REMOVED: (N_("Removed"), "stop"),
    ChangeKind.MOVED_TIME: (N_("New time"), "wait"),
    ChangeKind.MOVED_ROOM: (N_("Another room"), "wait"),
    ChangeKind.LENGTHENED: (N_("Longer"), "wait"),
    ChangeKind.SHORTENED: (N_("Shorter"), "wait"),
    ChangeKind.REINSTATED: (N_("Takes place"), "good"),
    ChangeKind.ADDED: (N_("New"), "good"),
    ChangeKind.RENAMED: (N_("Renamed"), ""),
    ChangeKind.SPEAKERS_CHANGED: (N_("Speakers"), ""),
    ChangeKind.LANGUAGE_CHANGED: (N_("Languages"), ""),
    ChangeKind.TEXT_EDITED: (N_("Text"), ""),
    ChangeKind.MATERIAL_CHANGED: (N_("Documents"), ""),
    ChangeKind.DETAILS_CHANGED: (N_("Details"), ""),
}
# What a reader with an older version in the hand must notice in the grid.
_MARKED = {ChangeKind.MOVED_TIME, ChangeKind.MOVED_ROOM, ChangeKind.LENGTHENED, ChangeKind.SHORTENED, ChangeKind.ADDED}
_CIRCLES = {
    Visibility.REGISTERED: N_("For registered participants"),
    Visibility.HEADS: N_("For heads of delegation"),
    Visibility.STAFF: N_("Staff only"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a page tells it: chip, sentence in the reader's language, sentence in the other one."""

    label: str
    tone: str
    text: str
    other_text: str
    other_tag: str
    session_id: str


def chip(label: str, tone: str = "") -> Markup:
    """Return a state chip: a word with its mark."""
    return Markup('<span class="state{}">{}</span>').format(f" {tone}" if tone else "", label)


def marks(changes: Sequence[Change]) -> dict[str, ChangeKind]:
    """Return for each changed item the change that its chip in the agenda tells."""
    found: dict[str, ChangeKind] = {}
    for change in changes:
        if change.kind in _MARKED:
            found.setdefault(change.guid, change.kind)
    return found


def chips(item: Item, programme: Programme, mark: ChangeKind | None) -> Markup:
    """Return the chips of an item: cancelled, tentative, changed, who may see it, past midnight."""
    found: list[Markup] = []
    if item.state is SessionState.CANCELLED:
        found.append(chip(_("Cancelled"), "stop"))
    elif item.state is SessionState.TENTATIVE and not item.is_placeholder:
        found.append(chip(_("Tentative"), "wait"))
    elif item.state is SessionState.IDEA:
        found.append(chip(_("Idea"), "past"))
    if mark is not None and item.state is not SessionState.CANCELLED:
        word, tone = CHANGE_WORDS[mark]
        found.append(chip(_(word), tone))
    if (circle := _CIRCLES.get(item.visibility)) is not None and not item.is_placeholder:
        found.append(chip(_(circle), "past"))
    if item.embargo_until is not None and item.embargo_until > now():
        until = day_clock(item.embargo_until, programme.forum.zone)
        found.append(chip(_("Embargoed until %(when)s", when=until), "stop"))
    if item.starts_at.astimezone(programme.forum.zone).date() > programme_day(item.starts_at, programme.forum):
        found.append(chip(_("next day"), "past"))
    return Markup("").join(found)


def languages_heard(item: Item, language: str) -> str:
    """Return the languages in which an item can be followed."""
    return languages_listed([code for code in (item.language, *item.interpretation) if code], language)


def floor_and_interpretation(item: Item, language: str) -> str:
    """Return which language is spoken and into which ones it is interpreted, as a sentence."""
    if not item.language:
        return ""
    floor = language_name(item.language, language)
    if not item.interpretation:
        return floor
    return _(
        "%(floor)s, interpreted into %(languages)s",
        floor=floor,
        languages=languages_listed(item.interpretation, language),
    )


def moment_in(moment: date, language: str) -> str:
    """Return a day, with its time where it has one, inside a sentence of that language."""
    day = short_day(moment, language)
    if not isinstance(moment, datetime):
        return day
    return f"{day}{moment:%H:%M}" if language == "zh" else f"{day}, {moment:%H:%M}"


def tell(changes: Sequence[Change], before: Programme, after: Programme, language: str) -> list[Told]:
    """Return the changes in both languages, the reader's first; links lead only to what the reader still sees."""
    open_to_reader = {item.session_id for item in after.items if not item.is_placeholder}
    far = other(language)
    lines = []
    for change in changes:
        if change.kind not in CHANGE_WORDS:
            continue
        word, tone = CHANGE_WORDS[change.kind]
        told = facts(change, before, after)
        item = change.item
        lines.append(
            Told(
                _(word),
                tone,
                sentence(change.message, told, language, translator(language), moment_in),
                sentence(change.message, told, far, translator(far), moment_in),
                HTML_TAGS[far],
                item.session_id if item is not None and item.session_id in open_to_reader else "",
            )
        )
    return lines
