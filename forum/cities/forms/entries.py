"""The forms of the entries of a profile."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from forum.cities.forms.parts import (
    REFERENCES_HINT,
    AreaField,
    CityForm,
    DayField,
    LanguagesField,
    WebField,
    WordField,
)
from forum.cities.rules import references
from forum.cities.words import (
    COMMITTEE_PARTS,
    CONSENTS,
    FORMS,
    NEED_LEVELS,
    NETWORKS,
    OFFER_LEVELS,
    CommitteePart,
    Consent,
    Form,
    Network,
)
from forum.web.forms import AddressField, LineField, ProseField, required


class _Exchange(CityForm):
    texts: ClassVar = ("text",)
    facts: ClassVar = ("area", "languages", "hours", "valid_until")

    area = AreaField(_l("Focus area"))
    form = WordField(_l("In which form"), FORMS)
    languages = LanguagesField(_l("In which languages"))
    hours = IntegerField(_l("Hours a year"), [Optional(), NumberRange(min=0, max=8760)])
    references = ProseField(_l("Standards it rests on"), limit=1000, description=REFERENCES_HINT)
    valid_until = DayField(_l("Stands until"))

    def plain(self) -> list[Any]:
        """Ask for the level right after the area."""
        others = [field for field in super().plain() if field.name not in {"area", "level"}]
        return [self["area"], self["level"], *others]

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them; raise ``UnclearReference``."""
        return super().values() | {
            "form": Form(self.form.data),
            "level": int(self["level"].data),
            "references": references(self.references.data or ""),
        }

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return super().present(thing) | {
            "form": str(thing.form),
            "level": str(thing.level),
            "references": "\n".join(thing.references),
        }


class OfferForm(_Exchange):
    """What a city can give."""

    text_en = ProseField(_l("What the city offers (English)"), limit=2000)
    text_zh = ProseField(_l("What the city offers (Chinese)"), limit=2000)
    level = WordField(_l("Experience"), OFFER_LEVELS)


class NeedForm(_Exchange):
    """What a city looks for."""

    text_en = ProseField(_l("What the city needs (English)"), limit=2000)
    text_zh = ProseField(_l("What the city needs (Chinese)"), limit=2000)
    level = WordField(_l("Urgency"), NEED_LEVELS)


class CertificateForm(CityForm):
    """A certificate."""

    texts: ClassVar = ("body",)
    facts: ClassVar = ("standard", "grade", "issued_on", "valid_until", "data_year", "evidence_url")

    standard = LineField(_l("Standard"), [required()], limit=60)
    body_en = LineField(_l("Issued by (English)"), limit=160)
    body_zh = LineField(_l("Issued by (Chinese)"), limit=160)
    grade = LineField(_l("Level of the certificate"), limit=80)
    issued_on = DayField(_l("Issued on"), needed=True)
    valid_until = DayField(_l("Valid until"), needed=True)
    data_year = IntegerField(_l("Year of the data"), [Optional(), NumberRange(min=1900, max=2100)])
    evidence_url = WebField(_l("Evidence on the web"))

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them; raise ``UnclearReference``."""
        found = references(self.standard.data or "")
        return super().values() | {
            "standard": found[0] if found else "",
            "grade": self.grade.data or "",
            "evidence_url": self.evidence_url.data or "",
        }


class PilotForm(CityForm):
    """A trial of a standard."""

    texts: ClassVar = ("title",)
    facts: ClassVar = ("area", "starts_on", "ends_on", "website")

    title_en = LineField(_l("Title (English)"), limit=200)
    title_zh = LineField(_l("Title (Chinese)"), limit=200)
    area = AreaField(_l("Focus area"))
    references = ProseField(_l("Standards on trial"), limit=1000, description=REFERENCES_HINT)
    starts_on = DayField(_l("From"), needed=True)
    ends_on = DayField(_l("Until"))
    website = WebField(_l("Website"))

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them; raise ``UnclearReference``."""
        return super().values() | {
            "references": references(self.references.data or ""),
            "website": self.website.data or "",
        }

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return super().present(thing) | {"references": "\n".join(thing.references)}


class CommitteeForm(CityForm):
    """A part in a committee."""

    facts: ClassVar = ("body", "person", "starts_on", "ends_on")

    body = LineField(_l("Committee"), [required()], limit=160, description=_l("Such as ISO/TC 268 or SAC/TC 567."))
    part = WordField(_l("Part in it"), COMMITTEE_PARTS)
    person = LineField(_l("Person"), limit=160, description=_l("Shown to the city and its reviewers only."))
    starts_on = DayField(_l("From"), needed=True)
    ends_on = DayField(_l("Until"))

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them."""
        return super().values() | {"part": CommitteePart(self.part.data), "person": self.person.data or ""}

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return super().present(thing) | {"part": str(thing.part)}


class NetworkForm(CityForm):
    """Membership in a network."""

    facts: ClassVar = ("name", "starts_on", "ends_on")

    network = WordField(_l("Network"), NETWORKS)
    name = LineField(_l("Name of the other network"), limit=160)
    starts_on = DayField(_l("From"))
    ends_on = DayField(_l("Until"))

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them."""
        return super().values() | {"network": Network(self.network.data), "name": self.name.data or ""}

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return super().present(thing) | {"network": str(thing.network)}


class ContactForm(CityForm):
    """Somebody to speak to."""

    texts: ClassVar = ("organisation", "position")
    facts: ClassVar = ("person", "email", "languages", "starts_on", "ends_on", "handover_note", "consented_on")

    organisation_en = LineField(_l("Organisation (English)"), limit=200)
    organisation_zh = LineField(_l("Organisation (Chinese)"), limit=200)
    position_en = LineField(_l("Position (English)"), limit=200)
    position_zh = LineField(_l("Position (Chinese)"), limit=200)
    person = LineField(_l("Name"), [required()], limit=160)
    email = AddressField(_l("Mail address"))
    languages = LanguagesField(_l("Speaks"))
    starts_on = DayField(_l("From"), needed=True)
    ends_on = DayField(_l("Until"))
    handover_note = ProseField(
        _l("Hand-over note"),
        limit=4000,
        description=_l("For the successor: what was promised, what is due. Read by the city and its reviewers only."),
    )
    consent = WordField(_l("Consent of this person"), CONSENTS)
    consented_on = DayField(_l("Consent given on"))

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them."""
        return super().values() | {
            "consent": Consent(self.consent.data),
            "email": self.email.data or "",
            "handover_note": self.handover_note.data or "",
        }

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return super().present(thing) | {"consent": str(thing.consent)}


FORMS_OF: dict[str, type[CityForm]] = {
    "offers": OfferForm,
    "needs": NeedForm,
    "certificates": CertificateForm,
    "pilots": PilotForm,
    "committees": CommitteeForm,
    "networks": NetworkForm,
    "contacts": ContactForm,
}
