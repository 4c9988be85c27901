"""Cases of cities and ideas for standards: translators on what everybody reads, a city on its cases until confirmed.

The words of a confirmed case stay as its city filed them.  Its translation is the translators' work, and no longer that
of the city, since the national office stands behind both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from forum.accounts.models import Account
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import N_
from forum.drafting.neighbours import Scope
from forum.drafting.sources.cases import CaseTexts
from forum.evidence.models import CityUse, Idea
from forum.evidence.permissions import own_cities
from forum.evidence.queries.uses import is_public
from forum.evidence.states import UseState
from forum.translating.collections.kinds import Collection, in_office, is_translator
from forum.translation.queries import stated
from forum.web.viewer import Viewer


def _uses_of(who: Viewer) -> ColumnElement[bool]:
    own = and_(CityUse.city_id.in_(sorted(own_cities(who))), CityUse.state == UseState.FILED)
    return or_(own, is_public()) if is_translator(who) else own


def _ideas_of(who: Viewer) -> ColumnElement[bool]:
    return Idea.published_at.is_not(None) if is_translator(who) else false()


def _has_any(who: Viewer) -> bool:
    return is_translator(who) or bool(own_cities(who))


def _named(model: Any, *conditions: ColumnElement[bool]) -> Select[int, str, str, str]:
    """Return what names the cases or ideas, and nothing more of them; the newest first."""
    columns = (model.id, model.public_id, model.title_en, model.title_zh)
    return select(*columns).where(*conditions).order_by(model.id.desc())


def _scopes(model: Any, *conditions: ColumnElement[bool]) -> list[Scope]:
    entity, rows = str(model.__tablename__), session.execute(_named(model, *conditions)).all()
    titles = stated({(entity, row[1], "title"): Text(row[2] or "", row[3] or "") for row in rows})
    return [
        Scope(
            "cases",
            public_id,
            f"case:{public_id}",
            entity,
            public_id,
            titles[entity, public_id, "title"],
            CaseTexts(model, number),
        )
        for number, public_id, *_sides in rows
    ]


def _listed(who: Viewer) -> list[Scope]:
    return [*_scopes(CityUse, _uses_of(who)), *_scopes(Idea, _ideas_of(who))]


def _found(who: Viewer, key: str) -> Scope | None:
    found = _scopes(CityUse, _uses_of(who), CityUse.public_id == key)
    found = found or _scopes(Idea, _ideas_of(who), Idea.public_id == key)
    return found[0] if found else None


def _whole() -> list[Scope]:
    return [*_scopes(CityUse, CityUse.state != UseState.WITHDRAWN), *_scopes(Idea, true())]


def _others(scope: Scope, now: datetime) -> Iterable[Account]:
    if scope.holder.model is not CityUse:
        return ()
    use = session.get_one(CityUse, scope.holder.id)
    return in_office(now, "city_liaison", "city_lead", city_id=use.city_id) if use.state is UseState.FILED else ()


CASES = Collection("cases", N_("Cases and ideas"), _has_any, _listed, _found, _whole, _others)
