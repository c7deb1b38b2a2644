"""In words: what stands out of a place, and with what it was compared."""

from __future__ import annotations

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Place
from hedgerow.localities.beside import FigureBeside
from hedgerow.localities.saying import counted, kilometres


def basis_in_words(
    here: LocalLandscape, compared: int, silent: int, places: int, out: int, noun: str
) -> list[str]:
    """Say with what was compared and how, in sentences."""
    said = []
    if not (isinstance(here.lens, Place) and here.lens.column == "authority"):
        said.append("The place is compared with local authorities, whatever its own kind.")
    if compared == 0:
        return [*said, "Too few to say: no figure could be compared."]
    figures = counted(compared, "figure was", "figures were")
    text = f"{figures} compared with those of {places} other {noun}"
    if not out:
        text += "; none of them stands clearly outside where four fifths of those lie"
    said.append(f"{text[0].upper()}{text[1:]}.")
    if out:
        said.append(
            "A figure is named where it lies outside the range of four fifths of them by more than "
            "so few would stray, allowing for the number of figures looked at. Different is "
            "neither better nor worse."
        )
    if silent:
        said.append(
            f"{counted(silent, 'figure', 'figures').capitalize()} more could not be compared: not "
            "known, resting on too few, or of no meaning in such a place."
        )
    return said


def sentence(one: FigureBeside, finding: Finding, noun: str) -> str:
    """Say how one figure stands out of those of the noun: "similar authorities"."""
    if one.stands is None or one.quartiles is None or one.value is None:
        raise ValueError(f"{one.judged.id} was not compared")
    words = one.judged.more if one.stands.side > 0 else one.judged.less
    low, high = one.quartiles
    if one.judged.is_beside_chance:
        value, half = _beside_chance(one.value), _between_beside_chance(low, high)
    else:
        value = _amount(one.value, finding) + _range(finding)
        half = f"between {_bare(low, finding)} and {_amount(high, finding)}"
    text = f"{words} than in most {noun}: {value}, where half of them lie {half}."
    return text[0].upper() + text[1:]


def _beside_chance(difference: float) -> str:
    points = round(difference * 100)
    if points == 0:
        return "as chance would give"
    return f"{counted(abs(points), 'point')} {'more' if points > 0 else 'less'} than chance"


def _between_beside_chance(low: float, high: float) -> str:
    first, last = round(low * 100), round(high * 100)
    if first > 0 or last < 0:
        near, far = sorted((abs(first), abs(last)))
        return f"between {near} and {far} points {'more' if first > 0 else 'less'} than chance"
    return f"between {_beside_chance(low)} and {_beside_chance(high)}"


def _amount(value: float, finding: Finding) -> str:
    unit = finding.indicator.unit
    if unit == "share":
        return f"{_bare(value, finding)} per cent"
    return kilometres(value) if unit == "km" else _bare(value, finding)


def _bare(value: float, finding: Finding) -> str:
    unit = finding.indicator.unit
    if unit == "share":
        return f"{value * 100:.0f}"
    if unit == "km":
        return kilometres(value).removesuffix(" km")
    if unit == "count" and value >= 20:
        return f"{value:,.0f}"
    return f"{value:.1f}".replace("-", "−")


def _range(finding: Finding) -> str:
    between = finding.interval
    if between is None:
        return ""
    low, high = _bare(between.low, finding), _bare(between.high, finding)
    return f" ({low} to {high})" if low != high else ""
