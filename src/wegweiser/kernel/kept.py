"""Small tables as objects that are made once: a page asks for the plain rows, and they decide whether anything changed.

Django takes longer to compile a query and to make its objects than the database takes to answer. What is made here is
shared by all threads of the process, so nobody may change it: rows refuse it.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import count
from typing import Any, Generic, NoReturn, TypeVar, cast

from django.db.models import Model, QuerySet
from django.db.models.base import ModelBase

from wegweiser.kernel import prepared

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
_seen: ContextVar[dict[Hashable, Rows] | None] = ContextVar("seen", default=None)
_numbers = count(1)  # no two things made in a process have the same


def sealed(made: T) -> T:
    """`made` with every row in it, and the rows these hold, sealed: from now on they cannot be changed or saved."""
    if isinstance(made, Model):
        _seal(made)
    elif isinstance(made, tuple | list):
        for part in made:
            sealed(part)
    return made


def _seal(row: Model) -> None:
    if isinstance(row, _Sealed):
        return
    row.__class__ = _sealed_class(type(row))
    state = row._state  # noqa: SLF001 - where Django puts what was read with the row
    for related in state.fields_cache.values():
        sealed(related)
    state.fields_cache = _Complete(state.fields_cache)
    for rows in getattr(row, "_prefetched_objects_cache", {}).values():
        sealed(list(rows))


class _Complete(dict[str, Any]):
    """The rows that were read with a kept row. One that is read later would stay for ever, however it changes."""

    def __setitem__(self, name: str, value: Any) -> NoReturn:
        raise TypeError(f"{name} was not read with the kept row: select it with the row, or read it by itself.")


class _Sealed:
    """What a kept row answers to whoever wants to change it."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is kept for all threads: read the row anew to change it.")

    __setattr__ = __delattr__ = save = delete = refresh_from_db = _refuse


@cache
def _sealed_class(model: type[Model]) -> type[Model]:
    """The class of the kept rows of `model`: the same to Django, which does not learn of it."""
    parts = {"__module__": model.__module__, "__qualname__": model.__qualname__, "__doc__": model.__doc__}
    return cast(type[Model], type.__new__(ModelBase, model.__name__, (_Sealed, model), parts))


@contextmanager
def looking_once() -> Iterator[None]:
    """Inside, no prepared query is asked twice: for the making of one page, which writes nothing."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


class Prepared:
    """A query that is compiled once for each key; `rows` asks it again and gives plain columns."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.compiled: tuple[Hashable, str, tuple[Any, ...]] | None = None

    def rows(self, *key: Hashable) -> Rows:
        held = self.compiled
        if held is None or held[0] != key:
            sql, values = self.make(*key).query.sql_with_params()
            held = self.compiled = (key, sql, tuple(values))
        seen, question = _seen.get(), held[1:]
        if seen is None:
            return _ask(*question)
        if question not in seen:
            seen[question] = _ask(*question)
        return seen[question]


def _ask(sql: str, values: tuple[Any, ...]) -> Rows:
    with prepared.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


class Kept(Generic[T]):
    """What `build` makes of the rows of `reads`, made anew when one of these rows is another than last time.

    All rows are read with every use, so only small tables belong here. `key` goes to both, a day for instance.
    """

    def __init__(self, build: Callable[..., T], *reads: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.reads = [Prepared(read) for read in reads]
        self.held: tuple[object, int, T] | None = None

    def __call__(self, *key: Hashable) -> T:
        return self.versioned(*key)[1]

    def versioned(self, *key: Hashable) -> tuple[int, T]:
        """The same with a number that is another one whenever it was made anew."""
        rows = (key, [read.rows(*key) for read in self.reads])
        held = self.held
        if held is None or held[0] != rows:
            held = self.held = (rows, next(_numbers), sealed(self.build(*key)))
        return held[1], held[2]


class Recent(dict[Hashable, T]):
    """What was made lately, at most `most` of it: when there is more, all of it is made again.

    With `weigh` the most is not how many there are but what all of them weigh together.
    """

    def __init__(self, most: int, *, weigh: Callable[[T], int] = lambda _made: 1) -> None:
        super().__init__()
        self.most, self.weigh = most, weigh
        self.weight = 0

    def take(self, key: Hashable, make: Callable[[], T]) -> T:
        found = self.get(key)
        if found is None:
            found = make()
            weight = self.weigh(found)
            if self.weight + weight > self.most:
                self.clear()
            self.weight += weight
            self[key] = found
        return found

    def clear(self) -> None:
        super().clear()
        self.weight = 0
