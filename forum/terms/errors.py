"""Why the glossary can't be changed so."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal, StaleEdit


class TermChangedMeanwhile(StaleEdit):
    """Somebody saved the entry after this editor had opened it."""


class WordMissing(Refusal):
    """A concept without a word can't be found."""

    message = N_("Write the term in at least one language.")
    field = "text_en"
    status = 422


class WordKnown(Refusal):
    """The word stands for the concept already, with the same owner."""

    message = N_("This concept has “%(text)s” with this owner already. Change that entry.")
    field = "text"
    status = 409


class PreferredTaken(Refusal):
    """One owner prefers one word for a concept in a language."""

    message = N_("“%(text)s” is preferred there already. Admit that one first, or name another owner.")
    field = "use"
    status = 409


class OwnWord(Refusal):
    """Two people: one enters, the other confirms."""

    message = N_("You entered this term yourself. Somebody else confirms it.")


class SourceMissing(Refusal):
    """A word becomes sure by its source."""

    message = N_("Say first in which document the term can be read.")
    field = "source"
    status = 422


class SureAlready(Refusal):
    """Nothing is left to be confirmed."""

    message = N_("This term is confirmed already.")


class UnknownConcept(Refusal):
    """No concept has this word or address."""

    message = N_("The glossary holds no concept “%(name)s”. Write its English or Chinese term as it stands there.")
    field = "other"
    status = 422


class UnclearConcept(Refusal):
    """Several concepts have this word."""

    message = N_("“%(name)s” stands for several concepts. Write the id from the address of the one you mean.")
    field = "other"
    status = 422


class SameConcept(Refusal):
    """Nothing is merged with itself."""

    message = N_("This is the same concept. Name the one that is to be taken in.")
    field = "other"
    status = 422


class TakenAlready(Refusal):
    """A file is taken in once."""

    message = N_("This file was taken in already.")


class NothingNew(Refusal):
    """The file holds nothing that the glossary lacks."""

    message = N_("The file holds nothing that the glossary lacks.")


class UnreadableTerms(Refusal):
    """The file isn't one of terms; the sentence says what is wrong and where."""

    message = N_("The file can’t be read as a list of terms.")
    field = "file"
    status = 422


class OddFile(UnreadableTerms):
    """The file is no CSV or TBX."""

    message = N_("Send the terms as .csv or .tbx.")


class NoHeadings(UnreadableTerms):
    """The first row names no columns that are known."""

    message = N_("The first row names no columns of terms. Take the table that the glossary writes as a pattern.")


class OddLanguage(UnreadableTerms):
    """Only the two languages of the house are taken."""

    message = N_("%(place)s: the language “%(language)s” is not taken. Use en or zh (simplified).")


class OddUse(UnreadableTerms):
    """The state of a word isn't one of the four."""

    message = N_("%(place)s: “%(word)s” is none of preferred, admitted, deprecated and forbidden.")


class LongWord(UnreadableTerms):
    """A word longer than a line isn't one."""

    message = N_("%(place)s: a term has at most %(limit)s characters.")


class BrokenTerms(UnreadableTerms):
    """The file isn't whole."""

    message = N_("The file isn’t whole: %(place)s.")


class Declarations(UnreadableTerms):
    """Entities and document types are refused."""

    message = N_("The file declares a document type or entities, which isn’t taken. Take the declaration out.")


class TooLarge(UnreadableTerms):
    """There is a limit."""

    message = N_("The file is larger than %(megabytes)s MB, or holds more than %(terms)s terms.")


class AnswerMissing(Refusal):
    """An answer says why."""

    message = N_("Say why the text stays as it is.")
    field = "reason"
    status = 422
