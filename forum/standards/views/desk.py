"""The desk of the standards: what is on its way, stages, titles, plans and topics, and the transfer wizard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees.errors import CommitteeUnknown
from forum.committees.models import Precision, TitleStatus
from forum.committees.permissions import STANDARDS_DESK, STANDARDS_KEEPERS, is_national_office
from forum.committees.queries import desk as choosing
from forum.committees.references import could_name
from forum.committees.views.desk import asked, chosen
from forum.core.bilingual import LANGUAGES
from forum.core.text import clean_line
from forum.standards import operations
from forum.standards.forms import PlanForm, StageForm, TitleForm, TopicsForm, TransferForm
from forum.standards.models import Scheme, Standard, Track
from forum.standards.operations import ChineseTitle, Declared, Transfer
from forum.standards.queries import reading
from forum.standards.rules import clocks
from forum.standards.rules.progress import progress
from forum.standards.schemes import name_of
from forum.standards.stages import stages
from forum.standards.views import pages
from forum.standards.views.public import targets_of, words
from forum.web.forms import BaseForm
from forum.web.language import current_language
from forum.web.viewer import now, viewer

DESK = "/desk/standards"
ONE = f"{DESK}/<standard_slug>"
PAGE = 50


def _chosen(slug: str) -> Standard:
    found = reading.chosen(slug) if could_name(slug) else None
    if found is None:
        abort(404)
    return found


@pages.page(f"{DESK}/", policy=STANDARDS_DESK)
def desk() -> ResponseReturnValue:
    """What is on its way, with its clock; and the way to any other deliverable."""
    text = clean_line(request.args.get("q", ""))[:160]
    if text and (named := reading.named(text)) is not None:
        return redirect(url_for("standards.desk_standard", standard_slug=named.slug), 303)
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    found, count = reading.on_the_way(offset=(number - 1) * PAGE, limit=PAGE)
    registered = reading.registered_on([each.id for each in found])
    return render_template(
        "standards/desk/standards.html",
        rows=[(each, clocks.clock(targets_of(each, registered.get(each.id)))) for each in found],
        asked=text,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("standards.desk", **({"page": page} if page > 1 else {})),
        **words(),
    )


@pages.page(f"{ONE}/", policy=STANDARDS_DESK)
def desk_standard(standard_slug: str) -> ResponseReturnValue:
    """One deliverable at the desk: what can be changed about it, and what was edited here."""
    found = _chosen(standard_slug)
    entry = reading.entry(found)
    return render_template(
        "standards/desk/standard.html",
        standard=found,
        entry=entry,
        progress=progress(found.scheme, found.stage, found.stage_equivalent),
        targets=targets_of(found, reading.registered_on([found.id]).get(found.id)),
        lawful=operations.lawful(found),
        keeps=is_national_office(viewer()),
        field_names=_field_names(),
        **words(),
    )


def _field_names() -> dict[str, str]:
    return {
        "title_zh": _("Chinese title"),
        "zh_status": _("Status of the Chinese title"),
        "track": _("Development track"),
        "targets": _("Target dates"),
        "topics": _("Topics"),
        "committee": _("Committee"),
    }


@pages.page(f"{ONE}/stage", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def declare(standard_slug: str) -> ResponseReturnValue:
    """Declare the stage that a deliverable has entered."""
    found = _chosen(standard_slug)
    form = StageForm(data={"version": str(found.version), "on": now().date()})
    language = current_language()
    form.offer(
        (code, f"{code} {name_of(found.scheme, code).shown(language).text}") for code in operations.lawful(found)
    )

    def deed() -> None:
        to = Declared(
            form.code.data or "",
            form.on.data,
            form.reason.data or "",
            Precision(form.precision.data),
            form.source.data or "",
        )
        operations.declare(found, form.seen, to, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The stage is declared."), _("Declare a stage"), _("Declare the stage"))


@pages.page(f"{ONE}/title", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def set_title(standard_slug: str) -> ResponseReturnValue:
    """Set the Chinese title with its status."""
    found = _chosen(standard_slug)
    form = TitleForm(
        data={
            "version": str(found.version),
            "title_zh": found.title_zh,
            "zh_status": str(found.zh_status),
            "zh_source": found.zh_source,
        }
    )

    def deed() -> None:
        title = ChineseTitle(form.title_zh.data or "", TitleStatus(form.zh_status.data), form.zh_source.data or "")
        operations.set_chinese_title(found, form.seen, title, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The title is saved."), _("Chinese title"), _("Save the title"))


@pages.page(f"{ONE}/plan", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def plan(standard_slug: str) -> ResponseReturnValue:
    """Set the development track and the target dates."""
    found = _chosen(standard_slug)
    given = {f"due_{each.label}": each.due for each in targets_of(found, None) if each.is_ours}
    form = PlanForm(data={"version": str(found.version), "track": str(found.track or ""), **given})

    def deed() -> None:
        track = Track(form.track.data) if form.track.data else None
        operations.plan(found, form.seen, track, form.due(), actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The plan is saved."), _("Track and target dates"), _("Save the plan"))


@pages.page(f"{ONE}/topics", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def set_topics(standard_slug: str) -> ResponseReturnValue:
    """Put a deliverable under its topics."""
    found = _chosen(standard_slug)
    held = [topic.slug for topic in reading.entry(found).topics]
    form = TopicsForm(data={"version": str(found.version), "topics": held})
    language = current_language()
    form.topics.choices = [(topic.slug, topic.tr("name", language).text) for topic in reading.all_topics()]

    def deed() -> None:
        operations.set_topics(found, form.seen, form.topics.data or [], actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The topics are saved."), _("Topics"), _("Save the topics"))


def _about(
    standard: Standard, form: BaseForm, deed: Callable[[], Any], said: str, heading: str, button: str
) -> ResponseReturnValue:
    here = url_for("standards.desk_standard", standard_slug=standard.slug)
    return asked(
        form,
        deed,
        said=said,
        back=here,
        heading=heading,
        lead=standard.printed,
        about=True,
        button=button,
        trail=[(_("Desk of the standards"), url_for("standards.desk")), (standard.printed, here)],
        offered=(),
        offered_for=(),
    )


@pages.page(
    "/desk/committees/<committee_slug>/transfer", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True
)
def transfer(committee_slug: str) -> ResponseReturnValue:
    """Hand the work of a committee over to another one, on one day."""
    found = chosen(committee_slug)
    works = reading.open_work(found.id)
    everything = [each.public_id for each in works]
    form = TransferForm(
        data={"effective_on": now().date(), "works": everything, "whole": True, "mirrors": True, "posts": True}
    )
    form.works.choices = [(each.public_id, _work_words(each)) for each in works]
    here = url_for("committees.desk_committee", committee_slug=found.slug)

    def deed() -> str:
        target = choosing.named(form.other.data or "")
        if target is None:
            raise CommitteeUnknown
        to = Transfer(
            form.effective_on.data,
            frozenset(form.works.data or ()),
            whole=bool(form.whole.data),
            mirrors=bool(form.mirrors.data),
            posts=bool(form.posts.data),
            note=(form.note_en.data or "", form.note_zh.data or ""),
            evidence_url=form.evidence_url.data or "",
        )
        moved = operations.transfer(found, target, to, actor=viewer().actor(), now=now())
        return str(
            _(
                "Handed over: %(works)s work items, %(mirrors)s mirrors, %(posts)s posts. Past ballots stay.",
                works=moved.works,
                mirrors=moved.mirrors,
                posts=moved.posts,
            )
        )

    return asked(
        form,
        deed,
        said=_("The work is handed over."),
        back=here,
        heading=_("Hand its work over"),
        lead=_("What is chosen moves on one day. The old page stays and says who came after; past ballots stay."),
        button=_("Hand it over"),
        trail=[(_("Desk of the committees"), url_for("committees.desk")), (found.reference, here)],
        offered=choosing.references(),
        offered_for=("other",),
    )


@pages.page(f"{DESK}/stages", policy=STANDARDS_DESK)
def matrix() -> ResponseReturnValue:
    """The matrix of stages with what may follow what, for those who declare them."""
    return render_template(
        "standards/desk/stages.html", cells=stages().values(), languages=LANGUAGES, scheme=Scheme.ISO, **words()
    )


def _work_words(work: Standard) -> str:
    cell = name_of(work.scheme, work.stage).shown(current_language()).text
    return str(_("%(reference)s: %(cell)s", reference=work.printed, cell=cell))
