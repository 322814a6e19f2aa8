"""The desk a session works at: folders, safe files, settings, the log, and keeping the screen awake.

It knows none of the stages and nothing of Qt. Import from its modules: each start pays only for what it uses.
"""
