"""Why something about a committee can't be done."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class CommitteeChanged(StaleEdit):
    """Somebody else changed the committee meanwhile."""

    message = N_("Somebody else changed this committee meanwhile. Look at it, then send your entries again.")


class ReferenceTaken(Refusal):
    """A committee with this reference is there already."""

    message = N_("A committee with this reference is kept already: %(reference)s.")
    field = "reference"
    status = 422


class ParentUnknown(Refusal):
    """A working group belongs to a committee that is kept here."""

    message = N_("No committee is known under this reference. Write it as it stands in the list.")
    field = "parent"
    status = 422


class CommitteeUnknown(Refusal):
    """The named committee isn't kept here."""

    message = N_("No committee is known under this reference. Write it as it stands in the list.")
    field = "other"
    status = 422


class SameCommittee(Refusal):
    """A committee neither succeeds nor mirrors itself."""

    message = N_("Name another committee: this one can’t stand on both sides.")
    field = "other"
    status = 422


class NotNational(Refusal):
    """Posts and mirrors belong to national committees."""

    message = N_("This needs a national technical committee, such as SAC/TC 567.")
    field = "other"
    status = 422


class NameBefore(Refusal):
    """A new name begins after the present one."""

    message = N_("The new title must begin after %(day)s, when the present one began.")
    field = "starts_on"
    status = 422


class MirrorStands(Refusal):
    """The same mirror runs already."""

    message = N_("This national committee answers for it already. End that first.")
    field = "other"
    status = 409


class UnitUnknown(Refusal):
    """The name means no organisation, or several."""

    message = N_("This name doesn’t mean exactly one organisation. Write it as it stands in the list.")
    field = "unit"
    status = 422


class EndsTooEarly(Refusal):
    """The last day lies before the first."""

    message = N_("The last day lies before the first one.")
    field = "ends_on"
    status = 422


class PostHeld(Refusal):
    """The same post runs already."""

    message = N_("This person holds this post already. End it first.")
    field = "email"
    status = 409


class OwnPost(Refusal):
    """Nobody appoints themselves."""

    message = N_("Nobody gives a post to themselves. Ask somebody else at the national office.")
    field = "email"
    status = 422
