"""What docs/architecture.md lists is what there is: each crossing, and each room on its floor of the house."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text()
SOURCE = ROOT / "src" / "wegweiser"


def part(heading: str) -> str:
    return TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_every_crossing_is_listed_and_nothing_else():
    there = {path.stem for path in (SOURCE / "crossings").glob("*.py")} - {"__init__"}
    rows = [line.split("|")[1] for line in part("Crossings").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == there


def test_the_picture_shows_the_rooms_of_the_contract():
    """Floor by floor, from the top; import-linter sees to it that the arrows are true."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(row for row in contracts if row["name"] == "Arrows only point down")["layers"]
    picture = TEXT.split("```")[1]
    above = -1
    for floor in floors[1:]:  # `config` puts the house together and stands beside it
        places = [re.search(rf"\b{room}\b", picture) for room in re.findall(r"\w+", floor)]
        assert all(place and place.start() > above for place in places), floor
        above = max(place.start() for place in places if place)


def test_every_module_and_decision_that_is_named_exists():
    for name in re.findall(r"`((?:catalogue|companies|crossings|enquiries|kernel|outbox|web)(?:\.[a-z_]+)+)`", TEXT):
        path = SOURCE.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").exists(), name
    for target in re.findall(r"\]\(([\w./-]+\.md)\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target
