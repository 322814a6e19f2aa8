"""The other ways to hand the program out: Flatpak, Windows and macOS."""
