"""Why a draft can't be asked for."""

from __future__ import annotations

from forum.core.refusals import N_, Refusal


class EngineOff(Refusal):
    """No engine is set."""

    message = N_("Machine translation is switched off. An operator can set an engine.")


class NotOffered(Refusal):
    """What nobody has released for machine translation is never handed to an engine."""

    message = N_("Texts of this kind are never handed to an engine.")
    status = 422


class NotToBeDrafted(Refusal):
    """The text stays here, or needs no draft."""

    message = N_("No draft can be asked for. %(reason)s")


class NoSuchForum(Refusal):
    """There is no forum of that name."""

    message = N_("There is no forum “%(slug)s”. Its short name stands in its address.")
    status = 404


class NoSuchField(Refusal):
    """No kind of record that is drafted has such a field."""

    message = N_("There is no field “%(name)s” that can be drafted. There are: %(fields)s.")
    status = 422
