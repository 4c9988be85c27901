"""Two languages of equal worth: the address says which one, and every page has its twin."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any, NamedTuple
from urllib.parse import quote

import wtforms.i18n
from flask import Flask, g, has_request_context, request, url_for
from flask_babel import Babel

from forum.core.catalogue import compile_catalogues
from forum.paths import TRANSLATIONS
from forum.web.viewer import viewer


class SiteLanguage(NamedTuple):
    """A language of the site."""

    locale: str  # Babel's locale
    tag: str  # BCP 47, for lang and hreflang
    name: str  # its own name


LANGUAGES = {
    "en": SiteLanguage("en_GB", "en", "English"),
    "zh": SiteLanguage("zh_Hans_CN", "zh-Hans", "简体中文"),
}


def negotiated() -> str:
    """Choose a language for an address without prefix: the account's, then the browser's; never by network."""
    if (own := viewer().language) in LANGUAGES:
        return own
    for asked, _quality in request.accept_languages:
        if (spoken := asked.lower().partition("-")[0]) in LANGUAGES:
            return spoken
    return "en"


def current_language() -> str:
    """Return ``en`` or ``zh``; a page that doesn't exist still has the language of its address."""
    if not has_request_context():
        return "en"
    if known := g.get("lang"):
        return str(known)
    head = request.path.lstrip("/").partition("/")[0]
    return head if head in LANGUAGES else negotiated()


def alternates() -> list[tuple[str, SiteLanguage, str]]:
    """Return this page in each language, with its arguments and its query untouched."""
    query = "?" + request.query_string.decode("latin-1") if request.query_string else ""
    path = request.path
    head, _, rest = path.lstrip("/").partition("/")
    if head not in LANGUAGES:
        return [(code, language, url_for("site.home", lang=code)) for code, language in LANGUAGES.items()]
    safe = _quoted(rest)
    return [(code, language, f"/{code}/{safe}{query}") for code, language in LANGUAGES.items()]


def _quoted(rest: str) -> str:
    return quote(rest, safe="/:@!$&'()*+,;=-._~")


def init_languages(app: Flask) -> None:
    """Install catalogues, prefix and defaults."""
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{wtforms.i18n.messages_path()};{TRANSLATIONS}"
    app.config["BABEL_DOMAIN"] = "wtforms;messages"  # the last one rules plurals and overrides

    def zone() -> tzinfo:
        return UTC

    Babel(
        app,
        default_locale="en_GB",
        locale_selector=lambda: LANGUAGES[current_language()].locale,
        timezone_selector=zone,
    )

    @app.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "lang" in values:
            g.lang = values.pop("lang")

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", current_language())

    @app.context_processor
    def provide() -> dict[str, Any]:
        lang = current_language()
        return {
            "lang": lang,
            "html_lang": LANGUAGES[lang].tag,
            "languages": LANGUAGES,
            "alternates": alternates,
        }
