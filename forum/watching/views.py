"""What somebody follows: the list, rules with their preview, the button, and the link that stops the mails."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Account
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.reminders.queries import recipients
from forum.watching import operations
from forum.watching.forms import WatchForm
from forum.watching.models import FREQUENCIES, LEVELS, WATCH_KINDS, Watch, WatchKind
from forum.watching.neighbours import neighbours
from forum.watching.own_data import title_of
from forum.watching.queries import lists, matching
from forum.watching.wording import event_line, stage_line
from forum.web.language import current_language
from forum.web.policy import PUBLIC, SIGNED_IN, Pages
from forum.web.viewer import now, viewer

pages = Pages("watching", __name__)
WORDS: dict[str, Any] = {
    "frequencies": FREQUENCIES,
    "watch_levels": LEVELS,
    "watch_kinds": WATCH_KINDS,
    "title_of": title_of,
}
FINDERS = {
    "standard": lists.standard_by_slug,
    "committee": lists.committee_by_slug,
    "topic": lists.topic_by_slug,
}


def _me() -> Account:
    return session.get_one(Account, viewer().account_id)


@pages.page("/account/watching", policy=SIGNED_IN)
def watching() -> ResponseReturnValue:
    """Everything that the reader follows, each to be changed or stopped here."""
    held = lists.of_account(viewer().account_id or 0)
    followed = {one.topic_id for one in held if one.kind is WatchKind.TOPIC}
    topics = [one for one in lists.topics() if one.id not in followed]
    return render_template("watching/watching.html", held=held, topics=topics, **WORDS)


@pages.page("/account/watching/follow", policy=SIGNED_IN, methods=("POST",))
def follow() -> ResponseReturnValue:
    """Follow a standard, a committee or a topic."""
    find = FINDERS.get(request.form.get("kind", ""))
    thing = find(request.form.get("slug", "")[:120]) if find is not None else None
    if thing is None:
        abort(404)
    operations.follow(_me(), thing, actor=viewer().actor(), now=now())
    flash(_("You follow it from now on. Here you say how often you are told."), "success")
    return redirect(url_for("watching.watching"), 303)


def _own(watch_id: str) -> Watch:
    watch = lists.one(viewer().account_id or 0, watch_id)
    if watch is None:
        abort(404)
    return watch


@pages.page("/account/watching/<watch_id>/stop", policy=SIGNED_IN, methods=("POST",))
def stop(watch_id: str) -> ResponseReturnValue:
    """Stop following one thing."""
    operations.unfollow(_own(watch_id), actor=viewer().actor(), now=now())
    flash(_("You no longer follow it."), "success")
    return redirect(url_for("watching.watching"), 303)


def _rule_form(**more: Any) -> tuple[WatchForm, dict[str, Any], dict[str, Any]]:
    committees = {one.slug: one for one in lists.committees()}
    topics = {one.slug: one for one in lists.topics()}
    form = WatchForm(**more)
    form.offer(committees.values(), topics.values(), lists.types(), adoptions=neighbours.adopted is not None)
    return form, committees, topics


def _page(
    form: WatchForm, watch: Watch | None, shown: Any = None, refused: Refusal | None = None
) -> ResponseReturnValue:
    speak = translator(current_language())
    told = []
    if shown is not None:
        told = [stage_line(one, speak) for one in shown.stages] + [event_line(one, speak) for one in shown.others]
    fields = [field for field in form if field.type not in {"HiddenField", "CSRFTokenField"}]
    page = render_template(
        "watching/watch.html", form=form, fields=fields, watch=watch, preview=shown, told=told, **WORDS
    )
    wrong = form.sent and (form.errors or form.form_errors)
    return page, refused.status if refused is not None else 422 if wrong else 200


@pages.page("/account/watching/new", policy=SIGNED_IN, methods=("GET", "POST"), soft_csrf=True)
def new_rule() -> ResponseReturnValue:
    """Follow whatever fits a rule; the preview shows first what that is."""
    form, committees, topics = _rule_form()
    if not form.validate_on_submit():
        return _page(form, None)
    try:
        rule, wish = form.rule(committees, topics), form.wish()
        if request.form.get("deed") != "save":
            return _page(form, None, matching.preview(operations.drafted(rule, wish.level), now()))
        operations.follow_rule(_me(), rule, wish, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(form, None, refused=refusal)
    flash(_("The rule is saved. You are told of what fits it from now on."), "success")
    return redirect(url_for("watching.watching"), 303)


def _held(watch: Watch) -> dict[str, Any]:
    held = {
        "frequency": watch.frequency,
        "level": watch.level,
        "version": str(watch.version),
        "exclusions": "\n".join(one.standard.reference for one in watch.exclusions),
    }
    if watch.kind is WatchKind.RULE:
        names = ("name", "ics", "stage_from", "stage_to", "type", "word", "adopted")
        held |= {name: getattr(watch, name) for name in names}
        held["committee"] = watch.committee.slug if watch.committee else ""
        held["topic"] = watch.topic.slug if watch.topic else ""
    return held


@pages.page("/account/watching/<watch_id>", policy=SIGNED_IN, methods=("GET", "POST"), soft_csrf=True)
def watch(watch_id: str) -> ResponseReturnValue:
    """One thing that is followed: how often and how much, what is left out, and what it fits now."""
    one = _own(watch_id)
    is_rule = one.kind is WatchKind.RULE
    committees: dict[str, Any] = {}
    topics: dict[str, Any] = {}
    if is_rule:
        form, committees, topics = _rule_form(data=_held(one))
    else:
        form = WatchForm(data=_held(one)).without_rule()
    if not form.validate_on_submit():
        return _page(form, one, matching.preview(one, now()))
    try:
        rule = form.rule(committees, topics) if is_rule else None
        person = recipients([one.account_id], now()).get(one.account_id)
        wish = form.wish()
        operations.change(one, wish, rule, seen=form.seen, person=person, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        one = _own(watch_id)
        return _page(form, one, matching.preview(one, now()), refusal)
    flash(_("Your wishes are saved."), "success")
    return redirect(url_for("watching.watching"), 303)


@pages.page("/watching/link/<token>", policy=PUBLIC, methods=("GET", "POST"), capability_link=True)
def silence(token: str) -> ResponseReturnValue:
    """Stop these mails without signing in: by the button, or by the one click of a mail program (RFC 8058)."""
    account_id = lists.account_of_secret(token) if len(token) <= 100 else None
    if account_id is None:
        abort(404)
    if request.method == "POST":
        operations.silence(account_id, now=now())
    return render_template("watching/silence.html", done=request.method == "POST")
