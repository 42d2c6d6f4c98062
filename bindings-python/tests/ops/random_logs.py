"""Random logs through the doors of Python."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

import klokuur
from random_logs import NOW, all_rows, columns, events, of_frame, of_records


def random_logs(given: dict[str, Any]) -> Any:
    rows = all_rows(given["seed"], given["logs"])
    table, backwards = columns(rows), columns(rows[::-1])
    one_by_one, loaded, from_frame = klokuur.CaseBook(), klokuur.CaseBook(), klokuur.CaseBook()
    for event in events(rows):
        try:
            one_by_one.apply(event)
        except klokuur.KlokuurError:
            pass  # What its case cannot take is refused by every door alike.
    loaded.load(events(rows)[::-1])
    from_frame.load(backwards)
    arrow = klokuur.evaluate(pa.table(table), now=NOW, refused=[])
    found = of_frame(arrow)
    doors = {
        "a book, event by event": of_records(one_by_one.outcomes(NOW)),
        "a book, loaded": of_records(loaded.outcomes(NOW)),
        "a book, loaded from a frame": of_records(from_frame.outcomes(NOW)),
        "threads": of_frame(klokuur.evaluate(pa.table(backwards), now=NOW, refused=[], threads=2)),
        "Polars": of_frame(klokuur.evaluate(pl.DataFrame(backwards), now=NOW, refused=[]).to_arrow()),
        "pandas": of_frame(pa.Table.from_pandas(klokuur.evaluate(pd.DataFrame(backwards), now=NOW, refused=[]))),
    }
    for door, digest in doors.items():
        assert digest == found, door
    return {"cases": arrow.num_rows, "digest": found}


OPS = {"random_logs": random_logs}
