"""Every command is named in the one list, with a sentence, and the list names none that isn't there."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from click.testing import CliRunner

from forum import commands
from forum.__main__ import COMMANDS, main
from forum.paths import TRANSLATIONS

README = TRANSLATIONS.parent / "README.md"


def test_every_command_is_in_the_list_that_people_read() -> None:
    written = {
        command.name
        for module in pkgutil.iter_modules(commands.__path__, "forum.commands.")
        for command in getattr(import_module(module.name), "COMMANDS", [])
    }
    assert written == set(COMMANDS)


def test_a_command_is_found_where_the_list_says() -> None:
    for name, (module, sentence) in COMMANDS.items():
        assert name in {command.name for command in import_module(module).COMMANDS}
        assert sentence.endswith((".", ")."))


def test_the_help_names_each_of_them() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    assert [name for name in COMMANDS if f"  {name} " not in shown] == []


def test_the_readme_names_each_of_them() -> None:
    text = README.read_text()
    assert [name for name in COMMANDS if f"{name}" not in text] == []
