"""Front-end files of others are what the manifest says, and all of ours stays small."""

import gzip
import hashlib
import json
import re

import pytest

from wegweiser.web.ui.vendor import bundle, kern

FILES = json.loads(kern.MANIFEST.read_text())
STYLESHEETS = (kern.TARGET / "kern.css", bundle.BUNDLE)


# Scripts of the visit sheets and of the door, which no other page loads.
ON_USE = {"visits.js", "visits_leave.js", "visit_worker.js", "door.js", "door_forget.js"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_a_vendored_file_is_the_one_that_was_taken(file):
    assert hashlib.sha256((kern.TARGET / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert all(file[fact] for fact in ("origin", "version", "licence"))


def test_every_vendored_file_is_in_the_manifest():
    found = {path.relative_to(kern.TARGET).as_posix() for path in kern.TARGET.rglob("*") if path.is_file()}
    assert found == {file["path"] for file in FILES}


def test_all_styles_together_stay_within_their_budget():
    size = sum(len(gzip.compress(path.read_bytes())) for path in STYLESHEETS)
    assert size <= 30_000


def test_all_that_a_first_page_loads_stays_within_its_budget():
    ours = [path for path in (bundle.UI / "static" / "ui" / "js").glob("*.js") if path.name not in ON_USE]
    scripts = [kern.TARGET / "htmx.min.js", *ours]
    pictures = (bundle.UI / "static" / "ui").glob("*.svg")
    size = sum(len(gzip.compress(path.read_bytes())) for path in (*STYLESHEETS, *scripts, *pictures))
    assert size <= 45_000  # leaves 15 kB of 60 for the page itself


def test_the_bundle_is_made_of_our_stylesheets():
    assert bundle.BUNDLE.read_text() == bundle.bundle()


def test_every_property_of_kern_we_read_is_there():
    own = bundle.bundle()
    known = set(re.findall(r"(--kern-[\w-]+)\s*:", own + STYLESHEETS[0].read_text()))
    assert set(re.findall(r"var\((--kern-[\w-]+)\)", own)) <= known


def test_every_property_of_ours_is_defined():
    own = bundle.bundle()
    assert set(re.findall(r"var\((--ww-[\w-]+)\)", own)) <= set(re.findall(r"(--ww-[\w-]+)\s*:", own))


def test_only_what_is_named_is_taken():
    source = """:root{--kern-a:1;--kern-b:2} .kern-btn{top:var(--kern-a)} .kern-dialog,.kern-btn .kern-label{left:0}
    @media print{.kern-card{top:0}} @media (prefers-color-scheme: dark){.kern-btn{top:1px}}"""
    assert kern.subset(source, own="").splitlines()[2:-1] == [
        ":root{--kern-a:1}",
        ".kern-btn{top:var(--kern-a)}",
        ".kern-btn .kern-label{left:0}",
    ]
