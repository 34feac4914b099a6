"""The schemas of docs/schemas: as they are published, and as a test of one version of slogate has them.

A published schema lets unknown keys through, for a later slogate may write more. In the strict one every object is
closed, so that a key without a description is noticed, and every property that an output has is noted.
"""

import copy
import json
import pathlib
import re

from jsonschema import Draft202012Validator, FormatChecker, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/schemas"
ENDING = ".schema.json"
# The forms that slogate reads and does not write. An unknown key in them is a mistake.
INPUTS = {"facts"}
# The name of a form of document, as the sources have it.
FORM = re.compile(r'"(slogate\.[a-z.-]+/v[0-9]+)"')


def published():
    """Each schema by its file's name."""
    return {path.name: json.loads(path.read_text()) for path in sorted(FOLDER.glob(f"*{ENDING}"))}


def outputs():
    """Those of what slogate writes."""
    return {name: schema for name, schema in published().items() if name.removesuffix(f".v1{ENDING}") not in INPUTS}


def registry(files):
    """The schemas, to be found by the names that their references have."""
    return Registry().with_resources((name, DRAFT202012.create_resource(schema)) for name, schema in files.items())


def nodes(schema, path=""):
    """Every part of a schema that is an object, with its place."""
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from nodes(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from nodes(value, f"{path}/{index}")


def properties(schema, path=""):
    """Every property that a schema describes: its place and description."""
    for place, node in nodes(schema, path):
        if isinstance(node.get("properties"), dict) and not place.endswith("/properties"):
            for name, described in node["properties"].items():
                yield f"{place}/{name}".replace("/properties/", "/"), described


def name(form):
    """What the file of a form is called: `budgets-diff` of `slogate.budgets.diff/v1`."""
    return form.removeprefix("slogate.").removesuffix("/v1").replace(".", "-")


class Schemas:
    """Strict validators of all forms, which note what they see."""

    def __init__(self, is_whole=True):
        """With `is_whole` false keys may be missing: of an example that is shortened."""
        self.files = copy.deepcopy(outputs())
        for schema in self.files.values():
            # By this name the validator of the draft would take the place of the one that notes.
            del schema["$schema"]
            for place, node in nodes(schema):
                if not is_whole and not place.endswith("/properties"):
                    node.pop("required", None)
        self.seen = set()
        self.places = {}
        for file, schema in self.files.items():
            for place, node in nodes(schema):
                if isinstance(node.get("properties"), dict):
                    self.places[id(node["properties"])] = f"{file}#{place}"
        for schema in self.files.values():
            close(schema, self.mixins())
        self.registry = registry(self.files)
        self.validator = validators.extend(Draft202012Validator, {"properties": self.noting})

    def noting(self, validator, described, instance, schema):
        """The keyword `properties`, which also notes the ones that are there."""
        if isinstance(instance, dict):
            place = self.places[id(described)]
            self.seen.update((place, name) for name in described if name in instance)
        return Draft202012Validator.VALIDATORS["properties"](validator, described, instance, schema)

    def mixins(self):
        """The definitions to which another schema adds properties: these close themselves."""
        return {
            node["$ref"].split("#")[1]
            for schema in self.files.values()
            for _, node in nodes(schema)
            if "$ref" in node and "properties" in node
        }

    def form(self, name):
        """The validator of a form: `changes`, or `changes-line` for an element of its list."""
        if not name.endswith("-line"):
            return self.of({"$ref": f"{name}.v1{ENDING}"})
        file = f"{name.removesuffix('-line')}.v1{ENDING}"
        _, items = [
            described for described in self.files[file]["properties"].items() if described[1].get("type") == "array"
        ][0]
        return self.of({"$ref": file + items["items"]["$ref"]})

    def of(self, schema):
        return self.validator(schema, registry=self.registry, format_checker=FormatChecker())

    def unseen(self):
        """The properties that no output had."""
        every = {
            (place, name)
            for schema in self.files.values()
            for _, node in nodes(schema)
            if (place := self.places.get(id(node.get("properties"))))
            for name in node["properties"]
        }
        return sorted(f"{place} {name}" for place, name in every - self.seen)


def close(schema, mixins):
    """Forbids every key that is not described, but where a schema says otherwise."""
    for place, node in list(nodes(schema)):
        if place.endswith("/properties") or place in mixins:
            continue
        refers = "$ref" in node and node["$ref"].split("#")[-1] in mixins
        if (isinstance(node.get("properties"), dict) or refers) and "additionalProperties" not in node:
            node["unevaluatedProperties" if "$ref" in node else "additionalProperties"] = False
