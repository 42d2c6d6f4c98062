"""HTML of escaped text: what notebooks and reports show is made of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

__all__ = ["Html", "element", "joined", "legal", "table"]

#: What no document may have: control characters, halves of surrogate pairs, and code points that are no characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VOID = frozenset({"br", "hr", "meta", "img", "col"})


class Html(str):
    """Text that is HTML already; every other text is escaped when it becomes part of a page."""

    __slots__ = ()


Piece = str | int | float | None | Iterable["Piece"]
"""What an element holds: HTML, a text to escape, a number, nothing, or several of these."""


def legal(text: str) -> str:
    """A text with the replacement character for what neither HTML nor XML may have."""
    return _ILLEGAL.sub("\ufffd", text)


def joined(*pieces: Piece) -> Html:
    """Pieces one after another, escaped where they are no HTML."""
    return Html("".join(_parts(pieces)))


def element(name: str, *content: Piece, **attributes: str | int | bool | None) -> Html:
    """An element; ``class_`` stands for ``class``, and other underscores for hyphens. False and None are left out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(legal(str(value)))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(*content)}</{name}>")


def table(
    head: Sequence[Piece], rows: Iterable[Sequence[Piece]], *, numbers: Iterable[int] = (), caption: Piece = None
) -> Html:
    """A table with a header row; each row's first cell heads it, and the columns in ``numbers`` are set as numbers."""
    right = frozenset(numbers)

    def cells(row: Sequence[Piece], name: str, scope: str) -> Html:
        return joined(
            element(
                name if i or scope == "col" else "th",
                cell,
                scope=scope if scope == "col" or not i else None,
                class_="number" if i in right else None,
            )
            for i, cell in enumerate(row)
        )

    return element(
        "table",
        None if caption is None else element("caption", caption),
        element("thead", element("tr", cells(head, "th", "col"))),
        element("tbody", [element("tr", cells(row, "td", "row")) for row in rows]),
    )


def _parts(pieces: Iterable[Piece]) -> Iterable[str]:
    for piece in pieces:
        if piece is None:
            continue
        if isinstance(piece, Html):
            yield piece
        elif isinstance(piece, str):
            yield html.escape(legal(piece))
        elif isinstance(piece, (int, float)):
            yield html.escape(str(piece))
        else:
            yield from _parts(piece)
