"""What a word of the glossary may be used for, as one table."""

from __future__ import annotations

from enum import StrEnum

from forum.core.refusals import N_, P_
from forum.core.workflow import Transition, Workflow

OFFICE = "office"  # the national standards office
TRANSLATOR = "translator"
KEEPERS = frozenset({OFFICE, TRANSLATOR})


class Use(StrEnum):
    """Whether a word is to be used for its concept."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


USES: dict[str, str] = {
    "preferred": P_("terms", "Preferred"),
    "admitted": P_("terms", "Admitted"),
    "deprecated": P_("terms", "Deprecated"),
    "forbidden": P_("terms", "Forbidden"),
}
GOOD = frozenset({Use.PREFERRED, Use.ADMITTED})

USE_LIFE = Workflow(
    Use,
    USES,
    (
        Transition(("admitted", "deprecated"), "prefer", "preferred", KEEPERS, P_("terms", "Prefer")),
        Transition(("preferred", "deprecated", "forbidden"), "admit", "admitted", KEEPERS, P_("terms", "Admit")),
        Transition(
            ("preferred", "admitted"), "deprecate", "deprecated", KEEPERS, P_("terms", "Deprecate"), needs_reason=True
        ),
        Transition(
            ("preferred", "admitted", "deprecated"),
            "forbid",
            "forbidden",
            KEEPERS,
            P_("terms", "Forbid"),
            needs_reason=True,
        ),
    ),
)


class Certainty(StrEnum):
    """Whether somebody has compared a word with the document that it is taken from."""

    VERIFIED = "verified"
    TO_CONFIRM = "to_confirm"


CERTAINTIES: dict[str, str] = {
    "verified": N_("Confirmed"),
    "to_confirm": N_("To be confirmed"),
}


class TermSubject(StrEnum):
    """The field that a concept belongs to."""

    CITIES = "cities"
    STANDARDS = "standards"
    BODIES = "bodies"
    COOPERATION = "cooperation"
    MEETINGS = "meetings"
    GENERAL = "general"


SUBJECTS: dict[str, str] = {
    "cities": N_("Cities and communities"),
    "standards": N_("Standards and their making"),
    "bodies": N_("Organizations and programmes"),
    "cooperation": N_("Cooperation of cities"),
    "meetings": N_("Forums and meetings"),
    "general": N_("General words"),
}
