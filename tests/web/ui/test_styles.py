"""A name in the style sheets is laid out in one file: two that say how a box is divided overrule each other unseen."""

import re
from collections import defaultdict
from pathlib import Path

from wegweiser.web import ui

STYLES = Path(ui.__file__).with_name("styles")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CONDITION = re.compile(r"@\w+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
NAME = re.compile(r"\.ww-[\w-]+")
LAYOUT = re.compile(r"\b(display|grid-template-\w+|flex-direction)\s*:")


def laid_out(styles: dict[str, str]) -> dict[str, set[str]]:
    """The files in which a name alone, under no condition, gets a layout: {name: files}."""
    found = defaultdict(set)
    for file, text in styles.items():
        for selectors, body in RULE.findall(CONDITION.sub("", COMMENT.sub("", text))):
            if LAYOUT.search(body):
                for name in filter(NAME.fullmatch, map(str.strip, selectors.split(","))):
                    found[name].add(file)
    return found


def test_every_name_is_laid_out_in_one_file():
    found = laid_out({path.name: path.read_text(encoding="utf-8") for path in STYLES.glob("*.css")})
    assert len(found) > 100
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_two_files_that_lay_out_one_name_are_seen():
    styles = {"a.css": ".ww-days { display: grid; }", "b.css": ".ww-x, .ww-days { grid-template-columns: 1fr 1fr; }"}
    assert laid_out(styles)[".ww-days"] == {"a.css", "b.css"}
    assert laid_out({"c.css": "@media print { .ww-days { display: none; } }"}) == {}
