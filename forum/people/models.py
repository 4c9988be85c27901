"""A person: names as in the passport and as displayed in each language; nothing about any one forum."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.bilingual import Bilingual
from forum.core.database import Base, Instant, Row, Word
from forum.core.identifiers import guid
from forum.places.models import City, Country, Organisation


class NameOrder(StrEnum):
    """Which part of a Latin name comes first when it is displayed."""

    FAMILY_FIRST = "family_first"
    GIVEN_FIRST = "given_first"


class Person(Bilingual, Row, Base):
    """Somebody who speaks or takes part.  Two persons may share a mail address (assistants do)."""

    __tablename__ = "person"
    __bilingual__: ClassVar = {
        "function": String(240),  # the title held, such as "Deputy Mayor"
        "organisation_name": String(240),  # as the person wishes it shown
        "biography": Text,
    }

    guid: Mapped[str] = mapped_column(String(36), unique=True, default=guid)
    family_latin: Mapped[str] = mapped_column(String(80), default="")
    given_latin: Mapped[str] = mapped_column(String(80), default="")
    name_order: Mapped[NameOrder] = mapped_column(Word(NameOrder), default=NameOrder.GIVEN_FIRST)
    name_zh: Mapped[str] = mapped_column(String(80), default="")  # own characters or a confirmed 译名
    native_name: Mapped[str] = mapped_column(String(120), default="")  # own script, when neither
    passport_surname: Mapped[str] = mapped_column(String(39), default="")
    passport_given: Mapped[str] = mapped_column(String(39), default="")
    honorific: Mapped[str] = mapped_column(String(40), default="")
    pronunciation: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    language: Mapped[str] = mapped_column(String(2), default="en")
    country_iso2: Mapped[str | None] = mapped_column(ForeignKey("country.iso2"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    sort_key: Mapped[str] = mapped_column(String(300), default="")  # by confirmed Latin name, else pinyin
    sort_zh: Mapped[str] = mapped_column(String(300), default="")  # by pinyin, where there is a Chinese name
    search: Mapped[str] = mapped_column(String(1000), default="")
    fictitious: Mapped[bool] = mapped_column(default=False)  # demonstration
    source: Mapped[str] = mapped_column(String(40), default="")  # where an import found the person
    source_id: Mapped[str] = mapped_column(String(200), default="", index=True)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    country: Mapped[Country | None] = relationship(lazy="joined")
    city: Mapped[City | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PersonKey(Base):
    """The key that opens a person's sealed fields; deleting it erases them all."""

    __tablename__ = "person_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    wrapped: Mapped[str] = mapped_column(String(200))
