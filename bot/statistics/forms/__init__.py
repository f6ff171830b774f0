"""The forms of a release: a page, a spreadsheet, plain tables, a record for machines, and pictures.

Law: made of a release and the book alone, so no number that is not published can get in. The same release gives the
same bytes.
"""
