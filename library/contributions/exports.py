"""A table as a file to take away: XLSX, CSV, or a letter as PDF."""

from __future__ import annotations

import tempfile
from typing import IO

from django.contrib.auth.models import User
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from wagtail.log_actions import log
from wagtail.models import Page

from library.contributions import letters, spreadsheets
from library.contributions.letters import Letter

ACTION = "contributions.export"
SPREADSHEETS = ("xlsx", "csv")
KINDS = (*SPREADSHEETS, "pdf")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def taken(letter: Letter, kind: str, by: User, about: Page) -> HttpResponseBase:
    """The file, and in the log who took which numbers of whom."""
    after = {"table": letter.table.title, "file": kind}
    log(about, ACTION, user=by, data={"before": {}, "after": after})
    return file_of(letter, kind)


def file_of(letter: Letter, kind: str) -> HttpResponseBase:
    """From a file without a name, so that a large one needs little memory."""
    table = letter.table
    name = f"{table.name}-{letter.day}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(
            spreadsheets.csv_lines(table), content_type=TYPES[kind]
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    written = _written(letter, kind)
    return FileResponse(
        written, as_attachment=True, filename=name, content_type=TYPES[kind]
    )


def _written(letter: Letter, kind: str) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    if kind == "pdf":
        letters.write_pdf(letter, file)
    else:
        spreadsheets.write_xlsx(letter.table, file)
    file.seek(0)
    return file
