"""The operator's verbs about what is kept: backup, restore, holds, and by hand what runs by itself.

Law: whoever breaks off leaves what was there before; an error says what to do.
"""
