"""The files of the product, as the convention tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wegweiser"


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of the package (its path inside it) and its syntax tree; migrations are left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def templates() -> list[Path]:
    return sorted(path for folder in PACKAGE.rglob("templates") for path in folder.rglob("*") if path.is_file())


def tracked() -> list[Path]:
    """Every file in version control; outside of a checkout, what lies in the usual folders."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        found = [path for folder in ("src", "tests", "docs", "benchmarks") for path in (ROOT / folder).rglob("*")]
    return [path for path in found if path.is_file()]
