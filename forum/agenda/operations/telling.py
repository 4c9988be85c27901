"""Telling people what a release changed: one mail a person, in the person's language, once.

Concerned are those who speak or spoke on a changed item and those who starred it.  What they read comes
from ``visible_changes``, so that a mail knows no more than the pages do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from forum.accounts.models import Account, AccountState
from forum.agenda.models import Star
from forum.agenda.programme import Programme
from forum.agenda.rules.changes import Change, Weight, facts
from forum.agenda.rules.sentences import sentence
from forum.agenda.visibility import ViewerLevel, visible, visible_changes
from forum.core.catalogue import translator
from forum.core.database import session
from forum.events.models import Forum
from forum.people.models import Person
from forum.ports.mail import outbox
from forum.ports.mail.models import Lane


@dataclass
class _Reader:
    language: str
    own: set[str] = field(default_factory=set)  # items in which the person speaks or spoke
    starred: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Told:
    """The changes as one circle reads them."""

    before: Programme
    after: Programme
    changes: tuple[Change, ...]

    def sentences(self, guids: Iterable[str], language: str) -> list[str]:
        wanted = set(guids)
        speak = translator(language)
        return [
            sentence(change.message, facts(change, self.before, self.after), language, speak)
            for change in self.changes
            if change.guid in wanted and change.weight is not Weight.QUIET
        ]


def tell(
    forum: Forum,
    before: Programme,
    after: Programme,
    changes: tuple[Change, ...],
    *,
    now: datetime,
    site: str,
) -> int:
    """Put one digest for each concerned person into the outbox; return how many."""
    told = {
        level: _Told(
            visible(before, level, now),
            visible(after, level, now),
            visible_changes(changes, before, after, level, now),
        )
        for level in (ViewerLevel.PUBLIC, ViewerLevel.HEADS)
    }
    sent = 0
    for address, reader in sorted(_readers(forum, changes).items()):
        lines = list(
            dict.fromkeys(
                [
                    *told[ViewerLevel.HEADS].sentences(reader.own, reader.language),
                    *told[ViewerLevel.PUBLIC].sentences(reader.starred, reader.language),
                ]
            )
        )
        if not lines:
            continue
        sent += outbox.post(
            "agenda_changes",
            address,
            reader.language,
            now=now,
            key=f"release:{forum.public_id}:{after.number}",
            lane=Lane.BULK,
            forum_id=forum.id,
            forum=forum.tr("title", reader.language).text,
            number=after.number,
            note=after.note.shown(reader.language).text,
            changes=lines,
            zone=forum.zone_name,
            url=f"{site}/{reader.language}/forums/{forum.slug}/agenda",
        )
    return sent


def _readers(forum: Forum, changes: Iterable[Change]) -> Mapping[str, _Reader]:
    """Return who is concerned, by mail address.

    Speakers read of items for heads as well, since they are in them; an embargo holds for everybody.
    """
    made = tuple(changes)
    readers: dict[str, _Reader] = {}
    for person, guids in _speakers(made):
        if person.email:
            readers.setdefault(person.email, _Reader(person.language)).own.update(guids)
    guids_changed = {change.guid for change in made if change.guid}
    stars = session.execute(
        select(Star.slot_guid, Account.email, Account.language)
        .join(Account, Account.id == Star.account_id)
        .where(Star.forum_id == forum.id, Account.state == AccountState.ACTIVE)
        .order_by(Star.id)
    )
    for guid, email, language in stars:
        if guid in guids_changed:
            readers.setdefault(email, _Reader(language)).starred.add(guid)
    return readers


def _speakers(changes: Iterable[Change]) -> Iterable[tuple[Person, set[str]]]:
    concerned: dict[str, set[str]] = {}
    for change in changes:
        for item in (change.before, change.after):
            for speaker in item.speakers if item is not None else ():
                concerned.setdefault(speaker.person_guid, set()).add(change.guid)
    found = session.scalars(
        select(Person).where(Person.guid.in_(sorted(concerned)), Person.erased_at.is_(None)).options(lazyload("*"))
    )
    return [(person, concerned[person.guid]) for person in found]
