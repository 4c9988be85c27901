"""Rules of passwords and of time-based codes."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

import pyotp

LINK_LIFE = timedelta(minutes=10)
DEVICE_LIFE_STAFF = timedelta(hours=12)
DEVICE_LIFE = timedelta(days=30)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256

# The most used passwords of eight characters and more, from public counts; kept offline on purpose.
KNOWN_PASSWORDS = frozenset(
    [
        "12345678",
        "123456789",
        "1234567890",
        "password",
        "password1",
        "password123",
        "passw0rd",
        "p@ssw0rd",
        "qwertyuiop",
        "qwerty123",
        "qwerty12",
        "1q2w3e4r",
        "1q2w3e4r5t",
        "1qaz2wsx",
        "1qaz@wsx",
        "zaq12wsx",
        "q1w2e3r4",
        "asdfghjkl",
        "asdf1234",
        "abcd1234",
        "abc12345",
        "a1234567",
        "a12345678",
        "a123456789",
        "aa123456",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "87654321",
        "987654321",
        "0987654321",
        "123123123",
        "147258369",
        "11223344",
        "12344321",
        "iloveyou",
        "iloveyou1",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "trustno1",
        "welcome1",
        "welcome123",
        "letmein1",
        "admin123",
        "administrator",
        "changeme",
        "changeme1",
        "default1",
        "testtest",
        "test1234",
        "starwars",
        "whatever",
        "computer",
        "internet",
        "michelle",
        "jennifer",
        "jordan23",
        "liverpool",
        "chelsea1",
        "arsenal1",
        "charlie1",
        "monkey12",
        "dragon12",
        "master12",
        "shadow12",
        "killer12",
        "woaini1314",
        "woaini520",
        "5201314a",
        "zxcvbnm1",
        "zxcvbnm123",
        "qazwsxedc",
        "qweasdzxc",
        "asdasdasd",
        "1234qwer",
        "qwer1234",
        "wang1234",
        "zhang123",
        "china123",
        "beijing1",
        "shanghai1",
        "hangzhou1",
        "woainimama",
        "123456789a",
        "12345678a",
        "1234567a",
        "520131400",
        "13145200",
        "standard",
        "standards",
        "forum123",
        "forum2027",
    ]
)


def weak(password: str, *, email: str = "") -> bool:
    """Tell whether a password is too short, too long, widely known, or the address itself."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return True
    folded = password.casefold()
    return folded in KNOWN_PASSWORDS or len(set(folded)) < 4 or (bool(email) and folded == email.casefold())


def step_of_code(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """Return the time step that a six-digit code belongs to, or None.

    One step of 30 seconds before and after is accepted; a step is good once (RFC 6238 §5.2).
    """
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // 30
    for step in (current, current - 1, current + 1):
        if last_step is not None and step <= last_step:
            continue
        if hmac.compare_digest(totp.at(step * 30).encode(), code.encode()):
            return step
    return None
