"""Both of Google's providers as stubs in this process, for a Terraform that is told where they listen."""

from __future__ import annotations
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from tf.gen import grpc_controller_pb2 as controller
from tf.gen import grpc_controller_pb2_grpc as controller_rpc
from tf.gen import grpc_stdio_pb2_grpc as stdio_rpc
from tf.gen import tfplugin_pb2_grpc as rpc

from tests.infra.stub.provider import SCHEMAS, Servicer


@contextmanager
def served(folder: Path) -> Iterator[dict[str, str]]:
    """The variable that leads Terraform to the stubs, whose sockets lie in `folder`."""
    schemas = json.loads(SCHEMAS.read_text("utf-8"))
    sockets = {name: folder / f"{name}.sock" for name in schemas}
    servers = [_serve(Servicer(schemas[name]), socket) for name, socket in sockets.items()]
    try:
        yield {"TF_REATTACH_PROVIDERS": json.dumps({_source(name): _address(s) for name, s in sockets.items()})}
    finally:
        for server in servers:
            server.stop(grace=0)


def _source(name: str) -> str:
    return f"registry.terraform.io/hashicorp/{name}"


def _address(socket: Path) -> dict[str, Any]:
    place = {"Network": "unix", "String": str(socket)}
    return {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": place}


def _serve(servicer: Servicer, socket: Path) -> Any:
    server = grpc.server(ThreadPoolExecutor(max_workers=10))
    rpc.add_ProviderServicer_to_server(servicer, server)
    controller_rpc.add_GRPCControllerServicer_to_server(_Controller(), server)
    stdio_rpc.add_GRPCStdioServicer_to_server(_Stdio(), server)
    server.add_insecure_port(f"unix:{socket}")
    server.start()
    return server


class _Controller(controller_rpc.GRPCControllerServicer):  # type: ignore[misc]  # generated
    def Shutdown(self, request: Any, context: Any) -> Any:  # noqa: N802  # named by the protocol
        """Terraform ends what it was told of as little as it started it."""
        return controller.Empty()


class _Stdio(stdio_rpc.GRPCStdioServicer):  # type: ignore[misc]  # generated
    def StreamStdio(self, request: Any, context: Any) -> Any:  # noqa: N802
        return iter(())
