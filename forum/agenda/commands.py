"""Importing a programme from the command line; ``forum.commands`` holds the command itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from forum.agenda.imports.applying import apply_plan, plan_for
from forum.agenda.imports.plans import ImportPlan, Verdict
from forum.agenda.imports.reading import read
from forum.agenda.imports.values import FindingLevel
from forum.agenda.queries import draft
from forum.agenda.queries.standing import conflicts_of
from forum.agenda.rules.findings import Conflict, Severity
from forum.agenda.rules.sentences import sentence
from forum.core.actor import SYSTEM
from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import translator
from forum.core.clock import system_clock
from forum.core.database import begin_writing, session
from forum.core.refusals import N_, Refusal
from forum.events.models import Forum
from forum.events.operations import create_forum
from forum.events.queries import by_slug

_MOST_LINES = 20


class NoSuchForum(Refusal):
    """Nothing is made without being asked for."""

    message = N_("There is no forum “%(slug)s”. Add --create to make it.")
    status = 404


class UnusableSlug(Refusal):
    """A name that can't stand in an address."""

    message = N_("Use small letters, digits and hyphens in the forum's name.")
    status = 422


def import_file(
    file: Path, slug: str, zone: str | None, *, create: bool, dry_run: bool, say: Callable[[str], None]
) -> None:
    """Import a file into the draft of a forum and say what was done; raise a ``Refusal``.

    Commits, unless it is a dry run.
    """
    raw = file.read_bytes()
    now = system_clock()
    begin_writing()
    try:
        forum = by_slug(slug)
        if forum is None:
            if not create:
                raise NoSuchForum(slug=slug)
            forum = _create(raw, file.name, slug, zone)
        todo = plan_for(forum, raw, filename=file.name, zone=zone)
        apply_plan(forum, todo, actor=SYSTEM, now=now, sha256=hashlib.sha256(raw).hexdigest())
        found = conflicts_of(forum, draft.programme(forum), now)
    except Refusal:
        session.rollback()
        raise
    if dry_run:
        session.rollback()
    else:
        session.commit()
    # Told only now: whoever stops reading the report doesn't undo the import.
    _report(todo, say, dry_run=dry_run)
    _conflicts(found, say)


def _conflicts(found: Iterable[Conflict], say: Callable[[str], None]) -> None:
    known = tuple(found)
    speak = translator("en")
    for severity in Severity:
        of_this = [each for each in known if each.severity is severity]
        if of_this:
            by_code = ", ".join(
                f"{code} {count}" for code, count in Counter(each.code.value for each in of_this).items()
            )
            say(f"Conflicts ({severity.value}): {len(of_this)} ({by_code})")
        for each in of_this[:_MOST_LINES]:
            say(f"  {each.code.value}: {sentence(each.message, each.facts, 'en', speak)}")
        if len(of_this) > _MOST_LINES:
            say(f"  … and {len(of_this) - _MOST_LINES} more")


def _create(raw: bytes, filename: str, slug: str, zone: str | None) -> Forum:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]", slug):
        raise UnusableSlug
    imported = read(raw, filename=filename, zone=zone)
    title = imported.title
    code = re.sub(r"[^a-z0-9]", "_", slug)[:20].ljust(4, "_")
    return create_forum(
        slug,
        code,
        imported.zone,
        (imported.first_day, imported.last_day),
        {("title", side): (title.side(side) or title.joined() or slug)[:200] for side in LANGUAGES},
        actor=SYSTEM,
        now=system_clock(),
        day_change=imported.day_change,
    )


def _report(todo: ImportPlan, say: Callable[[str], None], *, dry_run: bool) -> None:
    counts = todo.counts
    doubtful_new = sum(row.creates for row in todo.rows)
    changed = sum(row.writes and not row.creates for row in todo.rows)
    say("Nothing is written (--dry-run)." if dry_run else "Imported.")
    say(
        f"{len(todo.rows)} entries: {doubtful_new} created, {changed} changed, "
        f"{sum(not row.writes for row in todo.rows) - counts[Verdict.REFUSED]} unchanged, "
        f"{counts[Verdict.REFUSED]} refused, {counts[Verdict.DOUBTFUL]} to look at."
    )
    speak = translator("en")
    by_code: dict[str, int] = {}
    for finding in todo.imported.findings:
        by_code[finding.code] = by_code.get(finding.code, 0) + 1
        if finding.level is FindingLevel.REFUSED:
            say(f"  {finding.place}: {sentence(finding.message, finding.facts, 'en', speak)}")
    for code, count in sorted(by_code.items()):
        say(f"  {code}: {count}")
