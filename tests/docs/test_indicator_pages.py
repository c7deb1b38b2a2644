"""How an indicator's page is put together: the case that it quotes, the works that it cites."""

from __future__ import annotations

import pytest

from hedgerow.localities.declared import load
from tools.reference.indicator_page import indicator_page, linked, source_of
from tools.reference.literature import authors, plain, reference
from tools.reference.worked import cases_of, in_words, module, used_by

TESTS = '''"""Schools, worked by hand."""

import pytest

BIG = 40
"""Pupils of a big school."""
OTHER = 3


def ten(place):
    return place + BIG


# nine of ten
@pytest.mark.works(
    "context.pupils",
    "context.schools",
)
@pytest.mark.parametrize("number", [1, 2])
def test_how_many_of_a_school_s_pupils(measure, number):
    # 9 / 10
    assert measure(ten(number)) == 50
'''


@pytest.fixture
def read(tmp_path):
    path = tmp_path / "test_pupils.py"
    path.write_text(TESTS, "utf-8")
    return module(path)


def test_a_case_is_quoted_without_its_marker(read):
    node = read.definitions["test_how_many_of_a_school_s_pupils"]
    assert read.source(node).splitlines() == [
        "# nine of ten",
        '@pytest.mark.parametrize("number", [1, 2])',
        "def test_how_many_of_a_school_s_pupils(measure, number):",
        "    # 9 / 10",
        "    assert measure(ten(number)) == 50",
    ]
    assert in_words(node.name) == "How many of a school's pupils."


def test_what_a_case_works_on_is_quoted_and_nothing_else(read):
    node = read.definitions["test_how_many_of_a_school_s_pupils"]
    sources = [origin.source(one) for origin, one in used_by(read, node)]
    assert sources == [
        'BIG = 40\n"""Pupils of a big school."""',
        "def ten(place):\n    return place + BIG",
    ]


def test_a_case_of_its_own_comes_before_one_of_its_family():
    for identifier in ("linked_systems.hub_distance_maths_hub", "equity.hub_access_maths_hub"):
        assert cases_of(identifier), identifier
    first, *_ = cases_of("linked_systems.hub_distance_maths_hub")
    assert "linked_systems.hub_distance_maths_hub" in first.indicators


def test_a_page_has_its_parts_in_order_and_a_head_s_come_first():
    text = indicator_page(next(one for one in load() if one.id == "context.rural_share"))
    headings = [line for line in text.splitlines() if line.startswith("#") and "def" not in line]
    assert headings == [
        "# Schools in rural areas",
        "## Take care",
        "## What is not known",
        "## Data needed",
        "## How it is worked out",
        "## Worked case",
        "## Literature",
    ]
    assert "With fewer than 5 schools the rate is not shown." in text


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("hedgerow.methods.gini", "src/hedgerow/methods/gini.py"),
        ("hedgerow.methods.gini.gini_index", "src/hedgerow/methods/gini.py"),
    ],
)
def test_a_formula_leads_to_the_method_that_it_names(name, path):
    assert source_of(name) == path
    assert linked(f"A (`{name}`). Interval: b.").splitlines() == [
        f"- **Value**: A ([`{name}`](../../../../{path})).",
        "- **Interval**: B.",
    ]


def test_a_formula_that_names_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"hedgerow\.methods\.gini\.nonesuch"):
        linked("A (`hedgerow.methods.gini.nonesuch`).")


def test_works_are_given_in_full():
    assert plain("Guimer{\\`a}, Roger and Till{\\'e}, Yves") == "Guimerà, Roger and Tillé, Yves"
    assert plain("R{\\aa}stam 1--9") == "Råstam 1–9"
    assert plain("Assun{\\c{c}}{\\~a}o, Erd{\\H{o}}s") == "Assunção, Erdős"
    assert authors("Jost, Lou") == "Jost, Lou"
    assert authors("One, A. and Two, B.") == "One, A. and Two, B."
    assert authors("One, A. and Two, B. and Three, C. and Four, D. and Five, E.") == (
        "One, A. and others"
    )
    assert authors("{Department for Education and others}") == "Department for Education and others"
    assert reference("jost2006") == (
        "Jost, Lou (2006). Entropy and diversity. *Oikos* 113(2), 363–375. `jost2006`, cited from "
        "memory and not yet checked"
    )
    assert reference("greany2022").endswith("University of Nottingham. `greany2022`")
