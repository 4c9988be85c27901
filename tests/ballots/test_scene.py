"""What the matrix of routes and roles gets from this room."""

from __future__ import annotations

from forum.ballots.views import pages
from forum.core.database import begin_writing, session
from tests.ballots.scene import furnish
from tests.cast import Cast
from tests.conftest import START


def test_the_scene_names_every_argument_of_our_routes(cast: Cast) -> None:
    with cast.app.app_context():
        begin_writing()
        sides = furnish(cast, START)
        session.commit()
    wanted = {
        name
        for rule in cast.app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{pages.name}.")
        for name in rule.arguments
    }
    assert wanted - {"lang"} <= sides["own"].keys() == sides["other"].keys()
    own, other = sides["own"]["ballot_id"], sides["other"]["ballot_id"]
    assert "SAC/TC 567问题" in cast.client("delegate").get(f"/zh/ballots/{own}/answer").text
    assert cast.client("delegate").get(f"/zh/ballots/{other}/answer").status_code == 404
    assert cast.client("admin").get(f"/en/ballots/{other}/closing").status_code == 200
