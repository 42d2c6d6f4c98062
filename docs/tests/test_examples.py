"""Every example of the pages runs, and prints what the page says."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from examples import PAGES, ROOT, Block, blocks, outputs

#: It needs a Spark session: bindings-python/tests/spark/test_page.py runs it.
SPARK = PAGES / "cookbook" / "spark.md"

ALL = sorted(PAGES.rglob("*.md"))
#: What is run here, and what other tests run.
RUN, ELSEWHERE, DATA = {"python", "sh"}, {"rust", "kotlin", "swift"}, {"csv", "json", "toml", "text"}


def name(page: Path) -> str:
    return str(page.relative_to(PAGES))


@pytest.mark.parametrize("page", [page for page in ALL if page != SPARK], ids=name)
def test_a_page_prints_what_it_says(page: Path) -> None:
    for block, printed in outputs(page):
        if block.printed is not None:
            assert printed == block.printed.text, f"{name(page)}:{block.line}"
        elif block.language == "python":
            assert printed == "", f"{name(page)}:{block.line} prints what the page does not show"


def test_there_are_examples() -> None:
    counted = [block.language for page in ALL for block in blocks(page)]
    assert len(ALL) >= 18 and counted.count("python") > 50 and counted.count("rust") >= 4


@pytest.mark.parametrize("page", ALL, ids=name)
def test_every_block_is_of_a_kind_that_is_run(page: Path) -> None:
    # A fence that the reader of blocks does not see would never be run.
    assert page.read_text().count("```") == 2 * sum(1 + (block.printed is not None) for block in blocks(page)), name(
        page
    )
    for block in blocks(page):
        where = f"{name(page)}:{block.line}"
        assert block.language in RUN | ELSEWHERE | DATA, where
        assert block.language not in DATA or block.title is not None, f"{where} belongs to no example"


def test_make_targets_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+(?: [a-z-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    known = {target for line in targets for target in line.split()}
    for page in ALL:
        for target in re.findall(r"\bmake ([a-z][a-z-]+)\b(?=`|\s+#|$)", page.read_text(), re.MULTILINE):
            assert target in known, f"{name(page)}: make {target}"


def test_every_page_with_rust_is_run() -> None:
    included = (ROOT / "tests" / "src" / "docs.rs").read_text()
    for page in ALL:
        if any(block.language == "rust" for block in blocks(page)):
            assert f'include_str!("../../docs/pages/{name(page)}")' in included, name(page)


def stands_in(block: Block, source: str) -> bool:
    """Whether the lines of a block stand in a source so, however far they are moved in there."""
    lines = block.text.rstrip().splitlines()
    theirs = source.splitlines()
    for start in range(len(theirs) - len(lines) + 1):
        part = textwrap.dedent("\n".join(theirs[start : start + len(lines)])).splitlines()
        if [line.rstrip() for line in part] == lines:
            return True
    return False


@pytest.mark.parametrize("page", ALL, ids=name)
def test_kotlin_and_swift_stand_in_what_their_tests_run(page: Path) -> None:
    for block in blocks(page):
        if block.language in ("kotlin", "swift"):
            where = f"{name(page)}:{block.line}"
            assert block.title is not None, f"{where} does not say which file it is of"
            found = [path for path in (ROOT / "bindings-kotlin").rglob(block.title) if ".build" not in path.parts]
            assert len(found) == 1, f"{where}: {found}"
            assert stands_in(block, found[0].read_text()), where


def test_what_swift_prints_is_what_the_readme_says() -> None:
    said = [block.printed.text for block in blocks(PAGES / "start" / "swift.md") if block.printed is not None]
    assert said and all(f"```text\n{text}```" in (ROOT / "bindings-kotlin" / "README.md").read_text() for text in said)


def test_moved_lines_are_found_and_changed_ones_are_not() -> None:
    source = "class A {\n    fun b() {\n        c()\n    }\n}\n"
    block = Block("kotlin", "A.kt", "fun b() {\n    c()\n}\n", 1, (0, 0))
    assert stands_in(block, source) and not stands_in(block, source.replace("c()", "d()"))
