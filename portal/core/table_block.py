"""The table that editors put into pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue


class TableBlock(TypedTableBlock):
    """Rows and columns of words. The headings of the columns are its header row."""

    text = blocks.TextBlock(label=_("Text"), required=False, rows=1)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption and a heading for each column.")
        template = "core/blocks/table.html"

    def get_preview_value(self) -> TypedTable:
        return self.from_rows(
            "Cơ cấu giải thưởng",
            ["Giải", "Số lượng"],
            [["Nhất", "1"], ["Nhì", "2"]],
        )

    def from_rows(self, caption: str, headings: list[str], rows: list[list[str]]) -> TypedTable:
        """A value of this block; rows shorter than the header are filled up."""
        width = len(headings)
        return self.to_python(
            {
                "caption": caption,
                "columns": [{"type": "text", "heading": heading} for heading in headings],
                "rows": [{"values": (row + [""] * width)[:width]} for row in rows],
            }
        )

    def clean(self, value: TypedTable) -> TypedTable:
        """A table is named, and so is each column: screen readers read both aloud."""
        cleaned = super().clean(value)
        missing = []
        if not cleaned.caption.strip():
            missing.append(ValidationError(_("Write what the table shows as its caption.")))
        if not any(column["heading"].strip() for column in cleaned.columns):
            missing.append(ValidationError(_("Give the columns headings.")))
        if missing and not self.is_deferred_validation:
            raise TypedTableBlockValidationError(non_block_errors=missing)
        return cleaned

    # wagtail-localize knows no tables: without these two a translation would keep the original.

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        words = [("caption", value.caption)]
        words += [(f"heading.{at}", column["heading"]) for at, column in enumerate(value.columns)]
        words += [
            (f"cell.{at}.{column}", cell)
            for at, row in enumerate(value.row_data)
            for column, cell in enumerate(row["values"])
        ]
        return [StringSegmentValue(path, text) for path, text in words if text]

    def restore_translated_segments(self, value: TypedTable, segments: Any) -> TypedTable:
        for segment in segments:
            kind, _dot, place = segment.path.partition(".")
            text = segment.render_text()
            if kind == "caption":
                value.caption = text
            elif kind == "heading":
                value.columns[int(place)]["heading"] = text
            else:
                row, _dot, column = place.partition(".")
                value.row_data[int(row)]["values"][int(column)] = text
        return value
