"""Joins our stylesheets (one file per component) into the one file a page loads.

python -m wegweiser.web.ui.vendor.bundle
"""

import re
from pathlib import Path

UI = Path(__file__).resolve().parent.parent
STYLES = UI / "styles"
BUNDLE = UI / "static" / "ui" / "ui.css"
GROUND = ("tokens", "base", "layout")  # in this order, then the components by name, then what overrides them on paper


def names() -> list[str]:
    components = sorted(path.stem for path in STYLES.glob("*.css") if path.stem not in {*GROUND, "print"})
    return [*GROUND, *components, "print"]


def bundle() -> str:
    text = "\n".join((STYLES / f"{name}.css").read_text() for name in names())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


if __name__ == "__main__":
    BUNDLE.write_text(bundle())
