"""Every setting of the product, documented once, read from the environment once.

The product refuses to start in a way that would be unsafe: see ``Settings.check``.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from forum.core.sealing import Keyring


class UnsafeSettings(Exception):
    """The settings would run the product unsafely, or can't be read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; each field names its variable."""

    data_dir: Path  # FORUM_DATA: folder for the database, files and keys [./var]
    database_url: str  # FORUM_DATABASE_URL [sqlite in FORUM_DATA]
    redis_url: str | None  # FORUM_REDIS_URL: jobs and rate limits of several machines
    files_url: str  # FORUM_FILES_URL [folder in FORUM_DATA]
    smtp_url: str | None  # FORUM_SMTP_URL: smtp://user:password@host:587, smtps://…; none: outbox page
    mail_from: str  # FORUM_MAIL_FROM
    base_url: str  # FORUM_BASE_URL: the public address; links in mail and calendars use it
    calendar_host: str  # FORUM_CALENDAR_HOST: fixed host of calendar UIDs [forum.invalid]
    secret_key: str  # FORUM_SECRET_KEY [generated into FORUM_DATA/keys]
    keyring: Keyring  # FORUM_MASTER_KEYS or the file FORUM_DATA/keys/master
    trusted_proxies: int  # FORUM_TRUSTED_PROXIES: how many proxies set X-Forwarded-* [0]
    secure_cookies: bool  # FORUM_SECURE_COOKIES [1 when FORUM_BASE_URL is https]
    demonstration: bool  # set in a database that holds the demonstration; never by hand
    demonstration_public: bool  # FORUM_DEMONSTRATION_PUBLIC=yes-i-mean-it: serve it beyond loopback
    translation_engine: str | None  # FORUM_TRANSLATION_ENGINE: libretranslate, deepl, microsoft, embedded [off]
    log_level: str  # FORUM_LOG_LEVEL [INFO]
    metrics_token: str | None  # FORUM_METRICS_TOKEN: for /metrics from another machine; loopback needs none
    testing: bool = False
    libretranslate_url: str | None = None  # FORUM_LIBRETRANSLATE_URL: the office's own server
    libretranslate_key: str | None = field(default=None, repr=False)  # FORUM_LIBRETRANSLATE_KEY, if it wants one
    deepl_key: str | None = field(default=None, repr=False)  # FORUM_DEEPL_KEY
    deepl_url: str = ""  # FORUM_DEEPL_URL [the service's own address for this kind of key]
    microsoft_key: str | None = field(default=None, repr=False)  # FORUM_MICROSOFT_KEY
    microsoft_region: str | None = None  # FORUM_MICROSOFT_REGION
    microsoft_url: str = ""  # FORUM_MICROSOFT_URL [the service's worldwide address]
    translation_authorities: Path | None = None  # FORUM_TRANSLATION_CA: certificates of the office's own authority
    translation_rate: int = 30  # FORUM_TRANSLATION_RATE: calls a minute
    translation_budget: int = 500_000  # FORUM_TRANSLATION_BUDGET: characters sent in a month; 0: no limit

    @property
    def sqlite(self) -> bool:
        """Tell whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")

    @property
    def host(self) -> str:
        """The public host name, with its port."""
        return urlsplit(self.base_url).netloc

    def check(self) -> None:
        """Raise ``UnsafeSettings`` when the product would run unsafely."""
        if self.base_url.startswith("https://") and not self.secure_cookies:
            raise UnsafeSettings("FORUM_SECURE_COOKIES=0 contradicts an https FORUM_BASE_URL")
        if len(self.secret_key) < 32:
            raise UnsafeSettings("FORUM_SECRET_KEY needs at least 32 characters")
        self._check_engine()

    def _check_engine(self) -> None:
        """Refuse an engine that lacks its address or key, and an address that would show a key or a text."""
        needed = {
            "libretranslate": ("FORUM_LIBRETRANSLATE_URL", self.libretranslate_url),
            "deepl": ("FORUM_DEEPL_KEY", self.deepl_key),
            "microsoft": ("FORUM_MICROSOFT_KEY", self.microsoft_key),
            "embedded": ("", "nothing"),
        }
        name = self.translation_engine
        if not name:
            return
        if name not in needed:
            raise UnsafeSettings("FORUM_TRANSLATION_ENGINE is one of " + ", ".join(needed))
        variable, value = needed[name]
        if not value:
            message = f"FORUM_TRANSLATION_ENGINE={name} needs {variable}"
            raise UnsafeSettings(message)
        if self.translation_authorities is not None and not self.translation_authorities.is_file():
            raise UnsafeSettings("FORUM_TRANSLATION_CA names no file")
        own = name == "libretranslate"
        if name != "embedded":
            used = {"libretranslate": self.libretranslate_url, "deepl": self.deepl_url, "microsoft": self.microsoft_url}
            _check_address(f"FORUM_{name.upper()}_URL", used[name] or "", plain_allowed=own)


def _kept_secret(path: Path, make: str) -> str:
    """Read a secret file, or write it once with mode 0600; refuse a file that others can read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _kept_secret(path, make)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(make)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"{path} can be read by others; run: chmod 600 {path}"
        raise UnsafeSettings(message)
    return path.read_text().strip()


def _check_address(variable: str, address: str, *, plain_allowed: bool) -> None:
    """Refuse an address that isn't one, holds a password, or would send a service's key in plain text."""
    try:
        parts = urlsplit(address)
        readable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, readable = urlsplit(""), False
    if not readable or parts.username or parts.password or parts.query or parts.fragment:
        message = f"{variable} is an address such as https://translate.office.example, without a password or a query"
        raise UnsafeSettings(message)
    if parts.scheme == "http" and not plain_allowed and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        message = f"{variable} must begin with https://"
        raise UnsafeSettings(message)


def _whole_number(env: Mapping[str, str], variable: str, default: int) -> int:
    given = env.get(variable, "").strip() or str(default)
    if not given.isascii() or not given.isdecimal():
        message = f"{variable} is a whole number"
        raise UnsafeSettings(message)
    return int(given)


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; create the data folder and its keys on first use."""
    env = os.environ if environment is None else environment
    data_dir = Path(env.get("FORUM_DATA", "var")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    base_url = env.get("FORUM_BASE_URL", f"http://{env.get('HOST', '127.0.0.1')}:{env.get('PORT', '8000')}").rstrip("/")
    database_url = env.get("FORUM_DATABASE_URL") or f"sqlite:///{data_dir / 'forum.db'}"
    for old in ("postgres://", "postgresql://"):
        if database_url.startswith(old):
            database_url = "postgresql+psycopg://" + database_url.removeprefix(old)
    keys = data_dir / "keys"
    deepl_key = env.get("FORUM_DEEPL_KEY", "").strip() or None
    # DeepL's free keys end so, and are known at another host.
    deepl_host = "api-free.deepl.com" if (deepl_key or "").endswith(":fx") else "api.deepl.com"
    microsoft_url = env.get("FORUM_MICROSOFT_URL") or "https://api.cognitive.microsofttranslator.com"
    authorities = env.get("FORUM_TRANSLATION_CA")
    settings = Settings(
        data_dir=data_dir,
        database_url=database_url,
        redis_url=env.get("FORUM_REDIS_URL") or None,
        files_url=env.get("FORUM_FILES_URL") or f"file://{data_dir / 'files'}",
        smtp_url=env.get("FORUM_SMTP_URL") or None,
        mail_from=env.get("FORUM_MAIL_FROM", "forum@forum.example"),
        base_url=base_url,
        calendar_host=env.get("FORUM_CALENDAR_HOST", "forum.invalid"),
        secret_key=env.get("FORUM_SECRET_KEY") or _kept_secret(keys / "secret", secrets.token_urlsafe(48)),
        keyring=Keyring.from_text(env.get("FORUM_MASTER_KEYS") or _kept_secret(keys / "master", Keyring.new_text())),
        trusted_proxies=int(env.get("FORUM_TRUSTED_PROXIES", "0")),
        secure_cookies=env.get("FORUM_SECURE_COOKIES", "1" if base_url.startswith("https://") else "0") == "1",
        demonstration=env.get("FORUM_DEMONSTRATION") == "1",
        demonstration_public=env.get("FORUM_DEMONSTRATION_PUBLIC") == "yes-i-mean-it",
        translation_engine=env.get("FORUM_TRANSLATION_ENGINE") or None,
        log_level=env.get("FORUM_LOG_LEVEL", "INFO"),
        metrics_token=env.get("FORUM_METRICS_TOKEN") or None,
        testing=env.get("FORUM_TESTING") == "1",
        libretranslate_url=(env.get("FORUM_LIBRETRANSLATE_URL") or "").strip().rstrip("/") or None,
        libretranslate_key=env.get("FORUM_LIBRETRANSLATE_KEY", "").strip() or None,
        deepl_key=deepl_key,
        deepl_url=(env.get("FORUM_DEEPL_URL") or f"https://{deepl_host}").strip().rstrip("/"),
        microsoft_key=env.get("FORUM_MICROSOFT_KEY", "").strip() or None,
        microsoft_region=env.get("FORUM_MICROSOFT_REGION", "").strip() or None,
        microsoft_url=microsoft_url.strip().rstrip("/"),
        translation_authorities=Path(authorities) if authorities else None,
        translation_rate=max(1, _whole_number(env, "FORUM_TRANSLATION_RATE", 30)),
        translation_budget=_whole_number(env, "FORUM_TRANSLATION_BUDGET", 500_000),
    )
    settings.check()
    return settings
