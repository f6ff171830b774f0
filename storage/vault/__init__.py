"""The vault: the only rooms that know cryptography.

    places.py    what a blob is bound to (associated data), one function for sealing and opening
    dek.py       the key of one conversation, and what is derived from it
    sealing.py   padding, AES-256-GCM, the version byte
    ring.py      what the keyring is used for: wrap, blind indexes, what no DEK seals, fingerprint
    heads.py     the MAC over a transcript's length and last entry
    archive.py   the public half seals a transcript's key, the private half opens it (HPKE)
    custodian.py one custodian's file: a secret under a passphrase, and what two of them open
    custody.py   two of three: nested sealing of the private half
    carried.py   lines that people carry: a name, a version, a check
    tickets.py   the two lines of a restored backup
    chunks.py    a whole file, piece by piece

Law: every label and every blob begins with its version; a nonce is made where it is used and never handed in;
nothing that does not open is ever taken for plain text. Formats: docs/decisions/0004-vault-formats.md.
"""
