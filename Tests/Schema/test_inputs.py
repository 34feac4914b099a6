"""What docs/schemas says of a file that slogate reads is what slogate takes: no more, and no less."""

import json
import pathlib
import tempfile
import unittest

import schemas
from jsonschema import Draft202012Validator, FormatChecker
from project import Project

FACT = {"name": "cdn_hit_rate", "value": 0.93}
TAKEN = [
    [],
    [FACT],
    [FACT | {"subject": "cdn", "unit": "ratio", "better": "higher", "samples": 1200}],
    [FACT | {"subject": None, "unit": None, "better": None, "samples": None}],
    [{"name": "latency.p95", "value": None}],
    [{"name": "render", "samples": [3, 1.5], "unit": "s"}, {"name": "empty", "samples": []}],
    *([{"name": "figure", "value": 1, "unit": unit}] for unit in ("%", "/min", "µs", "none", "GiB", "seconds")),
]
REFUSED = [
    [{}],
    [{"name": "a"}],
    [{"value": 1}],
    [{"name": "", "value": 1}],
    [{"name": "a" * 201, "value": 1}],
    [{"name": "a", "samples": 3}],
    [FACT | {"bettr": "lower"}],
    [FACT | {"value": "0.93"}],
    [FACT | {"value": True}],
    [FACT | {"unit": "furlong"}],
    [FACT | {"better": "up"}],
    [FACT | {"samples": 1.5}],
    [FACT | {"samples": -1}],
    [FACT | {"samples": [1, None]}],
    [FACT | {"subject": 7}],
    [3],
    "facts",
    None,
]
HEADS = {
    "taken": [
        {"started_at": "2026-01-31T12:00:00Z", "duration": 30, "tool": "cdn-report 1.4"},
        {"$schema": "facts.v1.schema.json", "conditions": {"region": "eu", "pops": 3, "cold": True, "x": None}},
    ],
    "refused": [{"durations": 3}, {"duration": -1}, {"started_at": "yesterday"}, {"conditions": {"a": [1]}}, {"tool": 1}],
}


def document(facts, head=()):
    return {"schema": "slogate.facts/v1", "facts": facts, **dict(head)}


class FactsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        schema = schemas.published()[f"facts.v1{schemas.ENDING}"]
        cls.validator = Draft202012Validator(schema, format_checker=FormatChecker())
        cls.folder = tempfile.TemporaryDirectory()
        cls.project = Project(pathlib.Path(cls.folder.name, "project"), "service: shop\n")
        cls.project.commit("facts")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def told(self, found, codes):
        path = self.project.write("facts.json", json.dumps(found))
        return self.project.slogate("check", "--evidence", path, "--no-record", codes=codes)

    def test_what_the_schema_takes_is_read(self):
        for found in [*map(document, TAKEN), *(document([FACT], head) for head in HEADS["taken"])]:
            with self.subTest(document=found):
                self.assertEqual([error.message for error in self.validator.iter_errors(found)], [])
                self.told(found, (0, 3))

    def test_what_the_schema_refuses_is_refused(self):
        for found in [*map(document, REFUSED), *(document([FACT], head) for head in HEADS["refused"])]:
            with self.subTest(document=found):
                self.assertNotEqual(list(self.validator.iter_errors(found)), [])
                self.told(found, (65,))


if __name__ == "__main__":
    unittest.main()
