"""The files that the manual shows whole are valid for what reads them, and give the action inputs that it has."""
import pathlib
import re
import subprocess
import tempfile
import unittest

from page import Page, pages, root

schemas = {
    ".github/workflows/": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci",
    ".circleci/": "vendor.circle-ci", ".buildkite/": "vendor.buildkite",
    "azure-pipelines.yml": "vendor.azure-pipelines",
}


def whole_files():
    return [block for page in pages() for block in page.blocks if "file" in block.attributes]


def inputs_of_the_action():
    inputs = (root / "action.yml").read_text().partition("\ninputs:\n")[2].partition("\noutputs:\n")[0]
    return set(re.findall(r"^  ([a-z0-9-]+):$", inputs, re.MULTILINE))


def inputs_given(text):
    """The keys under `with:` of each step that uses slogate's action."""
    for indent, following in re.findall(r"^( *)- uses: OWNER/slogate@.*\n((?:\1  .*\n)*)", text, re.MULTILINE):
        yield from re.findall(rf"^{indent}    ([a-z0-9-]+):", following, re.MULTILINE)


class Recipes(unittest.TestCase):
    def test_files_are_valid_by_the_schema_of_their_reader(self):
        files = [block for block in whole_files() if block.language == "yaml"]
        names = [block.attributes["file"] for block in files]
        self.assertEqual(set(schemas), {key for key in schemas if any(name.startswith(key) for name in names)})
        with tempfile.TemporaryDirectory() as folder:
            for number, block in enumerate(files):
                schema = next(schemas[key] for key in schemas if block.attributes["file"].startswith(key))
                path = pathlib.Path(folder) / f"{number}.yml"
                path.write_text(block.text)
                result = subprocess.run(
                    ["check-jsonschema", "--regex-variant", "nonunicode", "--builtin-schema", schema, path],
                    capture_output=True, text=True)
                with self.subTest(block=str(block)):
                    self.assertEqual(0, result.returncode, f"{block}: {result.stdout}{result.stderr}")

    def test_the_action_is_given_inputs_that_it_has(self):
        given = [(str(block), name) for page in pages() for block in page.blocks for name in inputs_given(block.text)]
        self.assertGreater(len(given), 2)
        known = inputs_of_the_action()
        unknown = [f"{place}: the action has no input {name}" for place, name in given if name not in known]
        self.assertEqual([], unknown)

    def test_the_keys_of_a_step_are_found(self):
        text = "steps:\n  - uses: OWNER/slogate@v1\n    with:\n      baseline: a\n      env: |\n        b=c\n  - run: x"
        self.assertEqual(["baseline", "env"], list(inputs_given(text)))
        self.assertIn("baseline", inputs_of_the_action())


if __name__ == "__main__":
    unittest.main()
