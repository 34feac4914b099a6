"""Every JSON document that slogate writes has a published schema, and every key in it is described there."""

import copy
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from jsonschema import Draft202012Validator

import outputs
import schemas

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Properties that none of the outputs has, and why.
UNSEEN = {}


class SchemasTest(unittest.TestCase):
    def test_each_is_a_schema(self):
        for name, schema in schemas.published().items():
            with self.subTest(schema=name):
                Draft202012Validator.check_schema(schema)
                self.assertIn("title", schema)
                self.assertIn("description", schema)

    def test_each_property_is_described_and_a_later_version_may_add_one(self):
        for name, schema in schemas.published().items():
            for place, described in schemas.properties(schema):
                with self.subTest(schema=name, property=place):
                    self.assertTrue("description" in described or "$ref" in described, "no description")
        for name, schema in schemas.outputs().items():
            for place, node in schemas.nodes(schema):
                self.assertNotIn("unevaluatedProperties", node, f"{name}{place}")
                self.assertIsNot(node.get("additionalProperties"), False, f"{name}{place}")

    def test_each_form_that_the_sources_name_has_one(self):
        named = {
            found for path in ROOT.glob("Sources/SLO*/**/*.swift") for found in schemas.FORM.findall(path.read_text())
        }
        described = {
            schema["properties"]["schema"]["const"]
            for schema in schemas.published().values()
            if "schema" in schema.get("properties", {})
        }
        self.assertGreater(len(described), 10)
        # Of digests, and of no document.
        self.assertEqual(named - described, {"slogate.header/v1", "slogate.values/v1"})
        self.assertEqual(described - named, set())

    def test_a_schema_is_named_as_its_documents_are(self):
        for name, schema in schemas.published().items():
            if form := schema.get("properties", {}).get("schema", {}).get("const"):
                self.assertEqual(name, f"{schemas.name(form)}.v1{schemas.ENDING}")


class OutputsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.outputs = outputs.collect(folder)
        cls.schemas = schemas.Schemas()
        cls.published = {form: cls.schemas.form(form) for form in cls.outputs}

    def errors(self, form, document):
        return [f"{error.json_path}: {error.message[:300]}" for error in self.published[form].iter_errors(document)]

    def test_every_output_has_the_form_of_its_schema(self):
        for form, documents in self.outputs.items():
            for name, document in documents:
                with self.subTest(form=form, output=name):
                    self.assertEqual(self.errors(form, document), [])
        described = {name.removesuffix(schemas.ENDING).removesuffix(".v1") for name in schemas.outputs()}
        self.assertEqual(described - {"common"}, {form for form in self.outputs if not form.endswith("-line")})
        self.assertEqual(self.schemas.unseen(), sorted(UNSEEN))

    def test_verdicts_come_to_every_answer(self):
        answers = {(verdict["verdict"], verdict["exit_code"]) for _, verdict in self.outputs["verdict"]}
        self.assertEqual(
            answers, {("pass", 0), ("blocked", 1), ("blocked", 2), ("inconclusive", 3), ("pass", 4), ("suspect", 5)}
        )
        found = {finding["outcome"] for _, verdict in self.outputs["verdict"] for finding in verdict["findings"]}
        outcomes = self.schemas.files[f"verdict.v1{schemas.ENDING}"]["$defs"]["finding"]["properties"]["outcome"][
            "enum"
        ]
        self.assertEqual(found, set(outcomes))

    def test_what_is_unlike_its_schema_is_noticed(self):
        for form, documents in self.outputs.items():
            document = documents[0][1]
            with self.subTest(form=form):
                self.assertNotEqual(self.errors(form, document | {"new": 1}), [])
                for key in document:
                    without = {name: value for name, value in document.items() if name != key}
                    self.assertNotEqual(self.errors(form, without), [], f"without {key}")
        verdict = copy.deepcopy(self.outputs["verdict"][0][1])
        verdict["findings"][0]["new"] = 1
        self.assertNotEqual(self.errors("verdict", verdict), [])

    def test_a_later_version_with_more_keys_is_valid(self):
        published = schemas.registry(schemas.published())
        for form, documents in self.outputs.items():
            if form.endswith("-line"):
                continue
            later = json.loads(json.dumps(documents[0][1]), object_hook=lambda found: found | {"added": "later"})
            validator = Draft202012Validator({"$ref": f"{form}.v1{schemas.ENDING}"}, registry=published)
            with self.subTest(form=form):
                self.assertEqual([error.json_path for error in validator.iter_errors(later)], [])

    def test_the_examples_of_the_documentation_are_parts_of_documents(self):
        partial = schemas.Schemas(is_whole=False)
        examples = [json.loads(text) for text in blocks("json")]
        self.assertGreater(len(examples), 12)
        for example in examples:
            form = schemas.name(example["schema"])
            with self.subTest(form=form):
                self.assertEqual(
                    [f"{error.json_path}: {error.message[:300]}" for error in partial.form(form).iter_errors(example)],
                    [],
                )

    def test_the_questions_of_the_documentation_are_answered(self):
        questions = [text for text in blocks("sh") if text.startswith("jq")]
        self.assertGreater(len(questions), 10)
        with tempfile.TemporaryDirectory() as folder:
            for form, documents in self.outputs.items():
                # jq asks one document after the other.
                text = "".join(json.dumps(document) + "\n" for _, document in documents)
                pathlib.Path(folder, f"{form}.json").write_text(text)
            for question in (found for text in questions for found in re.split(r"(?m)^(?=jq)", text) if found):
                done = subprocess.run(["bash", "-euc", question], cwd=folder, capture_output=True, text=True)
                with self.subTest(question=question):
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    self.assertNotEqual(done.stdout, "")


def blocks(language):
    """The pieces of one language in docs/json.md."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", (ROOT / "docs/json.md").read_text(), flags=re.MULTILINE | re.DOTALL
    )


if __name__ == "__main__":
    unittest.main()
