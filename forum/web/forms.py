"""Forms: shape only.  What was typed is normalised, kept on errors, and the errors name their field."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Self

import wtforms.i18n
from email_validator import EmailNotValidError, validate_email
from flask import abort, g, request
from flask_babel import get_translations
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from forum.core.bilingual import LANGUAGES, Bilingual
from forum.core.identifiers import secret_token
from forum.core.refusals import Refusal
from forum.core.text import clean, clean_code, clean_line
from forum.core.workflow import Workflow

LONGEST_HIDDEN = 2000  # characters: an address to go back to is the longest; Python reads 4300 digits at most
_FORM_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


class BaseForm(FlaskForm):
    """The base of every form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(kept := options.get("obj"), Bilingual):
            self.about(kept)

    def about(self, record: Bilingual | None, prefix: str = "") -> Self:
        """Say whose texts stand in the boxes ``title_en`` and ``title_zh``: the page shows the state of each side.

        None is a record that is only being written: nothing is known of its texts yet.
        """
        for field in type(record).__bilingual__ if record is not None else ():
            for language in LANGUAGES:
                if (box := self._fields.get(f"{prefix}{field}_{language}")) is not None:
                    box.holds = (record, field, language)
        return self

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Tell whether the form was sent and its shape is right."""
        return self.sent and self.validate(extra_validators)

    class Meta(FlaskForm.Meta):
        """Messages come from the merged catalogue; the page's token is checked once, by the house."""

        cache_translations = False
        csrf = False

        def get_translations(self, form: Any) -> Any:  # noqa: ARG002 - the name that WTForms calls
            """Return the catalogue of the reader's language."""
            return wtforms.i18n.DefaultTranslations(get_translations())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the shape; a page that was open too long is an error that keeps the entries."""
        sound = bool(super().validate(extra_validators))
        if g.get("csrf_failed") or not self._hidden_fields_are_ours():
            self.form_errors.append(_("This page was open too long. Check your entries and send again."))
            return False
        return sound

    def _hidden_fields_are_ours(self) -> bool:
        """Tell whether what nobody types could have been written by this site: short, and without a NUL."""
        texts = [field.data for field in self if isinstance(field, HiddenField) and isinstance(field.data, str)]
        return all(len(text) <= LONGEST_HIDDEN and "\0" not in text for text in texts)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal of the domain at its field, or above the form."""
        sentence = refusal.say(_)
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    @property
    def sent(self) -> bool:
        """Tell whether the form came with this request."""
        return request.method == "POST"


class KeyedForm(BaseForm):
    """A form that does its work once, however often it is sent."""

    form_key = HiddenField(default=secret_token)

    def _hidden_fields_are_ours(self) -> bool:
        """Ask for a key as we make them: two people's forms without one would be taken for the same form."""
        return super()._hidden_fields_are_ours() and bool(_FORM_KEY.fullmatch(self.form_key.data or ""))

    def body_hash(self) -> str:
        """Return the hash of what stands in the form, but for its key and token."""
        parts = sorted((k, v) for k, v in request.form.items(multi=True) if k not in {"form_key", "csrf_token"})
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return the choices of a select, radio or checkbox field from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


def designations(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return choices whose labels are designations, such as ISO/TC 268: the same in every language."""
    return [SelectChoice(value, label, render_kw={"translate": "no"}) for value, label in pairs]


def _filter(change: Callable[[str], str]) -> Callable[[Any], Any]:
    return lambda value: change(value) if isinstance(value, str) else value


def required() -> InputRequired:
    """Return the rule that a field must be filled in."""
    return InputRequired(_l("Please fill in this field."))


def at_most(limit: int) -> Callable[[BaseForm, Field], None]:
    """Return the rule that a text has at most ``limit`` characters, counted in NFC code points."""
    length = Length(max=limit, message=_l("Please write at most %(max)d characters."))

    def check(form: BaseForm, field: Field) -> None:
        length(form, field)

    check.field_flags = {"maxlength": limit}  # type: ignore[attr-defined]
    return check


class LineField(StringField):
    """One line of text: NFC, one blank between words, no control characters."""

    def __init__(self, label: Any = None, validators: Any = None, limit: int = 200, **options: Any) -> None:
        options.setdefault("filters", [_filter(clean_line)])
        super().__init__(label, [*(validators or []), at_most(limit)], **options)


class ProseField(TextAreaField):
    """Several lines of text: NFC, line feeds only, no control characters."""

    def __init__(self, label: Any = None, validators: Any = None, limit: int = 10_000, **options: Any) -> None:
        options.setdefault("filters", [_filter(clean)])
        super().__init__(label, [*(validators or []), at_most(limit)], **options)


class CodeField(StringField):
    """A code, date or number: full-width input is folded to half width (NFKC)."""

    def __init__(self, label: Any = None, validators: Any = None, limit: int = 100, **options: Any) -> None:
        options.setdefault("filters", [_filter(clean_code)])
        super().__init__(label, [*(validators or []), at_most(limit)], **options)


class AddressField(EmailField):
    """A mail address, folded to half width and lower case, checked by its syntax."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        options.setdefault("filters", [_filter(lambda text: clean_code(text).casefold())])
        super().__init__(label, [*(validators or []), at_most(254), check_address], **options)


def check_address(_form: Any, field: Field) -> None:
    """Refuse what isn't a mail address."""
    if not field.data:
        return
    try:
        validate_email(field.data, check_deliverability=False, test_environment=True)
    except EmailNotValidError as invalid:
        raise ValidationError(_("Please write a mail address such as name@example.org.")) from invalid


class VersionedForm(BaseForm):
    """A form that knows which version of the record it was opened on."""

    version = HiddenField(default="0")

    @property
    def seen(self) -> int:
        """Return that version; zero for nonsense, which no record has."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class StepForm(BaseForm):
    """A step in a life cycle, with the reason where the step needs one."""

    action = HiddenField(validators=[required()])
    reason = ProseField(_l("Reason"), limit=500)

    def speaks_of(self, life: Workflow) -> None:
        """Tie the reason to its box on the page; a step that no table knows was written by no page of ours."""
        if self.action.data not in {row.action for row in life.rows}:
            abort(422)
        self.reason.id = f"reason-{self.action.data}"
