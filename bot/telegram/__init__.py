"""The rim towards Telegram: what comes in becomes arrivals, what goes out comes from letters."""
