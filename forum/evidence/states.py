"""The lives of an idea, of a link and of a city's use, and the words for what ties one thing to another."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_, P_
from forum.core.workflow import Transition, Workflow


class IdeaState(StrEnum):
    """How far an idea 标准建议 has come."""

    RAISED = "raised"
    SCREENED = "screened"
    MERGED = "merged"
    PURSUED = "pursued"
    PARKED = "parked"
    BECAME_PROJECT = "became_project"
    DECLINED = "declined"


IDEA_STATES: dict[str, str] = {
    "raised": P_("evidence", "Raised"),
    "screened": P_("evidence", "Screened"),
    "merged": P_("evidence", "Merged into another"),
    "pursued": P_("evidence", "Pursued"),
    "parked": P_("evidence", "Parked"),
    "became_project": P_("evidence", "Became a project"),
    "declined": P_("evidence", "Declined"),
}
OPEN_IDEAS = frozenset({IdeaState.RAISED, IdeaState.SCREENED, IdeaState.PURSUED, IdeaState.PARKED})
IDEA_TONES = {"raised": "wait", "screened": "", "pursued": "good", "became_project": "good", "parked": "past"}

NATION = "national_office"
SECRETARY = "mirror_secretary"
_NATION = frozenset({NATION})
_BOTH = frozenset({NATION, SECRETARY})

# Screening is the act by which the national office lets the public read an idea.
IDEA_LIFE = Workflow(
    IdeaState,
    IDEA_STATES,
    [
        Transition(("raised",), "screen", "screened", _NATION, P_("evidence", "Screen and publish"), primary=True),
        Transition(("screened", "parked"), "pursue", "pursued", _BOTH, P_("evidence", "Pursue"), primary=True),
        Transition(
            ("pursued",),
            "become",
            "became_project",
            _NATION,
            P_("evidence", "Record the project that came of it"),
            primary=True,
        ),
        Transition(("raised", "screened"), "merge", "merged", _NATION, P_("evidence", "Merge into another idea")),
        Transition(("screened", "pursued"), "park", "parked", _BOTH, P_("evidence", "Park"), needs_reason=True),
        Transition(
            ("raised", "screened", "pursued", "parked"),
            "decline",
            "declined",
            _NATION,
            P_("evidence", "Decline"),
            needs_reason=True,
        ),
        Transition(("declined",), "reopen", "raised", _NATION, P_("evidence", "Take up again"), needs_reason=True),
    ],
)


class LinkState(StrEnum):
    """Whether the national office stands behind a link."""

    ASSERTED = "asserted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


LINK_STATES: dict[str, str] = {
    "asserted": P_("evidence", "Waits for confirmation"),
    "confirmed": P_("evidence", "Confirmed"),
    "withdrawn": P_("evidence", "Withdrawn"),
}
STATE_TONES = {"asserted": "wait", "filed": "wait", "confirmed": "good", "withdrawn": "past"}


class LinkVisibility(StrEnum):
    """Who may read a confirmed link."""

    PUBLIC = "public"
    OFFICES = "offices"


LINK_VISIBILITIES: dict[str, str] = {
    "public": P_("evidence", "Everybody, once it is confirmed"),
    "offices": P_("evidence", "Offices only"),
}


class EndKind(StrEnum):
    """What may be tied to what."""

    SESSION = "session"
    IDEA = "idea"
    PARTNERSHIP = "partnership"
    ACTIVITY = "activity"
    PILOT = "pilot"
    STANDARD = "standard"


END_KINDS: dict[str, str] = {
    "session": P_("evidence", "Forum session"),
    "idea": P_("evidence", "Idea"),
    "partnership": P_("evidence", "City partnership"),
    "activity": P_("evidence", "Partnership activity"),
    "pilot": P_("evidence", "City pilot"),
    "standard": P_("evidence", "Standard"),
}


class Relation(StrEnum):
    """What one thing was for another."""

    LED_TO = "led_to"
    DISCUSSED = "discussed"
    WORKED_ON = "worked_on"
    TRIED = "tried"
    BECAME = "became"


# Said of the subject, for the line that the object stands in: "Led to by: …".
RELATIONS: dict[str, str] = {
    "led_to": P_("evidence", "led to"),
    "discussed": P_("evidence", "discussed"),
    "worked_on": P_("evidence", "worked on"),
    "tried": P_("evidence", "tried out"),
    "became": P_("evidence", "became"),
}

_E, _R = EndKind, Relation
LAWFUL: frozenset[tuple[EndKind, Relation, EndKind]] = frozenset(
    {
        (_E.SESSION, _R.LED_TO, _E.IDEA),
        (_E.SESSION, _R.LED_TO, _E.PARTNERSHIP),
        (_E.SESSION, _R.DISCUSSED, _E.IDEA),
        (_E.SESSION, _R.DISCUSSED, _E.STANDARD),
        (_E.IDEA, _R.LED_TO, _E.PARTNERSHIP),
        (_E.IDEA, _R.LED_TO, _E.ACTIVITY),
        (_E.IDEA, _R.LED_TO, _E.PILOT),
        (_E.IDEA, _R.BECAME, _E.STANDARD),
        (_E.PARTNERSHIP, _R.WORKED_ON, _E.IDEA),
        (_E.PARTNERSHIP, _R.WORKED_ON, _E.STANDARD),
        (_E.ACTIVITY, _R.WORKED_ON, _E.IDEA),
        (_E.ACTIVITY, _R.WORKED_ON, _E.STANDARD),
        (_E.ACTIVITY, _R.LED_TO, _E.PILOT),
        (_E.PILOT, _R.TRIED, _E.IDEA),
        (_E.PILOT, _R.TRIED, _E.STANDARD),
    }
)


class Capacity(StrEnum):
    """As what somebody asserted a link; the public reads this and never a name."""

    ORGANISER = "organiser"
    CITY = "city"
    SECRETARY = "secretary"
    NATION = "nation"


CAPACITIES: dict[str, str] = {
    "organiser": P_("evidence", "the organiser of the forum"),
    "city": P_("evidence", "the city’s liaison"),
    "secretary": P_("evidence", "the mirror committee’s secretary"),
    "nation": P_("evidence", "the national office"),
}


class UseState(StrEnum):
    """Whether the national office stands behind a city's use."""

    FILED = "filed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


USE_STATES: dict[str, str] = {
    "filed": P_("evidence", "Waits for confirmation"),
    "confirmed": P_("evidence", "Confirmed"),
    "withdrawn": P_("evidence", "Withdrawn"),
}


class UseConsent(StrEnum):
    """How far a city lets its case travel."""

    NONE = "none"
    PACK = "pack"
    PUBLIC = "public"


USE_CONSENTS: dict[str, str] = {
    "none": P_("evidence", "For the city and the national office only"),
    "pack": P_("evidence", "Also in the evidence pack of a systematic review"),
    "public": P_("evidence", "Also in public"),
}


class UseWay(StrEnum):
    """In which way a standard is used, as a systematic review asks."""

    APPLIED = "applied"
    NATIONAL = "national"
    REGULATION = "regulation"
    CERTIFIED = "certified"


USE_WAYS: dict[str, str] = {
    "applied": N_("Applied directly, without national adoption"),
    "national": N_("Applied through the national standard that adopts it"),
    "regulation": N_("Referenced in a regulation or a municipal document"),
    "certified": N_("Basis of a certificate or an assessment"),
}
