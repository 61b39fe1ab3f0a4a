"""The schema of a resource, read from the JavaScript of its CDK binding: attributes, blocks, what is required."""

from __future__ import annotations
import re
from typing import Any

Schema = dict[str, Any]
"""{"attributes": {name: [type, "r" | "o" | "c" | "oc"]}, "blocks": {name: {"nesting", "min", "max", "block"}}}"""

TYPES: dict[str, Any] = {
    "string": "string",
    "number": "number",
    "boolean": "bool",
    "stringList": "string",
    "numberList": "number",
    "booleanList": "bool",
    "stringMap": "string",
    "numberMap": "number",
    "booleanMap": "bool",
}
_CLASS = re.compile(r"^(?:export )?class (\w+) extends cdktn\.(\w+) \{\n(.*?)^\}", re.M | re.S)
_WRITER = re.compile(r"^(?:export )?function (\w+)ToHclTerraform\(struct\) \{\n(.*?)^\}", re.M | re.S)
_MEMBER = re.compile(
    r"// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n"
    r"(.*?)(?=\n    // \w+ - computed|\Z)",
    re.S,
)
_WRITTEN = re.compile(
    r"(\w+): \{\n\s+value: .*?,\n\s+isBlock: (true|false),\n\s+type: \"(\w+)\",\n\s+storageClassType: \"(\w+)\"", re.S
)


def read_binding(source: str) -> tuple[str, Schema]:
    """The Terraform type and the schema of the resource or data source in a binding's JavaScript."""
    classes = {name: (base, body) for name, base, body in _CLASS.findall(source)}
    writers = {name.lower(): body for name, body in _WRITER.findall(source)}
    top = next(body for base, body in classes.values() if base.startswith("Terraform"))
    kind = re.search(r'tfResourceType = "(\w+)"', top)
    return (kind.group(1) if kind else ""), _Reader(classes, writers).schema(top, top)


class _Reader:
    def __init__(self, classes: dict[str, tuple[str, str]], writers: dict[str, str]) -> None:
        self._classes, self._writers = classes, writers

    def schema(self, members: str, writer: str) -> Schema:
        written = {name: (block == "true", kind, of) for name, block, kind, of in _WRITTEN.findall(writer)}
        found: Schema = {"attributes": {}, "blocks": {}}
        for name, computed, optional, required, body in _MEMBER.findall(members):
            block, kind, of = written.get(name, (False, "", ""))
            if block:
                found["blocks"][name] = self._block(kind, of, required == "true", body)
            else:
                flags = "r" * (required == "true") + "o" * (optional == "true") + "c" * (computed == "true")
                found["attributes"][name] = [_type(kind, of) if kind else _read_type(body), flags]
        return found

    def _block(self, kind: str, of: str, required: bool, body: str) -> Schema:
        one = "OutputReference(this," in body
        base = of if kind == "struct" else re.sub(r"(List|Set)$", "", of)
        nesting = "single" if kind == "struct" else "set" if re.search(r"List\(this, \"\w+\", true\)", body) else kind
        inner = self.schema(self._classes[f"{base}OutputReference"][1], self._writers[base.lower()])
        most = 1 if one and nesting != "single" else 0
        least = int(required and nesting != "single")
        return {"nesting": nesting, "min": least, "max": most, "block": inner}


def _type(kind: str, of: str) -> Any:
    return TYPES[of] if kind == "simple" else [kind, TYPES[of]]


def _read_type(body: str) -> Any:
    """The type of what only Google says; lists of objects pass as lists of maps."""
    for getter, kind in (("String", "string"), ("Number", "number"), ("Boolean", "bool")):
        if f"get{getter}Attribute(" in body:
            return kind
    if "StringMap(" in body:
        return ["map", "string"]
    return ["list", "string" if "getListAttribute(" in body or "getSetAttribute(" in body else ["map", "string"]]
