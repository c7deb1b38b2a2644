"""Networks of every shape that a format must hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from hedgerow.fieldbook.networks.network import Network, is_reserved
from hedgerow.fieldbook.networks.values import UNPRINTABLE, plain

# what formats stumble over, beside whatever else hypothesis finds
AWKWARD = st.sampled_from(
    [
        'say "hello"',
        "a,b;c|d",
        "=1+1",
        "'=1",
        "-3",
        "'-3",
        "007",
        "1.50",
        "1e400",
        "<b>&amp;",
        "]]>",
        "line\nend",
        "tab\tstop",
        "Ysgol Ffordd Dŵr",
        "学校",
        "🏫",
        "true",
        "Data:",
        "labels",
        "#",
        "!",
        "_x0041_",
        "x005F_",
        "NA",
        "NaN",
        "null",
        "http://invented.example",
        "a  b",
        "é",
        "é",
        "directed",
        "\u2028",
        "\x85",
        "{1}",
        "dl",
        "n=5",
        "\ufeffx",
        "mutual",
    ]
)
texts = (
    st.one_of(AWKWARD, st.text(max_size=12))
    .map(plain)
    .filter(lambda text: text is not None and not UNPRINTABLE.search(text))
)
days = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
weights = st.floats(allow_nan=False, allow_infinity=False)


# what UCINET's labels can hold
plain_labels = st.text(alphabet="abcÄ .-'1", min_size=1, max_size=8).map(plain).filter(bool)


def names_of(which: str) -> st.SearchStrategy[str]:
    return texts.filter(lambda name: not is_reserved(which, name))


@st.composite
def networks(draw: st.DrawFn, labels: st.SearchStrategy[str] = texts) -> Network:
    ids = draw(st.lists(labels, max_size=5, unique=True))
    node_names = draw(st.lists(names_of("nodes"), max_size=3, unique=True))
    nodes = [
        {
            "id": id_,
            "label": draw(st.none() | texts),
            "kind": draw(st.none() | texts),
            **{name: draw(st.none() | texts) for name in node_names},
        }
        for id_ in ids
    ]
    if not ids:
        return Network.of(nodes, [])
    tie_names = draw(st.lists(names_of("ties"), max_size=3, unique=True))
    ties = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "from_id": st.sampled_from(ids),
                    "to_id": st.sampled_from(ids),
                    "kind": st.sampled_from(["turns_to", "member_of"]) | labels,
                    "start": st.none() | days,
                    "end": st.none() | days,
                    "start_censored": st.booleans(),
                    "end_censored": st.booleans(),
                    "weight": st.none() | weights,
                    "carrier": st.none() | texts,
                    "is_directed": st.booleans(),
                    "number": st.integers(0, 2**31 - 1) | st.integers(0, 3),
                    **{name: st.none() | texts for name in tie_names},
                }
            ),
            max_size=6,
            unique_by=lambda tie: (tie["from_id"], tie["to_id"], tie["kind"], tie["number"]),
        )
    )
    for tie in ties:
        if tie["start"] and tie["end"]:
            tie["start"], tie["end"] = sorted((tie["start"], tie["end"]))
    return Network.of(nodes, ties)
