"""One piece of work on a user's file: its processes stop together and are added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from media_pipeline.runner import Bounds, Finished, Listener, run


@dataclass
class Session:
    cancelled: Callable[[], bool] | None = None
    cpu_s: float = 0.0
    commands: list[tuple[str, ...]] = field(default_factory=list)

    def run(
        self,
        argv: Sequence[str],
        *,
        cwd: Path,
        timeout_s: float,
        on_line: Listener | None = None,
        on_complaint: Listener | None = None,
        bounds: Bounds | None = None,
    ) -> Finished:
        """As `run()`, with this session's `cancelled`."""
        self.commands.append(tuple(argv))
        finished = run(
            argv,
            cwd=cwd,
            timeout_s=timeout_s,
            on_line=on_line,
            on_complaint=on_complaint,
            cancelled=self.cancelled,
            bounds=bounds,
        )
        self.cpu_s += finished.cpu_s
        return finished
