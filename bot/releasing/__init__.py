"""Releases in the house: made when a period is over, frozen, exported, and their counts deleted."""
