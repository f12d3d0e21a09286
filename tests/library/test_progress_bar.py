"""A bar that moves on a terminal and speaks rarely in a log."""

from __future__ import annotations

from library.progress_bar import ProgressBar


class Stream:
    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal = is_terminal
        self.text = ""

    def write(
        self, msg: str = "", _style: None = None, ending: str | None = "\n"
    ) -> None:
        self.text += msg + (ending or "")

    def isatty(self) -> bool:
        return self.is_terminal


def test_on_a_terminal_each_step_overwrites_the_one_before() -> None:
    stream = Stream(is_terminal=True)
    bar = ProgressBar(stream, "Clips")
    bar.show(1, 2)
    bar.show(2, 2)
    bar.close()
    assert stream.text.count("\r") == 2
    assert "2/2" in stream.text


def test_in_a_log_it_says_the_beginning_and_the_end() -> None:
    stream = Stream(is_terminal=False)
    bar = ProgressBar(stream, "Clips")
    for done in range(11):
        bar.show(done, 10)
    bar.close()
    assert stream.text.splitlines()[0].endswith("0/10")
    assert stream.text.splitlines()[-1].endswith("10/10")
    assert len(stream.text.splitlines()) == 2


def test_nothing_to_do_is_a_full_bar() -> None:
    stream = Stream(is_terminal=False)
    ProgressBar(stream, "Clips").show(0, 0)
    assert "-" not in stream.text
