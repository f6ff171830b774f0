"""Every test. A package by this file: spylls installs an empty package `tests`, which would hide a plain folder."""
