"""The system's trash. Importing this needs Qt."""

from pathlib import Path

from PySide6.QtCore import QFile


def to_trash(path: Path) -> Path:
    """Move a file to the trash and give where it lies now. Raises OSError when there is none for it."""
    file = QFile(str(path))
    if not file.moveToTrash():
        raise OSError(f"{path.name} cannot be moved to the trash")
    return Path(file.fileName() or path)
