"""Check the spelling of the catalogues: a tool of the workshop, never of the running bot.

Its own room because the dictionaries come with a development dependency, which no room of the program may import.
"""
