"""Choosing the engine that the settings name; none is the rule, and then nothing leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from forum.config import Settings
from forum.ports.engines.port import Engine

# A text, its language and the other one: the draft, or nothing when the memory doesn't know.
Embedded = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """Memory and glossary of the house itself: no text leaves, and what they don't know stays empty."""

    answer: Embedded
    name: str = "embedded"
    where: str = ""
    outside: bool = False

    def translate(self, texts: Sequence[str], source: str, target: str, *, as_html: bool = False) -> list[str]:  # noqa: ARG002
        """Return one draft for each text, empty where nothing is known."""
        return [self.answer(text, source, target) for text in texts]


def engine_from(settings: Settings, embedded: Embedded | None = None) -> Engine | None:
    """Return the engine that the settings name; None when there is none, or the house has no memory yet."""
    name = settings.translation_engine
    if not name:
        return None
    if name == "embedded":
        return EmbeddedEngine(embedded) if embedded is not None else None
    return _over_http(settings, name)


def _over_http(settings: Settings, name: str) -> Engine:
    # The library and what it brings weigh 20 MB in each process; only the worker calls an engine.
    from forum.ports.engines.calling import Caller  # noqa: PLC0415

    authorities = str(settings.translation_authorities) if settings.translation_authorities else None
    if name == "libretranslate":
        from forum.ports.engines.libre import LibreEngine  # noqa: PLC0415

        base = settings.libretranslate_url or ""
        caller = Caller(f"{base}/translate", authorities=authorities)
        return LibreEngine(caller, urlsplit(base).netloc, settings.libretranslate_key or "")
    from forum.ports.engines.keyed import KeyedEngine  # noqa: PLC0415

    if name == "deepl":
        base = settings.deepl_url
        headers = {"Authorization": f"DeepL-Auth-Key {settings.deepl_key}"}
        address = f"{base}/v2/translate"
    else:
        base = settings.microsoft_url
        headers = {"Ocp-Apim-Subscription-Key": settings.microsoft_key or ""}
        if settings.microsoft_region:
            headers["Ocp-Apim-Subscription-Region"] = settings.microsoft_region
        address = f"{base}/translate"
    return KeyedEngine(name, Caller(address, headers, authorities=authorities), urlsplit(base).netloc)


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What a page says of the engine that is set, without loading it."""

    name: str
    where: str
    outside: bool


def facts_from(settings: Settings, embedded: Embedded | None = None) -> EngineFacts | None:
    """Return what is known of the engine that the settings name; None when there is none."""
    name = settings.translation_engine
    if not name or (name == "embedded" and embedded is None):
        return None
    address = {
        "libretranslate": settings.libretranslate_url or "",
        "deepl": settings.deepl_url,
        "microsoft": settings.microsoft_url,
    }.get(name, "")
    return EngineFacts(name, urlsplit(address).netloc, outside=name != "embedded")
