"""Why a text can't be changed, matched, confirmed, frozen or printed."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class TextIsFrozen(Refusal):
    """A frozen text takes no change."""

    message = N_("The text is frozen and can't be changed. It opens again when the case goes back to negotiation.")


class TextIsOpen(Refusal):
    """What needs a frozen text was asked of an open one."""

    message = N_("The text isn't frozen yet, so there is no copy for signature. Take the draft copy instead.")


class TextAltered(Refusal):
    """The stored text isn't the one that was frozen."""

    message = N_("The stored text differs from the one that was frozen. Nothing can be signed or printed from it.")


class TextNotReady(Refusal):
    """The checker has blockers."""

    message = N_("%(count)s findings stand in the way. The first one: %(first)s")


class ClauseChanged(StaleEdit):
    """Two people negotiated one clause at once; the second one sees both wordings."""

    message = N_("Somebody changed this clause while you were writing. Your wording is kept below; compare both.")


class ProposedMeanwhile(StaleEdit):
    """Two people proposed for one clause at once; the second one reads the first proposal before answering it."""

    message = N_("Somebody proposed another wording while you were writing. Yours is kept below; compare both.")


class OrderChanged(StaleEdit):
    """The clauses don't stand beside each other any more."""

    message = N_("The order of the clauses has changed since you opened the page. Look at it again and move then.")


class ClauseStays(Refusal):
    """The first clause and the last one never move."""

    message = N_("The purpose stays at the beginning and the signature at the end. Move another clause.")


class ClauseGone(StaleEdit):
    """Somebody took the clause out while somebody else was writing in it."""

    message = N_("Somebody took this clause out while you were writing. Your wording is kept below.")


class TermsChanged(StaleEdit):
    """Two people changed the terms at once."""

    message = N_("Somebody changed the terms while you were writing. Check what stands now and send again.")


class NotInThisInstrument(Refusal):
    """The clause is forbidden or not offered."""

    message = N_("The clause “%(clause)s” can't be used in this instrument. Choose another one.")
    field = "key"
    status = 422


class NoSuchVariant(Refusal):
    """The library has no such wording for the clause."""

    message = N_("The clause library has no such wording for this clause. Choose one that the page offers.")
    status = 422


class ClausePresent(Refusal):
    """A clause stands once in a text."""

    message = N_("This clause stands in the text already. Edit it there.")
    field = "key"


class ClauseIsRequired(Refusal):
    """A required clause can't be taken out."""

    message = N_("The clause “%(clause)s” is required for this instrument and stays. You may change its wording.")


class UnknownVariable(Refusal):
    """Double braces with a name that nobody knows."""

    message = N_("“%(name)s” in double braces isn't a variable of this text. Use one from the list beside the clause.")
    status = 422


class SideEmpty(Refusal):
    """A clause without one of its sides can't be matched."""

    message = N_("One language of this clause is empty. Write it before you mark the clause as matched.")


class NothingChanged(Refusal):
    """The proposal is the clause as it stands."""

    message = N_("The proposed wording is the same as the clause. Change at least one language.")
    field = "en"
    status = 422


class OwnProposal(Refusal):
    """Nobody accepts their own proposal."""

    message = N_("Your own proposal is answered by another party. You may withdraw it.")


class ProposalDecided(Refusal):
    """The proposal has been answered meanwhile."""

    message = N_("This proposal has been answered already. Look at the clause as it stands now.")


class ProposalOutdated(Refusal):
    """The clause was changed after the page with the proposal was opened."""

    message = N_("The clause or its proposal has changed since you opened the page. Read it again and answer then.")


class NotAParty(Refusal):
    """Only parties of the text confirm it or propose."""

    message = N_("Only a party to this text can do this.")
    status = 404


class TextChangedMeanwhile(Refusal):
    """What somebody wants to confirm isn't what they read."""

    message = N_("The text has changed since you read it. Read it again and confirm then.")


class BadParties(Refusal):
    """The parties can't be these."""

    message = N_("An agreement needs at least two different parties, each with its name in both languages.")
    field = "parties"
    status = 422


class NoLanguage(Refusal):
    """No authentic language was chosen."""

    message = N_("Choose at least one authentic language; a prevailing language must be one of them.")
    field = "authentic"
    status = 422
