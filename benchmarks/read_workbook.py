"""Looks at every row of a workbook's sheet, and does nothing with them."""

import sys

import openpyxl

if __name__ == "__main__":
    book = openpyxl.load_workbook(sys.argv[1], read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
