"""A text kept in the version's own two columns: for agreements that aren't written clause by clause."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import exists, select

from forum.agreements.rules.canonical import normal
from forum.core.actor import Actor
from forum.core.database import session
from forum.partnerships.models import AgreementVersion, CaseHand, ConsentKind, PartnershipParty, PartyConsent
from forum.partnerships.rules.case import Hashes


def hashes_of(english: str, chinese: str) -> Hashes:
    """Return SHA-256 of each text and of both together."""
    en, zh = (hashlib.sha256(normal(text).encode()).hexdigest() for text in (english, chinese))
    return Hashes(en, zh, hashlib.sha256(f"{en}\n{zh}".encode()).hexdigest())


class OwnText:
    """The desk of such texts."""

    def fresh_hashes(self, version: AgreementVersion) -> Hashes:
        """Read both columns from the database, past what this session remembers."""
        session.flush()
        row = session.execute(
            select(AgreementVersion.text_en, AgreementVersion.text_zh).where(AgreementVersion.id == version.id)
        ).one()
        return hashes_of(row.text_en, row.text_zh)

    def part_hash(self, version: AgreementVersion, part: str) -> str:  # noqa: ARG002 - the whole is the only part
        """Return the hash of both texts."""
        return self.fresh_hashes(version).both

    def clauses(self, version: AgreementVersion) -> dict[str, str]:  # noqa: ARG002 - the whole is the only part
        """There are no clauses."""
        return {}

    def all_matched(self, version: AgreementVersion) -> bool:
        """Tell whether somebody found the present texts to agree."""
        return version.matched_hash == self.fresh_hashes(version).both

    def findings_blocking(self, version: AgreementVersion, today: date) -> int:  # noqa: ARG002 - nothing is checked
        """No clause is checked."""
        return 0

    def confirm(self, version: AgreementVersion, party: PartnershipParty, *, actor: Actor, now: datetime) -> None:
        """Keep a party's confirmation of this text."""
        both = self.fresh_hashes(version).both
        same = (
            PartyConsent.version_id == version.id,
            PartyConsent.party_id == party.id,
            PartyConsent.kind == ConsentKind.TEXT,
            PartyConsent.text_hash == both,
        )
        if session.scalar(select(exists().where(*same))):
            return
        session.add(
            PartyConsent(
                version_id=version.id,
                party_id=party.id,
                kind=ConsentKind.TEXT,
                text_hash=both,
                account_id=actor.account_id,
                at=now,
            )
        )
        session.flush()

    def confirmed_by_all(self, version: AgreementVersion) -> bool:
        """Tell whether each party's confirmation is of the present text."""
        confirmed = set(
            session.scalars(
                select(PartyConsent.party_id).where(
                    PartyConsent.version_id == version.id,
                    PartyConsent.kind == ConsentKind.TEXT,
                    PartyConsent.text_hash == self.fresh_hashes(version).both,
                )
            )
        )
        return {party.id for party in version.partnership.parties} <= confirmed

    def drafters(self, version: AgreementVersion) -> frozenset[int]:
        """Return those who are kept as drafters of the case."""
        return frozenset(
            session.scalars(
                select(CaseHand.account_id).where(CaseHand.version_id == version.id, CaseHand.capacity == "drafter")
            )
        )

    def last_day(self, version: AgreementVersion, effective_on: date) -> date | None:  # noqa: ARG002
        """Return nothing: what two columns of words say of the term, nobody can compute."""
        return None

    def lock(self, version: AgreementVersion, *, today: date, actor: Actor, now: datetime) -> None:  # noqa: ARG002
        """Close both columns to editing."""
        version.text_locked = True

    def unlock(self, version: AgreementVersion, *, actor: Actor, now: datetime) -> None:  # noqa: ARG002
        """Open both columns for editing."""
        version.text_locked = False

    def successor(
        self,
        version: AgreementVersion,
        following: AgreementVersion,
        *,
        actor: Actor,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> None:
        """Copy both texts."""
        following.text_en, following.text_zh = version.text_en, version.text_zh
        following.matched_hash = version.matched_hash
        following.text_locked = False
