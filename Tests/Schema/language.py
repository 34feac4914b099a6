"""The keys of the budget language, as its schema (budgets/slogate.schema.json) has them: a path for each.

What has free names is spelled in capitals: `endpoints.NAME.PROFILE`. Two things stand in many places and are said once:
a limit (`LIMIT.block`) and the figures that a profile, a page or a test file may have limits on (`load.p95`).
"""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((ROOT / "budgets/slogate.schema.json").read_text())
DEFINITIONS = SCHEMA["definitions"]
# What the free names of a mapping are.
NAMES = {
    "environments": "NAME",
    "environments.NAME": "FACT",
    "environments.NAME.rows": "TABLE",
    "profiles": "PROFILE",
    "hosts": "HOST",
    "metrics": "METRIC",
    "defaults": "PROFILE",
    "run": "PROFILE",
    "endpoints": "NAME",
    "endpoints.NAME": "PROFILE",
    "endpoints.NAME.match": "TAG",
    "pages": "NAME",
    "pages.NAME": "FIGURE",
    "tests": "NAME",
    "tests.NAME": "FIGURE",
    "sizes": "NAME",
    "sizes.NAME": "FIGURE",
    "snapshots": "NAME",
    "snapshots.NAME": "FIGURE",
    "queries": "NAME",
    "queries.NAME": "FIGURE",
    "datasets": "NAME",
    "datasets.NAME": "FIGURE",
    "facts": "NAME",
    "facts.NAME": "FIGURE",
}
# The kinds of results whose figures the schema names.
FIGURES = ("load", "page", "test", "size", "snapshot", "database", "dataset")


def resolved(node):
    """A part of the schema with what it refers to, its own words first; and the name of that."""
    reference = node.get("$ref") or node.get("allOf", [{}])[0].get("$ref")
    if not reference:
        return node, None
    name = reference.rpartition("/")[2]
    return {**DEFINITIONS[name], **{key: value for key, value in node.items() if key not in ("$ref", "allOf")}}, name


def is_limit(name):
    return name is not None and f"{name}Bound" in DEFINITIONS


def mapping(node):
    """The form of a node that is a mapping with keys, where it may also be something shorter."""
    return next((form for form in node.get("anyOf", []) if "properties" in form), node)


def keys(node=SCHEMA, path=""):
    """Every key with what the schema says of it, sections in their order."""
    node = mapping(node)
    free = node.get("additionalProperties")
    name = NAMES.get(path)
    is_of_profiles = name == "PROFILE" and path != "profiles"
    below = {} if is_of_profiles and path != "endpoints.NAME" else node.get("properties", {})
    for key, value in below.items():
        value, reference = resolved(value)
        if name and (is_limit(reference) or is_of_profiles and (reference or "").endswith("Limits")):
            continue  # a figure, or one of the profiles
        inner = f"{path}.{key}" if path else key
        yield inner, value
        if not (reference or "").endswith("Limits"):
            yield from keys(value, inner) if value.get("items") is None else keys(resolved(value["items"])[0], inner)
    if name:
        value, reference = resolved(free) if isinstance(free, dict) else ({"description": ""}, None)
        if name == "PROFILE" and path != "profiles":
            value, _ = resolved(node["properties"]["*"])
            value = value | {"description": "Limits under the profile, by figure."}
        if name == "FIGURE":
            value = {"description": "A limit on a figure.", "type": "object"}
        yield f"{path}.{name}", value
        if name not in ("PROFILE", "FIGURE") or path == "profiles":
            yield from keys(value, f"{path}.{name}")


def limit_keys():
    """The keys of a limit: those of a limit on a time, which every other limit has too."""
    yield from keys(DEFINITIONS["time"], "LIMIT")


def figures(kind):
    """The figures of a kind of results that an editor offers, with the form of their limits."""
    for name, value in DEFINITIONS[f"{kind}Limits"]["properties"].items():
        value, form = resolved(value)
        yield name, value["description"], form


def bounds():
    """The forms of a bound, each with the one that needs an operator."""
    for name, value in DEFINITIONS.items():
        if name.endswith("Bound") and is_limit(name.removesuffix("Bound")) and not name.endswith("ComparedBound"):
            yield name.removesuffix("Bound"), value


if __name__ == "__main__":
    for key, value in [*keys(), *limit_keys()]:
        print(key, "|", value.get("description"), "|", value.get("default"), "|", value.get("type"), value.get("enum"))
    for kind in FIGURES:
        print(kind, [(name, form) for name, _, form in figures(kind)])
    print([name for name, _ in bounds()])
