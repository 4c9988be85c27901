"""What the forms of profiles and entries share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.cities.areas import areas
from forum.cities.words import LANGUAGES
from forum.core.bilingual import LANGUAGES as SIDES
from forum.web.forms import CodeField, VersionedForm, options, required
from forum.web.language import current_language

_WEB = re.compile(r"https?://[^\s<>\"]{3,280}", re.IGNORECASE)


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale is not None else code


def language_names(codes: Iterable[str]) -> list[str]:
    """Return the names of languages in the reader's language."""
    return [language_name(code) for code in codes]


def area_choices(first: str | None = None) -> list[Any]:
    """Return the focus areas as choices, after a first one that means none or all."""
    names = [(code, area.name.shown(current_language()).text) for code, area in areas().items()]
    return options([*([("", first)] if first is not None else []), *names])


def word_choices(words: Mapping[str, str]) -> list[Any]:
    """Return the translated words of a kind as choices."""
    return options((key, _(word)) for key, word in words.items())


class LanguagesField(SelectMultipleField):
    """Languages as boxes to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # as WTForms documents it
    option_widget = CheckboxInput()  # type: ignore[assignment]

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, **more)

    def offer(self) -> None:
        """Fill the choices in the reader's language."""
        self.choices = options((code, language_name(code)) for code in LANGUAGES)


class WordField(SelectField):
    """One of the words of a kind."""

    def __init__(self, label: Any, words: Mapping[str, str], **more: Any) -> None:
        super().__init__(label, **more)
        self.words = words

    def offer(self) -> None:
        """Fill the choices in the reader's language."""
        self.choices = word_choices(self.words)


class AreaField(SelectField):
    """One of the twelve focus areas, or none where the field may stay empty."""

    def __init__(self, label: Any, *, none: Any = None, **more: Any) -> None:
        super().__init__(label, **more)
        self.none = none

    def offer(self) -> None:
        """Fill the choices in the reader's language."""
        self.choices = area_choices(str(self.none) if self.none is not None else None)


class WebField(CodeField):
    """An address on the web."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, [check_web], limit=300, **more)


def check_web(_form: Any, field: Any) -> None:
    """Ask for an address that a browser opens."""
    if field.data and not _WEB.fullmatch(field.data):
        raise ValidationError(_("Write the whole address, beginning with https://."))


class DayField(DateField):
    """A calendar day, needed or not."""

    def __init__(self, label: Any = None, *, needed: bool = False, **more: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001 - as WTForms calls it
        """Keep to the years that people write."""
        super().post_validate(form, validation_stopped)
        if self.data is not None and not 1900 <= self.data.year <= 2200:
            raise ValidationError(_("Check the year."))


class CityForm(VersionedForm):
    """The base of these forms: both languages and the version that was opened."""

    texts: ClassVar[tuple[str, ...]] = ()
    facts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self:
            if hasattr(field, "offer"):
                field.offer()

    def plain(self) -> list[Any]:
        """Return the fields that aren't bilingual, in the order in which they're asked."""
        paired = {f"{name}_{code}" for name in self.texts for code in SIDES}
        return [field for field in self if field.name not in paired | {"version"}]

    def sides(self) -> dict[tuple[str, str], str]:
        """Return texts as operations take them."""
        return {(name, code): self[f"{name}_{code}"].data or "" for name in self.texts for code in SIDES}

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them."""
        return {name: self[name].data for name in self.facts}

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return a record as the form shows it."""
        known = {f"{name}_{code}": thing.side(name, code) for name in cls.texts for code in SIDES}
        known |= {name: getattr(thing, name) for name in cls.facts}
        return known | {"version": str(thing.version)}


REFERENCES_HINT = _l("One to a line, as it is printed: ISO 37101, GB/T 36749-2018.")
