"""How far long work has come: on a terminal, and never in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Show the step that is being done; the yielded function is told each."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console  # only where there is someone to look

    console = Console(stderr=True)
    with console.status("") as status:
        yield lambda step: status.update(f"{step} …")


@contextmanager
def downloads() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show downloads; the yielded function is told file, bytes so far, bytes in all if known."""
    if not sys.stderr.isatty():
        yield lambda file, so_far, in_all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def on_bytes(file: str, so_far: int, in_all: int | None) -> None:
            if file not in tasks:
                tasks[file] = progress.add_task(file, total=in_all)
            progress.update(tasks[file], completed=so_far, total=in_all)

        yield on_bytes


@contextmanager
def counting(words: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of how many are done; the yielded function is told both."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
