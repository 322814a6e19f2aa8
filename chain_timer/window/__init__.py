"""The window face: the only folder that imports QtWidgets.

Widgets are told (``show_…``) and ask (``…_requested``); none holds a player, settings or a path.
"""
