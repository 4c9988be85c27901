"""Text that people write with a little Markdown, as safe HTML: no markup of their own, no pictures."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table").disable("image")
_STRONG = re.compile(r"(?<![\\*])\*\*(?=[^\s*])([^*\n]+?)(?<=\S)\*\*(?!\*)")
_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "blockquote", "hr", "ul", "ol", "li", "a",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def markdown(text: str) -> Markup:
    """Return Markdown as HTML; its headings begin at the third level, below those of the page."""
    # CommonMark closes no emphasis between a Chinese full stop and the next character: we find it ourselves.
    marked = _STRONG.sub("\ue000\\1\ue001", text.replace("\ue000", "").replace("\ue001", ""))
    tokens = _MARKDOWN.parse(marked)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    html = html.replace("\ue000", "<strong>").replace("\ue001", "</strong>")
    return Markup(  # noqa: S704 - cleaned by an allow-list in this very line
        nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto", "tel"})
    )


def paragraphs(text: str) -> Markup:
    """Return plain text as paragraphs; single line ends are kept."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n")))
        for block in blocks
        if block
    )
