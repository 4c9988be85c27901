"""References of deliverables: found in any spelling, taken apart, printed, and turned into an address.

ISO and IEC: ``ISO/TS 37107:2019``, ``ISO/DIS 37100``, ``ISO 37101:2016/Amd 1:2024``.  ITU-T: the month belongs to the
identity, two numbers may stand side by side (``Y.4900/L.1600 (06/2016)``).  China: printed with an em dash, stored with
a hyphen, joined with the international reference where identical; plans are year, serial, obligation and code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_OTHER = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+\s*")
_KINDS = "TS|TR|PAS|Guide|GUIDE|SRD|ISP"
_DRAFTS = "NP|AWI|WD|CD|DIS|FDIS|PRF|DTS|DTR|DPAS|FDTS|FDTR|CDV|PWI|DAM|FDAM|DAmd|FDAmd"
_ISO = re.compile(
    rf"^(?P<publisher>(?:ISO|IEC)(?:/(?:IEC|ISO|IEEE|CIE|SAE|ASTM))*|IWA)"
    rf"(?:[/ ](?P<draft>{_DRAFTS}))?"
    rf"(?:[/ ](?P<kind>{_KINDS}))?"
    rf" (?P<number>\d+(?:-\d+)*)(?::(?P<year>\d{{4}})(?:-\d{{2}})?)?"
    rf"(?:/(?P<supplement>Amd|Cor|AMD|COR|DAM|DAmd|FDAM|FDAmd|CD Amd|Add) ?(?P<ordinal>\d+)(?::(?P<since>\d{{4}}))?)?$"
)
_ITU = re.compile(
    r"^ITU-T (?P<series>[A-Z])(?:(?P<supplement> Suppl\.? ?)(?P<ordinal>\d+)|\.(?P<number>[\d.]+))"
    r"(?P<twins>(?:/[A-Z]\.[\d.]+)*)(?: ?\((?P<month>\d{2})/(?P<year>\d{4})\))?$"
)
_GB = re.compile(
    r"^(?P<kind>GB(?:/[TZ])?) ?(?P<number>\d+(?:\.\d+)?)(?:-(?P<year>\d{4}))?(?:/(?P<twin>(?:ISO|IEC).+))?$"
)
_PLAN = re.compile(r"^(?P<year>\d{4})(?P<serial>\d{4})-(?P<obligation>[TQ])-(?P<code>\d{3})$")
_GB_YEAR = re.compile(r"^(GB(?:/[TZ])? ?\d+(?:\.\d+)?)-(\d{4})(?!\d)")
_SILENT = frozenset({"IS", "IWA", "Rec", "GB/T", "GB", "GB/Z"})  # kinds that the reference says by its publisher alone
_DRAFT_KINDS = ("TS", "TR", "PAS")  # DTS, DTR and DPAS say both at once
_AMENDMENTS = {"amd": "Amd", "cor": "Cor", "dam": "DAM", "damd": "DAM", "fdam": "FDAM", "fdamd": "FDAM", "add": "Add"}


def folded(reference: str) -> str:
    """Return the letters and digits of a reference alone: ``GB/T 36749—2018`` gives ``gbt367492018``."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", reference).casefold())


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart.  What a scheme doesn't know stays empty."""

    scheme: str  # iso, iec, itu, sac
    publisher: str  # ISO/IEC, ITU-T, GB/T; empty for a plan
    number: str  # 37155-1, Y.4900, 36749
    kind: str = "IS"  # TS, TR, SRD, Rec, Suppl, GB/T, plan …
    draft: str = ""  # DIS, FDIS, CD …; drafts have no year
    year: int | None = None
    month: int | None = None  # ITU-T
    twins: tuple[str, ...] = ()  # further numbers of the same text, or the identical international reference
    supplement: str = ""  # Amd, Cor
    ordinal: int | None = None  # of the supplement
    supplement_year: int | None = None

    @property
    def stored(self) -> str:
        """The reference as the product keeps it, with hyphens."""
        return _printed(self, "-")

    @property
    def printed(self) -> str:
        """The reference as it is printed: national ones with an em dash before the year."""
        return _printed(self, "—")

    @property
    def family(self) -> str:
        """What all editions share, as part of an address: ``iso-37101``, ``iso-ts-37107``, ``itu-t-y-4900``."""
        if self.kind == "plan":
            return _slug(f"plan {self.number}")
        if self.kind == "Suppl":
            return _slug(f"ITU-T {self.number.replace('.', ' ')}")
        kind = "" if self.kind in _SILENT else self.kind
        base = _slug(f"{self.publisher} {kind} {self.number}")
        if not self.supplement:
            return base
        dated = f"{base}-{self.year}" if self.year else base
        return _slug(f"{dated} {_settled(self.supplement)} {self.ordinal}")

    @property
    def dated(self) -> str:
        """The address of one edition among several: with its year, and for ITU-T with its month."""
        if self.supplement or self.kind == "plan":
            return self.family
        if self.draft or self.year is None:
            return f"{self.family}-draft"
        return f"{self.family}-{self.year}-{self.month:02d}" if self.month else f"{self.family}-{self.year}"


def normal(reference: str) -> str:
    """Return a spelling with half-width signs, single blanks, and a hyphen for every dash."""
    text = " ".join(unicodedata.normalize("NFKC", reference).split())
    return _DASH.sub("-", text)


def parse(reference: str) -> Reference | None:
    """Take a reference apart; None for what no scheme knows, such as a report without a number."""
    text = normal(reference)
    if found := _ISO.match(text):
        return _iso(found)
    if found := _ITU.match(text):
        return _itu(found)
    if found := _PLAN.match(text):
        return Reference("sac", "", text, kind="plan", year=int(found["year"]))
    if found := _GB.match(text):
        return Reference(
            "sac",
            found["kind"],
            found["number"],
            kind=found["kind"],
            year=_number(found["year"]),
            twins=(found["twin"],) if found["twin"] else (),
        )
    return None


def printed(reference: str) -> str:
    """Return a reference as it is printed; only what stands before the year of a national one changes."""
    return _GB_YEAR.sub(r"\1—\2", reference)


def slug(reference: str) -> str:
    """Return the address of the current edition: without the year; of what isn't understood, its letters."""
    known = parse(reference)
    return known.family if known is not None else _slug(reference)


def dated_slug(reference: str) -> str:
    """Return the address of an edition beside which another one is current."""
    known = parse(reference)
    return known.dated if known is not None else _slug(reference)


def _slug(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", normal(text).lower()).strip("-")[:110]


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _settled(supplement: str) -> str:
    return "Amd" if supplement in {"DAM", "FDAM"} else supplement


def _iso(found: re.Match[str]) -> Reference:
    publisher = found["publisher"]
    kind, draft = found["kind"] or ("IWA" if publisher == "IWA" else "IS"), found["draft"] or ""
    if draft in {"DTS", "FDTS", "DTR", "FDTR", "DPAS"}:
        kind = draft.removeprefix("F").removeprefix("D")
    supplement = (found["supplement"] or "").split()[-1:] or [""]
    return Reference(
        "iec" if publisher == "IEC" else "iso",
        publisher,
        found["number"],
        kind="Guide" if kind == "GUIDE" else kind,
        draft=draft,
        year=_number(found["year"]),
        supplement=_AMENDMENTS.get(supplement[0].casefold(), supplement[0]),
        ordinal=_number(found["ordinal"]),
        supplement_year=_number(found["since"]),
    )


def _itu(found: re.Match[str]) -> Reference:
    twins = tuple(twin for twin in found["twins"].split("/") if twin)
    is_supplement = bool(found["supplement"])
    rest = f" Suppl. {found['ordinal']}" if is_supplement else f".{found['number']}"
    return Reference(
        "itu",
        "ITU-T",
        found["series"] + rest,
        kind="Suppl" if is_supplement else "Rec",
        year=_number(found["year"]),
        month=_number(found["month"]),
        twins=twins,
    )


def _printed(known: Reference, dash: str) -> str:
    if known.kind == "plan":
        return known.number
    if known.scheme == "itu":
        number = "/".join((known.number, *known.twins))
        return f"ITU-T {number}" + (f" ({known.month:02d}/{known.year})" if known.month and known.year else "")
    if known.scheme == "sac":
        year = f"{dash}{known.year}" if known.year else ""
        return "/".join((f"{known.publisher} {known.number}{year}", *known.twins))
    kind = "" if known.kind in _SILENT or known.draft.endswith(_DRAFT_KINDS) else known.kind
    words = " ".join(filter(None, (known.draft, kind)))
    joint = "/" if known.publisher == "ISO" and words else " "  # ISO/TS, but ISO/IEC TS and IEC SRD
    text = f"{known.publisher}{joint}{words + ' ' if words else ''}{known.number}"
    text += f":{known.year}" if known.year else ""
    if known.supplement:
        text += f"/{known.supplement} {known.ordinal}"
        text += f":{known.supplement_year}" if known.supplement_year else ""
    return text
