"""The partnership itself: its parties, what it is about, where it came from."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.audit.models import immutable
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import P_
from forum.places.models import City, Province

if TYPE_CHECKING:
    from forum.partnerships.models.version import AgreementVersion


class Side(StrEnum):
    """On which side of the table a party, a reader or a remark is."""

    DOMESTIC = "domestic"
    FOREIGN = "foreign"


class PartyRole(StrEnum):
    """Whether a city leads its side."""

    LEAD = "lead"
    PARTY = "party"


class Origin(StrEnum):
    """How the cities came together."""

    MATCH = "match"
    FORUM = "forum"
    COMMITTEE = "committee"
    FRIENDSHIP = "friendship"


ORIGINS: dict[str, str] = {
    "match": P_("partnership", "A recommendation"),
    "forum": P_("partnership", "A forum"),
    "committee": P_("partnership", "A committee meeting"),
    "friendship": P_("partnership", "An existing friendship-city link"),
}


class Instrument(StrEnum):
    """The instruments below a friendship-city agreement."""

    INTENT = "intent"
    MEMORANDUM = "memorandum"
    ARRANGEMENT = "arrangement"
    JOINT_PLAN = "joint_plan"


INSTRUMENTS: dict[str, str] = {
    "intent": P_("partnership", "Letter of intent"),
    "memorandum": P_("partnership", "Memorandum on standardization cooperation"),
    "arrangement": P_("partnership", "Cooperation arrangement"),
    "joint_plan": P_("partnership", "Joint action plan"),
}


class Partnership(Bilingual, Row, Base):
    """A partnership 城市伙伴关系 of two or more cities, known by a number that is given once."""

    __tablename__ = "partnership"
    __bilingual__: ClassVar = {"title": String(300), "objectives": Text, "invitation": Text}
    __table_args__ = (
        # One open partnership for each set of parties and instrument.
        Index(
            "uq_partnership_open",
            "party_key",
            "instrument",
            unique=True,
            sqlite_where=text("closed_at IS NULL AND party_key <> ''"),
            postgresql_where=text("closed_at IS NULL AND party_key <> ''"),
        ),
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)  # P-2026-0042
    instrument: Mapped[Instrument] = mapped_column(Word(Instrument))
    party_key: Mapped[str] = mapped_column(
        String(300), default=""
    )  # sorted city ids; empty until a counterpart is chosen
    areas: Mapped[list[str]] = mapped_column(default=list)  # focus areas, A01 to A12
    plan_tasks: Mapped[list[Any]] = mapped_column(default=list)  # tasks of the action plan, 1 to 16
    origin: Mapped[Origin] = mapped_column(Word(Origin), default=Origin.MATCH)
    origin_reference: Mapped[str] = mapped_column(String(200), default="")
    origin_parts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the match card, kept for ever
    friendship_link: Mapped[str] = mapped_column(String(200), default="")
    cites_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))  # the rejection it answers
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    parties: Mapped[list[PartnershipParty]] = relationship(
        back_populates="partnership", order_by="PartnershipParty.order", lazy="selectin"
    )
    versions: Mapped[list[AgreementVersion]] = relationship(
        back_populates="partnership", order_by="AgreementVersion.number"
    )
    cites: Mapped[Partnership | None] = relationship(remote_side="Partnership.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        """How the audit and stored files name this partnership."""
        return f"partnership:{self.public_id}"

    def lead_of(self, side: Side) -> PartnershipParty | None:
        """Return the city that leads a side."""
        mine = [party for party in self.parties if party.side is side]
        return next((party for party in mine if party.role is PartyRole.LEAD), mine[0] if mine else None)


class PartnershipParty(Row, Base):
    """A city as a party; it appears once."""

    __tablename__ = "partnership_party"
    __table_args__ = (UniqueConstraint("partnership_id", "city_id"),)

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    side: Mapped[Side] = mapped_column(Word(Side))
    role: Mapped[PartyRole] = mapped_column(Word(PartyRole), default=PartyRole.PARTY)
    inviting: Mapped[bool] = mapped_column(default=False)
    order: Mapped[int] = mapped_column(default=0)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    contact: Mapped[str] = mapped_column(String(300), default="")  # as the party gave it for the other side
    working_languages: Mapped[list[str]] = mapped_column(default=list)
    # A foreign city's own approval is no state of ours: authority, date and document.
    own_approval_by: Mapped[str] = mapped_column(String(300), default="")
    own_approval_on: Mapped[date | None]
    own_approval_reference: Mapped[str] = mapped_column(String(200), default="")

    partnership: Mapped[Partnership] = relationship(back_populates="parties")
    city: Mapped[City] = relationship(lazy="joined")


class DelegatedApproval(Row, Base):
    """A delegation 授权: the national office hands a class of instrument to a province for a period."""

    __tablename__ = "delegated_approval"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="term"),)

    reference: Mapped[str] = mapped_column(String(80), unique=True)
    instrument: Mapped[Instrument] = mapped_column(Word(Instrument))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    given_by: Mapped[str] = mapped_column(String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(80), default="")
    end_reason: Mapped[str] = mapped_column(Text, default="")

    province: Mapped[Province] = relationship(lazy="joined")


class CityBlock(Row, Base):
    """One city doesn't want to be asked by another; the blocked one never learns why."""

    __tablename__ = "city_block"
    __table_args__ = (UniqueConstraint("city_id", "blocked_city_id"),)

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"))
    blocked_city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class PartnershipSetting(Base):
    """A number that the national office has set otherwise than the default."""

    __tablename__ = "partnership_setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int]


class SettingChange(Row, Base):
    """One change of these numbers; its own number is given once, so that two who edit at once meet here."""

    __tablename__ = "partnership_setting_change"

    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(Instant)
    # No foreign key: the record outlives an account, whose removal mustn't alter it.
    account_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # setting: [before, after]
    reason: Mapped[str] = mapped_column(Text, default="")


for _ddl in immutable("partnership_setting_change"):
    event.listen(SettingChange.__table__, "after_create", _ddl)


class Numbering(Base):
    """The last number given in a year; a number is given once."""

    __tablename__ = "partnership_numbering"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)  # "P-2026"
    last: Mapped[int]
