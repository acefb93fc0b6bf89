"""The light Chromium is taken where it is, and asked for once; without it the usual one does."""

import pytest

from tests.services import browser, system


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """`(programs in PATH, packages that can be had)`, and what was asked for so far."""
    asked = []

    def of(there: list[str], to_be_had: list[str] = ()) -> list[str]:
        def add(name: str) -> None:
            (tmp_path / name).touch(mode=0o755)

        def install(package: str) -> bool:
            asked.append(package)
            if package in to_be_had:
                add(package)
            return package in to_be_had

        for name in there:
            add(name)
        monkeypatch.setattr(system, "install", install)
        return asked

    monkeypatch.setattr(browser, "FOLDERS", [])
    monkeypatch.setenv("PATH", str(tmp_path))
    return of


def test_the_light_one_comes_first(machine):
    asked = machine(["chromium", browser.LIGHT])
    assert browser.program().name == browser.brought().name == browser.LIGHT
    assert asked == []


def test_the_light_one_is_installed_beside_the_usual_one(machine):
    asked = machine(["chromium"], [browser.LIGHT])
    assert browser.brought().name == browser.LIGHT
    assert asked == [browser.LIGHT]


def test_without_the_light_one_the_usual_one_does_and_no_worker_asks_again(machine):
    asked = machine(["google-chrome"])
    assert browser.brought().name == "google-chrome"
    assert browser.program().name == "google-chrome"
    assert asked == [browser.LIGHT]


def test_without_any_the_usual_one_is_installed(machine):
    machine([], ["chromium"])
    assert browser.program().name == "chromium"


def test_a_machine_with_none_says_so_with_nothing(machine):
    machine([])
    assert browser.program() is None
