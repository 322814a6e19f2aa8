"""The terminal face: a session met in a terminal, full screen or as plain lines, steered by keys."""
