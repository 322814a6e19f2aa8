"""Makes the JSON Schemas that editors complete and check exercise and routine files with.

    python docs/schemas.py [--out FOLDER]

Run it when a key, a limit, a muscle or a piece of equipment changed; a test tells when that was forgotten.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chain_timer.routine.library import Library
from chain_timer.routine.schema import Schema, exercise_schema, routine_schema

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "schemas")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (given.out / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def files() -> dict[str, str]:
    """Give the content of each file by its name."""
    library = Library.built_in()
    schemas: dict[str, Schema] = {
        "exercise.schema.json": exercise_schema(library.names),
        "routine.schema.json": routine_schema(library.names, library.by_exercise_id),
    }
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    sys.exit(main())
