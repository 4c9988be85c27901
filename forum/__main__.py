"""The command line: ``forum run`` and its sisters.  A command's code is read only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from forum import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("forum.commands.serving", "Serve the site and do its work (HOST, PORT)."),
    "worker": ("forum.commands.serving", "Do the work alone: mail, offers, retention."),
    "demo": ("forum.commands.furnishing", "Load the demonstration into an empty database."),
    "migrate": ("forum.commands.furnishing", "Bring the database to this version's schema."),
    "make-migration": ("forum.commands.furnishing", "Write a migration from the models (for developers)."),
    "create-admin": ("forum.commands.furnishing", "Open the account of a site administrator."),
    "reminders": ("forum.commands.reminding", "Make one round of reminders now, and say what it came to."),
    "partnership-reminders": ("forum.commands.reminding", "Let happen what is due in partnerships, and remind."),
    "ballot-reminders": ("forum.commands.reminding", "Let happen what is due in ballots, and remind."),
    "verify-audit": ("forum.commands.safekeeping", "Check that no entry of the audit was altered or cut."),
    "backup": ("forum.commands.safekeeping", "Save database and files."),
    "restore": ("forum.commands.safekeeping", "Bring a backup back."),
    "import-programme": ("forum.commands.importing", "Read a programme that others publish."),
    "import-iso": ("forum.commands.standards", "Import committees or deliverables that ISO publishes."),
    "import-memory": ("forum.commands.remembering", "Take a translation memory in (TMX)."),
    "export-memory": ("forum.commands.remembering", "Write the translation memory to a file (TMX)."),
    "export-agenda": ("forum.commands.exporting", "Write the public agenda to a file."),
    "import-comments": ("forum.commands.commenting", "Take a table of comments in at the desk of a ballot."),
    "export-comments": ("forum.commands.commenting", "Write the comments of a ballot to a file, as they leave."),
    "parity": ("forum.commands.translating", "Print how far both languages of each forum are of equal worth."),
    "translate": ("forum.commands.translating", "Ask for machine drafts of a forum, and say what stays here."),
    "match": ("forum.commands.matching", "Print which cities suit each other, and why."),
    "seed-standards": ("forum.commands.standards", "Add the committees and standards that the product brings along."),
    "import-terms": ("forum.commands.terms", "Take a list of terms into the glossary, or the product’s own (--seeds)."),
    "partnership-life-cycle": ("forum.commands.exporting", "Draw the life of a partnership from its table."),
    "ballot-life-cycle": ("forum.commands.exporting", "Draw the life of a ballot case from its table."),
    "liaison-life-cycle": ("forum.commands.exporting", "Draw the life of a liaison statement from its tables."),
}


class _Lazy(click.Group):
    """A group that knows its commands by name and reads them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "run":
            _share_figures()
        commands: list[click.Command] = _read(COMMANDS[cmd_name][0]).COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


def _read(name: str) -> ModuleType:
    """Read a module without collecting garbage meanwhile: what is read stays, and looking costs a fifth of it."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


def _share_figures() -> None:
    """Name the folder in which the web processes add up their figures, before the library is read."""
    folder = Path(os.environ.get("FORUM_DATA", "var")).resolve() / "metrics"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in folder.glob("*.db"):
        old.unlink()
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="forum")
def main() -> None:
    """Forum: a bilingual platform for international city-standardization forums.

    Settings come from the environment: see docs/deployment.md.
    """


if __name__ == "__main__":
    sys.exit(main())
