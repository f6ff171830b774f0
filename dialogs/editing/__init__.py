"""The editor's tools: try the book, read it, keep its catalogues and lists in step, publish it.

Law: the bot runs without any of them; they read the book and write only the files an editor asks for.
"""
