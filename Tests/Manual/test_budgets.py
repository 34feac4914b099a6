"""The budgets that the manual shows, whole or in part, are ones that slogate takes."""
import os
import pathlib
import re
import subprocess
import tempfile
import textwrap
import unittest

from page import pages


def of_another_tool(block):
    return re.match("- |jobs:", block.text) or re.search("^services:", block.text, re.MULTILINE)


def budgets():
    """Each block of YAML that is no file for another tool, nor a part of one; limits alone are put under `run`."""
    for page in pages():
        for block in page.blocks:
            if block.language == "yaml" and "file" not in block.attributes and not of_another_tool(block):
                isolated = re.match("baseline:|spike:", block.text)
                yield block, "run:\n" + textwrap.indent(block.text, "  ") if isolated else block.text


def complaint(text):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "budget.yaml"
        file.write_text(text)
        result = subprocess.run(
            [os.environ["SLOGATE"], "budgets", "lint", file], cwd=folder, capture_output=True, text=True)
    return None if result.returncode == 0 else result.stdout + result.stderr


class Budgets(unittest.TestCase):
    def test_budgets_in_the_manual_are_taken(self):
        shown = list(budgets())
        self.assertGreater(len(shown), 10)
        wrong = [f"{block}: {complaint(text)}" for block, text in shown if complaint(text)]
        self.assertEqual([], wrong, "\n".join(wrong))

    def test_another_one_is_refused(self):
        self.assertIn("did you mean", complaint("run: { baseline: { p95: 400ms } }\nendpionts: {}\n") or "")


if __name__ == "__main__":
    unittest.main()
