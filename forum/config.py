"""Every setting of the product, documented once, read from the environment once.

The product refuses to start in a way that would be unsafe: see ``Settings.check``.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
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
    translation_engine: str | None  # FORUM_TRANSLATION_ENGINE
    log_level: str  # FORUM_LOG_LEVEL [INFO]
    metrics_token: str | None  # FORUM_METRICS_TOKEN: for /metrics from another machine; loopback needs none
    testing: bool = False

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
    )
    settings.check()
    return settings
