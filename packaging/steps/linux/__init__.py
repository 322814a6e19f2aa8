"""What Linux desktops want to find, and the Debian package."""
