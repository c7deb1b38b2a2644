"""A profile as one web page that needs nothing else: style, fonts and pictures are inside it."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from hedgerow.reporting.comparison_report import ComparisonReport, comparison_report
from hedgerow.reporting.drawing import Drawing, printable
from hedgerow.reporting.palette import DARK, LIGHT, PRINT, tones_by_variable, variables_css
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.report import Report, report_of
from hedgerow.reporting.six_features_words import HEADING, SETTING_HEADING
from hedgerow.reporting.wording import age_text, day_text, is_old, sources_text

if TYPE_CHECKING:
    from hedgerow.localities.comparison import Comparison
    from hedgerow.localities.profile import Profile

WEIGHTS = {400: "Regular", 700: "Bold"}


def profile_page(profile: Profile, *, today: date) -> str:
    """Write a profile as HTML.

    Parameters
    ----------
    profile : Profile
    today : datetime.date
        The day on which the page is made; ages are reckoned from it.
    """
    return _filled("profile.html.j2", report_of(profile, today=today), today)


def comparison_page(comparison: Comparison, *, today: date) -> str:
    """Write profiles side by side as HTML; parameters as in `profile_page`."""
    return _filled("compare.html.j2", comparison_report(comparison, today=today), today)


def _filled(template: str, report: Report | ComparisonReport, today: date) -> str:
    return (
        environment(today)
        .get_template(template)
        .render(
            report=report,
            style=style(),
            mark=mark(),
            wide=WIDE,
            narrow=NARROW,
            setting_heading=SETTING_HEADING,
            six_heading=HEADING,
        )
    )


def environment(today: date) -> Environment:
    """Give the templates, with every text escaped and every unknown name an error."""
    made = Environment(
        loader=PackageLoader("hedgerow.reporting"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    made.filters["day"] = day_text
    made.filters["age"] = lambda day: age_text(day, today)
    made.filters["old"] = lambda day: is_old(day, today)
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:].rstrip(".") + "."
    made.filters["coded"] = coded
    made.filters["sources"] = sources_text
    made.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    return made


def coded(text: str) -> Markup:
    """Set what stands between backticks as code; all of it is escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def style() -> str:
    """Give the page's whole style sheet, fonts included."""
    sheet = files("hedgerow.reporting").joinpath("templates/page.css").read_text(encoding="utf-8")
    return "".join(
        [
            fonts_css(),
            f":root{{color-scheme:light dark;{variables_css(LIGHT)}}}",
            f"@media (prefers-color-scheme:dark){{:root{{{variables_css(DARK)}}}}}",
            f"@media print{{:root{{{variables_css(PRINT)}}}}}",
            ".f-none{fill:none}",
            tones_by_variable(),
            sheet,
        ]
    )


def fonts_css() -> str:
    """Give the rules that carry the fonts themselves (SIL Open Font Licence, ``fonts/OFL.txt``)."""
    rules = []
    for weight, name in WEIGHTS.items():
        font = files("hedgerow.reporting").joinpath(f"fonts/AtkinsonHyperlegibleNext-{name}.woff2")
        held = b64encode(font.read_bytes()).decode()
        rules.append(
            "@font-face{font-family:'Atkinson Hyperlegible Next';font-display:swap;"
            f"font-weight:{weight};src:url(data:font/woff2;base64,{held}) format('woff2')}}"
        )
    return "".join(rules)


def mark() -> str:
    """Draw the mark of Hedgerow: a hedge line crossed by a path."""
    drawing = Drawing(24, 24)
    drawing.path(
        "M1 15c2-5 4-5 5-1 1-6 4-6 5-1M13 13c1-6 4-6 5-1 1-4 4-4 5 1",
        edge="on-band", thickness=2.4, ends="round",
    )  # fmt: skip  # the outline, then how it looks
    drawing.path("M8 23c1-6 7-8 8-14", edge="on-band", thickness=2, ends="round")
    return drawing.ornament()
