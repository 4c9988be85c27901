"""What the parties add to a case: remarks, consents, files."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import exists, select, update

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.text import clean
from forum.partnerships import errors
from forum.partnerships.models import (
    AgreementVersion,
    AttachmentKind,
    CaseAttachment,
    CaseComment,
    Channel,
    ConsentKind,
    PartyConsent,
    Side,
)
from forum.partnerships.operations.performing import lock, one_person_one_party
from forum.partnerships.queries.consents import asked_of, entitled
from forum.partnerships.rules.seeing import Standing, shown_state
from forum.partnerships.states import VersionState
from forum.ports.files import keeping
from forum.ports.files.kinds import Kind

SCANS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})


_S = VersionState
ATTACHED_IN: dict[AttachmentKind, frozenset[VersionState]] = {
    AttachmentKind.SCAN: frozenset({_S.APPROVED, _S.RETURNED}),
    AttachmentKind.OPINION: frozenset({_S.NEGOTIATING, _S.CITY_REVIEW, _S.PROVINCE_REVIEW, _S.RETURNED, _S.LAPSED}),
    AttachmentKind.RENEWAL_LETTER: frozenset({_S.ACTIVE, _S.RENEWAL}),
}


def kinds_for(version: AgreementVersion, standing: Standing) -> tuple[AttachmentKind, ...]:
    """Return the kinds of files that somebody may add to a case now.

    Signed copies come from the city that reports the signature, opinions from the domestic line.
    """
    found = [kind for kind, states in ATTACHED_IN.items() if version.state in states]
    if "city_liaison" not in standing.roles or (
        version.state is _S.RETURNED and version.returned_from is not _S.SIGNED
    ):
        found = [kind for kind in found if kind is not AttachmentKind.SCAN]
    if "fa_officer" not in standing.roles or not standing.domestic:
        found = [kind for kind in found if kind is not AttachmentKind.OPINION]
    if not standing.liaison_of:
        found = [kind for kind in found if kind is AttachmentKind.OPINION]
    return tuple(found)


def remark(
    version: AgreementVersion,
    text: str,
    *,
    channel: Channel = Channel.INTERNAL,
    subject: str = "",
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> CaseComment:
    """Post a comment; its channel is fixed from now on, and its level is the highest that the author has.

    Who acts on both sides speaks for the domestic one.
    """
    side = Side.DOMESTIC if standing.domestic else Side.FOREIGN
    level = standing.level_on(side)
    if not level or not standing.sees(version.circle):
        raise NotFound
    words = clean(text)
    if not words:
        raise errors.EmptyRemark
    role = next(iter(sorted(standing.roles - {"system"})), "")
    posted = CaseComment(
        version_id=version.id,
        channel=channel,
        side=side,
        level=int(level),
        author_id=actor.account_id,
        author_role=role,
        subject=subject,
        text=words,
        created_at=now,
    )
    session.add(posted)
    session.flush()
    # The site's audit is read by many: that there was an internal remark is said nowhere else than in its own place.
    if channel is Channel.SHARED:
        record(actor, "remark", "agreement", version.public_id, now=now, channel=str(channel))
    return posted


def consent(
    version: AgreementVersion,
    kind: ConsentKind,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Say yes for one's city to what somebody else will decide, such as resuming; once more is the same as once.

    Raises ``NothingToAgree``, ``ActsForSeveral``, ``MovedMeanwhile`` when the case has moved on since the page.
    """
    lock(version)
    if seen is not None and seen != version.stamp:
        raise errors.MovedMeanwhile(shown_state(version.state, standing))
    parties = entitled(kind, standing)
    if not parties or not standing.sees(version.circle):
        raise NotFound
    if kind not in asked_of(version):
        raise errors.NothingToAgree
    if len(standing.parties) > 1:
        raise errors.ActsForSeveral
    one_person_one_party(version, kind, version.moves, actor, parties)
    (party,) = parties
    same = (
        PartyConsent.version_id == version.id,
        PartyConsent.party_id == party,
        PartyConsent.kind == kind,
        PartyConsent.moves == version.moves,
    )
    if session.scalar(select(exists().where(*same))):
        return
    session.add(
        PartyConsent(
            version_id=version.id,
            party_id=party,
            kind=kind,
            moves=version.moves,
            account_id=actor.account_id,
            at=now,
        )
    )
    session.flush()
    record(actor, "consent", "agreement", version.public_id, now=now, about=str(kind))


def attach(
    version: AgreementVersion,
    kind: AttachmentKind,
    stream: BinaryIO | None,
    filename: str | None,
    *,
    language: str = "",
    standing: Standing,
    actor: Actor,
    now: datetime,
) -> CaseAttachment:
    """Keep a file of the case; a former one of the same kind, language and party stays for the record."""
    lock(version)
    if kind not in kinds_for(version, standing):
        raise NotFound
    stored = keeping.store(stream, filename, version.reference, SCANS, field="file")
    party = min(standing.parties, default=None) if kind is AttachmentKind.RENEWAL_LETTER else None
    session.execute(
        update(CaseAttachment)
        .where(
            CaseAttachment.version_id == version.id,
            CaseAttachment.kind == kind,
            CaseAttachment.language == language,
            CaseAttachment.party_id == party if party is not None else CaseAttachment.party_id.is_(None),
            CaseAttachment.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )
    kept = CaseAttachment(
        version_id=version.id,
        party_id=party,
        kind=kind,
        language=language,
        file_id=stored.id,
        file=stored,
        sha256=stored.sha256,
        added_by=actor.account_id,
    )
    session.add(kept)
    session.flush()
    record(actor, "attach", "agreement", version.public_id, now=now, about=str(kind), file=stored.public_id)
    return kept
