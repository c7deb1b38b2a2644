"""Pseudonyms never collide, never tell of a name, and never of the order in which people came."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import NameWatch, is_name
from hedgerow.fieldbook.pseudonyms import KeyRing, label_of

NAMES = st.lists(
    st.text(min_size=1, max_size=20).filter(lambda text: text.strip() and not text.isspace()),
    min_size=1,
    max_size=30,
)


@given(NAMES)
def test_who_is_told_apart_has_another_pseudonym_and_nobody_two(names):
    ring = KeyRing()
    first = {name: ring.pseudonym_of(name) for name in names}
    assert {name: ring.pseudonym_of(name) for name in reversed(names)} == first
    assert len(set(first.values())) == len({fold(name) for name in names}) == len(ring)


@given(NAMES)
def test_a_pseudonym_is_not_worked_out_from_the_name(names):
    here, there = KeyRing(), KeyRing()
    assert not {here.pseudonym_of(name) for name in names} & {
        there.pseudonym_of(name) for name in names
    }


@given(NAMES)
def test_the_key_is_read_back_and_stands_in_the_order_of_nothing(names):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.json"
        ring = KeyRing.open(path)
        wanted = {fold(name): ring.pseudonym_of(name) for name in names}
        ring.save()
        written = [one["pseudonym"] for one in json.loads(path.read_text("utf-8"))["persons"]]
        assert written == sorted(written)
        again = KeyRing.open(path)
        assert {fold(entry.called): entry.pseudonym for entry in again} == wanted
        gone = names[0]
        assert again.forget(gone) is not None
        again.save()
        left = KeyRing.open(path)
        assert left.find(gone) is None
        # who comes again after being forgotten is another person to the data
        assert left.pseudonym_of(gone) != wanted[fold(gone)]


WORD = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=2, max_size=8)


@given(WORD, WORD, st.text(max_size=20), st.text(max_size=20), st.sampled_from([" ", "  ", "\n"]))
def test_a_full_name_never_stays_in_words(first, last, before, after, between):
    name = f"{first} {last}"
    watch = NameWatch({name: label_of("person:0123456789abcdef")})
    cleaned = watch.without_names(f"{before}, {first.upper()}{between}{last}. {after}")
    if is_name(name) and fold(name) == f"{fold(first)} {fold(last)}":
        shown = "[Person 01234567]"
        assert shown in cleaned
        assert f"{first.upper()}{between}{last}" not in cleaned.replace(shown, "") or (
            fold(name) in fold(f"{before} {after}")
        )
    else:
        assert cleaned == f"{before}, {first.upper()}{between}{last}. {after}"
