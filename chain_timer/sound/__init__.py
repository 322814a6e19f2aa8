"""HEARD: tones, the stream they are mixed into, and the output that plays it at exact moments.

Import from the modules: `speaker` and `tone_sets` cost nothing, `output` brings in Qt.
"""
