"""Every action has one shape: keyword-only, typed, `by: Actor`, no request."""

import ast

import pytest

from tests.conventions.source import modules

# Public functions in `actions/` that have no actor, each with the reason: {"room/actions/noun.py:verb": "why"}.
WITHOUT_ACTOR: dict[str, str] = {"journey/actions/steps.py:standing": "reads what a source recorded"}


def mistakes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = function.args
    named = {argument.arg: argument for argument in given.kwonlyargs}
    everything = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, [given.vararg, given.kwarg])]
    found = []
    if given.posonlyargs or given.args or given.vararg:
        found.append("takes positional arguments")
    found += [f"{argument.arg} has no type" for argument in everything if argument.annotation is None]
    if function.returns is None:
        found.append("has no return type")
    if any(argument.arg == "request" or "HttpRequest" in _type(argument) for argument in everything):
        found.append("takes a request")
    if "by" not in named or _type(named["by"]).split(".")[-1] != "Actor":
        found.append("has no `by: Actor`")
    return found


def _type(argument: ast.arg) -> str:
    return ast.unparse(argument.annotation).strip("'\"") if argument.annotation else ""


def _actions():
    for path, tree in modules():
        if "actions" in path.parts[:-1]:
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                    yield f"{path.as_posix()}:{node.name}", node


def test_every_action_has_the_shape():
    found = {}
    for name, function in _actions():
        excused = {"has no `by: Actor`"} if name in WITHOUT_ACTOR else set()
        if wrong := [mistake for mistake in mistakes(function) if mistake not in excused]:
            found[name] = wrong
    assert found == {}


def test_the_excused_exist_and_have_a_reason():
    assert set(WITHOUT_ACTOR) <= {name for name, _ in _actions()}
    assert all(WITHOUT_ACTOR.values())


@pytest.mark.parametrize(
    "good",
    [
        "def register(*, event: Event, by: Actor) -> Registration: ...",
        "def cancel(*, registration: Registration, by: actor.Actor) -> None: ...",
        'def cancel(*, by: "Actor") -> None: ...',
    ],
)
def test_a_good_action_passes(good):
    assert mistakes(ast.parse(good).body[0]) == []


@pytest.mark.parametrize(
    ("bad", "mistake"),
    [
        ("def register(event: Event, *, by: Actor) -> None: ...", "takes positional arguments"),
        ("def register(*events: Event, by: Actor) -> None: ...", "takes positional arguments"),
        ("def register(*, event, by: Actor) -> None: ...", "event has no type"),
        ("def register(*, event: Event, by: Actor): ...", "has no return type"),
        ("def register(*, event: Event) -> None: ...", "has no `by: Actor`"),
        ("def register(*, event: Event, by: User) -> None: ...", "has no `by: Actor`"),
        ("def register(*, request: object, by: Actor) -> None: ...", "takes a request"),
        ("def register(*, origin: http.HttpRequest, by: Actor) -> None: ...", "takes a request"),
    ],
)
def test_a_bad_action_is_found(bad, mistake):
    assert mistakes(ast.parse(bad).body[0]) == [mistake]
