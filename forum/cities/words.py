"""The kinds and levels that cities speak of, each with its words."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_


class CityLevel(StrEnum):
    """Where a city stands among the levels of its country."""

    PROVINCE = "province"
    SUB_PROVINCIAL = "sub_provincial"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    METROPOLITAN = "metropolitan"
    BOROUGH = "borough"
    MUNICIPALITY = "municipality"


LEVELS: dict[str, str] = {
    "province": N_("Province-level city"),
    "sub_provincial": N_("Sub-provincial city"),
    "prefecture": N_("Prefecture-level city"),
    "county": N_("County-level city"),
    "metropolitan": N_("Metropolitan authority"),
    "municipality": N_("Municipality"),
    "borough": N_("Borough or district"),
}


class Boundary(StrEnum):
    """What a count of people takes in."""

    PROPER = "proper"
    METRO = "metro"


BOUNDARIES: dict[str, str] = {
    "proper": N_("within the administrative boundary"),
    "metro": N_("in the metropolitan area"),
}


class Visibility(StrEnum):
    """Who may know of a profile."""

    HIDDEN = "hidden"
    PUBLIC = "public"


VISIBILITIES: dict[str, str] = {
    "hidden": N_("Hidden: the city and those who review it"),
    "public": N_("Public: everybody"),
}


class Form(StrEnum):
    """How knowledge travels from one city to another."""

    DOCUMENT = "document"
    EXPERT = "expert"
    TRAINING = "training"
    SITE_VISIT = "site_visit"
    DATA = "data"
    PILOT_SITE = "pilot_site"


FORMS: dict[str, str] = {
    "document": N_("Documents"),
    "expert": N_("Experts"),
    "training": N_("Training"),
    "site_visit": N_("Site visit"),
    "data": N_("Data"),
    "pilot_site": N_("Pilot site"),
}

OFFER_LEVELS: dict[str, str] = {
    "1": N_("first experience"),
    "2": N_("established practice"),
    "3": N_("leading practice"),
}
NEED_LEVELS: dict[str, str] = {"1": N_("useful"), "2": N_("important"), "3": N_("urgent")}


class CommitteePart(StrEnum):
    """What somebody does in a committee."""

    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    CONVENOR = "convenor"
    PROJECT_LEADER = "project_leader"
    EXPERT = "expert"
    OBSERVER = "observer"


COMMITTEE_PARTS: dict[str, str] = {
    "chair": N_("Chair"),
    "secretariat": N_("Holds the secretariat"),
    "convenor": N_("Convenor"),
    "project_leader": N_("Project leader"),
    "expert": N_("Expert"),
    "observer": N_("Observer"),
}


class Network(StrEnum):
    """A network of cities."""

    C40 = "c40"
    ICLEI = "iclei"
    CITYNET = "citynet"
    ISSCC = "isscc"
    U4SSC = "u4ssc"
    OTHER = "other"


NETWORKS: dict[str, str] = {
    "c40": N_("C40 Cities"),
    "iclei": N_("ICLEI – Local Governments for Sustainability"),
    "citynet": N_("CityNet"),
    "isscc": N_("International Standards City Alliance for Sustainability (ISSCC)"),
    "u4ssc": N_("United for Smart Sustainable Cities (U4SSC)"),
    "other": N_("Another network"),
}


class Consent(StrEnum):
    """For what somebody agreed to be shown."""

    NONE = "none"
    PARTNERS = "partners"
    PUBLIC = "public"


CONSENTS: dict[str, str] = {
    "none": N_("No consent: shown to the own city only"),
    "partners": N_("Shown to those who hold an office in other cities"),
    "public": N_("Shown on the public page"),
}


class ChangeKind(StrEnum):
    """What became of a city."""

    RENAMED = "renamed"
    MERGED = "merged"


CHANGE_KINDS: dict[str, str] = {"renamed": N_("Renamed"), "merged": N_("Merged into another city")}

CERTIFICATE_STATES: dict[str, str] = {
    "valid": N_("Valid"),
    "ageing": N_("Ends within 90 days"),
    "expired": N_("Expired"),
}

# ISO 639-1 codes of the working languages a city may name; their names come from the locale data.
LANGUAGES = (
    "zh", "en", "fr", "es", "ru", "ar", "pt", "de", "it", "ja", "ko", "nl", "pl", "tr", "id", "ms", "th", "vi", "hi",
    "ur", "bn", "fa", "sw", "am", "kk", "uz", "mn", "fi", "sv", "nb", "da", "cs", "hu", "ro", "el", "uk", "he",
)  # fmt: skip
