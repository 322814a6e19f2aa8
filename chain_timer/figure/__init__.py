"""SHOWN: the figure as geometry: skeleton, poses, muscles, and the pose at a position of the timeline.

Values in, values out, and nothing drawn: the same figure stands on the screen, in a picture, in a film.
"""
