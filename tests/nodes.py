"""An Elasticsearch of one's own, to be stopped, frozen and started under whoever uses it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.machine import free_port


def missing() -> str:
    return (
        ""
        if os.environ.get("ELASTICSEARCH_TEST_SERVER")
        else "no Elasticsearch to start: ELASTICSEARCH_TEST_SERVER names a script that"
        " takes `start` or `stop` and a folder (docs/operations.md)"
    )


@dataclass(frozen=True)
class Node:
    """The script writes elasticsearch.pid into the folder, and takes ES_PORT."""

    folder: Path
    port: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._control("start")

    def stop(self) -> None:
        self.thaw()
        self._control("stop")

    def freeze(self) -> None:
        """It takes connections and never answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            pid = int((self.folder / "elasticsearch.pid").read_text())
            os.kill(pid, number)

    def _control(self, what: str) -> None:
        script = os.environ["ELASTICSEARCH_TEST_SERVER"]
        ports = {"ES_PORT": self.port, "ES_TRANSPORT_PORT": free_port()}
        with (self.folder / "said").open("ab") as said:
            subprocess.run(
                [script, what, str(self.folder)],
                env={**os.environ, "ES_HEAP": "256m", "ES_TIMEOUT": "240", **ports},
                stdout=said,
                stderr=said,
                check=True,
            )


@contextlib.contextmanager
def node() -> Iterator[Node]:
    """Running; stopped at the end, nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="node-") as folder:
        made = Node(Path(folder), free_port())
        made.start()
        try:
            yield made
        finally:
            made.stop()
