"""Offices held by accounts: a role, the place it is held for, and its term."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Account
from forum.core.database import Base, Instant, Row, Word
from forum.core.refusals import N_
from forum.places.models import City, Province


class OfficeRole(StrEnum):
    """What somebody does for a city, a province or the nation."""

    CITY_LIAISON = "city_liaison"
    CITY_LEAD = "city_lead"
    PROVINCE_REVIEWER = "province_reviewer"
    PROVINCE_LEAD = "province_lead"
    FA_OFFICER = "fa_officer"
    NATIONAL_REVIEWER = "national_reviewer"
    NATIONAL_APPROVER = "national_approver"
    NATIONAL_REGISTRAR = "national_registrar"
    TC_EXPERT = "tc_expert"
    AUDITOR = "auditor"
    STANDARDS_OFFICER = "standards_officer"
    SUBMISSION_OFFICER = "submission_officer"
    LIAISON_OFFICER = "liaison_officer"
    TRANSLATOR = "translator"


OFFICE_ROLES: dict[str, str] = {
    "city_liaison": N_("City liaison"),
    "city_lead": N_("City lead"),
    "province_reviewer": N_("Provincial reviewer"),
    "province_lead": N_("Provincial lead"),
    "fa_officer": N_("Foreign-affairs officer"),
    "national_reviewer": N_("National reviewer"),
    "national_approver": N_("National approver"),
    "national_registrar": N_("National registrar"),
    "tc_expert": N_("Committee expert"),
    "auditor": N_("Auditor"),
    "standards_officer": N_("National standards officer"),
    "submission_officer": N_("Submission officer"),
    "liaison_officer": N_("Liaison officer for standards"),
    "translator": N_("Translator"),
}


class Line(StrEnum):
    """The six authorities that issued the action plan; a national reviewer may answer for one of them."""

    STANDARDIZATION = "standardization"
    INDUSTRY = "industry"
    CIVIL_AFFAIRS = "civil_affairs"
    ECOLOGY = "ecology"
    HOUSING = "housing"
    EMERGENCY = "emergency"


LINES: dict[str, str] = {
    "standardization": N_("Standardization Administration"),
    "industry": N_("Ministry of Industry and Information Technology"),
    "civil_affairs": N_("Ministry of Civil Affairs"),
    "ecology": N_("Ministry of Ecology and Environment"),
    "housing": N_("Ministry of Housing and Urban-Rural Development"),
    "emergency": N_("Ministry of Emergency Management"),
}


def scope_of(city_id: int | None, province_code: str | None) -> str:
    """Return how grants name a place: ``city:<id>``, ``province:<code>`` or ``nation:``."""
    if city_id is not None:
        return f"city:{city_id}"
    return f"province:{province_code}" if province_code is not None else "nation:"


class Office(Row, Base):
    """An office 任职: one account, one role, one place, for a term.  A term that has ended stays for the record."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
        CheckConstraint("city_id IS NULL OR province_code IS NULL", name="one_place"),
        Index("ix_office_city_role", "city_id", "role"),
        Index("ix_office_province_role", "province_code", "role"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[OfficeRole] = mapped_column(Word(OfficeRole))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    line: Mapped[Line | None] = mapped_column(Word(Line))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # last day, by the calendar of the place
    granted_by: Mapped[str] = mapped_column(String(80), default="")
    ended_by: Mapped[str] = mapped_column(String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="joined")
    city: Mapped[City | None] = relationship(lazy="joined")
    province: Mapped[Province | None] = relationship(lazy="joined")

    @property
    def scope(self) -> str:
        """The place as grants name it."""
        return scope_of(self.city_id, self.province_code)

    @property
    def reference(self) -> str:
        """How the audit names this office."""
        return f"office:{self.public_id}"
