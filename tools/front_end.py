"""Put what pages load in the browser where the site serves it from: src/hedgerow/web/static/vendor.

npm has fetched it (``package-lock.json`` pins it); only the built files are taken, each with its
licence beside it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FETCHED = PROJECT / "node_modules"
SERVED = PROJECT / "src" / "hedgerow" / "web" / "static" / "vendor"

TAKEN = {
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
    "cytoscape": ("dist/cytoscape.esm.min.mjs", "LICENSE"),
    "maplibre-gl": (
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-shared.mjs",
        "dist/maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css",
        "LICENSE.txt",
    ),
}
"""Files of each package that pages load."""


def main() -> int:
    """Copy the files; return 1 where npm has not fetched one."""
    shutil.rmtree(SERVED, ignore_errors=True)
    for package, files in TAKEN.items():
        (SERVED / package).mkdir(parents=True)
        for file in files:
            source = FETCHED / package / file
            if not source.is_file():
                print(f"front end: {source} is missing: run npm ci", file=sys.stderr)
                return 1
            shutil.copyfile(source, SERVED / package / source.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
