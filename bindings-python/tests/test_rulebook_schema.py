"""The JSON Schema of a rulebook takes what the reader takes, and refuses what it refuses (RULES G2)."""

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import klokuur as kk

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = jsonschema.Draft202012Validator(kk.Rulebook.json_schema())
REFUSED = json.loads((ROOT / "tests" / "data" / "refused_values.json").read_text("utf-8"))


def plain(value: Any) -> Any:
    """TOML dates are texts in JSON."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def test_g2_the_schema_is_one_and_is_the_committed_one() -> None:
    jsonschema.Draft202012Validator.check_schema(kk.Rulebook.json_schema())
    committed = (ROOT / "core" / "rulebook.schema.json").read_text("utf-8")
    assert json.loads(committed) == kk.Rulebook.json_schema()


@pytest.mark.parametrize("name", kk.Rulebook.names())
def test_g2_the_schema_holds_for_every_shipped_document(name: str) -> None:
    for document in (plain(tomllib.loads(kk.Rulebook.shipped_toml(name))), kk.Rulebook.shipped(name).to_dict()):
        assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize(("pointer", "value"), REFUSED)
def test_g2_the_schema_refuses_what_the_reader_refuses(pointer: str, value: Any) -> None:
    document = copy.deepcopy(kk.Rulebook.shipped("bol").to_dict())
    place: Any = document
    *path, last = pointer.removeprefix("/").split("/")
    for key in path:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(last) if isinstance(place, list) else last] = value
    with pytest.raises(kk.KlokuurError):
        kk.Rulebook(document)
    assert not VALIDATOR.is_valid(document)
