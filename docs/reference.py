"""What mkdocs is told beside mkdocs.yml: the pages of the Python package, and which other references are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from griffe import Extension, Object
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bindings-python" / "python" / "klokuur"

#: What Dokka writes, and how a page links what `tools/docs.sh` copies of it.
DOKKA = "bindings-kotlin/kotlin/target/dokka"
KOTLIN = '<a href="../kotlin/index.html">package <code>klokuur</code></a>'

#: What the extension itself exports is sorted by where it belongs.
OF_THE_EXTENSION = {
    "_calendar": ["HolidayCalendar"],
    "_schedule": ["Schedule", "use_zone_data", "zone_data"],
    "_nps": ["Nps", "nps_required_answers", "nps_trend"],
}

#: Modules that are imported by their own name.
MODULES = ["pandas", "polars", "plot", "spark"]


def names_by_module() -> dict[str, list[str]]:
    """The public names, by the private module that holds them: what `__init__.py` says of itself."""
    found: dict[str, list[str]] = {name: list(names) for name, names in OF_THE_EXTENSION.items()}
    for node in ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_MODULES" and node.value is not None:
            for module, names in ast.literal_eval(node.value).items():
                if module != "_klokuur":
                    found.setdefault(module, []).extend(names)
    return found


#: Where the first line of a module says less than a title should.
TITLES = {"_calendar": "Holiday calendars", "_schedule": "Schedules"}


def title_of(module: str) -> str:
    """What a module says of itself, up to the details."""
    if module in TITLES:
        return TITLES[module]
    text = ast.get_docstring(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))) or module
    return text.splitlines()[0].split(":")[0].rstrip(".")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    def page(path: str, text: str) -> None:
        files.append(File.generated(config, path, content=text))

    lines = ["# Python\n", "| page | names |", "| --- | --- |"]
    for module, names in sorted(names_by_module().items(), key=lambda one: title_of(one[0])):
        slug, title = module.removeprefix("_"), title_of(module)
        page(f"reference/python/{slug}.md", f"# {title}\n\n" + "\n".join(f"::: klokuur.{name}\n" for name in names))
        lines.append(f"| [{title}]({slug}.md) | " + ", ".join(f"[`{name}`][klokuur.{name}]" for name in names) + " |")
    for module in MODULES:
        title = f"klokuur.{module}"
        page(
            f"reference/python/{module}-module.md",
            f"# {title}\n\n::: klokuur.{module}\n    options:\n      show_root_heading: false\n",
        )
        lines.append(f"| [`{title}`]({module}-module.md) | {title_of(module)} |")
    page("reference/python/index.md", "\n".join(lines) + "\n")
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The reference of Kotlin is linked where it was built; else it is said that it is not here."""
    return markdown.replace("<!-- kotlin -->", KOTLIN if (ROOT / DOKKA).is_dir() else "not built here")


class Docstrings(Extension):
    """Docstrings are written for `help()`: examples become blocks, and roles of Sphinx code."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)


def as_markdown(text: str) -> str:
    text = re.sub(r":(?:func|class|meth|data|attr|mod|exc):`~?([^`]*)`", r"`\1`", text)
    out: list[str] = []
    in_example = False
    for line in text.splitlines():
        if not in_example and line.startswith(">>> "):
            out += ["", "```pycon"]
            in_example = True
        elif in_example and not line.strip():
            out += ["```", ""]
            in_example = False
            continue
        out.append(line)
    return "\n".join([*out, "```"] if in_example else out)
