"""Rooms know nothing of HTTP, forms or pages; only the surfaces do. (Import contracts see no parts of Django.)"""

import ast

import pytest

from tests.conventions.source import modules

SURFACES = {"web", "config"}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.forms", "django.template.response")

# Files of a room that may, each with the reason: {"room/file.py": "why"}.
ALLOWED: dict[str, str] = {}


def http_imports(tree: ast.Module) -> list[str]:
    named = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            named += [f"{node.module}.{alias.name}" for alias in node.names]
    return [name for name in named if f"{name}.".startswith(tuple(f"{part}." for part in HTTP))]


def test_no_room_imports_http():
    rooms = {path.as_posix(): tree for path, tree in modules() if path.parts[0] not in SURFACES}
    found = {path: http_imports(tree) for path, tree in rooms.items() if path not in ALLOWED}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_allowed_files_exist_and_have_a_reason():
    assert set(ALLOWED) <= {path.as_posix() for path, _ in modules()}
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    "bad",
    [
        "from django import forms",
        "from django.http import HttpRequest",
        "import django.views.generic",
        "def late():\n    from django.shortcuts import render",
    ],
)
def test_an_import_of_http_is_found(bad):
    assert len(http_imports(ast.parse(bad))) == 1


@pytest.mark.parametrize("good", ["from django.db import models", "from . import forms", "import http"])
def test_other_imports_are_left_alone(good):
    assert http_imports(ast.parse(good)) == []
