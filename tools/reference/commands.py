"""The page of commands, each as it explains itself."""

from __future__ import annotations

from collections.abc import Iterator

import click

WIDTH = 88


def contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command and of every command below it, in their own order."""
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            assert below is not None, f"{context.command_path} lists {word}, which is not there"
            yield from contexts(
                click.Context(below, parent=context, info_name=word, **below.context_settings)
            )


def command_line() -> str:
    """Return the page of commands, each as it explains itself."""
    from hedgerow.cli import hedgerow

    sections = [
        "# Command line",
        "Every command explains itself with `--help`; this is what they say. Exit codes: 0 done,\n"
        "1 a fault of ours, 2 wrong use, 3 bad input data.",
    ]
    whole = click.Context(
        hedgerow, info_name="hedgerow", terminal_width=WIDTH, **hedgerow.context_settings
    )
    for context in contexts(whole):
        explained = context.get_help().strip()
        sections += [f"## {context.command_path}", f"```\n{explained}\n```"]
    return "\n\n".join(sections) + "\n"
