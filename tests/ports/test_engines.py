"""The engines: what they send, what they make of every bad answer, and that neither key nor text shows anywhere."""

from __future__ import annotations

import json
import logging
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import pytest

from forum import config
from forum.config import Settings, UnsafeSettings
from forum.ports.engines.calling import Caller, Limits
from forum.ports.engines.choosing import engine_from, facts_from
from forum.ports.engines.keyed import KeyedEngine
from forum.ports.engines.libre import LibreEngine, SafeLibre
from forum.ports.engines.port import EngineDown
from tests.translation.libre import Server, libre

KEY, TEXT = "canary-key-7f3a", "The canary text of Hangzhou"
QUICK = Limits(connect=1, silence=0.5, whole=1.5, most=1_000_000)
BAD = (
    *("400", "403", "429", "500", "503", "slow", "trickle", "html", "truncated", "cut", "short", "types", "single"),
    *("list", "error-200", "redirect", "huge", "gzip", "nul", "surrogate", "deep", "hangup"),
)
RETRIED = {"429", "500", "503", "html", "truncated", "cut", "slow", "trickle", "hangup", "deep"}


def engine_at(server: Server, limits: Limits = QUICK) -> LibreEngine:
    return LibreEngine(Caller(f"{server.url}/translate", limits=limits), server.url.removeprefix("http://"), KEY)


def settings(tmp_path: Path, **more: str) -> Settings:
    return config.from_environment({"FORUM_DATA": str(tmp_path), "FORUM_TESTING": "1", **more})


def down(engine: Any, texts: list[str] | None = None) -> EngineDown:
    with pytest.raises(EngineDown) as found:
        engine.translate(texts or [TEXT, "Second"], "en", "zh")
    return found.value


def test_a_batch_goes_in_one_body_and_comes_back_in_order() -> None:
    with libre(key=KEY) as server:
        assert engine_at(server).translate(["One", "Two\nlines"], "en", "zh") == ["译文One", "译文Two\nlines"]
    got = server.got[0]
    assert (len(server.got), got.path) == (1, "/translate")
    assert got.said == {
        "q": ["One", "Two\nlines"],
        "source": "en",
        "target": "zh",
        "format": "text",
        "api_key": KEY,
    }
    assert got.headers["accept-encoding"] == "identity"


def test_html_is_said_to_be_html_and_a_single_text_is_a_batch_of_one() -> None:
    with libre(key=KEY) as server:
        engine_at(server).translate(["<b>One</b>"], "zh", "en", as_html=True)
        caller = Caller(f"{server.url}/translate", limits=QUICK)
        assert SafeLibre("en", "zh", caller, KEY).translate("One") == "译文One"
        assert SafeLibre("en", "zh", caller, KEY).translate("  ") == "  "
        assert engine_at(server).translate([], "en", "zh") == []
    assert server.got[0].said["format"] == "html"
    assert server.got[1].said["q"] == ["One"]
    assert len(server.got) == 2


def test_a_server_without_a_key_is_sent_none() -> None:
    with libre() as server:
        LibreEngine(Caller(f"{server.url}/translate")).translate(["One"], "en", "zh")
    assert "api_key" not in server.got[0].said


@pytest.mark.parametrize("mode", BAD)
def test_every_bad_answer_is_one_error_without_key_address_or_text(
    mode: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with libre(mode) as server:
        begun = time.monotonic()
        error = down(engine_at(server))
        assert time.monotonic() - begun < 3
        shown = "".join(traceback.format_exception(error)) + repr(error) + str(error) + repr(error.__dict__)
        server.go_on.set()
        assert error.retry is (mode in RETRIED), error
        assert error.__context__ is None
    said = capfd.readouterr()
    for secret in (KEY, TEXT, server.url.removeprefix("http://")):
        assert secret not in shown + said.out + said.err
    for secret in (KEY, TEXT):
        assert secret not in caplog.text
    assert len(server.got) == 1, "no redirect was followed, nothing was sent twice"
    assert KEY not in server.got[0].path


def test_an_address_where_nobody_listens_is_tried_again_later() -> None:
    with libre() as server:
        engine = engine_at(server)
    error = down(engine)
    assert (error.retry, server.got) == (True, [])
    assert "127.0.0.1" not in str(error)


def test_a_key_that_no_header_can_hold_is_not_shown() -> None:
    with libre() as server:
        engine = KeyedEngine("deepl", Caller(f"{server.url}/v2/translate", {"Authorization": f"钥匙{KEY}\n"}))
        error = down(engine)
    assert not error.retry
    assert KEY not in "".join(traceback.format_exception(error))


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with libre() as server, libre() as trap:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, trap.url)
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        engine_at(server).translate(["One"], "en", "zh")
        assert (len(server.got), trap.got) == (1, [])
        assert "authorization" not in server.got[0].headers


def test_an_engine_shows_neither_key_nor_address() -> None:
    with libre() as server:
        for engine in (engine_at(server), KeyedEngine("deepl", Caller(server.url, {"Authorization": KEY}))):
            assert KEY not in repr(engine)
            assert server.url not in repr(engine)


def test_the_thread_of_a_call_ends() -> None:
    with libre("slow") as server:
        down(engine_at(server))
        server.go_on.set()
    deadline = time.monotonic() + 5
    while any(thread.name == "engine" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Answering:
    """A caller that keeps what it is handed and answers what it was told."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.body: Any = None
        self.query: Any = None

    def post(self, body: Any, *, query: Any = None) -> Any:
        self.body, self.query = body, query
        return self.answer


def keyed(name: str, answer: Any) -> tuple[KeyedEngine, Answering]:
    caller: Any = Answering(answer)
    return KeyedEngine(name, caller), caller


def test_deepl_gets_the_texts_in_the_body_and_the_british_target() -> None:
    engine, caller = keyed("deepl", {"translations": [{"text": "City"}, {"text": "Park"}]})
    assert engine.translate(["城市", "公园"], "zh", "en", as_html=True) == ["City", "Park"]
    assert caller.body == {
        "text": ["城市", "公园"],
        "source_lang": "ZH",
        "target_lang": "EN-GB",
        "tag_handling": "html",
    }


def test_microsoft_gets_the_texts_in_the_body_and_is_not_asked_for_its_languages() -> None:
    engine, caller = keyed("microsoft", [{"translations": [{"text": "城市", "to": "zh-Hans"}]}])
    assert engine.translate(["City"], "en", "zh") == ["城市"]
    assert caller.body == [{"Text": "City"}]
    assert caller.query == {"api-version": "3.0", "from": "en", "to": "zh-Hans", "textType": "plain"}


@pytest.mark.parametrize("name", ["deepl", "microsoft"])
@pytest.mark.parametrize(
    "answer", [{"error": {"code": 401}}, [], {}, None, [{"translations": []}], {"translations": [{}]}, [3], "text"]
)
def test_a_keyed_service_that_answers_something_else_is_down(name: str, answer: Any) -> None:
    engine, _caller = keyed(name, answer)
    assert not down(engine, [TEXT]).retry


def test_the_keyed_services_speak_http_as_they_should(tmp_path: Path) -> None:
    with libre("400") as server:
        env = {"FORUM_DEEPL_KEY": KEY, "FORUM_DEEPL_URL": server.url}
        env |= {"FORUM_MICROSOFT_KEY": KEY, "FORUM_MICROSOFT_URL": server.url, "FORUM_MICROSOFT_REGION": "chinaeast2"}
        for name in ("deepl", "microsoft"):
            engine = engine_from(settings(tmp_path, FORUM_TRANSLATION_ENGINE=name, **env))
            assert engine is not None
            assert engine.where == server.url.removeprefix("http://")
            assert KEY not in str(down(engine))
    deepl, microsoft = server.got
    assert deepl.path == "/v2/translate"
    assert deepl.headers["authorization"] == f"DeepL-Auth-Key {KEY}"
    assert microsoft.path.startswith("/translate?api-version=3.0&")
    assert microsoft.headers["ocp-apim-subscription-key"] == KEY
    assert microsoft.headers["ocp-apim-subscription-region"] == "chinaeast2"
    for got in server.got:
        assert KEY not in got.path
        assert KEY.encode() not in got.body
        assert TEXT in json.dumps(json.loads(got.body))
        assert "canary" not in got.path


def test_without_a_name_there_is_no_engine_even_with_an_address(tmp_path: Path) -> None:
    found = settings(tmp_path, FORUM_LIBRETRANSLATE_URL="http://translate.office.example")
    assert engine_from(found) is None
    assert facts_from(found) is None


def test_the_embedded_engine_answers_from_the_house_alone(tmp_path: Path) -> None:
    found = settings(tmp_path, FORUM_TRANSLATION_ENGINE="embedded")
    assert engine_from(found) is None, "without a memory there is nothing to answer"
    engine = engine_from(found, lambda text, _source, _target: {"City": "城市"}.get(text, ""))
    assert engine is not None
    assert engine.translate(["City", "Park"], "en", "zh") == ["城市", ""]
    assert (engine.outside, engine.where) == (False, "")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FORUM_TRANSLATION_ENGINE": "google"}, "is one of libretranslate, deepl, microsoft, embedded"),
        ({"FORUM_TRANSLATION_ENGINE": "libretranslate"}, "needs FORUM_LIBRETRANSLATE_URL"),
        ({"FORUM_TRANSLATION_ENGINE": "deepl"}, "needs FORUM_DEEPL_KEY"),
        ({"FORUM_TRANSLATION_ENGINE": "microsoft"}, "needs FORUM_MICROSOFT_KEY"),
        (
            {"FORUM_TRANSLATION_ENGINE": "libretranslate", "FORUM_LIBRETRANSLATE_URL": "translate.example"},
            "is an address",
        ),
        (
            {"FORUM_TRANSLATION_ENGINE": "libretranslate", "FORUM_LIBRETRANSLATE_URL": f"http://u:{KEY}@t.example"},
            "without a password",
        ),
        (
            {"FORUM_TRANSLATION_ENGINE": "libretranslate", "FORUM_LIBRETRANSLATE_URL": f"http://t.example/?k={KEY}"},
            "without a password or a query",
        ),
        (
            {
                "FORUM_TRANSLATION_ENGINE": "deepl",
                "FORUM_DEEPL_KEY": KEY,
                "FORUM_DEEPL_URL": "http://api.deepl.example",
            },
            "must begin with https",
        ),
        ({"FORUM_TRANSLATION_RATE": "many"}, "FORUM_TRANSLATION_RATE is a whole number"),
        (
            {"FORUM_TRANSLATION_ENGINE": "embedded", "FORUM_TRANSLATION_CA": "/nowhere.pem"},
            "names no file",
        ),
    ],
)
def test_the_product_does_not_start_with_half_an_engine(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UnsafeSettings, match=sentence) as found:
        settings(tmp_path, **environment)
    assert KEY not in str(found.value)


def test_the_settings_show_no_key_of_an_engine(tmp_path: Path) -> None:
    env = {"FORUM_LIBRETRANSLATE_KEY": KEY, "FORUM_DEEPL_KEY": KEY, "FORUM_MICROSOFT_KEY": KEY}
    assert KEY not in repr(settings(tmp_path, **env))


def test_a_free_key_of_deepl_is_known_at_its_own_host(tmp_path: Path) -> None:
    for key, host in (("abc:fx", "api-free.deepl.com"), ("abc", "api.deepl.com")):
        facts = facts_from(settings(tmp_path, FORUM_TRANSLATION_ENGINE="deepl", FORUM_DEEPL_KEY=key))
        assert facts is not None
        assert (facts.where, facts.outside) == (host, True)
