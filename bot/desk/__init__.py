"""The desk: who has a conversation, what a human is told of it, and when the bot is silent (design §5)."""
