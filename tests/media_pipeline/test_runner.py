"""Processes end: by themselves, by the clock, by the caller, or with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from media_pipeline.errors import (
    CancelledError,
    ToolError,
    ToolFloodError,
    ToolMissingError,
    ToolTimeoutError,
)
from media_pipeline.runner import TAIL_BYTES, Bounds, run


def _python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _soon(what: Callable[[], bool], within_s: float = 5) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_lines_arrive_in_order_and_the_last_needs_no_end(tmp_path: Path) -> None:
    lines: list[str] = []
    run(
        _python("print('một'); print('hai', end='')"),
        cwd=tmp_path,
        timeout_s=20,
        on_line=lines.append,
    )
    assert lines == ["một", "hai"]


def test_it_runs_in_the_given_folder_without_a_stdin(tmp_path: Path) -> None:
    lines: list[str] = []
    code = "import os, sys; print(os.getcwd()); print(repr(sys.stdin.read()))"
    run(_python(code), cwd=tmp_path, timeout_s=20, on_line=lines.append)
    assert lines == [str(tmp_path), "''"]


def test_a_noisy_program_blocks_nobody_and_only_its_end_is_kept(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "for n in range(20000): print('o' * 80); print('e' * 80, file=sys.stderr)\n"
        "print('the end', file=sys.stderr)"
    )
    finished = run(_python(code), cwd=tmp_path, timeout_s=60)
    assert finished.stderr_tail.endswith("the end")
    assert len(finished.stderr_tail) <= TAIL_BYTES
    assert finished.cpu_s > 0


def test_a_bad_end_carries_code_and_last_words(tmp_path: Path) -> None:
    code = "import sys; print('moov not found', file=sys.stderr); sys.exit(69)"
    with pytest.raises(ToolError, match="moov not found") as caught:
        run(_python(code), cwd=tmp_path, timeout_s=20)
    assert caught.value.exit_code == 69


def test_a_program_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ToolMissingError, match="no-such-tool"):
        run(["/no-such-tool"], cwd=tmp_path, timeout_s=1)


def test_the_clock_ends_a_program_and_its_children(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    lines: list[str] = []
    with pytest.raises(ToolTimeoutError):
        run(_python(code), cwd=tmp_path, timeout_s=1, on_line=lines.append)
    assert _soon(lambda: not _is_alive(int(lines[0])))


def test_one_that_ignores_the_polite_signal_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(os.getpid(), flush=True); time.sleep(60)"
    )
    lines: list[str] = []
    with pytest.raises(ToolTimeoutError):
        run(_python(code), cwd=tmp_path, timeout_s=1, on_line=lines.append)
    assert not _is_alive(int(lines[0]))


def test_the_caller_can_stop_it(tmp_path: Path) -> None:
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 3

    with pytest.raises(CancelledError):
        run(
            _python("import time; time.sleep(60)"),
            cwd=tmp_path,
            timeout_s=50,
            cancelled=cancelled,
        )
    assert max(b - a for a, b in pairwise(asked)) < 0.5


def test_a_listener_that_raises_stops_it_and_is_heard(tmp_path: Path) -> None:
    pids: list[int] = []

    def listen(line: str) -> None:
        pids.append(int(line))
        raise LookupError("lease lost")

    code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    with pytest.raises(LookupError, match="lease lost"):
        run(_python(code), cwd=tmp_path, timeout_s=50, on_line=listen)
    assert not _is_alive(pids[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends orphans for us")
def test_a_killed_worker_leaves_no_program_behind(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    worker = (
        "import sys; from pathlib import Path\n"
        "from media_pipeline.runner import run\n"
        "run([sys.executable, '-S', '-c', 'import os, time; "
        "print(os.getpid(), flush=True); time.sleep(60)'],"
        " cwd=Path('.'), timeout_s=60, on_line=lambda pid: print(pid, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", worker],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    assert _is_alive(pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert _soon(lambda: not _is_alive(pid))


def test_memory_files_and_time_have_ends(tmp_path: Path) -> None:
    lines: list[str] = []
    code = (
        "import os, resource as r\n"
        "for what in (r.RLIMIT_DATA, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE):\n"
        "    print(r.getrlimit(what)[0])\n"
        "print(os.nice(0))"
    )
    bounds = Bounds(memory_bytes=10**9, file_bytes=10**6, open_files=64, niceness=7)
    run(_python(code), cwd=tmp_path, timeout_s=20, on_line=lines.append, bounds=bounds)
    assert lines[:4] == ["1000000000", "1000000", "64", "0"]
    assert int(lines[4]) == min(19, os.nice(0) + 7)


def test_many_small_files_are_stopped_as_one_large_one_is(tmp_path: Path) -> None:
    code = (
        "import pathlib, time; pathlib.Path('below').mkdir()\n"
        "for n in range(20): pathlib.Path(f'below/{n}').write_bytes(bytes(100_000))\n"
        "print('written', flush=True); time.sleep(60)"
    )
    with pytest.raises(ToolFloodError, match="1000000") as caught:
        run(
            _python(code),
            cwd=tmp_path,
            timeout_s=50,
            bounds=Bounds(file_bytes=200_000, folder_bytes=1_000_000),
        )
    assert caught.value.permanent


def test_a_folder_within_its_bounds_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(bytes(900_000))
    finished = run(
        _python("import time; time.sleep(0.6)"),
        cwd=tmp_path,
        timeout_s=50,
        bounds=Bounds(folder_bytes=1_000_000),
    )
    assert finished.wall_s > 0.5


def test_one_that_writes_nothing_needs_no_folder() -> None:
    lines: list[str] = []
    code = "import os; print(os.getcwd())"
    run(_python(code), cwd=None, timeout_s=20, on_line=lines.append)
    assert lines == ["/"]


def test_a_greedy_program_fails_alone(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="MemoryError"):
        run(
            _python("bytes(10**9)"),
            cwd=tmp_path,
            timeout_s=20,
            bounds=Bounds(memory_bytes=5 * 10**8),
        )


def test_complaints_are_heard_line_by_line_and_still_make_the_tail(
    tmp_path: Path,
) -> None:
    heard: list[str] = []
    finished = run(
        _python("import os; os.write(2, b'one\\ntwo\\nand a half')"),
        cwd=tmp_path,
        timeout_s=20,
        on_complaint=heard.append,
    )
    assert heard == ["one", "two", "and a half"]
    assert finished.stderr_tail == "one\ntwo\nand a half"
