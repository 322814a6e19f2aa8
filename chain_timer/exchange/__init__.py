"""IN AND OUT: routines and exercises brought in from other programs' files, and given out as such.

One module a format, one line each in ``formats``; what is brought in is a ``Parcel``, what is given out
a ``Given``.
"""
