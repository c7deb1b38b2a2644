"""Files as their writers leave them, with invented content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hedgerow.fieldbook.networks import CanvasOptions, ReadNetwork, read_network


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadNetwork]:
    """Reads a text or bytes as a file; several, by name, as a folder."""

    def reading(
        content: str | bytes | dict[str, str],
        *,
        name: str = "network",
        format: str | None = None,
        canvas: CanvasOptions | None = None,
    ) -> ReadNetwork:
        path = tmp_path / name
        if isinstance(content, dict):
            path.mkdir()
            for member, text in content.items():
                (path / member).write_text(text, encoding="utf-8")
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_network(path, format=format, canvas=canvas)

    return reading
