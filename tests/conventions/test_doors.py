"""Rows are written in `actions/` and nowhere else (the kernel is the ground that actions stand on)."""

import ast
from pathlib import PurePath

import pytest

from tests.conventions.source import modules

WRITES = {"save", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}

# Files that may write outside of actions, each with the reason: {"room/file.py": "why"}.
ALLOWED: dict[str, str] = {
    "files/images.py": "Pillow's `save` encodes a picture",
    "web/public/icons.py": "Pillow's `save` encodes the sign",
    "web/public/previews.py": "Pillow's `save` encodes the picture of a link",
    "accounts/models.py": "Django's commands and tests make users by its manager",
}


def writes(tree: ast.Module) -> list[str]:
    """The calls that write rows; `super().save()` is a model's own business."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [f"line {call.lineno}: {ast.unparse(call.func)}" for call in calls if _writes(call.func)]


def _writes(called: ast.Attribute) -> bool:
    if called.attr == "create":
        return isinstance(called.value, ast.Attribute) and called.value.attr == "objects"
    return called.attr in WRITES and ast.unparse(called.value) != "super()"


def _is_a_door(path: PurePath) -> bool:
    return "actions" in path.parts[:-1] or path.parts[0] == "kernel" or path.as_posix() in ALLOWED


def test_rows_are_written_in_actions_only():
    found = {path.as_posix(): writes(tree) for path, tree in modules() if not _is_a_door(path)}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_the_allowed_files_exist_and_have_a_reason():
    assert set(ALLOWED) <= {path.as_posix() for path, _ in modules()}
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    "bad", ["firm.save()", "Firm.objects.create(name='x')", "form.save()", "Firm.objects.bulk_create([])"]
)
def test_a_write_is_found(bad):
    assert len(writes(ast.parse(bad))) == 1


@pytest.mark.parametrize("good", ["super().save()", "steps.create(by=actor)", "firms.rename(firm=firm, by=actor)"])
def test_what_is_no_write_is_left_alone(good):
    assert writes(ast.parse(good)) == []


@pytest.mark.parametrize(
    ("path", "is_door"),
    [("events/actions/registrations.py", True), ("kernel/models.py", True), ("events/actions.py", False)],
)
def test_doors_are_told_by_their_path(path, is_door):
    assert _is_a_door(PurePath(path)) is is_door
