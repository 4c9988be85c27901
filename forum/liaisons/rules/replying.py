"""What a reply takes over from the statement that it answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.refusals import N_

REPLY = N_("Reply to LS from %(groups)s of %(date)s: %(title)s")
LONGEST = 300
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
_JOINED = {"en": ", ", "zh": "、"}


def reply_title(groups: Iterable[str], dated: date, title: Text) -> Text:
    """Return the title of a reply, which quotes whose statement it answers, of which day, about what."""
    named = list(groups)
    sides = {}
    for language in ("en", "zh"):
        said = translator(language)(
            REPLY,
            groups=_JOINED[language].join(named),
            date=format_date(dated, "long", locale=_LOCALES[language]),
            title=title.shown(language).text,
        )
        sides[language] = said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
    return Text(sides["en"], sides["zh"])
