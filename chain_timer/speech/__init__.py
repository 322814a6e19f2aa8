"""SAID: phrases become clips, rendered ahead by a voice in a process of its own, and kept on disk.

Faces use ``narrator.Narrator`` and nothing else; ``voices`` describes who can speak. Nothing here knows Qt.
"""
