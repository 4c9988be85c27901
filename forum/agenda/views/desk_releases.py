"""Releases at the desk: the list, what each changed, preparing the next one, restoring an old one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.errors import AcknowledgementNeeded, ReleaseStopped
from forum.agenda.forms.sessions import ReleaseForm
from forum.agenda.models import AgendaRelease
from forum.agenda.operations import releases as operations
from forum.agenda.operations.releases import Candidate
from forum.agenda.operations.restoring import restore as restore_release
from forum.agenda.programme import Programme
from forum.agenda.queries import released
from forum.agenda.queries.standing import conflict_id
from forum.agenda.rules.changes import Change, facts
from forum.agenda.rules.findings import CODES
from forum.agenda.rules.sentences import sentence
from forum.agenda.views.blueprint import pages
from forum.agenda.views.desk_words import may_edit, me, said_all, when, who_is
from forum.agenda.views.parity import lacking
from forum.agenda.views.wording import CHANGE_WORDS, moment_in
from forum.core.catalogue import translator
from forum.core.identifiers import digest
from forum.core.refusals import Refusal
from forum.events.models import Forum
from forum.events.permissions import AGENDA_EDITORS, AGENDA_READERS, current_forum
from forum.web.language import current_language
from forum.web.viewer import now, settings

DESK = "/forums/<slug>/desk/releases"
MOST_LISTED = 500


@pages.page(DESK, policy=AGENDA_READERS)
def releases(slug: str) -> ResponseReturnValue:  # noqa: ARG001
    """All releases, the latest first."""
    forum = current_forum()
    found = released.releases(forum)
    people = {each.released_by: who_is(each.released_by) for each in found}
    return render_template(
        "agenda/desk/releases.html", forum=forum, releases=found, people=people, when=when, may_edit=may_edit()
    )


@pages.page(f"{DESK}/<int:number>", policy=AGENDA_READERS)
def release(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001
    """One release: what it changed, and which warnings were accepted with which reason."""
    forum, row = current_forum(), _release(number)
    after = released.content(row)
    earlier = released.before(row)
    before = released.content(earlier) if earlier is not None else None
    found = released.changes(row)
    return render_template(
        "agenda/desk/release.html",
        forum=forum,
        release=row,
        programme=after,
        changes=_told(found[:MOST_LISTED], before or after, after),
        more=max(0, len(found) - MOST_LISTED),
        accepted=[
            (_(CODES.get(each["code"], each["code"])), each["reason"], who_is(each["by"])) for each in row.acknowledged
        ],
        released_by=who_is(row.released_by),
        at=when(row.released_at),
        first=earlier is None,
        may_edit=may_edit(),
    )


@pages.page(f"{DESK}/new", policy=AGENDA_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def prepare(slug: str) -> ResponseReturnValue:
    """Look at what stands against a release, accept the warnings, and release."""
    forum = current_forum()
    made = operations.candidate(forum, now())
    warnings = _mark(made)
    form = ReleaseForm(data={"seen": made.before.number if made.before else "0", "shown": warnings})
    if request.method == "POST" and form.validate():
        try:
            _release_now(forum, made, form, warnings)
        except ReleaseStopped as stopped:
            form.refuse(stopped)
        except AcknowledgementNeeded:
            form.form_errors.append(_("Accept the warnings and say why, or resolve them first."))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Released. Readers see the new programme at once."), "success")
            return redirect(url_for("agenda.releases", slug=slug), 303)
        made = operations.candidate(forum, now())
        form.shown.data = _mark(made)
        form.seen.data = made.before.number if made.before else "0"
    page = render_template(
        "agenda/desk/prepare.html",
        forum=forum,
        form=form,
        made=made,
        stopping=said_all(made.stopping, made.after),
        warnings=said_all(made.warnings, made.after),
        lacking=lacking(forum, made.after),
        changes=_told(made.changes[:MOST_LISTED], made.before or made.after, made.after),
        more=max(0, len(made.changes) - MOST_LISTED),
    )
    return (page, 422) if request.method == "POST" else page


@pages.page(f"{DESK}/<int:number>/restore", policy=AGENDA_EDITORS, methods=("GET", "POST"))
def restore(slug: str, number: int) -> ResponseReturnValue:
    """Make the draft what an old release was."""
    forum, row = current_forum(), _release(number)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Restore release %(number)s into the draft?", number=number),
            sentence=_("The draft becomes what that release was. Readers see nothing of it until you release again."),
            button=_("Restore"),
            cancel_url=url_for("agenda.release", slug=slug, number=number),
        )
    restore_release(forum, row, actor=me(), now=now())
    flash(_("The draft is what release %(number)s was.", number=number), "success")
    return redirect(url_for("agenda.board", slug=slug), 303)


def _release_now(forum: Forum, made: Candidate, form: ReleaseForm, warnings: str) -> AgendaRelease:
    """Release with the warnings accepted that the page had shown, and no others."""
    operations.refuse_if_overtaken(forum, int(form.seen.data) if str(form.seen.data).isdecimal() else -1)
    accepted: dict[str, str] = {}
    if form.accept.data and form.shown.data == warnings:
        accepted = {conflict_id(each): form.reason.data or "" for each in made.warnings}
    return operations.release(
        forum,
        form.name.data or "",
        form.note_en.data or "",
        form.note_zh.data or "",
        accepted,
        actor=me(),
        now=now(),
        site=settings().base_url,
    )


def _mark(made: Candidate) -> str:
    return digest(" ".join(sorted(conflict_id(each) for each in made.warnings)))[:16]


def _release(number: int) -> AgendaRelease:
    found = released.by_number(current_forum(), number) if number < 10_000 else None
    if found is None:
        abort(404)
    return found


def _told(changes: tuple[Change, ...], before: Programme, after: Programme) -> list[dict[str, object]]:
    """Return changes as the change list prints them; staff read the internal ones as well."""
    language = current_language()
    speak = translator(language)
    told: list[dict[str, object]] = []
    for change in changes:
        word, tone = CHANGE_WORDS.get(change.kind, ("", ""))
        item = after.item(change.guid)
        url = ""
        if item is not None:
            url = url_for("agenda.edit_session", slug=after.forum.slug, session_id=item.session_id)
        title = sentence(change.message, facts(change, before, after), language, speak, moment_in)
        told.append({"label": _(word) if word else _("Internal"), "tone": tone, "title": title, "url": url, "rows": ()})
    return told
