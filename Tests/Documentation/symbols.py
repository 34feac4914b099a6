"""Fails where a public symbol has no doc comment; counts the public types of each module.

usage: symbols.py FOLDER_OF_SYMBOL_GRAPHS
"""

import json
import pathlib
import sys

TYPES = {"swift.struct", "swift.enum", "swift.class", "swift.actor", "swift.protocol"}
# What a protocol of the standard library asks for is documented there.
KNOWN = {"==(_:_:)", "<(_:_:)", "hash(into:)", "description", "init(rawValue:)", "rawValue", "encode(to:)", "init(from:)"}


def is_documented(symbol):
    return "docComment" in symbol or symbol["names"]["title"].rpartition(".")[2] in KNOWN


def main(folder):
    undocumented, types = [], {}
    for path in sorted(pathlib.Path(folder).glob("*.symbols.json")):
        graph = json.loads(path.read_text())
        if "@" in path.name:  # extensions of other modules' types
            continue
        for symbol in graph["symbols"]:
            if symbol["kind"]["identifier"] in TYPES:
                types[path.name.partition(".")[0]] = types.get(path.name.partition(".")[0], 0) + 1
            if not is_documented(symbol):
                place = symbol.get("location", {})
                line = place.get("position", {}).get("line", 0) + 1
                undocumented.append(f"{place.get('uri', '?').removeprefix('file://')}:{line}: {'.'.join(symbol['pathComponents'])}")
    for line in sorted(undocumented):
        print(f"no doc comment: {line}", file=sys.stderr)
    print(f"{sum(types.values())} public types:", ", ".join(f"{module} {count}" for module, count in sorted(types.items())))
    return 1 if undocumented else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
