"""Posts in national committees: given and ended by the national office."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import AccountState
from forum.accounts.queries import by_email
from forum.committees import operations
from forum.committees.errors import UnitUnknown
from forum.committees.forms import PostForm
from forum.committees.models import POST_ROLES, PostRole
from forum.committees.operations import Appointment
from forum.committees.permissions import STANDARDS_KEEPERS
from forum.committees.queries import desk as choosing
from forum.committees.references import could_name
from forum.committees.views.blueprint import pages
from forum.committees.views.desk import ONE, asked, chosen
from forum.offices.errors import UnknownAccount
from forum.places import queries as places
from forum.places.models import Organisation
from forum.web.language import current_language
from forum.web.viewer import now, viewer


@pages.page(f"{ONE}/posts/new", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def appoint(committee_slug: str) -> ResponseReturnValue:
    """Give somebody a post in a national committee."""
    found = chosen(committee_slug)
    if not choosing.is_national(found):
        abort(404)
    form = PostForm(data={"starts_on": now().date()})
    here, language = url_for("committees.desk_committee", committee_slug=found.slug), current_language()

    def deed() -> None:
        account = by_email(form.email.data or "")
        if account is None or account.state is not AccountState.ACTIVE:
            raise UnknownAccount
        to = Appointment(PostRole(form.role.data), form.starts_on.data, form.ends_on.data, _unit(form.unit.data or ""))
        operations.appoint(account, found, to, actor=viewer().actor(), now=now())

    return asked(
        form,
        deed,
        said=_("The post is given."),
        back=here,
        heading=_("Give a post"),
        lead=_("A post is a right while its term runs. Whoever holds one signs in with a second factor."),
        button=_("Give the post"),
        trail=[(_("Desk of the committees"), url_for("committees.desk")), (found.reference, here)],
        offered=[unit.tr("name", language).text for unit in places.everything("organisations", language)],
        offered_for=("unit",),
    )


def _unit(name: str) -> Organisation | None:
    """Return the organisation that is called so; raise ``UnitUnknown`` when none or several are."""
    if not name:
        return None
    found, _count = places.search("organisations", name, current_language(), limit=20)
    wanted = name.casefold()
    same = [row for row in found if wanted in {(row.name_en or "").casefold(), (row.name_zh or "").casefold()}]
    if len(same) != 1:
        raise UnitUnknown
    unit: Organisation = same[0]
    return unit


@pages.page(f"{ONE}/posts/<post_id>/end", policy=STANDARDS_KEEPERS, methods=("GET", "POST"))
def end_post(committee_slug: str, post_id: str) -> ResponseReturnValue:
    """End a post; asks first."""
    found = chosen(committee_slug)
    post = choosing.post(found.id, post_id) if could_name(post_id) else None
    if post is None:
        abort(404)
    back = url_for("committees.desk_committee", committee_slug=found.slug)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("End this post?"),
            sentence=_(
                "%(name)s is no longer “%(role)s” of %(committee)s from this moment on. The entry stays.",
                name=post.account.name or post.account.email,
                role=_(POST_ROLES[post.role]),
                committee=found.reference,
            ),
            button=_("End the post"),
            cancel_url=back,
        )
    operations.end_post(post, actor=viewer().actor(), now=now())
    flash(_("The post has ended."), "success")
    return redirect(back, 303)
