"""A release, from the version to the tag."""
