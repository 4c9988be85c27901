"""The services that the other tests rely on are real, separate and gone afterwards."""

from __future__ import annotations

import os
import smtplib
import socket
import tempfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import psycopg
import pytest
import redis

from tests import services

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.once


def nobody_listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((services.LOOPBACK, port)) != 0


def plain(url: str) -> str:
    """The address as psycopg itself reads it, without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg:", "postgresql:")


@pytest.mark.slow
def test_a_cluster_copies_a_template_into_databases_that_do_not_share_rows() -> None:
    with services.postgresql_cluster() as cluster:
        template = cluster.create_database("template_forum")
        with psycopg.connect(plain(template)) as connection:
            connection.execute("CREATE TABLE city (name text)")
            connection.execute("INSERT INTO city VALUES ('杭州')")
        first, second = (cluster.create_database(f"worker_{n}", template="template_forum") for n in (1, 2))

        with psycopg.connect(plain(first)) as connection:
            connection.execute("INSERT INTO city VALUES ('Lisboa')")
        with psycopg.connect(plain(second)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM city")]
            version = connection.info.server_version

        assert names == ["杭州"]
        assert version >= 150000
        assert not nobody_listens(cluster.port)

        cluster.drop_database("worker_1")
        with pytest.raises(psycopg.OperationalError, match="worker_1"):
            psycopg.connect(plain(first)).close()
    assert nobody_listens(cluster.port)


@pytest.mark.slow
def test_a_cluster_is_reached_by_another_process_through_its_port_alone() -> None:
    with services.postgresql_cluster() as cluster:
        elsewhere = services.Cluster(port=cluster.port)
        url = elsewhere.create_database("second_view")
        assert url == cluster.url_for("second_view")
        with psycopg.connect(plain(url)) as connection:
            row = connection.execute("SELECT current_user, current_setting('TimeZone')").fetchone()
        assert row == (services.ROLE, "UTC")


def test_a_redis_server_keeps_a_value_and_is_gone_afterwards() -> None:
    with services.redis_server() as url:
        port = int(url.rsplit(":", 1)[1].split("/")[0])
        with redis.Redis.from_url(url, decode_responses=True) as client:
            client.set("forum", "论坛")
            assert client.get("forum") == "论坛"
    assert nobody_listens(port)


def test_a_sink_receives_a_message_in_chinese_whole_and_in_order() -> None:
    with services.smtp_sink() as sink:
        for number in (1, 2):
            message = EmailMessage()
            message["From"] = "secretariat@forum.example"
            message["To"] = "delegate@forum.example"
            message["Subject"] = f"第{number}封信"
            message.set_content("欢迎来到杭州。")
            with smtplib.SMTP(services.LOOPBACK, sink.port) as client:
                client.send_message(message, to_addrs=["hidden@forum.example"])

        assert [message["Subject"] for message in sink.messages] == ["第1封信", "第2封信"]
        assert sink.messages[0].get_content().strip() == "欢迎来到杭州。"
        assert sink.recipients == [("hidden@forum.example",)] * 2
        assert sink.url == f"smtp://127.0.0.1:{sink.port}"
    assert nobody_listens(sink.port)


def test_a_server_whose_port_is_taken_tries_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as squatter:
        squatter.bind((services.LOOPBACK, 0))
        squatter.listen()
        taken = squatter.getsockname()[1]
        offers = iter([taken, services.free_port()])
        monkeypatch.setattr(services, "free_port", lambda: next(offers))
        with services.redis_server() as url:
            assert f":{taken}/" not in url


def test_a_server_that_never_starts_is_reported_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(services, "_program", lambda _name: "/bin/false")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(services.ServiceUnavailable, match="did not start"), services.redis_server():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_missing_program_is_a_failure_and_not_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with (
        pytest.raises(services.ServiceUnavailable, match="redis-server is not installed"),
        services.redis_server(),
    ):
        pass
