"""What a request must look like: the JSON Schema that is published is the one that decides.

Only the words that this API uses are understood: type, enum, lengths, bounds, pattern, items,
properties, required, additionalProperties and oneOf.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from toolkit.schema import Span

__all__ = ["Schema", "fault", "filled", "from_form", "of_record", "record"]

Schema = Mapping[str, Any]

_INTEGER = re.compile("-?[0-9]{1,15}")
_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: (
        (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
        and not isinstance(value, bool)
    ),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def record(
    required: Mapping[str, Schema],
    optional: Mapping[str, Schema] | None = None,
    *,
    more: bool = False,
) -> dict[str, Any]:
    """An object with these properties; with others only if it may have `more`."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": sorted(required),
        "additionalProperties": more,
    }


def fault(value: Any, schema: Schema, where: str = "") -> str | None:
    """What is wrong with the value in one line, or None if it fits."""
    at = f"{where}: " if where else ""
    if "oneOf" in schema:
        # What is wrong with it as what it is, before that it is nothing else.
        kinds = sorted(schema["oneOf"], key=lambda one: not _KINDS[one["type"]](value))
        faults = [fault(value, one, where) for one in kinds]
        fits = sum(one is None for one in faults)
        return None if fits == 1 else next((one for one in faults if one), f"{at}is ambiguous")
    wanted = schema.get("type")
    kinds = [wanted] if isinstance(wanted, str) else list(wanted or ())
    if kinds and not any(_KINDS[kind](value) for kind in kinds):
        return f"{at}expected {' or '.join(kinds)}, found {_short(value)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{at}expected one of {_listed(schema['enum'])}, found {_short(value)}"
    if isinstance(value, str):
        return _text_fault(value, schema, at)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = schema.get("minimum"), schema.get("maximum")
        if (low is not None and value < low) or (high is not None and value > high):
            return f"{at}expected a number from {low} to {high}, found {_short(value)}"
    if isinstance(value, list):
        return _array_fault(value, schema, where, at)
    if isinstance(value, dict):
        return _object_fault(value, schema, where, at)
    return None


def _text_fault(value: str, schema: Schema, at: str) -> str | None:
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    if len(value) < low:
        return f"{at}expected at least {low} character{'s' * (low != 1)}, found {len(value)}"
    if high is not None and len(value) > high:
        return f"{at}expected at most {high} characters, found {len(value)}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{at}expected a text with a word in it and no control characters"
    if any("\ud800" <= char <= "\udfff" for char in value):
        return f"{at}half a character (a lone surrogate)"
    return None


def _array_fault(value: list[Any], schema: Schema, where: str, at: str) -> str | None:
    if len(value) < schema.get("minItems", 0):
        return f"{at}expected at least {schema['minItems']}, found {len(value)}"
    if "maxItems" in schema and len(value) > schema["maxItems"]:
        return f"{at}expected at most {schema['maxItems']}, found {len(value)}"
    faults = (fault(one, schema.get("items", {}), f"{where}[{n}]") for n, one in enumerate(value))
    return next(filter(None, faults), None)


def _object_fault(value: dict[str, Any], schema: Schema, where: str, at: str) -> str | None:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            # The words of LibreTranslate, which its clients know.
            return f"Invalid request: missing {name} parameter"
    if not schema.get("additionalProperties", True):
        for name in value:
            if name not in known:
                return f"{at}unknown key {_short(name)}; known keys: {', '.join(known)}"
    inside = f"{where}." if where else ""
    faults = (fault(value[k], known[k], f"{inside}{k}") for k in value if k in known)
    return next(filter(None, faults), None)


def filled(value: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    """The object with its defaults, so that every optional key has a value or None."""
    known = schema["properties"]
    return {name: value.get(name, one.get("default")) for name, one in known.items()}


def from_form(fields_: Mapping[str, str], schema: Schema) -> dict[str, Any]:
    """What a form says, whose values are all texts, as the schema has them."""
    known = schema["properties"]
    found: dict[str, Any] = {}
    for name, text in fields_.items():
        kind = known.get(name, {}).get("type")
        if kind == "integer" and _INTEGER.fullmatch(text):
            found[name] = int(text)
        elif kind == "boolean" and text in ("true", "false"):
            found[name] = text == "true"
        else:
            found[name] = text
    return found


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _listed(choices: Any) -> str:
    shown = ", ".join(map(str, choices[:12]))
    return shown if len(choices) <= 12 else f"{shown} and {len(choices) - 12} more"


# --- answers -------------------------------------------------------------------------------


def of_record(kind: Any) -> dict[str, Any]:
    """The schema of a record's JSON form (`schema.encode`)."""
    if kind is Span:
        integer = {"type": "integer", "minimum": 0}
        return {"type": "array", "items": integer, "minItems": 2, "maxItems": 2}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {f.name: of_record(hints[f.name]) for f in fields(kind)}
        return {
            "type": "object",
            "properties": known,
            "required": sorted(known),
            "additionalProperties": False,
        }
    origin = get_origin(kind)
    if origin is tuple:
        return {"type": "array", "items": of_record(get_args(kind)[0])}
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if origin in (Union, types.UnionType):
        inner = of_record(next(a for a in get_args(kind) if a is not type(None)))
        if isinstance(inner.get("type"), str):
            more = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
            return {**inner, "type": [inner["type"], "null"], **more}
        return {"oneOf": [inner, {"type": "null"}]}
    return {"type": {str: "string", int: "integer", bool: "boolean", float: "number"}[kind]}
