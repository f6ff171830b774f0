"""Releases in the house: made when a period is over, frozen, found again.

    due.py        which period comes next, and which are over: pure
    doubt.py      which of them nobody knows after a restore
    spent.py      which counts are published and may go: pure
    job.py        from exact sums to packed files: pure but for the book, done in a process of its own
    apart.py      that process from outside, child.py from inside
    releasing.py  counts out of the store, the job, the release into the store
    fixed.py      what is set for all releases of a house: period, campaigns, that all is made up
    shelf.py      frozen releases, and their files as they were frozen

Law: a period is released once. What is frozen is never made again, never changed, and the same at every download.
"""
