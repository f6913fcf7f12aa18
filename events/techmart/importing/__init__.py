"""Records that come in from Excel: offers and demands, with pictures in a ZIP.

columns.py    what a workbook asks, as data: one line for each column
templates.py  the workbook to fill in, made from the columns
workbooks.py  reading a workbook without trusting it, row by row
albums.py     the pictures of a ZIP, checked by content
reading.py    a row's cells as values of a record, each fault named with how to mend it
running.py    the verbs: send, check, carry out; all or nothing, in the background
"""
