"""The outbox for staff: what was sent, what waits, what was refused, and what is kept when no server is set.

A sign-in link is a key to somebody's account: its mail is read here only while it couldn't be sent.
"""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.audit import operations as audit
from forum.core.text import clean_line
from forum.events.models import Forum
from forum.events.permissions import REGISTRATION_DESK, current_forum
from forum.events.views import pages as forum_pages
from forum.ports.mail import queries
from forum.ports.mail.delivery import send_again
from forum.ports.mail.models import MAIL_STATES, MailState, OutboxMail
from forum.site.views import pages
from forum.web.policy import ADMIN, Policy
from forum.web.viewer import now, settings, viewer

PAGE = 50
TONES = {"queued": "wait", "sending": "wait", "sent": "good", "kept": "past", "dead": "stop"}
ADMIN_OF_MAIL = Policy("site administrator: mail", ADMIN.allows, staff=True, refusal=403)


@forum_pages.page("/forums/<slug>/desk/mail", policy=REGISTRATION_DESK, endpoint="mail")
def forum_mail(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """The mail of one forum."""
    return _listed(current_forum())


@forum_pages.page(
    "/forums/<slug>/desk/mail/<mail_id>", policy=REGISTRATION_DESK, methods=("GET", "POST"), endpoint="letter"
)
def forum_letter(slug: str, mail_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """One mail of a forum; sending the form puts it back into the queue."""
    return _shown(current_forum(), mail_id)


@pages.page("/mail", policy=ADMIN_OF_MAIL, endpoint="mail")
def site_mail() -> ResponseReturnValue:
    """The mail of the whole site."""
    return _listed(None)


@pages.page("/mail/<mail_id>", policy=ADMIN_OF_MAIL, methods=("GET", "POST"), endpoint="letter")
def site_letter(mail_id: str) -> ResponseReturnValue:
    """One mail of the site."""
    return _shown(None, mail_id)


def _listed(forum: Forum | None) -> ResponseReturnValue:
    forum_id = forum.id if forum is not None else None
    chosen = request.args.get("state", "")
    state = MailState(chosen) if chosen in set(MailState) else None
    words = clean_line(request.args.get("q", ""))[:100]
    number = min(max(1, request.args.get("page", default=1, type=int)), 10_000)
    found, count = queries.page(forum_id, state=state, words=words, skip=(number - 1) * PAGE, most=PAGE)
    return render_template(
        "site/mail.html",
        **({"forum": forum} if forum is not None else {}),
        layout="layouts/desk.html" if forum is not None else "layouts/public.html",
        found=found,
        count=count,
        counts=queries.counts(forum_id),
        states=MAIL_STATES,
        tones=TONES,
        chosen=str(state or ""),
        words=words,
        number=number,
        last=max(1, -(-count // PAGE)),
        has_server=bool(settings().smtp_url),
        slug=forum.slug if forum is not None else "",
    )


def _shown(forum: Forum | None, mail_id: str) -> ResponseReturnValue:
    found = queries.one(forum.id if forum is not None else None, mail_id)
    if found is None:
        abort(404)
    if request.method == "POST":
        return _sent_again(forum, found)
    return render_template(
        "site/letter.html",
        **({"forum": forum} if forum is not None else {}),
        layout="layouts/desk.html" if forum is not None else "layouts/public.html",
        mail=found,
        states=MAIL_STATES,
        tones=TONES,
        readable=found.state is not MailState.SENT or not found.kind.startswith("account_"),
        again=_may_go_again(found),
        slug=forum.slug if forum is not None else "",
    )


def _may_go_again(found: OutboxMail) -> bool:
    """Tell whether sending makes sense: the people of the demonstration don't exist."""
    stays = found.state in {MailState.DEAD, MailState.KEPT}
    return stays and bool(settings().smtp_url) and not settings().demonstration


def _sent_again(forum: Forum | None, found: OutboxMail) -> ResponseReturnValue:
    if not _may_go_again(found):
        abort(409)
    send_again(found, now())
    audit.record(
        viewer().actor(),
        "send_again",
        "outbox_mail",
        found.public_id,
        now=now(),
        chain=forum.chain if forum is not None else audit.SITE,
    )
    flash(_("The mail is waiting to be sent again."))
    return redirect(url_for("events.mail", slug=forum.slug) if forum is not None else url_for("site.mail"), 303)
