"""Why something can't be matched, weighed or edited."""

from __future__ import annotations

from typing import Any, ClassVar

from forum.core.refusals import N_, Refusal
from forum.matching.rules.bars import BarKind


class WeightsUnsound(Refusal):
    """The weights don't give one hundred points together."""

    message = N_("The weights come to %(total)s points. Together they must be exactly 100, and none below 0.")
    field = "fit"
    status = 422


class LimitsUnsound(Refusal):
    """The floor or the cap is out of bounds."""

    message = N_("The least score lies between 0 and 100, and a city stands on at least one list.")
    field = "floor"
    status = 422


class WeightsChanged(Refusal):
    """Two people laid down weights at the same time."""

    message = N_("Somebody else has just laid down new weights. Look at them, then decide again.")


class UnknownCountry(Refusal):
    """No such country."""

    message = N_("This country or region isn't known. Choose one from the list.")
    field = "country"
    status = 422


class OwnCountry(Refusal):
    """The list names foreign countries."""

    message = N_("The list names foreign countries only.")
    field = "country"
    status = 422


class AddressTaken(Refusal):
    """Two rounds can't have one address."""

    message = N_("Another round has this short name. Choose a different one.")
    field = "slug"


class CallReversed(Refusal):
    """The call ends before it begins."""

    message = N_("The last day of the call lies before its first day.")
    field = "closes_on"
    status = 422


class NameNeeded(Refusal):
    """A round has a name in both languages."""

    message = N_("Please give the round a name in both languages.")
    field = "name_en"
    status = 422


class NothingFrozen(Refusal):
    """No city takes part."""

    message = N_("No city with a public profile can take part. Ask the cities to bring their profiles up to date.")


class NotInRound(Refusal):
    """A city isn't among the frozen profiles."""

    message = N_("This city takes no part in the round: its profile wasn't among those that were frozen.")
    field = "city"
    status = 422


class PairBarred(Refusal):
    """A pair that must not be proposed; only the national office reads which hard filter holds."""

    message = N_("This pair can't be added.")
    field = "city"
    sentences: ClassVar[dict[BarKind, str]] = {
        BarKind.ITSELF: N_("A city can't be its own partner."),
        BarKind.SAME_SIDE: N_("A partnership joins a city of China with a city abroad."),
        BarKind.ACTIVE: N_("These two cities already have an open partnership."),
        BarKind.FULL: N_("One of these cities already carries as many partnerships as it can."),
        BarKind.BLOCKED: N_("One of these cities has set the other aside."),
        BarKind.NO_RELATIONS: N_(
            "One of these cities lies in a country without diplomatic relations, by the list of the national office."
        ),
    }

    def __init__(self, kind: BarKind) -> None:
        self.kind = kind
        super().__init__()

    def say(self, translate: Any) -> str:
        """Return the sentence of the hard filter that holds."""
        return str(translate(self.sentences[self.kind]))


class PairKnown(Refusal):
    """The pair stands in the round already."""

    message = N_("This pair stands in the round already. Keep it or drop it instead.")
    field = "city"


class NoRoomLeft(Refusal):
    """A city would get more partners than it can carry."""

    message = N_("One of the two cities can carry no more partners in this round. Drop one of its pairs first.")
    field = "city"
