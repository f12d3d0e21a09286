"""What opens a user's file sees nothing else, and cannot outlive who started it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from media_pipeline import binaries, sandbox
from media_pipeline.errors import CancelledError, SandboxMissingError, ToolError
from media_pipeline.leash import Leash
from media_pipeline.runner import Bounds
from media_pipeline.session import Session
from tests.clips import clip

ROOT = Path(__file__).resolve().parents[2]
needs_sandbox = pytest.mark.sandbox


TOOL = f"""#!/bin/sh
[ "$1" = -version ] || exec {sys.base_prefix}/bin/python3 -S -c "$1"
"""


@pytest.fixture
def tool(tmp_path_factory: pytest.TempPathFactory, settings: LazySettings) -> str:
    """Runs the Python code that it is given, in a sandbox or not at all."""
    settings.SANDBOX = "on"
    settings.SANDBOX_READS = sys.base_prefix
    path = tmp_path_factory.mktemp("tool") / "tool"
    path.write_text(TOOL)
    path.chmod(0o755)
    return str(path)


def _said(tool: str, code: str, folder: Path | None, *reads: Path) -> list[str]:
    lines: list[str] = []
    Session().run(
        [tool, code], cwd=folder, reads=reads, timeout_s=60, on_line=lines.append
    )
    return lines


def _running(mark: str) -> dict[int, str]:
    """Pids of what has `mark` in its command line, with the start of that."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            argv = (path / "cmdline").read_bytes()
            state = (path / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if mark.encode() in argv and state != "Z" and int(path.name) != os.getpid():
            found[int(path.name)] = argv[:40].decode()
    return found


def _gone(mark: str, within_s: float = 5) -> bool:
    until = time.monotonic() + within_s
    while _running(mark):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


# --- what is inside -----------------------------------------------------------


@needs_sandbox
def test_it_reads_its_file_and_no_other(tool: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    original, canary = tmp_path / "bài 1", tmp_path / "other"
    original.write_text("mine")
    canary.write_text("somebody else's")
    (tmp_path / "link").symlink_to(original)
    paths = [original, tmp_path / "link", canary, Path(__file__), Path("/etc/passwd")]
    code = (
        "import os\n"
        f"for path in {[str(path) for path in paths]!r}:\n"
        "    try: print(open(path).read())\n"
        "    except OSError as error: print(error.strerror)\n"
        f"print(os.listdir({str(tmp_path)!r}))\n"
        "print(os.path.exists('/proc/self'), sorted(os.environ))"
    )
    told = _said(tool, code, folder, original, tmp_path / "link")
    assert told[:5] == ["mine"] * 2 + ["No such file or directory"] * 3
    assert set(eval(told[5])) == {"out", "bài 1", "link"}
    assert told[6] == "False ['LC_CTYPE', 'PWD']"


@needs_sandbox
def test_it_writes_into_its_folder_and_nowhere_else(tool: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    original = tmp_path / "original"
    original.write_text("mine")
    # A second name of the stored original, as scratch folders have it.
    os.link(original, folder / "original")
    code = (
        f"for path in ('made', '/made', {str(original)!r}, '/bin/made', "
        f"{str(folder / 'original')!r}):\n"
        "    try: open(path, 'w').write('x')\n"
        "    except OSError as error: print(error.strerror)"
    )
    told = _said(tool, code, folder, original, folder / "original")
    assert told == ["Read-only file system"] * 4
    assert original.read_text() == "mine"
    assert {path.name for path in folder.iterdir()} == {"made", "original"}


@needs_sandbox
def test_it_reaches_no_address_and_no_process(tool: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = (
            "import os, socket\n"
            "try: socket.create_connection("
            f"('127.0.0.1', {listener.getsockname()[1]}), 2)\n"
            "except OSError as error: print(error.strerror)\n"
            f"try: os.kill({os.getpid()}, 0)\n"
            "except OSError as error: print(error.strerror)\n"
            "print(os.getpid(), os.getppid())"
        )
        told = _said(tool, code, tmp_path)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert told == ["Connection refused", "No such process", "1 0"]


@needs_sandbox
def test_where_nothing_may_be_written_there_is_no_folder(
    tool: str, tmp_path: Path
) -> None:
    code = "import os; print(os.getcwd(), os.path.exists('/home'))"
    assert _said(tool, code, None) == ["/ False"]


# --- how it ends --------------------------------------------------------------


@needs_sandbox
def test_its_cpu_time_and_memory_are_counted_however_it_ends(
    tool: str, tmp_path: Path
) -> None:
    session = Session()
    code = (
        "import time; held = bytearray(300_000_000)\n"
        "while time.process_time() < 0.5: pass\n"
        "raise SystemExit(3)"
    )
    with pytest.raises(ToolError) as caught:
        session.run([tool, code], cwd=tmp_path, timeout_s=60)
    assert caught.value.exit_code == 3
    assert session.cpu_s >= 0.5
    assert session.spent.peak_bytes > 300_000_000


@needs_sandbox
@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("import ctypes; ctypes.string_at(1)", signal.SIGSEGV),
        ("while True: pass", signal.SIGKILL),  # over its CPU seconds
    ],
)
def test_a_crash_inside_is_told_as_one(
    tool: str, code: str, number: int, tmp_path: Path
) -> None:
    with pytest.raises(ToolError) as caught:
        Session().run([tool, code], cwd=tmp_path, timeout_s=60, bounds=Bounds(cpu_s=1))
    assert caught.value.exit_code == -number


@needs_sandbox
def test_the_limits_of_the_kernel_hold_inside(tool: str, tmp_path: Path) -> None:
    code = (
        "import os, resource as r\n"
        "for what in (r.RLIMIT_DATA, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CPU):\n"
        "    print(r.getrlimit(what))\n"
        "print(os.nice(0))"
    )
    lines: list[str] = []
    Session().run(
        [tool, code],
        cwd=tmp_path,
        timeout_s=60,
        on_line=lines.append,
        bounds=Bounds(10**9, 10**6, 64, 99, niceness=7),
    )
    least = [10**9, 10**6, 64, 99]
    assert lines[:4] == [f"({most}, {most})" for most in least]
    assert int(lines[4]) == min(19, os.nice(0) + 7)


@needs_sandbox
def test_it_is_gone_when_its_caller_has_stopped_it(tool: str, tmp_path: Path) -> None:
    mark = f"mark-{random.randrange(10**9)}"
    begun: list[str] = []
    code = (
        f"import os, signal, time; '{mark}'\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "if not os.fork(): os.setsid()\n"
        "print('begun', flush=True); time.sleep(60)"
    )
    with pytest.raises(CancelledError):
        Session(cancelled=lambda: len(begun) == 2).run(
            [tool, code], cwd=tmp_path, timeout_s=60, on_line=begun.append
        )
    assert not _running(mark)


WORKER = """
import os, sys
from pathlib import Path
from django.conf import settings

tool, mark, folder, reads = sys.argv[1:]
settings.configure(SANDBOX="on", SANDBOX_READS=reads)
from media_pipeline import sandbox
from media_pipeline.session import Session

argv = [tool, f"import time; 'mark-{mark}'; time.sleep(60)"]
assert sandbox.is_used(tool)
while True:
    print("ready", flush=True)
    sys.stdin.readline()
    if not os.fork():
        Session().run(argv, cwd=Path(folder), timeout_s=60)
    os.wait()
"""


@needs_sandbox
def test_a_worker_killed_at_any_moment_leaves_nothing_behind(
    tool: str, tmp_path: Path
) -> None:
    mark = str(random.randrange(10**9))
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, tool, mark, str(tmp_path), sys.base_prefix],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        try:
            for attempt in range(40):
                assert driver.stdout.readline() == "ready\n"
                driver.stdin.write("\n")
                driver.stdin.flush()
                time.sleep(attempt / 400)  # in all of the set-up, and after it
                for worker in _children(driver.pid):
                    os.kill(worker, signal.SIGKILL)
                assert _gone(f"mark-{mark}"), f"attempt {attempt}: {_running(mark)}"
        finally:
            driver.kill()


def _children(pid: int) -> list[int]:
    until = time.monotonic() + 5
    path = Path(f"/proc/{pid}/task/{pid}/children")
    while not (found := path.read_text().split()) and time.monotonic() < until:
        time.sleep(0.001)
    return [int(one) for one in found]


# --- whether it is used -------------------------------------------------------


def _bwrap(folder: Path, script: str) -> str:
    """A PATH on which this is bubblewrap."""
    (folder / "bwrap").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bwrap").chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


NO_NAMESPACES = "echo 'bwrap: No permissions to create a new namespace' >&2; exit 1"


@pytest.mark.parametrize("script", ["", NO_NAMESPACES])
def test_left_to_us_files_are_opened_without_where_it_does_not_work(
    tool: str,
    script: str,
    tmp_path: Path,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.SANDBOX = "auto"
    path = _bwrap(tmp_path, script) if script else str(tmp_path)
    monkeypatch.setenv("PATH", path)
    said = _said(tool, "import os; print(os.getpid() == 1)", tmp_path)
    assert said == ["False"]


@pytest.mark.parametrize(
    ("script", "why"),
    [("", "bubblewrap .* is not installed"), (NO_NAMESPACES, "No permissions")],
)
def test_where_it_must_be_nothing_is_opened_without(
    tool: str,
    script: str,
    why: str,
    tmp_path: Path,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.SANDBOX = "on"
    monkeypatch.setenv("PATH", _bwrap(tmp_path, script) if script else str(tmp_path))
    session = Session()
    with pytest.raises(SandboxMissingError, match=why) as caught:
        session.run([tool, "print('it ran')"], cwd=tmp_path, timeout_s=20)
    assert caught.value.permanent


def test_off_is_off(tool: str, tmp_path: Path, settings: LazySettings) -> None:
    settings.SANDBOX = "off"
    assert not sandbox.is_used(tool)
    assert _said(tool, "import os; print(os.getpid() == 1)", tmp_path) == ["False"]


@needs_sandbox
def test_a_sandbox_that_fails_later_says_nothing_about_the_file(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sandbox.is_used(tool)
    monkeypatch.setenv("PATH", _bwrap(tmp_path, NO_NAMESPACES))
    with pytest.raises(ToolError, match="did not open: bwrap: No perm") as caught:
        Session().run([tool, "print('it ran')"], cwd=tmp_path, timeout_s=20)
    assert caught.value.exit_code is None
    assert not caught.value.permanent


# --- whose it is --------------------------------------------------------------

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another")


@needs_sandbox
@needs_root
def test_an_ordinary_user_opens_it_too() -> None:
    with tempfile.TemporaryDirectory() as name, contextlib.closing(Leash()) as leash:
        shared, original = Path(name), Path(name) / "original"
        shared.chmod(0o777)
        original.write_bytes(clip("camera").read_bytes())
        argv = [binaries.find().ffmpeg, "-nostdin", "-v", "error", "-i"]
        argv += [f"file:{original}", "-c", "copy", "made.mkv"]
        with subprocess.Popen(
            sandbox.confined(argv, (original,), shared),
            stdin=leash.theirs.fileno(),
            user=65534,
            group=65534,
            extra_groups=[],
        ):
            leash.answer()
        assert (shared / "made.mkv").stat().st_uid == 65534


@needs_root
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_root_is_told_what_it_cannot_open_inside(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs"
    path.touch() if kind == "file" else path.mkdir()
    path.chmod(0o700)
    os.chown(path, 65534, 65534)
    reads, writes = ((path,), None) if kind == "file" else ((), path)
    with pytest.raises(SandboxMissingError, match="belongs to another user"):
        sandbox.confined(["ffmpeg"], reads, writes)
    path.chmod(0o707)
    assert str(path) in sandbox.confined(["ffmpeg"], reads, writes)


def test_a_tool_from_elsewhere_keeps_its_libraries(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    tool = tmp_path / "bin" / "ffmpeg"
    tool.touch()
    (tmp_path / "link").symlink_to(tool)
    settings.SANDBOX_READS = "/nix/store"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/av/lib:")
    argv = sandbox.confined([str(tmp_path / "link"), "-version"], (), None)
    bound = {
        argv[number + 1] for number, word in enumerate(argv) if word == "--ro-bind-try"
    }
    assert {str(tmp_path / "lib"), "/nix/store", "/opt/av/lib"} <= bound
    assert argv[argv.index("LD_LIBRARY_PATH") + 1] == "/opt/av/lib:"
    assert argv[-2:] == [str(tool), "-version"]
