"""The licenses of libraries that come from the system the bundle is built on: Debian, or a relative of it.

What Debian's package says of itself goes along in full (``/usr/share/doc/PACKAGE/copyright``); that file
tells of all sources, of tests and tools too, so the license of the library alone stands here, read from it.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

_X = "MIT AND X11 AND HPND-sell-variant"
_GLIB = "LGPL-2.1-or-later"

PACKAGES: Mapping[str, str] = {
    "libasyncns0": "LGPL-2.1-or-later",
    "libatk*": "LGPL-2.1-or-later",
    "libatspi*": "LGPL-2.1-or-later",
    "libblkid1": "LGPL-2.1-or-later",
    "libmount1": "LGPL-2.1-or-later",
    "libuuid1": "BSD-3-Clause",
    "libbrotli1": "MIT",
    "libbsd0": "BSD-3-Clause AND BSD-2-Clause AND ISC",
    "libmd0": "BSD-3-Clause AND BSD-2-Clause AND ISC AND Beerware",
    "libbz2-1.0": "bzip2-1.0.6",
    "libc6": "LGPL-2.1-or-later",
    "libcairo*": "LGPL-2.1-only OR MPL-1.1",
    "libcap2": "BSD-3-Clause OR GPL-2.0-only",
    "libcom-err2": "MIT",
    "libdatrie1": "LGPL-2.1-or-later",
    "libdb5.3": "Sleepycat",
    "libthai0": "LGPL-2.1-or-later",
    "libdbus-1-3": "AFL-2.1 OR GPL-2.0-or-later",
    "libepoxy0": "MIT",
    "libexpat1": "MIT",
    "libffi[0-9]*": "MIT",
    "libflac[0-9]*": "BSD-3-Clause",
    "libfontconfig1": "HPND-sell-variant",
    "libfreetype6": "FTL OR GPL-2.0-or-later",
    "libfribidi0": "LGPL-2.1-or-later",
    "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgcrypt20": "LGPL-2.1-or-later",
    "libgpg-error0": "LGPL-2.1-or-later",
    "libgdk-pixbuf-2.0-0": "LGPL-2.1-or-later",
    "libglib2.0-0": _GLIB,
    "libgraphite2-3": "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later",
    "libgssapi-krb5-2": "MIT",
    "libk5crypto3": "MIT",
    "libkrb5-3": "MIT",
    "libkrb5support0": "MIT",
    "libgtk-3-0": "LGPL-2.1-or-later",
    "libharfbuzz0b": "MIT-Modern-Variant",
    "libjpeg62-turbo": "IJG AND BSD-3-Clause AND Zlib",
    "libkeyutils1": "LGPL-2.0-or-later",
    "liblz4-1": "BSD-2-Clause",
    "liblzma5": "LicenseRef-public-domain",
    "libmp3lame0": "LGPL-2.0-or-later",
    "libmpdec[0-9]*": "BSD-2-Clause",
    "libmpg123-0": "LGPL-2.1-only",
    "libncursesw6": "X11-distribute-modifications-variant",
    "libtinfo6": "X11-distribute-modifications-variant",
    "libnsl2": "LGPL-2.1-only",
    "libogg0": "BSD-3-Clause",
    "libopus0": "BSD-3-Clause",
    "libpango*": "LGPL-2.0-or-later",
    "libpcre2-*": "BSD-3-Clause AND BSD-2-Clause",
    "libpixman-1-0": "MIT",
    "libpng16-16": "libpng-2.0",
    "libpulse*": "LGPL-2.1-or-later",
    "libreadline8": "GPL-3.0-or-later",
    "libselinux1": "libselinux-1.0",
    "libsndfile1": "LGPL-2.1-or-later",
    "libsqlite3-0": "blessing",
    "libssl3": "Apache-2.0",
    "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libsystemd0": "LGPL-2.1-or-later",
    "libtirpc3": "BSD-3-Clause",
    "libvorbis*": "BSD-3-Clause",
    "libwayland-*": "MIT",
    "libwrap0": "TCP-wrappers",
    "libapparmor1": "LGPL-2.1-only",
    "libX11*": _X,
    "libx11-*": _X,
    "libxau6": "MIT-open-group",
    "libxdmcp6": "MIT-open-group",
    "libxcb*": "X11",
    "libxcomposite1": _X,
    "libxcursor1": "HPND-sell-variant",
    "libxdamage1": "HPND-sell-variant",
    "libxext6": _X,
    "libxfixes3": "MIT AND HPND-sell-variant",
    "libxi6": "MIT AND X11",
    "libxinerama1": "X11",
    "libxkbcommon*": "MIT AND X11 AND HPND",
    "libxrandr2": "HPND-sell-variant",
    "libxrender1": "HPND-sell-variant",
    "libzstd1": "BSD-3-Clause OR GPL-2.0-only",
    "zlib1g": "Zlib",
}
"""By the names of Debian's packages; Ubuntu's and newer ones may end in ``t64``."""


def license_of(package: str) -> str:
    """Give the license of the libraries in a package; empty when nobody has read it yet."""
    name = package.partition(":")[0].removesuffix("t64")
    return next((known for pattern, known in PACKAGES.items() if fnmatchcase(name, pattern)), "")
