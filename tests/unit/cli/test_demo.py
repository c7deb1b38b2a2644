"""The made-up region on the command line: the same files as a real one, and pages to read."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from hedgerow.cli import main


def test_demo_writes_open_data_register_and_pages(tmp_path, capsys):
    assert main(["demo", str(tmp_path / "demo"), "--seed", "7"]) == 0
    said = capsys.readouterr().out
    for name in ("city", "town", "shire", "side-by-side"):
        page = tmp_path / "demo" / f"{name}.html"
        assert str(page) in said
        assert "<h1" in page.read_text(encoding="utf-8")
    assert (tmp_path / "demo" / "fieldbook.xlsx").is_file()
    assert (
        main(["profile", "authority:Town", "--register", str(tmp_path / "demo" / "register")]) == 0
    )
    assert "primary schools in Town" in capsys.readouterr().out


def test_the_same_seed_writes_the_same_files(tmp_path):
    for turn in ("one", "two"):
        assert main(["demo", str(tmp_path / turn), "--seed", "7", "--no-pages"]) == 0
    ones = sorted((tmp_path / "one" / "open-data").iterdir())
    assert len(ones) > 10
    for file in ones:
        assert file.read_bytes() == (tmp_path / "two" / "open-data" / file.name).read_bytes()


def test_the_fieldbook_brings_what_open_data_does_not_tell(tmp_path, capsysbinary):
    demo = tmp_path / "demo"
    assert main(["demo", str(demo), "--seed", "7", "--no-pages"]) == 0
    asked = ["profile", "authority:Town", "--register", str(demo / "register"), "--json"]
    reach = "professional_learning.external_reach"
    status = {}
    for name, more in (("without", []), ("with", ["--fieldbook", str(demo / "fieldbook")])):
        capsysbinary.readouterr()
        assert main([*asked, "--on", "2022-07-01", *more]) == 0
        findings = json.loads(capsysbinary.readouterr().out)["findings"]
        status[name] = {one["id"]: one["status"] for one in findings}[reach]
    assert status == {"without": "not measured", "with": "measured"}


def limited() -> None:
    """Let this process write no file larger than 30 kB: as if the disk filled up meanwhile."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))


def test_a_region_half_made_does_not_stay(tmp_path):
    command = [sys.executable, "-m", "hedgerow", "demo", str(tmp_path / "demo")]
    ended = subprocess.run(command, preexec_fn=limited, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "no room to write" in ended.stderr
    assert not (tmp_path / "demo").exists()
