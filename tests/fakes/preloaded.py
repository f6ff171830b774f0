"""For the fork server: the book is read once, before any start of the program, and not again by each."""

import bot.app
from tests.fakes.real import book

book()
bot.app.load = book
