"""The schema's history, one file a step. Run by storage/migrating.py, never by hand."""
