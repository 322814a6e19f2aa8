"""The program with all it needs in one folder, and the tarball of it: what goes in, what stays out."""
