"""What the matrix needs of this room: every address answers, for one's own side and for another's."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.conftest import START
from tests.evidence.chain import OFFICER, Chain
from tests.evidence.scene import furnish

ADDRESSES = (
    "/ideas/{idea_id}/",
    "/desk/ideas/{idea_id}/change",
    "/desk/evidence/uses/{use_id}/change",
    "/desk/evidence/packs/{standard_slug}",
    "/desk/evidence/packs/{standard_slug}/file.{ending}",
    "/account/watching/{watch_id}",
    "/watching/link/{token}",
)
# Who opens what of the side "own", whose liaison is the delegate.
OPEN: dict[str, set[str | None]] = {
    "/ideas/{idea_id}/": {"delegate", OFFICER, "admin"},
    "/desk/ideas/{idea_id}/change": {"delegate", OFFICER, "admin"},
    "/desk/evidence/uses/{use_id}/change": {"delegate"},
    "/desk/evidence/packs/{standard_slug}": {OFFICER, "admin"},
    "/desk/evidence/packs/{standard_slug}/file.{ending}": {OFFICER, "admin"},
    "/account/watching/{watch_id}": {"delegate"},
    "/watching/link/{token}": {"delegate", "other_focal", OFFICER, "admin", "stranger", None},
}


@pytest.fixture
def values(app: Flask, cast: Cast, kept: Chain) -> dict[str, dict[str, str]]:
    """The scene, committed."""
    with app.app_context():
        begin_writing()
        made = furnish(cast, START)
        session.commit()
        session.remove()
    return made


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_opens_for_its_side_alone(cast: Cast, values: dict[str, dict[str, str]], address: str) -> None:
    for who in ("delegate", "other_focal", OFFICER, "admin", "stranger", None):
        for side in ("own", "other"):
            status = cast.client(who).get(f"/en{address.format(**values[side])}").status_code
            opens = who in OPEN[address]
            if side == "other" and who in {"delegate", "other_focal"}:
                opens = ("delegate" in OPEN[address] and who == "other_focal") or None in OPEN[address]
            assert (status == 200) is opens, (who, side, status)
            assert status in {200, 303, 404}


@pytest.mark.parametrize("action", ["confirm", "withdraw"])
def test_a_stranger_presses_nothing(cast: Cast, values: dict[str, dict[str, str]], action: str) -> None:
    client = cast.client("stranger")
    for kind, key in (("", "link_id"), ("uses/", "use_id")):
        address = f"/en/desk/evidence/{kind}{values['own'][key]}/{action}"
        assert client.submit(address, {}, page="/en/account/watching").status_code == 404


def test_nothing_of_this_room_falls_over_nonsense(cast: Cast, kept: Chain) -> None:
    client = cast.client(OFFICER)
    for path in (
        "/ideas/?state=nonsense&page=-1",
        "/ideas/?page=99999999999999999999",
        "/ideas/%00/",
        "/desk/evidence/new?subject=%00&standard=%00",
        "/desk/evidence/uses/new?standard=" + "x" * 500,
        "/desk/evidence/packs/%00",
        "/desk/ideas/new?session=" + "x" * 500,
        "/account/watching/%00",
        "/watching/link/%00",
    ):
        assert client.get(f"/en{path}").status_code < 500, path
    for path, data in (
        ("/account/watching/new", {"name": "x" * 500, "stage_from": "99.99", "deed": "preview"}),
        ("/account/watching/follow", {"kind": "standard", "slug": "\0" * 300}),
        ("/desk/evidence/new", {"subject": "\0", "relation": "x", "happened_on": "9999-99-99"}),
        ("/desk/ideas/new", {"title_en": "x" * 10_000, "problem_en": "\0", "session": "\0"}),
    ):
        page = "/en/account/watching" if path.endswith("follow") else None
        assert client.submit(f"/en{path}", data, page=page).status_code < 500, path
