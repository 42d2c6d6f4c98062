"""The report's page in a real browser: quiet, self-contained, within its width, in both colour schemes, and on A4."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from browser import Browser, found

import klokuur

SAMPLE = Path(__file__).parents[2] / "core" / "examples" / "data"
NOW = datetime.fromisoformat("2026-11-09T08:00:00+01:00")
LONG = "a-very-long-name-without-any-place-to-break-it-" * 6

#: The elements that stick out of the page and do not lie in a box that scrolls.
OUTSIDE = """
[...document.body.querySelectorAll('*')].filter(one => {
    const box = one.getBoundingClientRect();
    if (box.width === 0 || one.closest('svg') !== null && one.tagName !== 'svg') return false;
    if (box.right <= innerWidth + 0.5 && box.left >= -0.5) return false;
    const scroller = one.closest('.box');
    return scroller === null || scroller === one;
}).map(one => one.tagName + '.' + one.className + ': ' + one.textContent.slice(0, 40))
"""
#: The texts of drawings that stick out of their drawing.
CUT_OFF = """
[...document.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0).flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
    }).map(text => text.textContent);
})
"""
#: The contrast of every text that is shown with what lies under it, least first.
CONTRAST = """
(() => {
    const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const under = one => {
        for (; one; one = one.parentElement) {
            const colour = parts(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let least = [21, ''];
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || one.closest('svg') || !one.getClientRects().length) continue;
        const [a, b] = [light(parts(getComputedStyle(one).color)), light(under(one))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < least[0]) least = [ratio, walker.currentNode.data];
    }
    return least;
})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = found()
    if program is None:
        why = "no Chromium: `tools/browser.sh` says how to get one, or set CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    with Browser(program) as one:
        yield one


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    klokuur.report(SAMPLE, now=NOW, title="De Verzonnen Fietsbel").save(path)
    return path


@pytest.fixture(scope="module")
def hard_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of long names, refused rows, late cases and one item of everything."""
    events = [
        {
            "case": f"{LONG}{i}",
            "at": f"2026-10-{5 + i % 5:02}T10:00:00+02:00",
            "event": "opened",
            "customer": LONG,
            "subject": f"{LONG} {i % 9}",
            "item": f"{'名前' * 30} {i % 14}",
            "defect": LONG,
        }
        for i in range(60)
    ]
    events.append({"case": "K", "at": "never", "event": LONG})
    columns = {name: [str(event.get(name, "")) for event in events] for name in events[0]}
    surveys = {"at": ["2026-10-06T10:00:00+02:00"], "recommendation": [9]}
    path = tmp_path_factory.mktemp("report") / "hard.html"
    klokuur.report({"cases": columns, "surveys": surveys}, now=NOW, title=LONG).save(path)
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("which", ["page", "hard_page"])
def test_it_is_quiet_self_contained_and_within_its_width(
    browser: Browser, which: str, width: int, scheme: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(which)
    browser.logged.clear()
    browser.requests.clear()
    browser.open(path, width, scheme=scheme)
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("innerWidth") == width
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run(OUTSIDE) == []
    assert browser.run(CUT_OFF) == []
    ratio, text = browser.run(CONTRAST)
    assert ratio >= 4.5, f"`{text}` has a contrast of {ratio:.2f}"
    assert browser.logged == []
    assert browser.requests == [path.resolve().as_uri()]


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1280, "wide")])
def test_one_drawing_of_each_figure_is_shown(browser: Browser, page: Path, width: int, shown: str) -> None:
    browser.open(page, width)
    visible = (
        "[...document.querySelectorAll('svg')].filter(one => one.getClientRects().length).map(one => one.classList[0])"
    )
    assert browser.run(visible) == [shown] * 6


def test_the_schemes_differ_and_figures_follow_them(browser: Browser, page: Path) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('svg.wide text')).fill]"
    browser.open(page, 1280, scheme="light")
    light = browser.run(colours)
    browser.open(page, 1280, scheme="dark")
    dark = browser.run(colours)
    assert light[0] != dark[0] and light[1] != dark[1]


def test_headings_do_not_skip_a_level_and_tables_have_headers(browser: Browser, page: Path) -> None:
    browser.open(page, 1280)
    levels = browser.run("[...document.querySelectorAll('h1,h2,h3')].map(one => Number(one.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert browser.run("[...document.querySelectorAll('table')].every(one => one.querySelector('thead th[scope=col]'))")
    assert browser.run("[...document.querySelectorAll('tbody tr')].every(one => one.querySelector('th[scope=row]'))")


@pytest.mark.parametrize("which", ["page", "hard_page"])
def test_it_prints_on_a4(browser: Browser, which: str, request: pytest.FixtureRequest) -> None:
    browser.open(request.getfixturevalue(which), 1280)
    pdf = browser.pdf()
    assert pdf.startswith(b"%PDF-")
    boxes = set(re.findall(rb"/MediaBox \[([^\]]+)\]", pdf + b"".join(unpacked(pdf))))
    assert boxes
    for box in boxes:
        left, bottom, right, top = (float(number) for number in box.split())
        # 210 by 297 mm, in points
        assert abs(right - left - 595.28) < 1 and abs(top - bottom - 841.89) < 1


def test_what_is_printed_is_not_cut_off(browser: Browser, page: Path) -> None:
    browser.open(page, 690)  # the width between the margins of A4
    browser.ask("Emulation.setEmulatedMedia", media="print", features=[])
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("[...document.querySelectorAll('.box')].every(one => one.scrollWidth <= one.clientWidth + 1)")


def unpacked(pdf: bytes) -> Iterator[bytes]:
    """The compressed parts of a PDF."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            continue
