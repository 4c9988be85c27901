"""LibreTranslate at the office's own address, behind the class that deep-translator has for it.

The library's own call puts text and key into the address, knows no time limit and words its errors with the key; of
it we keep the languages and the interface, and make the call ourselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from deep_translator import LibreTranslator

from forum.ports.engines.calling import Caller, as_texts
from forum.ports.engines.port import EngineDown


class SafeLibre(LibreTranslator):
    """One pair of languages at one server; ``translate_file`` of the library is taken away."""

    def __init__(self, source: str, target: str, caller: Caller, key: str) -> None:
        # The address is given, or the library would name a public server; the key is kept from it altogether.
        super().__init__(source, target, api_key="none", custom_url="http://127.0.0.1:9/")
        self._caller, self._secret = caller, key

    def translate(self, text: str, **kwargs: Any) -> str:
        """Return the draft of one text; raise ``EngineDown``."""
        return self.translate_batch([text], **kwargs)[0] if text.strip() else text

    def translate_batch(self, batch: list[str], **kwargs: Any) -> list[str]:
        """Return a draft of each text, in one call; raise ``EngineDown``."""
        body: dict[str, Any] = {"q": list(batch), "source": self.source, "target": self.target}
        body["format"] = "html" if kwargs.get("as_html") else "text"
        if self._secret:
            body["api_key"] = self._secret
        answer = self._caller.post(body)
        if not isinstance(answer, dict):
            raise EngineDown("answer has the wrong shape", retry=False)
        if "error" in answer:
            raise EngineDown("answer is an error", retry=False)
        return as_texts(answer.get("translatedText"), len(batch))

    def translate_file(self, path: str, **kwargs: Any) -> str:
        """Refuse: the library ends the whole process when a file is missing."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class LibreEngine:
    """LibreTranslate as an engine of the house."""

    caller: Caller = field(repr=False)
    where: str = ""
    key: str = field(default="", repr=False)
    name: str = "libretranslate"
    outside: bool = True

    def translate(self, texts: Sequence[str], source: str, target: str, *, as_html: bool = False) -> list[str]:
        """Return one draft for each text; raise ``EngineDown``."""
        if not texts:
            return []
        return SafeLibre(source, target, self.caller, self.key).translate_batch(list(texts), as_html=as_html)
