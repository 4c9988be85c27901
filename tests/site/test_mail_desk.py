"""Staff read the mail of their own forum, and send again what was refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.ports.mail.models import MailState, OutboxMail
from tests.cast import Cast
from tests.conftest import START
from tests.statements import counted_statements


def post(cast: Cast, number: int, *, state: MailState = MailState.KEPT, kind: str = "test", mine: bool = True) -> str:
    with cast.app.app_context():
        begin_writing()
        mail = OutboxMail(
            kind=kind,
            forum_id=cast.forum_id if mine else cast.other_forum_id,
            recipient=f"reader-{number}@forum.test",
            language="zh" if number % 2 else "en",
            subject=f"Subject {number} <b>",
            body=f"Body {number} <script>alert(1)</script>",
            message_id=f"<{kind}-{number}-{mine}@x>",
            next_at=START,
            state=state,
        )
        session.add(mail)
        session.commit()
        return mail.public_id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_desk_reads_what_would_have_been_sent(cast: Cast, language: str) -> None:
    mail = post(cast, 1)
    client = cast.client("registration")
    page = client.get(f"/{language}/forums/{cast.slug}/desk/mail")
    assert page.status_code == 200
    assert "reader-1@forum.test" in page.text
    letter = client.get(f"/{language}/forums/{cast.slug}/desk/mail/{mail}")
    assert "Body 1 &lt;script&gt;" in letter.text
    assert "<script>alert" not in letter.text


def test_the_mail_of_another_forum_is_not_there(cast: Cast) -> None:
    mail = post(cast, 1, mine=False)
    client = cast.client("organiser")
    assert "reader-1" not in client.get(f"/en/forums/{cast.slug}/desk/mail").text
    assert client.get(f"/en/forums/{cast.slug}/desk/mail/{mail}").status_code == 404
    assert client.get(f"/en/mail/{mail}").status_code == 403
    assert cast.client("neighbour").get(f"/en/forums/{cast.other_slug}/desk/mail/{mail}").status_code == 200


@pytest.mark.parametrize("who", ["agenda", "door", "viewer", "protocol", "focal", "delegate", "stranger"])
def test_others_see_no_mail(cast: Cast, who: str) -> None:
    assert cast.client(who).get(f"/en/forums/{cast.slug}/desk/mail").status_code == 404


def test_a_sent_sign_in_link_is_not_shown_even_to_the_administrator(cast: Cast) -> None:
    kept, sent = post(cast, 1, kind="account_sign_in"), post(cast, 2, kind="account_sign_in", state=MailState.SENT)
    client = cast.client("admin")
    assert "Body 1" in client.get(f"/en/mail/{kept}").text
    assert "Body 2" not in client.get(f"/en/mail/{sent}").text


def test_mail_is_found_by_state_and_by_words(cast: Cast) -> None:
    post(cast, 1)
    post(cast, 2, state=MailState.DEAD)
    client = cast.client("organiser")
    dead = client.get(f"/en/forums/{cast.slug}/desk/mail?state=dead").text
    assert ("reader-2" in dead, "reader-1" in dead) == (True, False)
    found = client.get(f"/en/forums/{cast.slug}/desk/mail?q=READER-1").text
    assert ("reader-1" in found, "reader-2" in found) == (True, False)
    assert client.get(f"/en/forums/{cast.slug}/desk/mail?state=nonsense&page=x&q=%25").status_code == 200


def test_a_refused_mail_is_sent_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = post(cast, 1, state=MailState.DEAD)
    address = f"/en/forums/{cast.slug}/desk/mail/{mail}"
    client = cast.client("organiser")
    assert "Send again" not in client.get(address).text
    settings = cast.app.extensions["forum.settings"]
    monkeypatch.setitem(cast.app.extensions, "forum.settings", replace(settings, smtp_url="smtp://localhost"))
    assert client.submit(address).status_code == 303
    with cast.app.app_context():
        assert session.scalars(select(OutboxMail.state)).one() is MailState.QUEUED


def test_a_long_list_costs_as_much_as_a_short_one(cast: Cast) -> None:
    client = cast.client("organiser")
    client.get(f"/en/forums/{cast.slug}/desk/mail")  # the number of conflicts is counted once, for a minute
    costs = []
    for number in range(1, 32):
        post(cast, number)
        if number in {1, 31}:
            with cast.app.app_context(), counted_statements() as statements:
                client.get(f"/en/forums/{cast.slug}/desk/mail")
            costs.append(len(statements))
    assert costs[0] == costs[1]
