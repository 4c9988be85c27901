"""Forms of signing in and of one's own account."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, ValidationError

from forum.web.forms import AddressField, BaseForm, CodeField, LineField, options, required


class SignInForm(BaseForm):
    """Address and password."""

    next = HiddenField()
    email = AddressField(_l("Mail address"), [required()])
    password = PasswordField(_l("Password"), [required()])


class LinkForm(BaseForm):
    """Address for a one-time link."""

    next = HiddenField()
    email = AddressField(_l("Mail address"), [required()])


class CodeForm(BaseForm):
    """The code of the second factor."""

    code = CodeField(_l("Six-digit code"), [required()], limit=10)


class PasswordForm(BaseForm):
    """A new password, with the one in use where there is one."""

    current = PasswordField(_l("Password in use"))
    password = PasswordField(_l("New password"), [required()])


class AccountForm(BaseForm):
    """One's own name, language and time zone."""

    name = LineField(_l("Name shown to the office"), [required()], limit=200)
    language = RadioField(_l("Language of mail to you"), choices=options([("en", "English"), ("zh", "简体中文")]))
    zone_name = SelectField(_l("Your time zone"), validate_choice=False)

    def set_zones(self) -> None:
        """Offer the zones of the world, by their IANA names."""
        zones = sorted(z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "posix", "right")))
        self.zone_name.choices = options(
            [("", _("The venue's time")), *((zone, zone.replace("_", " ")) for zone in zones)]
        )

    def validate_zone_name(self, field: SelectField) -> None:
        """Refuse what isn't a zone."""
        if field.data and field.data not in available_timezones():
            raise ValidationError(_("Please choose a time zone from the list."))


class DeleteForm(BaseForm):
    """The confirmation that everything may be deleted."""

    sure = BooleanField(_l("Yes, delete my account and my personal data"), [required()])
