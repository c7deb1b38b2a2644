"""The licence check refuses what it should, and Hedgerow's own requirements pass it."""

from __future__ import annotations

from email.message import Message

import pytest

from tools.licences import closure, declared_licence, is_permissive, refused


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "BSD License",
        "Apache-2.0 OR GPL-2.0-or-later",
        "BSD-3-Clause AND 0BSD AND Zlib",
        "GPL-2.0-only OR (MIT AND Zlib)",
        "PSF-2.0",
        "Mozilla Public License 2.0 (MPL 2.0)",
    ],
)
def test_permissive(licence):
    assert is_permissive(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "",
        "UNKNOWN",
        "Proprietary",
        "GPL-3.0-or-later",
        "AGPL-3.0",
        "GNU General Public License v3 (GPLv3)",
        "LGPL-2.1",
        "MIT AND GPL-3.0-only",
    ],
)
def test_refused(licence):
    assert not is_permissive(licence)


def test_the_expression_is_believed_before_the_classifiers():
    metadata = Message()
    metadata["Classifier"] = "License :: OSI Approved :: GNU Affero General Public License v3"
    assert not is_permissive(declared_licence(metadata))
    metadata["License-Expression"] = "MIT"
    assert declared_licence(metadata) == "MIT"


def test_only_the_first_line_of_a_long_licence_counts():
    metadata = Message()
    metadata["License"] = "MIT License\n\nunlike the GPL, this one is short"
    assert declared_licence(metadata) == "MIT License"


def test_nothing_declared_is_refused():
    assert declared_licence(Message()) == ""


def test_the_walk_reaches_what_is_required_by_what_is_required():
    names = closure("hedgerow")
    assert {"polars", "polars-runtime-32", "rich", "pygments", "mdurl"} <= names
    assert not {"pytest", "pandas", "hedgerow"} & names


def test_hedgerow_needs_only_permissive_distributions():
    assert refused(closure("hedgerow")) == {}
