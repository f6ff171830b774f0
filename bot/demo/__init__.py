"""A made-up organisation: a year of conversations that nobody had, played through the real engine and the real desk.

Law: it is made in an empty folder of its own, says of itself that everything in it is made up, and speaks to nobody:
its people have numbers that no account at Telegram can have, and what is written to them is delivered to no one.
"""
