"""The answers "no" of the registration."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class SeatsTaken(Refusal):
    """A counter is full; ``scope`` names it."""

    message = N_("All seats are taken.")

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()


class QuotaUsedUp(Refusal):
    """The delegation has no place left in this category."""

    message = N_("The delegation has used its quota in this category: %(taken)s of %(cap)s places are taken.")
    field = "category"


class StillTakesPlace(Refusal):
    """Seats are taken away only from a session that is cancelled or out of the timetable."""

    message = N_("This session takes place. Cancel it or take it out of the timetable first.")


class CapBelowTaken(Refusal):
    """A limit can't be set below what is taken."""

    message = N_("%(taken)s seats are taken. Choose whom to release before you set the limit to %(cap)s.")
    field = "cap"


class FocalPointFirst(Refusal):
    """The focal point of the delegation decides before the secretariat."""

    message = N_("The focal point of the delegation decides first.")


class NoOpenOffer(Refusal):
    """There is no offer that could be accepted."""

    message = N_("There is no open offer of a seat.")


class RegistrationClosed(Refusal):
    """Outside of the window of the forum or of the category."""

    message = N_("Registration isn't open now. Please write to the organisers.")


class NotThisCategory(Refusal):
    """The category isn't open to people who register themselves."""

    message = N_("People in this category are nominated by their delegation or by the organisers.")
    field = "category"


class AlreadyRegistered(Refusal):
    """One person, one participation in a forum."""

    message = N_("This person already takes part in this forum.")


class DelegationNeeded(Refusal):
    """The category belongs to delegations."""

    message = N_("Choose the delegation to which this person belongs.")
    field = "delegation"


class NotWithDelegation(Refusal):
    """Somebody of this category would join a delegation that nobody asked."""

    message = N_("People in this category register on their own. Please choose “None” here.")
    status = 422
    field = "delegation"


class Incomplete(Refusal):
    """Something is missing before the registration can be sent."""

    message = N_("Some entries are missing. They are listed below.")
    status = 422

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__()


class ReasonForReveal(Refusal):
    """A sealed value opens only with a reason."""

    message = N_("Please say why you need the full value. Your reason is recorded.")
    status = 422
    field = "reason"


class NotYoursToOpen(Refusal):
    """The person consented to somebody else's opening this value."""

    message = N_("Only the organiser's office opens this value.")
    status = 403
    field = "field"


class Erased(Refusal):
    """The person's key is gone."""

    message = N_("These data were erased.")
    status = 410


class NotBookable(Refusal):
    """The session has no seats that are booked one by one."""

    message = N_("Seats in this session aren't booked.")


class NotYetApproved(Refusal):
    """Only those whose participation is approved book seats."""

    message = N_("You can book seats as soon as your participation is approved.")


class OneHead(Refusal):
    """A delegation has exactly one head."""

    message = N_("A delegation has exactly one head. Name the head before you submit the delegation.")
    field = "head"


class NoMembers(Refusal):
    """A delegation without members can't be submitted."""

    message = N_("Nominate at least one member before you submit the delegation.")


class DelegationNotOpen(Refusal):
    """Nobody can be nominated in this state."""

    message = N_("Members can't be nominated while the delegation is in the state “%(state)s”.")


class DelegationFixed(Refusal):
    """After the submission the focal point changes nothing about who is who."""

    message = N_("The delegation was submitted. Ask the organisers to return it before you change its members.")


class WrongImport(Refusal):
    """The file can't be applied."""

    message = N_("This file was already applied, or it is no longer here. Please upload it again.")


class DelegationExists(Refusal):
    """One active delegation for each represented place in a forum."""

    message = N_("This place already has a delegation to the forum.")
    field = "place"


class CategoryExists(Refusal):
    """A code names one category of a forum."""

    message = N_("Another category of this forum has this code.")
    field = "code"


class WindowReversed(Refusal):
    """A window that closes before it opens."""

    message = N_("Registration can't close before it opens.")
    field = "closes"


class ReasonTextNeeded(Refusal):
    """The reason "other" says nothing by itself."""

    message = N_("Choose a reason or write one. The person concerned will read it.")
    status = 422
    field = "reason"


class AlreadyFocalPoint(Refusal):
    """The account acts for the delegation already."""

    message = N_("This person is already a focal point of the delegation.")
    field = "email"


class NothingMoved(Refusal):
    """Somebody would stay where they are."""

    message = N_("Choose another category or another delegation than the present ones.")
    status = 422
    field = "category"
