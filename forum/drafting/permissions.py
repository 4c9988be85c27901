"""Who looks after the engine: the national office and the administrators of the site."""

from __future__ import annotations

from forum.committees.permissions import is_national_office
from forum.web.policy import Policy

ENGINE_KEEPERS = Policy("drafts: the national office", lambda who, _args: is_national_office(who), staff=True)
