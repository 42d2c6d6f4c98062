"""Drawings by matplotlib that follow the page: its font, its colours in light and dark, and its width."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from klokuur._html import Html, element, legal

#: Colours that stand for the page's own: they are drawn as these and written as variables of the page.
INK, MUTED, GRID, PAPER = "#010101", "#020202", "#030303", "#040404"
ACCENT, GOOD, BAD, WARN, SHADE = "#050505", "#060606", "#070707", "#080808", "#090909"
_VARIABLES = {
    INK: "--ink",
    MUTED: "--muted",
    GRID: "--grid",
    PAPER: "--paper",
    ACCENT: "--accent",
    GOOD: "--good",
    BAD: "--bad",
    WARN: "--warn",
    SHADE: "--shade",
}
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_RC: Any = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 12.0,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.facecolor": "none",
    "axes.labelcolor": MUTED,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12.0,
    "axes.titleweight": "bold",
    "axes.titlecolor": INK,
    "axes.unicode_minus": True,
    "xtick.color": GRID,
    "ytick.color": GRID,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 11.0,
    "ytick.labelsize": 11.0,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "lines.solid_capstyle": "round",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
}
NEEDED = 'a report needs matplotlib: pip install "klokuur[report]"'


@dataclass(slots=True)
class Canvas:
    """One drawing, a hundred units to the inch: units are pixels when it is shown at its own width."""

    figure: Any
    wide: bool
    tips: dict[str, str] = field(default_factory=dict)

    def tip(self, artist: Any, text: str) -> None:
        """What is told of a mark when a pointer rests on it."""
        name = f"tip{len(self.tips)}"
        artist.set_gid(name)
        self.tips[name] = text


def shortened(text: str, most: int) -> str:
    """A name that has to fit into a drawing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def require_matplotlib() -> None:
    """Raises ImportError, with what to do, when there is no matplotlib."""
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as missing:
        raise ImportError(NEEDED) from missing


def figure(
    name: str,
    says: str,
    draw: Callable[[Canvas], None],
    *,
    wide: tuple[float, float],
    narrow: tuple[float, float],
    caption: str | None = None,
) -> Html:
    """A figure drawn twice, for wide and for narrow pages: ``wide`` and ``narrow`` are widths and heights in pixels.

    ``says`` is what the figure shows, for those who do not see it.
    """
    drawings = [
        drawing(f"{name}-{kind}", says, draw, size, kind == "wide")
        for kind, size in (("wide", wide), ("narrow", narrow))
    ]
    return element("figure", drawings, None if caption is None else element("figcaption", caption), id=f"figure-{name}")


def drawing(name: str, says: str, draw: Callable[[Canvas], None], size: tuple[float, float], wide: bool) -> Html:
    """One drawing as inline SVG."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with matplotlib.rc_context({**_RC, "svg.hashsalt": name}), warnings.catch_warnings():
        # A name in a script that the measuring font lacks is drawn by the browser all the same.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        # matplotlib counts in points, 72 to the inch: with this the drawing's units are the pixels of `size`.
        made = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, layout="constrained")
        FigureCanvasSVG(made)
        canvas = Canvas(made, wide)
        draw(canvas)
        written = io.BytesIO()
        made.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _inline(legal(written.getvalue().decode()), name, says, canvas.tips, size, wide)


def _inline(svg: str, name: str, says: str, tips: dict[str, str], size: tuple[float, float], wide: bool) -> Html:
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    for node in root.iter():
        node.tag = node.tag.removeprefix(_SVG)
        if node.tag != "text" and not (node.text or "").strip():
            node.text = None
        node.tail = None
        _mend(node, name, used, tips)
    root.attrib = {
        "class": "wide" if wide else "narrow",
        "viewBox": f"0 0 {size[0]:g} {size[1]:g}",
        "width": f"{size[0]:g}",
        "height": f"{size[1]:g}",
        "role": "img",
        "aria-labelledby": f"{name}-title",
    }
    title = ElementTree.Element("title", {"id": f"{name}-title"})
    title.text = legal(says)
    root.insert(0, title)
    return Html(ElementTree.tostring(root, encoding="unicode"))


def _mend(node: ElementTree.Element, name: str, used: set[str], tips: dict[str, str]) -> None:
    """Gives an element ids of its own figure, the page's colours and the page's font."""
    link = node.attrib.pop(_LINK, None)
    if link is not None:
        node.set("href", link.replace("#", f"#{name}-"))
    own = node.attrib.pop("id", None)
    if own in used:
        node.set("id", f"{name}-{own}")
    if own in tips:
        title = ElementTree.Element("title")
        title.text = legal(tips[own])
        node.insert(0, title)
    for key, given in list(node.attrib.items()):
        mended = given.replace("url(#", f"url(#{name}-")
        if key in ("style", "fill", "stroke"):
            mended = re.sub("|".join(_VARIABLES), lambda found: f"var({_VARIABLES[found[0]]})", mended)
            mended = re.sub(r"(?:^|(?<=; ))font-family: [^;]*;? ?", "", mended)
            mended = re.sub(r"(font: [^;]*?[\d.]+px) [^;]*", r"\1 var(--font)", mended)
        if key in ("d", "x", "y", "transform"):
            mended = re.sub(r"(\.\d\d)\d+", r"\1", mended)  # hundredths of a pixel
        node.set(key, mended)
