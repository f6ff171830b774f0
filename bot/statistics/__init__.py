"""Statistics that expose nobody: what is counted, what of it may be published, and how a release looks.

Law: pure. Numbers come in, files go out; nothing here knows the store, Telegram or the clock.
"""
