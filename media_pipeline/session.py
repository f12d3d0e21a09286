"""One piece of work on a user's file: its processes see nothing else, stop together and
are added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from media_pipeline import sandbox
from media_pipeline.runner import Bounds, Finished, Listener, Spent, run


@dataclass
class Session:
    cancelled: Callable[[], bool] | None = None
    spent: Spent = field(default_factory=Spent)
    commands: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def cpu_s(self) -> float:
        return self.spent.cpu_s

    def run(  # noqa: PLR0913 - as `run()`
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None,
        timeout_s: float,
        reads: Sequence[Path] = (),
        on_line: Listener | None = None,
        on_complaint: Listener | None = None,
        bounds: Bounds | None = None,
    ) -> Finished:
        """As `run()`, with this session's `cancelled`. In a sandbox `argv` can read
        `reads` and change what is in `cwd`, and nothing else."""
        self.commands.append(tuple(argv))
        is_confined = sandbox.is_used(argv[0])
        return run(
            argv,
            cwd=cwd,
            timeout_s=timeout_s,
            on_line=on_line,
            on_complaint=on_complaint,
            cancelled=self.cancelled,
            bounds=bounds,
            confined=sandbox.confined(argv, reads, cwd) if is_confined else None,
            spent=self.spent,
        )
