"""A provider that knows Google's schemas and nothing else: it plans, and neither calls nor makes anything."""

from __future__ import annotations
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import msgpack
from tf.gen import tfplugin_pb2 as pb
from tf.gen import tfplugin_pb2_grpc as rpc

SCHEMAS = Path(__file__).with_name("google_schema.json")
UNKNOWN = msgpack.ExtType(0, b"\0")
PROJECT = "kota"
"""The one that the checks plan for."""
NAMED = ("google_compute_backend_service", "google_compute_security_policy")
WO = "_wo"
WRITE_ONLY = b"\x58\x01"
"""Field 11 of an attribute, true: newer than the protocol that `tf` was made from."""
NESTING = pb.Schema.NestedBlock.NestingMode
KNOWN = {"number": "123456789012"}
"""What a data source tells of a project; the rest is its name."""
PROVIDER = {
    "attributes": {name: ["string", "o"] for name in ("project", "region", "billing_project")}
    | {"user_project_override": ["bool", "o"], "default_labels": [["map", "string"], "o"]},
    "blocks": {},
}
Schema = dict[str, Any]


class Servicer(rpc.ProviderServicer):  # type: ignore[misc]  # generated
    """The calls that validate, plan and show make; an apply fails, for there is no such method."""

    def __init__(self, schemas: dict[str, dict[str, Schema]]) -> None:
        self._schemas = schemas

    def GetMetadata(self, request: Any, context: Any) -> Any:  # noqa: N802  # named by the protocol
        answer = pb.GetMetadata.Response()
        answer.resources.extend(pb.GetMetadata.ResourceMetadata(type_name=name) for name in self._schemas["resource"])
        answer.data_sources.extend(pb.GetMetadata.DataSourceMetadata(type_name=name) for name in self._schemas["data"])
        return answer

    def GetProviderSchema(self, request: Any, context: Any) -> Any:  # noqa: N802
        return self._told

    @cached_property
    def _told(self) -> Any:
        return pb.GetProviderSchema.Response(
            provider=pb.Schema(block=_block(PROVIDER)),
            resource_schemas={name: pb.Schema(block=_block(s)) for name, s in self._schemas["resource"].items()},
            data_source_schemas={name: pb.Schema(block=_block(s)) for name, s in self._schemas["data"].items()},
        )

    def ValidateProviderConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return pb.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return pb.ValidateResourceConfig.Response()

    def ValidateDataResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return pb.ValidateDataResourceConfig.Response()

    def ConfigureProvider(self, request: Any, context: Any) -> Any:  # noqa: N802
        return pb.ConfigureProvider.Response()

    def StopProvider(self, request: Any, context: Any) -> Any:  # noqa: N802
        return pb.StopProvider.Response()

    def PlanResourceChange(self, request: Any, context: Any) -> Any:  # noqa: N802
        proposed = _read(request.proposed_new_state)
        schema = self._schemas["resource"][request.type_name]
        planned = proposed and _filled(schema, proposed, lambda name: UNKNOWN) | _foretold(request.type_name, proposed)
        return pb.PlanResourceChange.Response(planned_state=_write(planned), legacy_type_system=True)

    def ReadDataSource(self, request: Any, context: Any) -> Any:  # noqa: N802
        schema = self._schemas["data"][request.type_name]
        known = {n: k for n, (k, _) in schema["attributes"].items()}
        state = _filled(schema, _read(request.config), lambda n: KNOWN.get(n, n) if known.get(n) == "string" else None)
        return pb.ReadDataSource.Response(state=_write(state))


def _foretold(kind: str, proposed: dict[str, Any]) -> dict[str, str]:
    """What Google would only say afterwards but can be known, so that a plan shows who and what is meant."""
    if kind == "google_cloud_run_v2_service":
        return {"uri": f"https://{proposed['name']}.run.example"}
    if kind == "google_service_account":
        return {"email": f"{proposed['account_id']}@{PROJECT}.iam.gserviceaccount.com", "name": proposed["account_id"]}
    return {"id": f"{kind} {proposed['name']}"} if kind in NAMED else {}


def _filled(schema: Schema, value: dict[str, Any], missing: Callable[[str], Any]) -> dict[str, Any]:
    """The value with what only Google knows put in and what may be only written taken out, on every level."""
    filled = {name: None if name.endswith(WO) else part for name, part in value.items()}
    for name, (_, flags) in schema["attributes"].items():
        if "c" in flags and filled.get(name) is None:
            filled[name] = missing(name)
    for name, block in schema["blocks"].items():
        inner = filled.get(name)
        if isinstance(inner, list):
            filled[name] = [_filled(block["block"], item, missing) for item in inner]
    return filled


def _block(schema: Schema) -> Any:
    attributes = [_attribute(name, kind, flags) for name, (kind, flags) in schema["attributes"].items()]
    blocks = [
        pb.Schema.NestedBlock(
            type_name=name,
            block=_block(inner["block"]),
            nesting=NESTING.Value(inner["nesting"].upper()),
            min_items=inner["min"],
            max_items=inner["max"],
        )
        for name, inner in schema["blocks"].items()
    ]
    return pb.Schema.Block(attributes=attributes, block_types=blocks)


def _attribute(name: str, kind: Any, flags: str) -> Any:
    attribute = pb.Schema.Attribute(
        name=name, type=json.dumps(kind).encode(), required=flags == "r", optional="o" in flags, computed="c" in flags
    )
    if name.endswith(WO):
        attribute.MergeFromString(WRITE_ONLY)
    return attribute


def _read(value: Any) -> Any:
    return msgpack.unpackb(value.msgpack, ext_hook=msgpack.ExtType, strict_map_key=False)


def _write(value: Any) -> Any:
    return pb.DynamicValue(msgpack=msgpack.packb(value))
