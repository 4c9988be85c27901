"""Machine drafts from the command line; ``forum.commands`` holds the command itself."""

from __future__ import annotations

from collections.abc import Callable

from forum.core.actor import SYSTEM
from forum.core.catalogue import translator
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.refusals import N_, spoken
from forum.drafting.errors import NoSuchForum
from forum.drafting.neighbours import Scope, neighbours
from forum.drafting.operations.asking import Named, ask_for, by_reason
from forum.drafting.operations.keeping import clear_programme
from forum.drafting.queries import texts

_MOST_LINES = 40
QUEUED = N_("Drafts asked for: %(queued)s. Asked for already: %(known)s. Texts left out: %(left_out)s.")
ONE_LEFT_OUT = N_("left out: %(kind)s %(id)s, %(field)s. %(reason)s")
MORE = N_("… and %(count)s more, by reason:")


def translate_forum(
    slug: str,
    field: str | None,
    *,
    engine: Named | None,
    language: str,
    say: Callable[[str], None],
    clear: bool = False,
) -> None:
    """Ask for the drafts of a forum; say what is queued, what is left out and why.  Raises a ``Refusal``.

    ``clear``: say first that what is confirmed and public in the programme may leave before its release.
    """
    begin_writing()
    forum = texts.forum_called(slug)
    if forum is None:
        raise NoSuchForum(slug=slug)
    now = system_clock()
    if clear:
        clear_programme(forum, actor=SYSTEM, now=now)
    asked = ask_for(Scope.of_forum(forum), engine=engine, actor=SYSTEM, now=now, only=field)
    session.commit()
    words = translator(language)
    say(words(QUEUED) % {"queued": asked.queued, "known": asked.known, "left_out": len(asked.left_out)})
    for each in asked.left_out[:_MOST_LINES]:
        kind = words(neighbours.sources[each.entity].label)
        facts = {"kind": kind, "id": each.entity_id, "field": each.field, "reason": spoken(each.reason, words)}
        say(words(ONE_LEFT_OUT) % facts)
    rest = asked.left_out[_MOST_LINES:]
    if rest:
        say(words(MORE) % {"count": len(rest)})
        for reason, count in by_reason(rest).items():
            say(f"{count}: {spoken(reason, words)}")
