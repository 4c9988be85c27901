"""What falls due in the life of an agreement: its kinds, what is said of each, and on which days.

Source: partnership procedure, section on dates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from forum.core.refusals import N_, P_


class DueKind(StrEnum):
    """What is due."""

    ANSWER = "partnership_answer"
    REVIEW = "partnership_review"
    REVIEW_LATE = "partnership_review_late"
    OPINION = "partnership_opinion"
    CONSULTATION = "partnership_consultation"
    RETURN = "partnership_return"
    VALIDITY = "partnership_validity"
    LAPSE = "partnership_lapse"
    REGISTRATION = "partnership_registration"
    NOTICE = "partnership_notice"
    TERM = "partnership_term"
    SUSPENSION = "partnership_suspension"


DUE_KINDS: dict[str, str] = {
    "partnership_answer": P_("partnership", "Answer to an invitation"),
    "partnership_review": P_("partnership", "Review, for those who review"),
    "partnership_review_late": P_("partnership", "Review that is late, for the lead of the level"),
    "partnership_opinion": P_("partnership", "Foreign-affairs opinion"),
    "partnership_consultation": P_("partnership", "Answer to a consultation"),
    "partnership_return": P_("partnership", "Answer to the points of a return"),
    "partnership_validity": P_("partnership", "Last day of an approval"),
    "partnership_lapse": P_("partnership", "Last day for reporting a signature"),
    "partnership_registration": P_("partnership", "Registration after the signature"),
    "partnership_notice": P_("partnership", "Last day for giving notice"),
    "partnership_term": P_("partnership", "End of the term"),
    "partnership_suspension": P_("partnership", "Review of a suspension"),
}

# Days from the due date, negative before it; the national office may set others for each kind.
DAYS: dict[str, tuple[int, ...]] = {
    DueKind.ANSWER: (-7, -1, 7),
    DueKind.REVIEW: (-3, 0),
    DueKind.REVIEW_LATE: tuple(range(7, 85, 7)),
    DueKind.OPINION: (-3, 0, 7),
    DueKind.CONSULTATION: (-3, 0, 7),
    DueKind.RETURN: (-7, 0, 14),
    DueKind.VALIDITY: (-90, -30, -7),
    DueKind.LAPSE: (-7, -1),
    DueKind.REGISTRATION: (-15, 0),
    DueKind.NOTICE: (-30, -7),
    DueKind.TERM: (-180, -90, -30),  # the first with the day on which the renewal opens
    DueKind.SUSPENSION: (-30, -7, 0),
}


@dataclass(frozen=True, slots=True)
class Reminded:
    """A kind of due date as the national office sees it: its name, and on which days it is told by default."""

    name: str
    own: tuple[int, ...] | Callable[[], tuple[int, ...]]  # read where the room keeps them by date

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the kind's room, as long as the office sets no others."""
        return self.own() if callable(self.own) else self.own


REMINDED: dict[str, Reminded] = {str(kind): Reminded(name, DAYS[kind]) for kind, name in DUE_KINDS.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a due date, and what to do next."""

    sentence: str
    next_step: str


WORDS: dict[DueKind, Words] = {
    DueKind.ANSWER: Words(
        N_("Your city was invited to the partnership %(number)s. The answer is asked for by %(due)s."),
        N_("Say that your city is interested, or decline."),
    ),
    DueKind.REVIEW: Words(
        N_("The partnership %(number)s waits for the decision of your level by %(due)s."),
        N_("Take the review up and decide."),
    ),
    DueKind.REVIEW_LATE: Words(
        N_("The review of the partnership %(number)s at your level was due on %(due)s."),
        N_("Ask who has the case, and see to it that it is decided."),
    ),
    DueKind.OPINION: Words(
        N_("The partnership %(number)s waits for the foreign-affairs opinion by %(due)s."),
        N_("Give the foreign-affairs opinion; without it the city can't sign off."),
    ),
    DueKind.CONSULTATION: Words(
        N_("You were consulted on the partnership %(number)s. The answer is asked for by %(due)s."),
        N_("Answer on the page of the case."),
    ),
    DueKind.RETURN: Words(
        N_("The partnership %(number)s was returned to your city. Please answer its points by %(due)s."),
        N_("Answer each point, then hand the case in again."),
    ),
    DueKind.VALIDITY: Words(
        N_("The approval to sign the partnership %(number)s is valid until %(due)s."),
        N_("Agree with the other side on the day of signing."),
    ),
    DueKind.LAPSE: Words(
        N_("The approval of the partnership %(number)s lapses unless its signature is recorded by %(due)s."),
        N_("Record the signature, if it was made in time."),
    ),
    DueKind.REGISTRATION: Words(
        N_("The signed partnership %(number)s is to be registered by %(due)s."),
        N_("Compare the signed copies with the approved text, then register or return."),
    ),
    DueKind.NOTICE: Words(
        N_("Whoever doesn't want the partnership %(number)s to go on gives notice by %(due)s."),
        N_("Talk with the other side about whether it goes on."),
    ),
    DueKind.TERM: Words(
        N_("The term of the partnership %(number)s ends on %(due)s."),
        N_("Renew it, or write the joint final report."),
    ),
    DueKind.SUSPENSION: Words(
        N_("The suspension of the partnership %(number)s is to be looked at again on %(due)s."),
        N_("Agree with the other side whether it is resumed or ended."),
    ),
}
