"""Every link of a built site leads somewhere in it, and nothing is loaded from elsewhere: `python links.py FOLDER`.

What rustdoc and Dokka wrote they check themselves; links to it are looked at.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Folders of other tools, which check their own links.
OTHERS = ("rust", "kotlin")


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        #: Links that a reader follows, and what the page itself loads.
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attrs if value}
        self.anchors.update(found[name] for name in ("id", "name") if name in found)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if "src" in found or (tag == "link" and found.get("rel") in ("stylesheet", "icon", "preconnect", "preload")):
            self.loads.append(found.get("src") or found["href"])


def faults(site: Path) -> list[str]:
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    own = {path: page for path, page in pages.items() if path.relative_to(site).parts[0] not in OTHERS}
    found = [] if own else [f"{site} has no pages"]
    for path, page in own.items():
        here = path.relative_to(site)
        found += [f"{here} loads {link}" for link in page.loads if urlsplit(link).netloc]
        if path.name == "404.html":
            continue  # It stands at every address, so its links begin at the root.
        for link in page.links + page.loads:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            to = to / "index.html" if to.is_dir() else to
            if not to.is_file():
                found.append(f"{here} links {link}, which is not there")
            elif parts.fragment and to in pages and unquote(parts.fragment) not in pages[to].anchors | {"__skip"}:
                found.append(f"{here} links {link}, whose anchor is not there")
    return found


if __name__ == "__main__":
    said = faults(Path(sys.argv[1]).resolve())
    print("\n".join(said) or "every link leads somewhere")
    sys.exit(bool(said))
