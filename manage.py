#!/usr/bin/env python
"""The project's command line; every command is described in docs/operations.md."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"The database cannot do this: {error}. `manage.py migrate` prepares it."
        )


if __name__ == "__main__":
    main()
