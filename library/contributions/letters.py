"""A table as a letter on A4, ready to be numbered, signed and sent.

The head follows the Youth Union's rules for its papers: who writes, below the unit
above it, on the left; the Union's name, place and day on the right. `LETTER_HEAD` and
`LETTER_SIGNED` say otherwise for others.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import fontpkg_be_vietnam_pro
from django.conf import settings
from django.utils.translation import gettext as _
from fpdf import FPDF, Align, XPos, YPos

from library.contributions.tables import DEEPEST, Cell, Column, Row, Table, text_of

FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
FONT = "Be Vietnam Pro"
FACES = {"": "Regular", "B": "SemiBold", "I": "Italic"}
LEFT, TOP, RIGHT, BOTTOM = 30, 20, 15, 20  # millimetres, as papers of offices have
PORTRAIT_CHARACTERS = 120  # as wide as a table may be before the sheet is turned
LINE, TABLE_LINE = 6.5, 5.2
TEXT_SIZE, TABLE_SIZE, SMALL_SIZE = 11.5, 9, 9
INDENT = 4.0
RULE = (150, 160, 175)
SHADE = (234, 241, 251)


@dataclass(frozen=True)
class Letter:
    sender: str
    above: str  # the unit above the sender; none for the highest
    subject: str
    paragraphs: tuple[str, ...]
    table: Table
    day: datetime.date


def write_pdf(letter: Letter, to: IO[bytes]) -> None:
    sheet = Sheet(letter.table)
    sheet.set_title(letter.subject)
    sheet.set_author(letter.sender)
    sheet.set_lang("vi")
    sheet.letterhead(letter)
    sheet.body(letter)
    sheet.figures()
    sheet.signature()
    to.write(bytes(sheet.output()))


class Sheet(FPDF):
    """The paper: its parts from top to bottom."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._columns = [table.columns[at] for at in table.shown]
        characters = sum(column.width for column in self._columns)
        is_wide = characters > PORTRAIT_CHARACTERS
        super().__init__("landscape" if is_wide else "portrait", "mm", "A4")
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(auto=True, margin=BOTTOM)
        for style, face in FACES.items():
            self.add_font(FONT, style, FONTS / f"BeVietnamPro-{face}.ttf")
        self._widths = [
            self.epw * column.width / characters for column in self._columns
        ]
        self.add_page()

    def footer(self) -> None:
        self.set_y(-BOTTOM + 6)
        self.set_font(FONT, size=SMALL_SIZE)
        self.cell(0, 5, f"{self.page_no()}/{{nb}}", align=Align.C)

    def letterhead(self, letter: Letter) -> None:
        half, top = self.epw / 2, self.get_y()
        self._middle(letter.above.upper(), LEFT, half)
        self._middle(letter.sender.upper(), LEFT, half, "B")
        self._middle("***", LEFT, half)
        self._middle(_("No.: ............"), LEFT, half)
        left_ends = self.get_y()
        self.set_y(top)
        for line in settings.LETTER_HEAD.split("|"):
            self._middle(line, LEFT + half, half, "B")
        self._rule(LEFT + half, half)
        self._middle(self._dated(letter.day), LEFT + half, half, "I")
        self.set_y(max(left_ends, self.get_y()) + 6)

    def body(self, letter: Letter) -> None:
        self.set_font(FONT, "B", 14)
        self._line(_("REPORT"), 8, Align.C)
        self.set_font(FONT, "B", TEXT_SIZE)
        self._line(letter.subject, LINE, Align.C)
        self.ln(4)
        self.set_font(FONT, size=TEXT_SIZE)
        for paragraph in letter.paragraphs:
            self._line(paragraph, LINE, Align.L)
            self.ln(1.5)
        self.ln(2)

    def figures(self) -> None:
        self._headings()
        for row in self._table.rows:
            self._row(row)
        if self._table.total:
            self._row(Row(self._table.total), style="B")
        self.ln(3)
        self.set_font(FONT, "I", SMALL_SIZE)
        for note in self._table.notes:
            self._line(note, 5, Align.L)

    def signature(self) -> None:
        """Whoever gets it on the left, whoever signs on the right, on one page."""
        self.ln(6)
        if self.will_page_break(45):
            self.add_page()
        half, top = self.epw / 2, self.get_y()
        self.set_font(FONT, "B", SMALL_SIZE)
        self._line(_("Sent to:"), 5, Align.L)
        self.set_font(FONT, size=SMALL_SIZE)
        self._line(_("- ............;\n- Files."), 5, Align.L)
        self.set_y(top)
        for line in settings.LETTER_SIGNED.split("|"):
            self._middle(line, LEFT + half, half, "B")

    # --- parts ----------------------------------------------------------------

    def _dated(self, day: datetime.date) -> str:
        place = settings.LETTER_PLACE or "............"
        return _("%(place)s, %(day)s %(month)s %(year)s") % {
            "place": place,
            "day": f"{day.day:02}",
            "month": f"{day.month:02}",
            "year": day.year,
        }

    def _middle(self, text: str, x: float, width: float, style: str = "") -> None:
        if not text:
            return
        self.set_x(x)
        self.set_font(FONT, style, 10.5)
        self.multi_cell(
            width, 5.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _rule(self, x: float, width: float) -> None:
        at = self.get_y() + 0.5
        self.line(x + width * 0.3, at, x + width * 0.7, at)
        self.set_y(at + 2)

    def _line(self, text: str, height: float, align: Align) -> None:
        self.multi_cell(
            0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _headings(self) -> None:
        self.set_font(FONT, "B", TABLE_SIZE)
        texts = [self._wrapped(c.heading, w) for c, w in self._pairs()]
        self._draw(texts, shade=True)

    def _row(self, row: Row, style: str = "") -> None:
        self.set_font(FONT, style, TABLE_SIZE)
        indent = INDENT * min(row.depth, DEEPEST)
        texts = []
        for at, (column, width) in enumerate(self._pairs()):
            text = self._text(column, row.cells[self._table.shown[at]])
            texts.append(self._wrapped(text, width - (0 if at else indent)))
        if self.will_page_break(TABLE_LINE * max(map(len, texts))):
            self.add_page(same=True)
            self._headings()
            self.set_font(FONT, style, TABLE_SIZE)
        self._draw(texts, indent)

    def _text(self, column: Column, cell: Cell) -> str:
        return "" if cell is None else text_of(cell, column.shape)

    def _pairs(self) -> list[tuple[Column, float]]:
        return list(zip(self._columns, self._widths, strict=True))

    def _wrapped(self, text: str, width: float) -> list[str]:
        if self.get_string_width(text) <= width - 2 * self.c_margin:
            return [text]
        lines = self.multi_cell(width, TABLE_LINE, text, dry_run=True, output="LINES")
        return cast("list[str]", lines)

    def _draw(
        self, texts: list[list[str]], indent: float = 0, *, shade: bool = False
    ) -> None:
        """One row of the table: its frame, then each line of each cell."""
        height, top = TABLE_LINE * max(map(len, texts)), self.get_y()
        left = float(LEFT)
        self.set_draw_color(*RULE)
        self.set_fill_color(*SHADE)
        for (column, width), lines in zip(self._pairs(), texts, strict=True):
            self.rect(left, top, width, height, style="DF" if shade else "D")
            align = Align.R if column.is_number else Align.L
            for number, line in enumerate(lines):
                self.set_xy(left + indent, top + number * TABLE_LINE)
                self.cell(width - indent, TABLE_LINE, line, align=align)
            left, indent = left + width, 0
        self.set_draw_color(0)
        self.set_xy(LEFT, top + height)
