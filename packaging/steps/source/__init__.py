"""The wheel and the source archive: made, checked, and installed where no checkout is near."""
