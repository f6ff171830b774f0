"""A stand-in for Telegram on this machine: for tests, and for the page where one tries the bot in a browser.

Law: it refuses what Telegram refuses, in Telegram's own words, and never says more than Telegram says.
It will not: keep anything on disk, log what is said, or listen anywhere but on the loopback address.
"""
