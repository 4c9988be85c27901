"""What an engine is to the rest of the house, and the one error that it may raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class EngineDown(Exception):
    """An engine gave no usable answer.

    ``reason`` is for staff and for the log: it never holds an address, a key or a text.  ``retry`` tells whether
    the same call may succeed later.
    """

    def __init__(self, reason: str, retry: bool) -> None:  # noqa: FBT001 - the two facts of a failure, in this order
        super().__init__(reason)
        self.reason = reason
        self.retry = retry

    def __repr__(self) -> str:
        return f"EngineDown({self.reason!r}, retry={self.retry})"


class Engine(Protocol):
    """A service that drafts translations."""

    @property
    def name(self) -> str:
        """What is written beside a draft, such as ``libretranslate``."""

    @property
    def where(self) -> str:
        """The host that gets the texts, as people are told; empty when they stay in the house."""

    @property
    def outside(self) -> bool:
        """Whether texts leave this process: then what is excluded is never handed over."""

    def translate(self, texts: Sequence[str], source: str, target: str, *, as_html: bool = False) -> list[str]:
        """Return one draft for each text; raise ``EngineDown``.

        ``source`` and ``target`` are ``en`` or ``zh``.  ``as_html``: the texts hold markup, and what is marked
        ``translate="no"`` stays.
        """
