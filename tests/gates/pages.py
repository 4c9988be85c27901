"""Reading a page as its readers do: its words with their language, its links, its forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
NOTHING = re.compile(r"(?!)")
SILENT = frozenset({"script", "style", "template", "noscript", "svg", "code", "kbd", "samp"})
SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-label")
# Words that stand in Chinese texts as they are: formats, bodies and designations of standards, addresses.
ALIKE = re.compile(
    r"https?://\S+|\S+@\S+|\b[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\b|"
    r"\b(?:ISO|IEC|ITU(?:-T)?|IEEE|CEN|CENELEC|ETSI|GB|GB/T|SAC|UN|UTC|GMT|PDF|XLSX|CSV|ICS|JSON|XML|HTML|QR|JPG|"
    r"JPEG|PNG|DOCX|PPTX|ZIP|MB|KB|KiB|MiB|SHA-256|TOTP|CITY|EXPERT|MEDIA|STAFF|WIFI|SMTP|URL|ID)\b|"
    r"[A-Z]{2,}[A-Z0-9/ -]*\d[\w:./-]*"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: where it goes and what stands in it."""

    action: str
    method: str
    multipart: bool
    values: tuple[tuple[str, str], ...]
    typed: tuple[str, ...]
    """The names of the fields that somebody types into."""
    files: tuple[str, ...]
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


class Page:
    """A page as it came over the wire."""

    def __init__(self, address: str, text: str) -> None:
        self.address = address
        self.text = text.replace("\x00", "")  # a browser drops it, and lxml would stop there

    @cached_property
    def tree(self) -> HtmlElement:
        """The page as a tree."""
        return html.document_fromstring(self.text)

    @cached_property
    def title(self) -> str:
        """What stands on the browser's tab."""
        return str(self.tree.findtext(".//title") or "").strip()

    def links(self) -> Iterator[str]:
        """The addresses on this site that the page leads to, with their query and without their fragment."""
        for element in self.tree.iter("a", "link", "form"):
            target = element.get("href") or element.get("action")
            if element.tag == "form" and (element.get("method") or "get").casefold() != "get":
                continue
            if not target or element.get("rel") in {"stylesheet", "icon"}:
                continue
            parts = urlsplit(urljoin(self.address, target))
            if not parts.scheme.startswith(("http", "webcal")) and parts.scheme:
                continue
            if target.startswith(("http", "webcal")) and element.tag == "a" and "/calendar/" not in target:
                continue
            yield parts.path + (f"?{parts.query}" if parts.query else "")

    def forms(self) -> Iterator[Form]:
        """The forms that change something."""
        for element in self.tree.iter("form"):
            if (element.get("method") or "get").casefold() == "post":
                yield _form(self.address, element)

    def foreign_words(self, allowed: Names | None = None) -> Iterator[tuple[str, str]]:
        """Every text whose words are in another language than the page says: (language, text)."""
        start = self.tree.get("lang") or ""
        yield from _walk(self.tree, start, allowed)

    def blemishes(self) -> Iterator[str]:
        """What every page must have: one h1, a title, a language, a name for each field, no inline script."""
        if not self.title:
            yield "no title"
        if len(list(self.tree.iter("h1"))) != 1:
            yield f"{len(list(self.tree.iter('h1')))} h1"
        if not self.tree.get("lang"):
            yield "no language"
        yield from _styles_and_scripts(self.tree)
        ids = [element.get("id") for element in self.tree.iter() if isinstance(element.tag, str) and element.get("id")]
        yield from (f"id twice: {name}" for name, times in sorted(Counter(ids).items()) if times > 1)
        labelled = {label.get("for") for label in self.tree.iter("label")}
        for control in self.tree.iter("input", "select", "textarea"):
            if control.get("type") in {"hidden", "submit", "button"}:
                continue
            within = any(parent.tag == "label" for parent in control.iterancestors())
            named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
            if not within and not named:
                yield f"no label: {control.get('name')}"


def _styles_and_scripts(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or element.get("style") is not None:
            yield f"inline style on {element.tag}"
        if element.tag == "script" and not element.get("src") and (element.text or "").strip():
            kind = element.get("type") or ""
            if kind not in {"application/json", "application/ld+json"}:
                yield "inline script"
        yield from (f"inline handler {name}" for name in element.attrib if str(name).startswith("on"))


def _form(address: str, element: HtmlElement) -> Form:
    values: list[tuple[str, str]] = []
    typed: list[str] = []
    files: list[str] = []
    choices: dict[str, tuple[str, ...]] = {}
    for control in element.iter("input", "select", "textarea", "button"):
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        kind = (control.get("type") or "text").casefold() if control.tag == "input" else control.tag
        if kind == "file":
            files.append(name)
        elif kind in {"checkbox", "radio", "button", "select"}:
            offered, chosen = _choice(control, kind)
            choices[name] = (*choices.get(name, ()), *offered)
            values += [(name, value) for value in chosen]
        elif kind not in {"submit", "image"}:
            values.append((name, _written(control)))
            if kind != "hidden":
                typed.append(name)
    return Form(
        action=urljoin(address, element.get("action") or address),
        method="post",
        multipart=element.get("enctype") == "multipart/form-data",
        values=tuple(values),
        typed=tuple(dict.fromkeys(typed)),
        files=tuple(files),
        choices=choices,
    )


def _choice(control: HtmlElement, kind: str) -> tuple[list[str], list[str]]:
    """What a control offers, and what of it is chosen."""
    if kind != "select":
        value = control.get("value") or ("" if kind == "button" else "on")
        return [value], [value] if control.get("checked") is not None else []
    options = [(option.get("value") or "", option.get("selected") is not None) for option in control.iter("option")]
    chosen = [value for value, selected in options if selected]
    if not chosen and options and control.get("multiple") is None:
        chosen = [options[0][0]]
    return [value for value, _selected in options], chosen


def _written(control: HtmlElement) -> str:
    if control.tag == "textarea":
        return (control.text or "").removeprefix("\n")  # the first line feed belongs to the markup
    return control.get("value") or ""


def _walk(element: HtmlElement, language: str, allowed: Names | None) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get("translate") == "no":
        return
    language = element.get("lang") or language
    for name in SPOKEN:
        if clashes(element.get(name) or "", language, allowed):
            yield language, f"{name}={element.get(name)}"
    if element.tag == "meta":
        name = element.get("name") or ""
        if name == "description" and clashes(element.get("content") or "", language, allowed):
            yield language, f"description={element.get('content')}"
    if clashes(element.text or "", language, allowed):
        yield language, " ".join((element.text or "").split())
    for child in element:
        yield from _walk(child, language, allowed)
        if clashes(child.tail or "", language, allowed):
            yield language, " ".join((child.tail or "").split())


class Names:
    """Names that are no words of a language, whatever their case, and patterns of such words."""

    def __init__(self, names: Iterable[str], patterns: re.Pattern[str] = NOTHING) -> None:
        self._patterns = patterns
        self._by_start: dict[str, list[str]] = {}
        for name in sorted({name.casefold() for name in names if len(name) > 1}, key=len, reverse=True):
            self._by_start.setdefault(name[:2], []).append(name)

    def without(self, text: str) -> str:
        """The text with a blank for each of them; of two names that begin alike the longer one counts."""
        rest, kept, at = self._patterns.sub(" ", text).casefold(), [], 0
        while at < len(rest):
            name = next((one for one in self._by_start.get(rest[at : at + 2], ()) if rest.startswith(one, at)), None)
            kept.append(" " if name else rest[at])
            at += len(name or " ")
        return "".join(kept)


@lru_cache(maxsize=100_000)  # what frames a page stands on all of them
def clashes(text: str, language: str, allowed: Names | None = None) -> bool:
    """Whether a text can't be in the language that it claims: no Chinese where Chinese is said, or the reverse."""
    plain = ALIKE.sub(" ", text)
    if not _in_another(plain, language) or allowed is None:
        return _in_another(plain, language)
    return _in_another(allowed.without(plain), language)


def _in_another(plain: str, language: str) -> bool:
    if language.startswith("zh"):
        return bool(LATIN.search(plain)) and not HAN.search(plain)
    return language.startswith("en") and bool(HAN.search(plain))
