"""Forums: translators work on all of them, organisers and editors of the agenda on their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Scope
from forum.events import permissions, queries
from forum.events.models import Forum, ForumRole, Role
from forum.translating.collections.kinds import Collection, is_translator
from forum.web.viewer import Viewer

_OF_FORUM = frozenset({str(Role.ORGANISER), str(Role.AGENDA), "admin"})


def _works_on(who: Viewer, forum: Forum) -> bool:
    return is_translator(who) or bool(who.roles_in(forum) & _OF_FORUM)


def _has_any(who: Viewer) -> bool:
    return is_translator(who) or any(role in _OF_FORUM and scope.startswith("forum:") for role, scope in who.grants)


def _listed(who: Viewer) -> list[Scope]:
    found = queries.forums_of(who.account_id or 0, is_admin=is_translator(who))
    return [Scope.of_forum(forum) for forum in found if _works_on(who, forum)]


def _found(who: Viewer, key: str) -> Scope | None:
    forum = permissions.load(key)
    return Scope.of_forum(forum) if forum is not None and _works_on(who, forum) else None


def _others(scope: Scope, _now: datetime) -> Iterable[Account]:
    held = select(ForumRole.account_id).where(
        ForumRole.forum_id == scope.holder.id, ForumRole.role.in_((Role.ORGANISER, Role.AGENDA))
    )
    return session.scalars(select(Account).where(Account.id.in_(held))).all()


FORUMS = Collection("forums", N_("Forums"), _has_any, _listed, _found, others=_others)
