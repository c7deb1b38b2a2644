"""XML that is not trusted: no entities, no network, and what is sound in a broken file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from hedgerow.landscape.errors import DataError

HOSTILE = (b"<!ENTITY", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
PIECE = 65_536
"""Bytes fed at a time, so that what was closed before a fault is known to be whole."""


@dataclass(frozen=True, kw_only=True)
class Markup:
    """What was read of an XML document.

    Attributes
    ----------
    root : lxml element
    elements : list of lxml elements
        The wanted ones that were closed, in the order in which they ended.
    broken : str
        What is wrong with the document as XML; empty where it is well formed.
    line : int or None
        Where that is.
    """

    root: Any
    elements: list[Any] = field(default_factory=list)
    broken: str = ""
    line: int | None = None


def read_markup(content: bytes, wanted: Collection[str], file: str) -> Markup:
    """Read the elements of some names, whatever their namespace, as far as they are sound.

    An element that the document breaks off in is not among them.

    Raises
    ------
    DataError
        If the document declares entities (of which tens can unfold into gigabytes), or holds
        nothing that can be read.
    """
    if any(mark in content for mark in HOSTILE):
        raise DataError(
            f"{file} declares entities of its own, which are not unfolded: a few of them can fill "
            "any memory.",
            advice="Export the network again; no program that draws networks needs them.",
        )
    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: Any = None
    elements: list[Any] = []
    stopped = ""
    is_whole = False
    try:
        for start in range(0, len(content), PIECE):
            parser.feed(content[start : start + PIECE])
            for event, element in parser.read_events():
                root = element if root is None else root
                if event == "end" and local_name(element) in wanted:
                    elements.append(element)
                is_whole = is_whole or (event == "end" and element is root)
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as fault:
        # the last: lxml closing a parser that never saw an element
        stopped = str(fault)
    if root is None:
        raise DataError(
            f"{file} begins like XML but holds no element that can be read. {stopped}".strip(),
            advice="Export the network again.",
        )
    first = next(iter(parser.error_log), None)
    if not is_whole and not stopped:
        # libxml2 closes what is open without a word
        stopped = "It breaks off before its end."
    if first is None and not stopped:
        return Markup(root=root, elements=elements)
    return Markup(
        root=root,
        elements=elements,
        broken=first.message.strip() if first is not None else stopped,
        line=first.line if first is not None else None,
    )


def local_name(element: Any) -> str:
    """Give an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, name: str) -> Iterator[Any]:
    """Yield the direct children of a name, whatever their namespace."""
    return (child for child in element if local_name(child) == name)


def attributes(element: Any) -> dict[str, str]:
    """Give an element's attributes without their namespaces."""
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
