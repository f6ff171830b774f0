"""The verbs of the program: what the command line says, and nothing of what it does.

    serving.py   run, sandbox, who works at the desk: invite, staff; and links that are counted: campaign
    house.py     init, doctor, what the bot does by itself: turn, purge, release; hold
    copies.py    backup, restore, export
    offline.py   custodians, open
    trying.py    demo-data
    editors.py   check, play, show, sync, publish, assess, intermediaries

Telegram's client takes seconds to import, so every verb imports what it needs when it runs.
"""
