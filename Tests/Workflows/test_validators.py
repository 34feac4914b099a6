"""A validator that cannot run fails in CI and says so; elsewhere it is left out with a remark."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VALIDATORS = ["browser", "documentation", "exports", "formats", "pages", "schema", "site", "workflows"]


def run(script, **variables):
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "GITHUB_ACTIONS")}
    return subprocess.run(["bash", "-euo", "pipefail", "-c", f". Tests/lib.sh 'pages are not validated'; {script}"],
                          cwd=ROOT, env={**environment, **variables}, capture_output=True, text=True)  # fmt: skip


class Validators(unittest.TestCase):
    def test_a_missing_tool_is_a_remark_at_home_and_an_error_in_CI(self):
        for variables, code in ({}, 0), ({"CI": "false"}, 0), ({"CI": "true"}, 1), ({"CI": "1"}, 1):
            with self.subTest(variables):
                result = run("need bash no-such-tool; echo validated", **variables)
                self.assertEqual((result.returncode, result.stdout), (code, ""))
                self.assertIn("pages are not validated: there is no no-such-tool", result.stderr)

    def test_GitHub_shows_it_on_the_summary_of_the_run(self):
        result = run("skip 'there is no tool'", CI="true", GITHUB_ACTIONS="true")
        self.assertEqual(result.returncode, 1)
        self.assertIn("::error title=Not validated::pages are not validated: there is no tool", result.stdout)

    def test_requirements_that_cannot_be_had_are_no_success_in_CI(self):
        make = ("file=$(mktemp); echo 'no-such-package==1' >$file; trap 'rm -rf $file .build/tools/unobtainable' EXIT; "
                "tool_environment unobtainable $file --no-index; echo validated")  # fmt: skip
        result = run(make, CI="true")
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        self.assertIn("pages are not validated: pip cannot install", result.stderr)

    def test_each_asks_the_one_place(self):
        for name in VALIDATORS:
            with self.subTest(name):
                script = (ROOT / f"Tests/{name}.sh").read_text()
                self.assertIn("\n. Tests/lib.sh '", script)
                self.assertNotRegex(script, r"exit 0|-m venv|SKIPPED")


if __name__ == "__main__":
    unittest.main()
