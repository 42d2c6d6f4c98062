"""Cleaned mails in a real browser: nothing runs, nothing is asked of the network."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import klokuur
from browser import Browser, found

EVIL = "http://evil.example/x"
#: What would be seen if it ran.
RUN = "window.top.ran=(window.top.ran||0)+1"
#: Ways to say `javascript:` that readers of addresses have taken.
SCRIPTS = [
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"&#106;avascript:{RUN}",
    f"&#x6A;avascript&colon;{RUN}",
    f"javascript&#58;{RUN}",
    f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"//evil.example/?{RUN}",
]
HANDLERS = [
    "onerror", "onload", "onclick", "onfocus", "onmouseover", "onanimationstart", "ontoggle", "onbegin", "onpageshow",
    "onscroll", "oncut", "onbeforeinput", "onpointerenter", "ontransitionend",
]  # fmt: skip
#: Elements that run a handler by themselves, or fetch.
ELEMENTS = [
    "img src=x", f"img src={EVIL}", "svg", "body", "video src=x autoplay", "audio src=x", "details open", "marquee",
    "input autofocus", "select autofocus", "textarea autofocus", "iframe src=about:blank", "object data=x", "embed src=x",
    "style", "link rel=stylesheet href=x", "a href=x autofocus tabindex=1", "b contenteditable autofocus", "math", "p",
    "table background=x", "td", "meta http-equiv=refresh", "base href=x", "x-y", "form", "isindex", "dialog open",
]  # fmt: skip
#: What an attribute may be written in, and what may stand between.
QUOTES = ["", '"', "'", "`"]
GAPS = [" ", "/", "\n", "\t", "\x0c", "/ /"]
#: Elements that take an address, and the attribute that does.
ADDRESSES = [
    ("a", "href"), ("img", "src"), ("iframe", "src"), ("object", "data"), ("embed", "src"), ("form", "action"),
    ("button", "formaction"), ("input type=image", "src"), ("link rel=stylesheet", "href"), ("link rel=prefetch", "href"),
    ("base", "href"), ("body", "background"), ("table", "background"), ("video", "poster"), ("source", "srcset"),
    ("img", "srcset"), ("script", "src"), ("svg><image", "href"), ("svg><use", "xlink:href"), ("svg><a", "xlink:href"),
    ("math", "href"), ("blockquote", "cite"), ("area", "href"), ("frame", "src"), ("track", "src"), ("q", "cite"),
    ("meta http-equiv=refresh content=0;url", ""),
]  # fmt: skip
STYLES = [
    f"background:url({EVIL})", f"background-image:url('{EVIL}')", f"list-style:url({EVIL})", f"content:url({EVIL})",
    f"font-weight:url({EVIL})", f"text-decoration:url({EVIL})", f"background:u\\72l({EVIL})", f"@import '{EVIL}'",
    f"font-style:x;background:url({EVIL})", f"cursor:url({EVIL}),auto", f"behavior:url({EVIL})",
    f"border-image:image-set('{EVIL}' 1x)", f"width:expression({RUN})", f"color:red/*;*/;background:url({EVIL})",
]  # fmt: skip
#: Elements whose content other elements read otherwise: where the parsers of a sanitiser and of a browser part ways.
SHELLS = [
    "{}", "<svg>{}</svg>", "<math>{}</math>", "<math><mtext>{}</mtext></math>", "<svg><foreignObject>{}</foreignObject></svg>",
    "<svg><desc>{}</desc></svg>", "<svg><style>{}</style></svg>", "<math><style>{}</style></math>", "<table>{}</table>",
    "<table><tr>{}</tr></table>", "<select>{}</select>", "<select><option>{}</option></select>", "<template>{}</template>",
    "<noscript>{}</noscript>", "<noscript><p title=\"</noscript>{}\"></noscript>", "<textarea>{}</textarea>",
    "<title>{}</title>", "<xmp>{}</xmp>", "<style>{}</style>", "<style><!--</style>{}-->", "<script><!--<script>{}</script>-->",
    "<iframe>{}</iframe>", "<noembed>{}</noembed>", "<noframes>{}</noframes>", "<plaintext>{}", "<!--{}-->", "<!-->{}-->",
    "<!--->{}-->", "<!--x--!>{}-->", "<![CDATA[{}]]>", "<svg><![CDATA[{}]]></svg>", "<?xml {}?>", "<!doctype {}>",
    "<math><mtext><table><mglyph><style>{}</style></mglyph></table></mtext></math>", "<form><math><mtext></form><form>{}",
    "<svg></p><style><a id=\"</style>{}\">", "<math><annotation-xml encoding=text/html>{}</annotation-xml></math>",
    "<b><p><b>{}</p></b>", "<a href=\"{}\">x</a>", "<img alt=\"{}\" src=cid:x>", "<p title='{}'>x</p>", "<a title=`{}`>x</a>",
    "<frameset>{}</frameset>", "<object>{}</object>", "<button><p>{}</button>", "<caption>{}</caption>", "<dl><dt>{}<dd>",
    "&lt;{}&gt;", "<<{}", "</{}>", "<p <{}", "<b/{}/>",
]  # fmt: skip

#: What a document or a form answers to by name, and would be taken over by an element of that name.
NAMES = [
    "body", "cookie", "createElement", "documentElement", "domain", "forms", "getElementById", "head", "implementation", "attributes",
    "childNodes", "firstChild", "innerHTML", "nodeName", "parentNode", "submit", "action", "toString", "location", "__proto__", "ran", "top",
]  # fmt: skip
CLOBBERS = [
    "<form id={}><input name=attributes>", "<form name={}><input id=x></form>", "<img name={} src=cid:x>", "<a id={}></a><a id={} name=x href=cid:x>x</a>",
    "<object id={}></object>", "<iframe name={}></iframe>", "<form><button name={}>x</button></form>", "<embed name={}>", "<p id={}>x</p>",
]  # fmt: skip
#: Pictures that tell the sender that a mail was read, and other ways to have something fetched without a script.
TRACKERS = [
    f"<img src={EVIL} width=1 height=1>", f"<img src='{EVIL}' style='display:none'>", f"<img src=//evil.example/x.gif alt=''>",
    f"<img src='http:\\\\evil.example\\x'>", f"<img srcset='{EVIL} 1x, {EVIL} 2x'>", f"<img lowsrc={EVIL} dynsrc={EVIL}>",
    f"<img src=cid:x longdesc={EVIL}>", f"<img loading=lazy src={EVIL}>", f"<input type=image src={EVIL}>", f"<video poster={EVIL}></video>",
    f"<video><source src={EVIL}></video>", f"<audio src={EVIL} preload=auto>", f"<bgsound src={EVIL}>", f"<body background={EVIL}>",
    f"<td background={EVIL}>x", f"<link rel=dns-prefetch href={EVIL}>", f"<link rel=preconnect href={EVIL}>", f"<link rel=icon href={EVIL}>",
    f"<link rel=manifest href={EVIL}>", f"<link rel=modulepreload href={EVIL}>", f"<script type=speculationrules>{{\"prefetch\":[{{\"urls\":[\"{EVIL}\"]}}]}}</script>",
    f"<a href=https://www.bol.com ping={EVIL}>x</a>", f"<svg><image href={EVIL} /></svg>", f"<svg><feImage href={EVIL} /></svg>",
    f"<svg><use href={EVIL}#x /></svg>", f"<svg fill='url({EVIL}#x)'><rect width=9 height=9 fill='url({EVIL}#x)'></svg>",
    f"<svg><filter id=x><feImage xlink:href={EVIL}></filter></svg>", f"<math><mglyph src={EVIL}></math>",
    f"<style>@font-face{{font-family:x;src:url({EVIL})}}p{{font-family:x}}</style><p>x", f"<style>p::before{{content:url({EVIL})}}</style><p>x",
    f"<style>:root{{--x:url({EVIL})}}p{{background:var(--x)}}</style><p>x", f"<p style='--x:url({EVIL});background:var(--x)'>x",
    f"<p style='background:image-set(url({EVIL}) 1x)'>x", f"<p style='mask:url({EVIL})'>x", f"<p style='shape-outside:url({EVIL})'>x",
    f"<p style='filter:url({EVIL}#x)'>x", f"<p style='offset-path:url({EVIL}#x)'>x", f"<p style='background:\\75\\72\\6c({EVIL})'>x",
    f"<template shadowrootmode=open><img src={EVIL}></template>", f"<div><template shadowrootmode=open><style>@import '{EVIL}'</style></template></div>",
    f"<portal src={EVIL}></portal>", f"<fencedframe src={EVIL}></fencedframe>", f"<applet code={EVIL} archive={EVIL}>", f"<xml src={EVIL}></xml>",
    f"<html manifest={EVIL}>", f"<table><tr background={EVIL}><td>x", f"<object data={EVIL} type=image/svg+xml></object>",
]  # fmt: skip
#: Ways to write one character so that readers differ on what it is.
SPELT = ["{}", "&#{};", "&#0000{};", "&#{}", "&#x{:x};", "&#X{:X};", "&#x0000{:x}", "%{:02x}", "\\{:x} ", "\\u{:04x}"]


def spelt(text: str, way: str, every: int) -> str:
    """The text with one in so many characters written in that way."""
    if way == "{}":
        return text
    return "".join(way.format(ord(one)) if place % every == 0 else one for place, one in enumerate(text))


def cores() -> Iterator[str]:
    """One of each class: elements that run, handlers, addresses, styles."""
    yield f"<script>{RUN}</script>"
    yield f"<ScRiPt\x0c>{RUN}</sCrIpT\n>"
    yield f"<script src={EVIL}></script>"
    yield f"<svg><script>{RUN}</script></svg>"
    yield f"<svg><script href={EVIL} /></svg>"
    yield f"<svg><animate onbegin={RUN} attributeName=x dur=1s>"
    yield f"<svg><a><animate attributeName=href values='javascript:{RUN}'/><text>x</text></a></svg>"
    yield f"<style>@import '{EVIL}';</style>"
    yield f"<iframe srcdoc=\"<script>{RUN}</script>\">"
    yield f"<meta http-equiv=refresh content='0;url={EVIL}'>"
    yield f"<img src={EVIL} srcset='{EVIL} 2x'>"
    yield f"<picture><source srcset={EVIL}><img></picture>"
    yield f"<link rel=stylesheet href={EVIL}><link rel=preload as=image href={EVIL}>"
    yield f"<base href={EVIL}><img src=y>"
    yield f"<img src=x onerror={RUN}>"
    yield f"<img src=x:x onerror='{RUN}'//"
    yield f"<img \"\"\"><script>{RUN}</script>\">"
    yield f"<a href='javascript:{RUN}'>x</a>"
    yield f"<p style=\"background:url({EVIL})\">x</p>"
    yield f"<form action={EVIL}><input name=x><button autofocus onfocus={RUN}>"


def payloads() -> list[str]:
    """More than 6,500 of the known classes, made by combination."""
    made: list[str] = []
    for element, handler, quote in itertools.product(ELEMENTS, HANDLERS, QUOTES):
        gap = GAPS[len(made) % len(GAPS)]
        made.append(f"<{element}{gap}{handler}={quote}{RUN}{quote}>x")
    for (element, attribute), script, quote in itertools.product(ADDRESSES, [*SCRIPTS, EVIL], ['"', "'"]):
        written = f"{attribute}={quote}{script}{quote}" if attribute else f"={quote}{script}{quote}"
        made.append(f"<{element}{' ' if attribute else ''}{written}>x</{element.split()[0]}>")
    for element, style, quote in itertools.product(("p", "b", "td", "a", "svg"), STYLES, ['"', "'"]):
        made.append(f"<{element} style={quote}{style}{quote}>x")
    for shell, core in itertools.product(SHELLS, cores()):
        made.append(shell.replace("{}", core))
    for clobber, name in itertools.product(CLOBBERS, NAMES):
        made.append(clobber.replace("{}", name))
    for shell, tracker in itertools.product(("{}", *SHELLS[1:14], "<b><p>{}", "<blockquote>{}</blockquote>"), TRACKERS):
        made.append(shell.replace("{}", tracker))
    for way, every, (attribute, element) in itertools.product(SPELT, (1, 3, 7), (("href", "a"), ("src", "img"), ("style", "p"), ("src", "iframe"))):
        for address in (f"javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", EVIL, f"background:url({EVIL})"):
            made.append(f'<{element} {attribute}="{spelt(address, way, every)}">x</{element}>')
        made.append(f"<{element} {attribute}=x>{spelt(f'<script>{RUN}</script>', way, every)}</{element}>")
    # Shells in shells, from a fixed seed.
    draw = random.Random(2026)
    ones = list(cores())
    for _ in range(2_000):
        payload = draw.choice([*ones, *TRACKERS])
        for _ in range(draw.randint(2, 4)):
            payload = draw.choice(SHELLS).replace("{}", payload)
        made.append(payload)
    return list(dict.fromkeys(made))


def test_payloads_are_of_many_kinds() -> None:
    made = payloads()
    assert len(made) >= 6_500
    # Nothing that could run or fetch is left in the text either.
    for payload in made:
        html = klokuur.clean_html(payload).html
        assert klokuur.clean_html(html).html == html, payload


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = found()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the tests of mails in a browser need one")
        pytest.skip("no Chromium here")
    with Browser(program) as one:
        yield one


def shown(browser: Browser, path: Path, mails: list[str]) -> tuple[int, list[str]]:
    """How often something ran, and what was asked of the network, when the mails are shown without any policy."""
    page = "".join(f"<section>{mail}</section>\n" for mail in mails)
    path.write_text(f"<!doctype html><meta charset=utf-8><title>mails</title>{page}", encoding="utf-8")
    browser.requests.clear()
    browser.open(path, 900)
    # What waits for a visitor: every element is hovered over, focused and clicked; links are told instead of followed.
    ran = browser.run("""(async () => {
        addEventListener("click", event => { if (event.target.closest("a")) event.preventDefault(); }, true);
        for (const one of document.querySelectorAll("section *")) {
            for (const kind of ["mouseover", "mouseenter", "pointerenter", "focus", "scroll", "cut", "beforeinput"])
                one.dispatchEvent(new Event(kind, {bubbles: false}));
            if (one.click) one.click();
        }
        await new Promise(done => setTimeout(done, 300));
        return window.ran || 0;
    })()""")
    own = path.resolve().as_uri()
    return ran, [url for url in browser.requests if url != own]


def test_the_browser_sees_what_runs_and_what_is_asked(browser: Browser, tmp_path: Path) -> None:
    ran, asked = shown(browser, tmp_path / "dirty.html", [f"<img src=data:, onerror={RUN}>", f"<img src={EVIL}>"])
    assert ran > 0
    assert EVIL in asked


def test_nothing_runs_and_nothing_is_asked(browser: Browser, tmp_path: Path) -> None:
    made = payloads()
    for start in range(0, len(made), 500):
        mails = [klokuur.clean_html(payload).html for payload in made[start : start + 500]]
        # `cid:` names a part of the mail: no browser can ask for it.
        ran, asked = shown(browser, tmp_path / f"mails{start}.html", mails)
        assert ran == 0
        assert [url for url in asked if not url.startswith("cid:")] == []


def test_no_script_address_is_left(browser: Browser, tmp_path: Path) -> None:
    mails = [klokuur.clean_html(payload).html for payload in payloads()]
    path = tmp_path / "links.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{''.join(mails)}", encoding="utf-8")
    browser.open(path, 900)
    assert browser.run("[...document.querySelectorAll('a')].every(a => !a.href || a.hostname.endsWith('bol.com'))")
    names = set(browser.run("[...document.body.querySelectorAll('*')].map(one => one.localName)"))
    assert not names & {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta"}
    # No element takes over what the page answers to by a name.
    assert browser.run("document.querySelectorAll('body [id], body [name], body [slot], body [is]').length") == 0
