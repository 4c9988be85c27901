"""The services with a contract and a key that deep-translator offers and that can be called without leaking.

The library's calls send the key (DeepL) or the text (Microsoft's error log aside, Baidu) where it may be written down,
and none has a time limit; here the key travels in a header, the text in the body, and the call is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from deep_translator import DeeplTranslator, MicrosoftTranslator

from forum.ports.engines.calling import Caller, as_texts
from forum.ports.engines.port import EngineDown

_MOST = 50  # texts that either service takes in one call


class SafeDeepl(DeeplTranslator):
    """DeepL, one pair of languages: the key in a header, the texts in a JSON body."""

    def __init__(self, source: str, target: str, caller: Caller) -> None:
        super().__init__(source, target, api_key="none")
        self._caller = caller

    def translate(self, text: str, **kwargs: Any) -> str:
        """Return the draft of one text; raise ``EngineDown``."""
        return self.translate_batch([text], **kwargs)[0] if text.strip() else text

    def translate_batch(self, batch: list[str], **kwargs: Any) -> list[str]:
        """Return a draft of each text, in one call; raise ``EngineDown``."""
        target = "EN-GB" if self.target == "en" else self.target.upper()  # the bare code is out of use
        body: dict[str, Any] = {"text": list(batch), "source_lang": self.source.upper(), "target_lang": target}
        if kwargs.get("as_html"):
            body["tag_handling"] = "html"
        answer = self._caller.post(body)
        rows = answer.get("translations") if isinstance(answer, dict) else None
        return as_texts(_column(rows), len(batch))

    def translate_file(self, path: str, **kwargs: Any) -> str:
        """Refuse: the library ends the whole process when a file is missing."""
        raise NotImplementedError


class SafeMicrosoft(MicrosoftTranslator):
    """Microsoft Translator, one pair of languages: the library's question for its languages isn't asked."""

    def __init__(self, source: str, target: str, caller: Caller) -> None:
        super().__init__(source, target, api_key="none")
        self._caller = caller

    def _get_supported_languages(self) -> dict[str, str]:
        return {"english": "en", "chinese simplified": "zh-Hans"}

    def translate(self, text: str, **kwargs: Any) -> str:
        """Return the draft of one text; raise ``EngineDown``."""
        return self.translate_batch([text], **kwargs)[0] if text.strip() else text

    def translate_batch(self, batch: list[str], **kwargs: Any) -> list[str]:
        """Return a draft of each text, in one call; raise ``EngineDown``."""
        query = {"api-version": "3.0", "from": self.source, "to": self.target}
        query["textType"] = "html" if kwargs.get("as_html") else "plain"
        answer = self._caller.post([{"Text": text} for text in batch], query=query)
        if not isinstance(answer, list):
            raise EngineDown("answer has the wrong shape", retry=False)
        firsts = [_column(row.get("translations")) if isinstance(row, dict) else None for row in answer]
        return as_texts([found[0] if found else None for found in firsts], len(batch))

    def translate_file(self, path: str, **kwargs: Any) -> str:
        """Refuse: the library ends the whole process when a file is missing."""
        raise NotImplementedError


def _column(rows: Any) -> list[Any] | None:
    if not isinstance(rows, list):
        return None
    return [row.get("text") if isinstance(row, dict) else None for row in rows]


@dataclass(frozen=True, slots=True)
class KeyedEngine:
    """A service with a key as an engine of the house."""

    name: str  # "deepl" or "microsoft"
    caller: Caller = field(repr=False)
    where: str = ""
    outside: bool = True

    def translate(self, texts: Sequence[str], source: str, target: str, *, as_html: bool = False) -> list[str]:
        """Return one draft for each text; raise ``EngineDown``."""
        made: SafeDeepl | SafeMicrosoft
        if self.name == "deepl":
            made = SafeDeepl(source, target, self.caller)
        else:
            spelled = {"zh": "zh-Hans"}
            made = SafeMicrosoft(spelled.get(source, source), spelled.get(target, target), self.caller)
        found: list[str] = []
        for start in range(0, len(texts), _MOST):
            found += made.translate_batch(list(texts[start : start + _MOST]), as_html=as_html)
        return found
