"""The page around the sections: one file, nothing from elsewhere."""

from __future__ import annotations


from collections.abc import Iterable
from pathlib import Path

from klokuur._html import Html, Piece, element, joined


POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def section(name: str, title: str, *content: Piece) -> Html:
    """A part of the page under its heading."""
    return element("section", element("h2", title), content, id=name)


def boxed(table: Html, caption: str, class_: str | None = None) -> Html:
    """A table in a box of its own, which scrolls when the table is wider; it can be scrolled by keys, too."""
    return element("div", table, class_=f"box {class_ or ''}".strip(), role="region", aria_label=caption, tabindex=0)


def page(title: str, subtitle: Piece, top: Piece, sections: Iterable[Html], names: Iterable[tuple[str, str]]) -> str:
    """The whole page."""
    style = Path(__file__).with_name("page.css").read_text("utf-8")
    links = [element("a", text, href=f"#{name}") for name, text in names]
    head = joined(
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'),
        # The page asks nothing of anyone, and nothing in it could: not even the browser's own request for an icon.
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Html('<link rel="icon" href="data:,">'),
        element("title", title),
        Html(f"<style>{style}</style>"),
    )
    body = joined(
        element("header", element("h1", title), element("p", subtitle, class_="subtitle")),
        element("nav", links, aria_label="Sections"),
        element("main", top, sections),
    )
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'
