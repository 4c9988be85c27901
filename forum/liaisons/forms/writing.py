"""The forms of statements: rows of groups and contacts that need no script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, FileField, Form, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from forum.accounts.models import Account
from forum.core.bilingual import Text
from forum.liaisons.forms.parts import choices_of
from forum.liaisons.models import (
    CONFIDENTIALITIES,
    CONTACT_ROLES,
    PURPOSES,
    Confidentiality,
    ContactRole,
    Purpose,
    Statement,
)
from forum.liaisons.operations.drafting import Group, Person, Written
from forum.web.forms import AddressField, CodeField, LineField, ProseField, VersionedForm, options, required

MOST_ROWS = 20
# Each language is named in itself.
LANGUAGES = [
    SelectChoice("en", "English", render_kw={"lang": "en"}),
    SelectChoice("zh", "中文", render_kw={"lang": "zh-Hans"}),
]
_APART = re.compile(r"[,，;；、\n]+")


class SenderForm(Form):
    """A group that a statement comes from."""

    group = LineField(_l("Group"), limit=200)


class ReceiverForm(Form):
    """A group that a statement goes to, and what it is asked for."""

    group = LineField(_l("Group"), limit=200)
    purpose = SelectField(_l("Asked for"), choices=[], default="", validate_choice=False)


class ContactForm(Form):
    """Somebody who is named on a statement."""

    role = SelectField(_l("Role of the contact"), choices=[], default="to", validate_choice=False)
    name = LineField(_l("Name"), limit=160)
    organisation = LineField(_l("Organisation"), limit=200)
    email = AddressField(_l("Mail address"))
    language = SelectField(_l("Language"), choices=LANGUAGES, default="en")


class StatementForm(VersionedForm):
    """A statement of ours."""

    title_en = LineField(_l("Subject in English"), limit=300)
    title_zh = LineField(_l("Subject in Chinese"), limit=300)
    senders = FieldList(FormField(SenderForm), _l("From these groups"), min_entries=3, max_entries=MOST_ROWS)
    from_name = LineField(_l("Who speaks for them"), limit=200)
    receivers = FieldList(FormField(ReceiverForm), _l("To these groups"), min_entries=4, max_entries=MOST_ROWS)
    deadline_on = DateField(_l("Deadline: day"), [Optional()])
    deadline_time = CodeField(_l("Deadline: time"), limit=5)
    deadline_zone = CodeField(_l("Deadline: time zone"), limit=64)
    body_en = ProseField(_l("Text in English"), limit=50_000)
    body_zh = ProseField(_l("Text in Chinese (working copy)"), limit=50_000)
    contacts = FieldList(FormField(ContactForm), _l("Contacts"), min_entries=3, max_entries=MOST_ROWS)
    confidentiality = SelectField(_l("Who may read it"), [required()], choices=[], default="internal")
    number = LineField(_l("Number given by its source"), limit=60)
    dated_on = DateField(_l("Date of the statement"), [Optional()])
    approval = LineField(_l("Agreed at"), limit=200)
    questions_from = LineField(_l("Questions of the sender"), limit=200)
    questions_to = LineField(_l("Questions of the receiver"), limit=200)
    meeting = LineField(_l("Meeting"), limit=200)
    meeting_place = LineField(_l("Place of the meeting"), limit=160)
    meeting_from = DateField(_l("First day of the meeting"), [Optional()])
    meeting_to = DateField(_l("Last day of the meeting"), [Optional()])
    tags = LineField(_l("Keywords"), limit=200)
    tie = HiddenField(default="")  # of a new one: "reply_to:<public id>"

    def offer(self) -> StatementForm:
        """Offer the words of the choices, also in rows that are added."""
        self.confidentiality.choices = choices_of(CONFIDENTIALITIES)
        for entry in self.receivers:
            entry.form.purpose.choices = [*options([("", "–")]), *choices_of(PURPOSES)]
        for entry in self.contacts:
            entry.form.role.choices = choices_of(CONTACT_ROLES)
        return self

    def add_rows(self) -> StatementForm:
        """Add empty rows to each list, as far as there is room."""
        for rows in (self.senders, self.receivers, self.contacts):
            for _number in range(min(2, MOST_ROWS - len(rows))):
                rows.append_entry()
        return self.offer()

    def written(self) -> Written:
        """Return what was typed; rows without a group or a name are left out."""
        senders = tuple(Group(entry.form.group.data) for entry in self.senders if entry.form.group.data)
        receivers = tuple(
            Group(entry.form.group.data, _purpose(entry.form.purpose.data))
            for entry in self.receivers
            if entry.form.group.data
        )
        return Written(
            title=Text(self.title_en.data or "", self.title_zh.data or ""),
            body=Text(self.body_en.data or "", self.body_zh.data or ""),
            senders=senders,
            receivers=receivers,
            contacts=tuple(_person(entry.form) for entry in self.contacts if entry.form.name.data),
            confidentiality=Confidentiality(self.confidentiality.data),
            deadline_on=self.deadline_on.data,
            deadline_time=self.deadline_time.data or "",
            deadline_zone=self.deadline_zone.data or "",
            number=self.number.data or "",
            dated_on=self.dated_on.data,
            from_name=self.from_name.data or "",
            meeting=self.meeting.data or "",
            meeting_place=self.meeting_place.data or "",
            meeting_from=self.meeting_from.data,
            meeting_to=self.meeting_to.data,
            questions_from=_parts(self.questions_from.data),
            questions_to=_parts(self.questions_to.data),
            approval=self.approval.data or "",
            tags=_parts(self.tags.data),
        )


def held_in(statement: Statement) -> dict[str, object]:
    """Return a statement as its form shows it."""
    wall = statement.deadline_wall
    plain = ("title_en", "title_zh", "body_en", "body_zh", "number", "dated_on", "from_name", "approval", "meeting")
    return {
        **{name: getattr(statement, name) for name in (*plain, "meeting_place", "meeting_from", "meeting_to")},
        "version": statement.version,
        "senders": [{"group": one.name} for one in statement.from_groups],
        "receivers": [{"group": one.name, "purpose": str(one.purpose)} for one in statement.to_groups],
        "contacts": [
            {
                "role": str(one.role),
                "name": one.name,
                "organisation": one.organisation,
                "email": one.email,
                "language": one.language,
            }
            for one in statement.contacts
        ],
        "confidentiality": str(statement.confidentiality),
        "deadline_on": wall.date() if wall else None,
        "deadline_time": f"{wall:%H:%M}" if wall else "",
        "deadline_zone": statement.deadline_zone,
        "questions_from": ", ".join(statement.questions_from),
        "questions_to": ", ".join(statement.questions_to),
        "tags": ", ".join(statement.tags),
    }


def _purpose(code: str | None) -> Purpose | None:
    return Purpose(code) if code in set(Purpose) else None


def _person(form: ContactForm) -> Person:
    role = form.role.data if form.role.data in set(ContactRole) else "to"
    return Person(
        ContactRole(role),
        form.name.data or "",
        form.organisation.data or "",
        form.email.data or "",
        form.language.data or "en",
    )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in _APART.split(text or "") if part.strip())


class IncomingForm(StatementForm):
    """A statement that came in, with whoever owes the answer and a file that holds it."""

    owner = SelectField(_l("Who owes the answer"), choices=[], default="")
    file = FileField(_l("File that holds it"))

    def offer_owners(self, people: Iterable[Account]) -> IncomingForm:
        """Offer who may own the answer."""
        self.owner.choices = options(
            [("", _("Nobody: no answer is asked for")), *((one.public_id, one.name) for one in people)]
        )
        return self


class FileForm(VersionedForm):
    """A file of a statement."""

    file = FileField(_l("File"), [required()])
    title = LineField(_l("Title of the file"), limit=200)


class TakeOutForm(VersionedForm):
    """Why a file is taken out."""

    reason = ProseField(_l("Reason"), [required()], limit=2000)


class SendForm(VersionedForm):
    """The preview that was read."""

    read = HiddenField(default="")
