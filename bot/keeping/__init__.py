"""What the house does every day by itself: erases what is over, turns, anchors, and remembers that it did.

    retention.py  from when on something is over: pure
    sweeping.py   erases it, kind by kind
    daily.py      the sweep every hour, the turn and the anchor every night
    anchoring.py  the number that managers read every morning
    upkeep.py     what the house remembers of all this

Law: nothing is erased or turned by date while the clock is not trusted.
"""
