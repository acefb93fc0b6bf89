"""Nothing in the repository knows the folders of one machine."""

import re

import pytest

from tests.conventions.source import ROOT, tracked

FOLDERS = ("work", "root", "home")
MACHINE = re.compile(rf"(?<![\w.}})\]/-])/({'|'.join(FOLDERS)})/[\w.-]")


def test_no_file_names_a_folder_of_a_machine():
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := MACHINE.search(text):
            found[str(path.relative_to(ROOT))] = match.group()
    assert found == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_a_machine_is_found(folder):
    assert MACHINE.search(f'open("/{folder}/someone/file")')


@pytest.mark.parametrize("good", ["https://example.org/{}/page", "src/{}/page.html", "../{}/x"])
def test_addresses_and_relative_paths_are_left_alone(good):
    assert not any(MACHINE.search(good.format(folder)) for folder in FOLDERS)
