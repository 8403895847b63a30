"""The ways out: deck, workbook, report and pictures, all of the same exhibits."""
