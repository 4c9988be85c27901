"""The pages of ideas, links, cases and evidence packs."""

from __future__ import annotations

from typing import Any

from forum.evidence.parts import city_panel
from forum.evidence.views import ideas, links, overlaps, packs, uses
from forum.evidence.views.blueprint import pages

__all__ = ["ideas", "links", "overlaps", "packs", "pages", "uses"]


def _offer_panel(state: Any) -> None:
    state.app.extensions.setdefault("forum.city_panels", []).append(city_panel)


pages.record_once(_offer_panel)
