"""The book and the pure engine: no database, no Telegram, no clock, no chance."""
