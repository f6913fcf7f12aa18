"""What came of the market.

counting.py    the ledger of a period: what was asked, answered, signed, and why it failed
publishing.py  the totals that everybody may read, and what of them is kept back
report.py      the ledger in words, for the screen, for paper and for Excel
"""
