"""The house without its keys, and the way back (decision 0018).

    locked.py    the temporary house, and who looks for the keyring
    bringing.py  what one person comes to in the real house: pure
    carrying.py  everybody, one by one, into the real house

Law: a person is carried over whole or not at all.
"""
