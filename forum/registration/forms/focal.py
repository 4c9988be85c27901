"""The forms of a focal point."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from forum.registration.forms.registering import MAIL_LANGUAGES, ChineseField, LatinField, chosen
from forum.web.forms import AddressField, BaseForm, KeyedForm, LineField, ProseField, options, required


class NominateForm(KeyedForm):
    """One member, by name; the rest is filled in afterwards."""

    category = SelectField(_l("Category"), [chosen()], choices=[])
    family_latin = LatinField(_l("Family name"), [required()])
    given_latin = LatinField(_l("Given name"))
    name_zh = ChineseField(_l("Name in Chinese characters"))
    function_en = LineField(_l("Function (English)"), limit=240)
    function_zh = LineField(_l("Function (Chinese)"), limit=240)
    email = AddressField(_l("Mail address"))
    language = RadioField(
        _l("Language of mail to this person"), [chosen()], choices=options(MAIL_LANGUAGES), default="en"
    )
    alternate = BooleanField(_l("Alternate: takes no place of the quota until promoted"))


class UploadForm(BaseForm):
    """The filled-in template."""

    table = FileField(_l("Filled-in template (XLSX or CSV)"), [InputRequired(_l("Choose a file."))])


class ApplyForm(BaseForm):
    """The confirmation of a preview, and what the members agreed to; nothing is ticked beforehand."""

    notice = BooleanField(_l("These people have read how their data are used for this forum."))
    identity = BooleanField(_l("They agree that their passport data may be used for the letter and for access."))


class SheetForm(BaseForm):
    """Note verbale and mail policy."""

    version = HiddenField()
    note_verbale = LineField(_l("Note verbale: number, date, signatory"), limit=120)
    mail_policy = RadioField(_l("Who receives the mail about members?"), choices=[], default="registrant")


class DecideForm(BaseForm):
    """A step of the delegation, with a reason where it is needed."""

    version = HiddenField()
    reason = ProseField(_l("Reason"), limit=1000)
