"""Whether a large value is still the same, asked without fetching it."""

from typing import Any

from django.db.models import Func, JSONField
from django.db.models.sql.compiler import SQLCompiler


class Fingerprint(Func):
    """Of a JSON column, for `Kept`: 64 bits of a hash on PostgreSQL, which takes long to write JSON out.

    SQLite holds it as text and gives it as it is.
    """

    arity = 1

    def __init__(self, column: str) -> None:
        super().__init__(column, output_field=JSONField())

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> Any:  # type: ignore[override]
        return compiler.compile(self.source_expressions[0])

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="jsonb_hash_extended(%(expressions)s, 0)", **context)
