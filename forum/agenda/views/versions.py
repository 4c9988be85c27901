"""The versions of the programme: what each one changed, and the documents that belong to sessions."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from forum.agenda.programme import Programme
from forum.agenda.queries import released, sessions
from forum.agenda.rules.changes import compare, told
from forum.agenda.views.asking import asked_word
from forum.agenda.views.blueprint import pages
from forum.agenda.views.reading import Reading, promise, reading
from forum.agenda.views.rows import frame
from forum.agenda.views.wording import Told, tell
from forum.agenda.visibility import visible, visible_changes
from forum.core.database import session
from forum.events.permissions import FORUM_PUBLIC
from forum.ports.files.models import StoredFile
from forum.web.attachments import attachment
from forum.web.language import current_language


@pages.page("/forums/<slug>/releases/", policy=FORUM_PUBLIC)
def versions(slug: str) -> ResponseReturnValue:
    """Every version of the programme that was published."""
    read = reading()
    promise(read)
    return render_template("agenda/versions.html", **frame(read), slug=slug, releases=released.releases(read.forum))


@pages.page("/forums/<slug>/releases/<int:number>", policy=FORUM_PUBLIC)
def changes(slug: str, number: int) -> ResponseReturnValue:
    """What a version changed, in both languages; ``?since=1`` counts from the version that you printed."""
    read = reading()
    if not 0 < number < 10_000 or (release := released.by_number(read.forum, number)) is None:
        abort(404)
    numbers = [each.number for each in released.releases(read.forum)]
    earlier = [each for each in numbers if each < number]
    since = asked_word("since", {str(each) for each in earlier})
    promise(read)
    base = released.by_number(read.forum, int(since)) if since else released.before(release)
    lines: list[Told] = []
    if base is not None:
        before, after = released.content(base), released.content(release)
        stored = released.changes(release) if base.number == max(earlier) else compare(before, after)
        seen = told(visible_changes(stored, before, after, read.level, read.at))
        lines = tell(seen, _seen(before, read), _with_links(_seen(after, read), read), current_language())
    return render_template(
        "agenda/changes.html",
        **frame(read),
        slug=slug,
        version=release,
        base=base,
        earlier=earlier,
        latest=max(numbers),
        lines=lines,
    )


def _seen(whole: Programme, read: Reading) -> Programme:
    return visible(whole, read.level, read.at)


def _with_links(after: Programme, read: Reading) -> Programme:
    """Leave out of an old version what today's readers can't open: its changes are told, without a link."""
    today = {item.session_id for item in read.programme.items if not item.is_placeholder}
    if after.number == read.programme.number:
        return after
    kept = tuple(item for item in after.items if item.session_id in today)
    return replace(after, items=kept)


@pages.page("/forums/<slug>/materials/<guid>", policy=FORUM_PUBLIC, language=False)
def material(slug: str, guid: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """A document of a session, for those who may see both."""
    read = reading()
    if not any(paper.guid == guid for item in read.programme.items for paper in item.materials):
        abort(404)
    paper = sessions.material(read.forum, guid)
    stored = session.get(StoredFile, paper.file_id) if paper is not None and paper.file_id else None
    if stored is None:
        abort(404)
    return attachment(stored)
