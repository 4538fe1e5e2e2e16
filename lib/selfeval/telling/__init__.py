"""Telling: what people get, be it a page, a chart, a workbook, a letter or a line on the terminal."""
