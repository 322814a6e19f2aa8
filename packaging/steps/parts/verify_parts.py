"""Whether every part of the bundle is accounted for, and told of in the bundle and in the list of parts."""

from places import BUNDLE, version

from parts import bill_of_materials, third_party
from parts.shipped import shipped

_TOLD = BUNDLE / "licenses" / "THIRD-PARTY-LICENSES.txt"


def verify() -> None:
    """Look at the bundle that was built before. Raises AssertionError, or UnaccountedError."""
    components = shipped(BUNDLE)
    if _TOLD.read_text(encoding="utf-8") != third_party.told(components, version()):
        raise AssertionError(f"{_TOLD} does not tell of what is in the bundle: build it again")
    if bill_of_materials.text(BUNDLE, components) != bill_of_materials.text(BUNDLE, shipped(BUNDLE)):
        raise AssertionError("the same bundle gave two lists of parts")
