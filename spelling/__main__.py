"""`python -m spelling`: check the catalogues of the book; exit code 1 with an unknown word."""

import sys

from spelling.checking import run

sys.exit(run(print))
