"""Deny by default: a page that doesn't declare who may see it can't be registered.

A policy answers one question from the viewer and the arguments of the address.  Those who aren't
signed in are sent to sign in; those who may not see an object get the same 404 as for an unknown one.

The second factor counts everywhere, not at the desk alone: until it is given, staff see no more on public
pages than others do, and an account that has set it up isn't signed in at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.web.viewer import NOBODY, Viewer, settings, viewer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Allows = Callable[[Viewer, dict[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a page.

    ``staff`` pages call for the second factor; ``at_the_door`` are those through which it is given.
    """

    name: str
    allows: Allows
    public: bool = False
    staff: bool = False
    refusal: int = 404
    at_the_door: bool = False


PUBLIC = Policy("public", lambda _viewer, _args: True, public=True)
SIGNED_IN = Policy("signed in", lambda who, _args: who.signed_in)
AT_THE_DOOR = Policy("signed in, the second factor perhaps still owed", SIGNED_IN.allows, at_the_door=True)
ADMIN = Policy("site administrator", lambda who, _args: who.is_admin, staff=True, refusal=403)


class Pages(Blueprint):
    """A room's pages: a blueprint whose every route names its policy and carries the language prefix."""

    def page(
        self,
        rule: str,
        *,
        policy: Policy,
        methods: tuple[str, ...] = ("GET",),
        endpoint: str | None = None,
        language: bool = True,
        reads_first: bool = False,
        soft_csrf: bool = False,
        capability_link: bool = False,
    ) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
        """Register a page.

        ``reads_first``: the view itself calls ``begin_writing()`` once the slow part (a password's hash)
        is behind it.  ``soft_csrf``: a stale form token is shown by the form, which keeps what was typed.
        ``capability_link``: the secret in the address is the key; nobody is signed in.
        """

        def register(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
            known = getattr(view, "policy", policy)
            if known is not policy:
                message = f"{view.__name__} has two policies"
                raise RuntimeError(message)
            view.policy = policy  # type: ignore[attr-defined]
            view.reads_first = reads_first  # type: ignore[attr-defined]
            view.soft_csrf = soft_csrf  # type: ignore[attr-defined]
            view.capability_link = capability_link or getattr(view, "capability_link", False)  # type: ignore[attr-defined]
            prefix = "/<any(en,zh):lang>" if language else ""
            self.add_url_rule(prefix + rule, endpoint or view.__name__, view, methods=list(methods))
            return view

        return register


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return the declared policy of an endpoint."""
    return getattr(app.view_functions.get(endpoint), "policy", None)


def declare(app: Flask, endpoint: str, policy: Policy) -> None:
    """Declare the policy of a view that a library registered."""
    view: Any = app.view_functions[endpoint]
    view.policy = policy


def undeclared(app: Flask) -> list[str]:
    """Return every endpoint without a policy."""
    return sorted({r.endpoint for r in app.url_map.iter_rules() if policy_of(app, r.endpoint) is None})


def enforce() -> ResponseReturnValue | None:
    """Let the viewer pass, send them to sign in, or answer as if the page weren't there."""
    if request.endpoint is None or request.routing_exception is not None:
        return None
    policy = policy_of(current_app, request.endpoint)
    if policy is None:
        abort(404)
    who = viewer()
    if policy.public:
        if not _proven(who):
            g.viewer = NOBODY if who.has_second_factor else who.without_staff()
            g.second_factor_lacks = who.has_second_factor
        # A public page may still need its object loaded through what the public can see.
        if not policy.allows(viewer(), request.view_args or {}):
            abort(404)
        return None
    return _enforce_signed_in(policy, who)


def _proven(who: Viewer) -> bool:
    """Tell whether the second factor was given, or isn't asked for: the demonstration's people have no telephones."""
    return who.second_factor or bool(settings().demonstration)


def _enforce_signed_in(policy: Policy, who: Viewer) -> ResponseReturnValue | None:
    if not who.signed_in:
        if request.method in SAFE:
            g.next_endpoint = request.endpoint
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        abort(401)
    if not policy.allows(who, request.view_args or {}):
        abort(policy.refusal)
    if _proven(who) or policy.at_the_door:
        return None
    g.viewer = who.without_staff()
    if policy.staff or who.has_second_factor:
        target = "accounts.second_factor" if who.has_second_factor else "accounts.set_up_second_factor"
        return redirect(url_for(target), 303)
    return None


def seal_policies(app: Flask) -> None:
    """Refuse to start with a page that nobody decided about."""
    if missing := undeclared(app):
        message = f"pages without a policy: {', '.join(missing)}"
        raise RuntimeError(message)
