"""What the program reads is in the package that is installed."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wegweiser"


def test_every_file_beside_the_code_is_shipped():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["wegweiser"]
    shipped = {path for pattern in patterns for path in SOURCE.glob(pattern)}
    beside = {path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert len(beside) > 100
    assert sorted(str(path.relative_to(SOURCE)) for path in beside - shipped) == []
