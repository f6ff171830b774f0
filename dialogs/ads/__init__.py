"""Read a pasted job ad without judging it: what it says, what it leaves out, and which risky things it says itself.

Law: precise before complete. Words are data (`book/ads.yaml`), matched as the key phrases are; numbers are read by
rules here. What comes out are canonical values and ids, never a word of the ad. It calls no ad good or bad.
"""

from dialogs.ads.ad import Ad, looks_like_ad, read_ad
from dialogs.ads.model import AdBook
from dialogs.ads.words import AdWords, compile_ads

__all__ = ["Ad", "AdBook", "AdWords", "compile_ads", "looks_like_ad", "read_ad"]
