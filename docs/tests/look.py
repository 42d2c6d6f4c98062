"""Looks at the built pages in a browser: `python look.py SITE FOLDER`.

At the widths of a phone and of a desk, in light and dark, nothing may run out of the page, complain or be loaded from
elsewhere; photographs of the pages go into the folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bindings-python" / "tests"))

from browser import Browser, found  # noqa: E402
from links import OTHERS  # noqa: E402

#: What the theme calls them.
SCHEMES = {"light": "default", "dark": "slate"}
LOOKS = [(390, "light"), (1280, "light"), (1280, "dark")]

#: The theme looks at the scheme a little after the page is loaded.
IS_SHOWN_IN = """new Promise(tell => {
    const started = Date.now(), look = () => {
        const is = document.body.dataset.mdColorScheme === '%s';
        is || Date.now() - started > 5000 ? tell(is) : setTimeout(look, 20);
    };
    look();
})"""

#: How many pixels the page is wider than its window, and which parts make it so.
TOO_WIDE = """[document.documentElement.scrollWidth - innerWidth,
    [...document.querySelectorAll('.md-content *')].filter(part => part.getBoundingClientRect().right > innerWidth + 1
        && !part.closest('pre, .md-typeset__scrollwrap')).slice(0, 3).map(part => part.outerHTML.slice(0, 80))]"""


def faults(site: Path, folder: Path, program: str) -> list[str]:
    said: list[str] = []
    pages = [path for path in sorted(site.rglob("*.html")) if path.relative_to(site).parts[0] not in OTHERS]
    folder.mkdir(parents=True, exist_ok=True)
    with Browser(program) as browser:
        # The theme keeps the scheme that it showed, as a reader's choice.
        browser.ask("Page.addScriptToEvaluateOnNewDocument", source="localStorage.clear()")
        for path in pages:
            name = str(path.relative_to(site))
            # What stands at every address loads from the root of a host.
            if name == "404.html":
                continue
            for width, scheme in LOOKS:
                browser.logged.clear()
                browser.requests.clear()
                browser.open(path, width, scheme=scheme)
                wider, parts = browser.run(TOO_WIDE)
                if not browser.run(IS_SHOWN_IN % SCHEMES[scheme]):
                    said.append(f"{name} is not shown in {scheme}")
                if wider > 0 or parts:
                    said.append(f"{name} at {width}: {wider} pixels too wide: {parts}")
                away = [url for url in browser.requests if not url.startswith(("file:", "data:", "blob:"))]
                # The index of the search is a file, which a browser does not read from the disk.
                logged = [line for line in browser.logged if "search" not in line and "CORS" not in line]
                said += [f"{name} at {width} {does}" for does in [f"loads {url}" for url in away] + logged]
                # The longest references would make pictures that nobody looks at.
                if "reference/python" not in name or scheme == "light" and name.endswith("/schedule.html"):
                    browser.picture(folder / f"{name.removesuffix('.html').replace('/', '-')}-{width}-{scheme}.png")
    return said


if __name__ == "__main__":
    chromium = found()
    if chromium is None:
        sys.exit("docs.sh look needs Chromium: apt-get install chromium, or its path in CHROMIUM")
    found_faults = faults(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), chromium)
    print("\n".join(found_faults) or f"nothing runs out of any page; photographs in {sys.argv[2]}")
    sys.exit(bool(found_faults))
