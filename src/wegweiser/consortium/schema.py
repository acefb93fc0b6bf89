"""The part of JSON Schema that our input files use: types, required and allowed names, patterns, ranges, choices."""

import difflib
import re
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def mistakes(value: Any, schema: dict[str, Any], *, root: dict[str, Any] | None = None, where: str = "") -> list[str]:
    """What in `value` is not as `schema` wants it, one sentence each; empty when all is well."""
    root = root or schema
    if reference := schema.get("$ref"):
        return mistakes(value, root["$defs"][reference.removeprefix("#/$defs/")], root=root, where=where)
    place = where or "top"
    if wanted := schema.get("type"):
        names = [wanted] if isinstance(wanted, str) else wanted
        if not any(_is(value, name) for name in names):
            return [f"{place}: must be {' or '.join(names)}."]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: must be one of {', '.join(map(str, schema['enum']))}.")
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{place}: {value!r} has not the form {schema['pattern']}.")
        if len(value) < schema.get("minLength", 0):
            found.append(f"{place}: must not be empty.")
        if len(value) > schema.get("maxLength", len(value)):
            found.append(f"{place}: has at most {schema['maxLength']} characters.")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value):
            found.append(f"{place}: must be at least {schema['minimum']}.")
        if value > schema.get("maximum", value):
            found.append(f"{place}: must be at most {schema['maximum']}.")
    if isinstance(value, dict):
        found += _object_mistakes(value, schema, root, where)
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            found.append(f"{place}: needs at least {schema['minItems']} entries.")
        if len(value) > schema.get("maxItems", len(value)):
            found.append(f"{place}: has at most {schema['maxItems']} entries.")
        for index, item in enumerate(value):
            found += mistakes(item, schema.get("items", {}), root=root, where=f"{where}[{index + 1}]")
    return found


def _object_mistakes(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> list[str]:
    prefix = f"{where}." if where else ""
    found = [f"{prefix}{name}: is missing." for name in schema.get("required", []) if name not in value]
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in properties:
            found += mistakes(item, properties[name], root=root, where=prefix + name)
        elif others is False:
            near = difflib.get_close_matches(name, properties, n=1)
            found.append(f"{prefix}{name}: is not known here." + (f" Is {near[0]} meant?" if near else ""))
        elif isinstance(others, dict):
            found += mistakes(item, others, root=root, where=prefix + name)
    return found


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])
