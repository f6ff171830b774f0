"""The process: Telegram, time, settings, roles. The only room that knows its two neighbours."""
