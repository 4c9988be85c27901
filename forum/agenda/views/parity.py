"""What a release would lack in one of its languages, in sentences that lead to the work."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from forum.agenda.neighbours import neighbours
from forum.agenda.programme import Programme
from forum.agenda.rules.findings import Severity
from forum.agenda.rules.parity import Lack, lacks
from forum.core.bilingual import Language, TextState
from forum.events.models import Forum

_COUNTED: dict[tuple[str, str], Callable[[int], str]] = {
    ("agenda_session", "title"): lambda n: ngettext("%(num)s title", "%(num)s titles", n),
    ("agenda_session", "abstract"): lambda n: ngettext("%(num)s abstract", "%(num)s abstracts", n),
    ("agenda_session", "description"): lambda n: ngettext("%(num)s description", "%(num)s descriptions", n),
    ("agenda_session", "placeholder"): lambda n: ngettext("%(num)s stand-in title", "%(num)s stand-in titles", n),
    ("contribution", "placeholder"): lambda n: ngettext("%(num)s speaker’s stand-in", "%(num)s speakers’ stand-ins", n),
    ("forum", "title"): lambda n: ngettext("%(num)s forum title", "%(num)s forum titles", n),
    ("track", "name"): lambda n: ngettext("%(num)s theme", "%(num)s themes", n),
    ("segment", "name"): lambda n: ngettext("%(num)s part of the forum", "%(num)s parts of the forum", n),
}


def lacking(forum: Forum, programme: Programme) -> list[dict[str, object]]:
    """Return what is lacking as the list of conflicts prints it, each with the way to the worklist."""
    return [_said(forum, lack) for lack in lacks(programme)]


def _said(forum: Forum, lack: Lack) -> dict[str, object]:
    url = neighbours.worklist(forum, lack.entity, lack.state)
    what = _COUNTED[lack.entity, lack.field](lack.count)
    severity = Severity.NOTE if lack.state is TextState.HUMAN else Severity.WARNING
    way = " · ".join((_("Translation desk"), _state(lack.state), what))
    return {"severity": severity.value, "sentence": _sentence(lack, what), "ways": [(way, url)] if url else []}


def _state(state: TextState) -> str:
    words = {
        TextState.MISSING: pgettext("translation", "Missing"),
        TextState.OUTDATED: pgettext("translation", "Original has changed"),
        TextState.MACHINE: pgettext("translation", "Machine draft"),
        TextState.HUMAN: pgettext("translation", "Written, not reviewed"),
    }
    return words[state]


def _sentence(lack: Lack, what: str) -> str:
    said = {"what": what, "language": _language(lack.language)}
    if lack.state is TextState.MISSING:
        return ngettext("%(what)s has no %(language)s.", "%(what)s have no %(language)s.", lack.count, **said)
    if lack.state is TextState.MACHINE:
        return ngettext(
            "%(what)s in %(language)s is a machine draft.",
            "%(what)s in %(language)s are machine drafts.",
            lack.count,
            **said,
        )
    if lack.state is TextState.OUTDATED:
        return ngettext(
            "%(what)s in %(language)s: the original has changed since it was translated.",
            "%(what)s in %(language)s: the originals have changed since they were translated.",
            lack.count,
            **said,
        )
    return ngettext(
        "%(what)s in %(language)s has not been reviewed: official files hold the original in its place.",
        "%(what)s in %(language)s have not been reviewed: official files hold the originals in their place.",
        lack.count,
        **said,
    )


def _language(language: Language) -> str:
    return _("Chinese") if language == "zh" else _("English")
