#!/usr/bin/env python3
"""scenarios/schema.json accepts every scenario that ships and rejects every bad one it can reject.

tests/scenarios/loader_test.cc proves the same of the loader over the same files, so the two agree. A bad scenario NAME.json
stands beside NAME.error; its first line says what the schema can do:
  schema: rejects      it must
  schema: cannot say   the mistake is beyond any schema (sums, names defined elsewhere); the schema must accept it
  schema: not JSON     no JSON at all
"""
import json
import pathlib
import sys

import jsonschema


def main(root: pathlib.Path) -> int:
    schema = json.loads((root / "scenarios/schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = []

    good = sorted((root / "scenarios/flows").glob("*/scenarios/*/*.json"))
    for path in good:
        for error in validator.iter_errors(json.loads(path.read_text())):
            wrong.append(f"{path.name} should be accepted: {error.json_path}: {error.message}")

    bad = sorted((root / "tests/scenarios/bad_scenarios").glob("*.json"))
    for path in bad:
        expected = path.with_suffix(".error").read_text().splitlines()[0]
        try:
            accepted = validator.is_valid(json.loads(path.read_text()))
            found = "schema: cannot say" if accepted else "schema: rejects"
        except json.JSONDecodeError:
            found = "schema: not JSON"
        if found != expected:
            wrong.append(f"{path.name}: expected '{expected}', found '{found}'")

    if not good or not bad:
        wrong.append("no scenarios found: is the path right?")
    print("\n".join(wrong) if wrong else f"{len(good)} accepted, {len(bad)} judged as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
