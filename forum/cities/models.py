"""What a city says of itself: its profile, offers, needs, certificates, pilots, committees, networks, contacts."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from forum.cities.words import (
    Boundary,
    ChangeKind,
    CityLevel,
    CommitteePart,
    Consent,
    Form,
    Network,
    Visibility,
)
from forum.core.bilingual import Bilingual
from forum.core.database import Base, Row, Word
from forum.places.models import City


class CityProfile(Bilingual, Row, Base):
    """The profile of a city 城市资料; hidden until its liaison shows it."""

    __tablename__ = "city_profile"
    __bilingual__: ClassVar = {"summary": Text, "population_source": String(200)}
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 0 AND 9", name="capacity"),
        Index("ix_city_profile_visibility", "visibility", "last_confirmed_on"),
    )

    city_id: Mapped[int] = mapped_column(ForeignKey("city.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    level: Mapped[CityLevel] = mapped_column(Word(CityLevel))
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    population_boundary: Mapped[Boundary] = mapped_column(Word(Boundary), default=Boundary.PROPER)
    working_languages: Mapped[list[str]] = mapped_column(default=list)  # ISO 639-1
    focus_areas: Mapped[list[str]] = mapped_column(default=list)  # at most five codes, the first ranks highest
    website: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[int] = mapped_column(default=2)  # partnerships that the city can carry at a time
    visibility: Mapped[Visibility] = mapped_column(Word(Visibility), default=Visibility.HIDDEN)
    last_confirmed_on: Mapped[date | None]
    former_names: Mapped[str] = mapped_column(String(600), default="")  # folded, for the search
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))  # the city that this one became part of
    version: Mapped[int] = mapped_column(default=1)

    city: Mapped[City] = relationship(lazy="joined", foreign_keys=[city_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def shows_population(self) -> bool:
        """Tell whether the population may be shown: never without its year and its source."""
        return bool(self.population and self.population_year and self.text("population_source"))


class OfCity:
    """Mixin: an entry of one city that two people may edit."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr
    @classmethod
    def city_id(cls) -> Mapped[int]:
        """The city."""
        return mapped_column(ForeignKey("city.id"), index=True)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def _one_open(table: str) -> Index:
    """One open entry for each city and area; closed ones stay for the record."""
    still_open = text("closed_on IS NULL")
    return Index(
        f"uq_{table}_open", "city_id", "area", unique=True, sqlite_where=still_open, postgresql_where=still_open
    )


class Exchange(OfCity, Bilingual):
    """Mixin of offers and needs."""

    area: Mapped[str] = mapped_column(String(3))  # A01 to A12
    level: Mapped[int]  # 1 to 3: of the experience offered, or how urgent the need is
    form: Mapped[Form] = mapped_column(Word(Form))
    languages: Mapped[list[str]] = mapped_column(default=list)  # ISO 639-1
    hours: Mapped[int | None]  # a year
    references: Mapped[list[str]] = mapped_column("standard_references", default=list)  # as typed: "GB/T 36749-2018"
    valid_until: Mapped[date | None]
    closed_on: Mapped[date | None]


class Offer(Exchange, Row, Base):
    """What a city can give in one area 供给."""

    __tablename__ = "city_offer"
    __bilingual__: ClassVar = {"text": Text}
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 3", name="level"), _one_open("city_offer"))


class Need(Exchange, Row, Base):
    """What a city looks for in one area 需求."""

    __tablename__ = "city_need"
    __bilingual__: ClassVar = {"text": Text}
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 3", name="level"), _one_open("city_need"))


class Certificate(OfCity, Bilingual, Row, Base):
    """A certificate of a city 证书; whether it is valid follows from its dates alone."""

    __tablename__ = "city_certificate"
    __bilingual__: ClassVar = {"body": String(160)}  # that issued it
    __table_args__ = (CheckConstraint("valid_until >= issued_on", name="term"),)

    standard: Mapped[str] = mapped_column(String(60))
    grade: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date]
    valid_until: Mapped[date]  # last day
    data_year: Mapped[int | None]
    evidence_url: Mapped[str] = mapped_column(String(300), default="")


class Pilot(OfCity, Bilingual, Row, Base):
    """A trial of a standard in a city 试点."""

    __tablename__ = "city_pilot"
    __bilingual__: ClassVar = {"title": String(200)}

    area: Mapped[str] = mapped_column(String(3))
    references: Mapped[list[str]] = mapped_column("standard_references", default=list)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    website: Mapped[str] = mapped_column(String(300), default="")


class CommitteeRole(OfCity, Row, Base):
    """A part that somebody of a city has in a committee 标委会任职; committees come and go, so it is dated."""

    __tablename__ = "city_committee_role"

    body: Mapped[str] = mapped_column(String(160))  # such as "ISO/TC 268" or "SAC/TC 567"
    part: Mapped[CommitteePart] = mapped_column(Word(CommitteePart))
    person: Mapped[str] = mapped_column(String(160), default="")  # shown to the city and its reviewers only
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class NetworkMembership(OfCity, Row, Base):
    """Membership in a network of cities 城市网络."""

    __tablename__ = "city_network"

    network: Mapped[Network] = mapped_column(Word(Network))
    name: Mapped[str] = mapped_column(String(160), default="")  # of another network
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class CityContact(OfCity, Bilingual, Row, Base):
    """Somebody to speak to in a city 联系人; shown to others only with consent."""

    __tablename__ = "city_contact"
    __bilingual__: ClassVar = {"organisation": String(200), "position": String(200)}

    person: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    languages: Mapped[list[str]] = mapped_column(default=list)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    handover_note: Mapped[str] = mapped_column(Text, default="")  # internal: for the successor
    consent: Mapped[Consent] = mapped_column(Word(Consent), default=Consent.NONE)
    consented_on: Mapped[date | None]


class CityChange(OfCity, Row, Base):
    """A city was renamed, or became part of another one 名称与区划变更; its old address leads on."""

    __tablename__ = "city_change"

    kind: Mapped[ChangeKind] = mapped_column(Word(ChangeKind))
    old_name_en: Mapped[str] = mapped_column(String(160))
    old_name_zh: Mapped[str] = mapped_column(String(160))
    old_slug: Mapped[str | None] = mapped_column(String(60), unique=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    happened_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))

    successor: Mapped[City | None] = relationship(lazy="joined", foreign_keys=[successor_id])
    city: Mapped[City] = relationship(lazy="joined", foreign_keys="CityChange.city_id")
