"""Looks at a wheel: the package, its types and licences, and nothing else."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

#: What may be in a wheel; and of the last ones, what must.
ALLOWED = [
    r"klokuur/(\w+/)*\w+\.pyi?",
    r"klokuur/py\.typed",
    r"klokuur/_klokuur\.abi3\.so",
    r"klokuur/(\w+/)*[\w-]+\.(css|js|html|svg|json|csv\.gz)",
    r"klokuur-[\d.]+\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt|licenses/.+)",
]
NEEDED = [
    "klokuur/py.typed",
    "klokuur/_klokuur.pyi",
    "klokuur/_klokuur.abi3.so",
    "klokuur/spark.py",
    ".dist-info/licenses/LICENSE-MIT",
    ".dist-info/licenses/LICENSE-APACHE",
]
MEGABYTES = 12


def main(path: str) -> int:
    faults = []
    with zipfile.ZipFile(path) as wheel:
        names = [entry.filename for entry in wheel.infolist() if not entry.is_dir()]
        sizes = {entry.filename: entry.file_size for entry in wheel.infolist()}
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        about = wheel.read(metadata).decode()
    faults += [f"{name} does not belong into it" for name in names if not any(re.fullmatch(a, name) for a in ALLOWED)]
    faults += [f"{name} is missing" for name in NEEDED if not any(each.endswith(name) for each in names)]
    if "manylinux" not in path:
        faults.append("it is no manylinux wheel")
    if not re.search(r"^License-Expression: MIT OR Apache-2.0$", about, re.MULTILINE):
        faults.append("it does not tell its licence")
    size = Path(path).stat().st_size / 1e6
    if size > MEGABYTES:
        faults.append(f"{size:.1f} MB are more than {MEGABYTES}")
    library = sizes.get("klokuur/_klokuur.abi3.so", 0) / 1e6
    print(f"{Path(path).name}: {size:.1f} MB, {len(names)} files, the extension unpacked {library:.1f} MB")
    for fault in faults:
        print(f"{Path(path).name}: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
