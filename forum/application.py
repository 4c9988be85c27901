"""The application: what it is made of, in the order in which it is put together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from jinja2 import StrictUndefined
from sqlalchemy import inspect
from werkzeug.middleware.proxy_fix import ProxyFix

from forum import config, tables
from forum.accounts.viewing import load_viewer
from forum.blueprints import BLUEPRINTS, OWN_DATA
from forum.committees import queries as committees
from forum.config import Settings
from forum.core.clock import Clock, system_clock
from forum.core.database import db, tune_sqlite
from forum.core.facts import DEMONSTRATION, SiteFact, fact
from forum.events import queries as events
from forum.matching.origins import match_parts
from forum.offices import queries as offices
from forum.partnerships.neighbours import neighbours
from forum.paths import TEMPLATES
from forum.ports.jobs.queue import init_jobs
from forum.ports.logs import set_up_logs
from forum.ports.metrics import init_metrics
from forum.registration import queries as registration
from forum.translation.reading import Reading
from forum.web.assets import init_assets
from forum.web.csrf import init_csrf
from forum.web.errors import init_errors
from forum.web.formats import init_formats
from forum.web.headers import init_headers
from forum.web.language import init_languages
from forum.web.limits import init_limits
from forum.web.marks import init_marks
from forum.web.policy import seal_policies
from forum.web.public_bodies import init_public_bodies
from forum.web.requests import init_requests
from forum.web.transactions import init_transactions
from forum.web.viewer import now, viewer


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock) -> Flask:
    """Put the application together."""
    settings = settings or config.from_environment()
    set_up_logs(settings.log_level)
    app = Flask("forum", template_folder=str(TEMPLATES), static_folder=None)
    app.extensions["forum.settings"] = settings
    app.extensions["forum.clock"] = clock
    app.extensions["forum.grants"] = [
        events.grants_of,
        registration.grants_of,
        offices.grants_of,
        committees.grants_of,
    ]
    app.extensions["forum.own_data"] = OWN_DATA
    neighbours.match = match_parts
    _configure(app, settings)
    settings = _open_database(app, settings)
    init_languages(app)
    init_marks(app, Reading)  # before who may open a page is asked: that reads names already
    init_requests(app, settings, load_viewer)
    init_transactions(app)
    init_csrf(app)
    init_limits(app, settings)
    init_headers(app)
    init_errors(app)
    init_formats(app)
    init_assets(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _give_to_templates(app, settings)
    seal_policies(app)
    init_public_bodies(app)
    init_jobs(app, settings)
    init_metrics(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_NAME="__Host-form" if settings.secure_cookies else "form",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=24 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        TESTING=settings.testing,
        JSON_SORT_KEYS=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = settings.testing
    app.url_map.strict_slashes = True


def _open_database(app: Flask, settings: Settings) -> Settings:
    """Connect, and learn from the database whether it holds the demonstration."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}  # a fault's text goes into the log
    if not settings.sqlite:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] |= {
            "pool_pre_ping": True,
            "pool_size": 8,
            "connect_args": {
                "options": "-c lock_timeout=20000 -c statement_timeout=25000 "
                "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
            },
        }
    app.extensions["forum.metadata"] = tables.metadata  # every room's tables, whichever page comes first
    db.init_app(app)
    with app.app_context():
        if settings.sqlite:
            tune_sqlite(db.engine)
        if inspect(db.engine).has_table(SiteFact.__tablename__) and fact(DEMONSTRATION):
            # Its engine answers from memory and glossary alone, so that the desk can be tried; nothing leaves.
            settings = replace(
                settings, demonstration=True, translation_engine=settings.translation_engine or "embedded"
            )
    app.extensions["forum.settings"] = settings
    return settings


def _give_to_templates(app: Flask, settings: Settings) -> None:
    known = frozenset(app.view_functions)

    @app.context_processor
    def provide() -> dict[str, Any]:
        return {
            "viewer": viewer(),
            "now": now(),
            "settings": app.extensions["forum.settings"],
            "known_endpoints": known,
            "product_name": _("Forum for Urban Standardization"),
            "site_root": settings.base_url,
        }
