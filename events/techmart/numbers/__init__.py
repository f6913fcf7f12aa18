"""What came of the market.

counting.py    the ledger of a period: what was asked, answered, signed, and why it failed
publishing.py  the totals that everybody may read, and what of them is kept back
report.py      the same in words and tables, as screen, paper and Excel show them
book.py        the Excel file
sheet.py       one page of A4 for the director
"""
