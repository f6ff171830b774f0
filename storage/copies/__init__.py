"""Copies of the house that leave it or come back: backups, files for custodians.

    memory.py     a database that lies nowhere but in memory
    copying.py    rows of all tables from one engine to another
    newfile.py    a new file of ours: whole or not there, readable by nobody else; and how one is destroyed
    backup.py     the sealed file
    returning.py  what of a backup may come back
    restoring.py  a backup into the place of the database
    exporting.py  closed cases, still sealed, for the custodians
    exported.py   what custodians read of them

Law: what may not come back never reaches a disk; whoever breaks off leaves what was there before.
"""
