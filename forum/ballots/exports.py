"""The calendar of ballots: closing instants for everybody, and the steps of our cases for those who may read them.

Every entry keeps its UID; a moved day raises SEQUENCE, a cancelled ballot stays with STATUS:CANCELLED.  Nothing of a
position or of the state of a case ever stands in a calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.ballots.models import BALLOT_KINDS, CAPACITIES, STEP_KINDS, Ballot, Position
from forum.ballots.rules.backplan import BEIJING
from forum.ballots.rules.coherence import ANSWERS
from forum.ballots.rules.naming import name_of
from forum.core.bilingual import HTML_TAGS, LANGUAGES
from forum.core.catalogue import Translator, translator
from forum.core.refusals import N_, spoken
from forum.ports.documents.calendar import MEDIA_TYPE, CalendarEntry, CalendarFeed, encode
from forum.ports.documents.typeset import MEDIA_TYPE as PDF_TYPE
from forum.ports.documents.typeset import typeset
from forum.workdays.rules.hours import local_instant

__all__ = ["MEDIA_TYPE", "PDF_TYPE", "Frame", "as_ics", "position_pdf"]

LASTS = timedelta(minutes=30)
STEP_AT, STEP_ENDS = time(16, 30), time(17, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a calendar comes from and where its entries lead."""

    host: str
    organiser: str
    address: str  # of a role's mailbox
    page: Callable[[Ballot], str]
    list_page: str
    is_private: bool = False


def as_ics(ballots: Sequence[Ballot], inside: Callable[[Ballot], bool], frame: Frame, language: str) -> bytes:
    """Return the calendar; ``inside`` tells whose steps the reader may see."""
    say = translator(language)
    entries = tuple(entry for ballot in ballots for entry in _entries(ballot, frame, say, steps=inside(ballot)))
    changed = max((ballot.changed_at for ballot in ballots), default=datetime(2022, 6, 30, tzinfo=ZoneInfo("UTC")))
    return encode(
        CalendarFeed(
            product="-//Forum//Ballots//EN",
            name=say("International ballots"),
            zone_name=BEIJING,
            changed_at=changed,
            organiser_name=frame.organiser,
            organiser_address=frame.address,
            entries=entries,
            language=HTML_TAGS[language],
            page_url=frame.list_page,
            is_private=frame.is_private,
        )
    )


def _entries(ballot: Ballot, frame: Frame, say: Translator, *, steps: bool) -> Iterator[CalendarEntry]:
    name = name_of(ballot, say.language)
    cancelled = ballot.cancelled_at is not None
    facts = {"reference": name, "kind": say(BALLOT_KINDS[ballot.kind])}
    yield CalendarEntry(
        uid=f"ballot-{ballot.public_id}@{frame.host}",
        summary=say(N_("Ballot closes: %(reference)s"), reference=name),
        starts_at=ballot.closes_at - LASTS,
        ends_at=ballot.closes_at,
        changed_at=ballot.changed_at,
        created_at=ballot.created_at,
        sequence=ballot.sequence,
        status="CANCELLED" if cancelled else "CONFIRMED",
        language=HTML_TAGS[say.language],
        description="\n".join(
            (
                say(N_("%(kind)s, %(committee)s"), kind=facts["kind"], committee=ballot.committee.reference),
                *both_zones(ballot, say),
            )
        ),
        url=frame.page(ballot),
        is_free_time=True,
    )
    if not steps:
        return
    for row in ballot.steps:
        yield CalendarEntry(
            uid=f"ballot-{ballot.public_id}-{row.kind}@{frame.host}",
            summary=say(N_("%(reference)s: %(step)s"), reference=name, step=say(STEP_KINDS[row.kind])),
            starts_at=local_instant(row.due_on, STEP_AT, ZoneInfo(BEIJING)),
            ends_at=local_instant(row.due_on, STEP_ENDS, ZoneInfo(BEIJING)),
            changed_at=row.updated_at,
            created_at=row.created_at,
            sequence=row.sequence,
            status="CANCELLED" if cancelled else "CONFIRMED",
            language=HTML_TAGS[say.language],
            description="\n".join(both_zones(ballot, say)),
            url=frame.page(ballot),
            is_free_time=True,
        )


def both_zones(ballot: Ballot, say: Translator) -> tuple[str, str]:
    """Return the closing instant on both clocks, each as a sentence."""
    here = ballot.closes_at.astimezone(ZoneInfo(BEIJING))
    there = ballot.closes_at.astimezone(ZoneInfo(ballot.closes_zone))
    return (
        say(N_("Closes on %(moment)s in Beijing."), moment=f"{here:%Y-%m-%d %H:%M}"),
        say(
            N_("Closes on %(moment)s by the clock of the body (%(zone)s)."),
            moment=f"{there:%Y-%m-%d %H:%M}",
            zone=ballot.closes_zone,
        ),
    )


def position_pdf(ballot: Ballot, position: Position) -> bytes:
    """Return a position as PDF in both languages, with who approved it and its digest; two runs give the same bytes."""
    here = ballot.closes_at.astimezone(ZoneInfo(BEIJING))
    rows = [
        {"label": _said(N_("Kind of ballot")), "value": _said(BALLOT_KINDS[ballot.kind])},
        {"label": _said(N_("Committee")), "value": dict.fromkeys(LANGUAGES, ballot.committee.reference)},
        {"label": _said(N_("Closes")), "value": dict.fromkeys(LANGUAGES, f"{here:%Y-%m-%d %H:%M} GMT+8")},
        {"label": _said(N_("Answer")), "value": _said(ANSWERS[position.answer])},
    ]
    for one in position.approvals:
        at = one.at.astimezone(ZoneInfo(BEIJING))
        said = f"{one.account.name}, {at:%Y-%m-%d %H:%M} GMT+8"
        rows.append({"label": _said(CAPACITIES[one.capacity]), "value": dict.fromkeys(LANGUAGES, said)})
    facts = {
        "title": _said(N_("Our position")),
        "reference": name_of(ballot, "zh"),
        "rows": rows,
        "reason": {language: position.side("reason", language).split("\n") for language in LANGUAGES},
        "reason_label": {
            "en": translator("en")(N_("Reasons in English")),
            "zh": translator("zh")(N_("Reasons in Chinese")),
        },
        "digest": position.digest,
    }
    dated = max((one.at for one in position.approvals), default=position.created_at)
    return typeset("position", facts, dated=dated.replace(microsecond=0))


def _said(word: str) -> dict[str, str]:
    return {language: spoken(word, translator(language)) for language in LANGUAGES}
