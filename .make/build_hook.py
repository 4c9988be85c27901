"""What a build of Forum adds to the package: compiled catalogues and the folders beside it.

The folders templates, static, translations and migrations stand beside the package, where their authors look
for them. An installed wheel has no such neighbours, so it carries them in ``forum/_bundled``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED_FOLDERS = ("templates", "static", "migrations")


def compile_catalogues(translations: Path) -> list[Path]:
    """Compile every language's catalogue beside its source and return the compiled files.

    Each file is replaced in one step, for a server or another build may be reading the old one.
    """
    compiled = []
    for source in sorted(translations.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as readable:
            catalogue = read_po(readable, locale=source.parts[-3], domain=source.stem, abort_invalid=True)
        draft = target.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as writable:
            write_mo(writable, catalogue)
        draft.replace(target)
        compiled.append(target)
    return compiled


class ForumBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own configuration class is private
    """Compiles the catalogues for every build and bundles the folders into a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; ``version`` is "standard" or "editable"."""
        root = Path(self.root)
        compiled = compile_catalogues(root / "translations")
        if self.target_name != "wheel" or version == "editable":
            return
        bundled: dict[str, str] = build_data["force_include"]
        for folder in BUNDLED_FOLDERS:
            bundled[str(root / folder)] = f"forum/_bundled/{folder}"
        for catalogue in compiled:
            place = catalogue.relative_to(root).as_posix()
            bundled[str(catalogue)] = f"forum/_bundled/{place}"


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent.parent / "translations")
