"""Countries and regions, provinces, cities and organisations, with names that the office can override."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Row, Word


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    GOVERNMENT = "government"
    CITY = "city"
    STANDARDS_BODY = "standards_body"
    INTERNATIONAL = "international"
    COMMITTEE = "committee"
    UNIVERSITY = "university"
    COMPANY = "company"
    MEDIA = "media"
    OTHER = "other"


class Named(Bilingual):
    """Mixin: a name in both languages, a sort key by pinyin, and the forms it is found under."""

    sort_zh: Mapped[str] = mapped_column(String(300), default="")
    search: Mapped[str] = mapped_column(String(1000), default="")
    name_overridden: Mapped[bool] = mapped_column(default=False)  # the office set its own display name


class Country(Named, Base):
    """A country or region 国家和地区, by ISO 3166-1."""

    __tablename__ = "country"
    __bilingual__: ClassVar = {"name": String(120)}

    iso2: Mapped[str] = mapped_column(String(2), primary_key=True)
    iso3: Mapped[str] = mapped_column(String(3), unique=True)
    match_names: Mapped[str] = mapped_column(String(400), default="")  # other names, for imports only
    currency: Mapped[str] = mapped_column(String(3), default="")


class Province(Named, Base):
    """A province-level unit of China, by GB/T 2260, and the Xinjiang Production and Construction Corps."""

    __tablename__ = "province"
    __bilingual__: ClassVar = {"name": String(120)}

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    iso3166_2: Mapped[str] = mapped_column(String(6), default="")
    kind: Mapped[str] = mapped_column(String(40), default="province")


class City(Named, Row, Base):
    """A city; Chinese ones carry their GB/T 2260 code."""

    __tablename__ = "city"
    __bilingual__: ClassVar = {"name": String(160)}
    __table_args__ = (Index("ix_city_sort_zh", "sort_zh"),)

    code: Mapped[str | None] = mapped_column(String(40), unique=True)  # of the reference data
    country_iso2: Mapped[str] = mapped_column(ForeignKey("country.iso2"), index=True)
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"), index=True)
    gbt2260: Mapped[str | None] = mapped_column(String(6), index=True)
    geonameid: Mapped[int | None] = mapped_column(unique=True)
    zone_name: Mapped[str] = mapped_column(String(64), default="")  # IANA, office hours
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]
    name_en_status: Mapped[str] = mapped_column(String(20), default="source")

    country: Mapped[Country] = relationship(lazy="joined")
    province: Mapped[Province | None] = relationship(lazy="joined")


class Organisation(Named, Row, Base):
    """A body that people represent."""

    __tablename__ = "organisation"
    __bilingual__: ClassVar = {"name": String(240)}

    kind: Mapped[OrganisationKind] = mapped_column(Word(OrganisationKind), default=OrganisationKind.OTHER)
    code: Mapped[str | None] = mapped_column(String(40), unique=True)  # of the reference data
    acronym: Mapped[str] = mapped_column(String(40), default="")
    country_iso2: Mapped[str | None] = mapped_column(ForeignKey("country.iso2"), index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"), index=True)
    website: Mapped[str] = mapped_column(String(300), default="")

    country: Mapped[Country | None] = relationship(lazy="joined")
    city: Mapped[City | None] = relationship(lazy="joined")
