"""The window: a session with the mouse, the keyboard, and a screen seen from the mat.

Widgets are told and ask; ``bridge`` alone knows both them and the session. Start in ``app``.
"""
