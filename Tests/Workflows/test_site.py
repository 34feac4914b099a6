"""When site.yml publishes, and what it may."""
import unittest

import steps

SITE, RELEASE = ".github/workflows/site.yml", ".github/workflows/release.yml"


class Site(unittest.TestCase):
    workflow = steps.read(SITE)
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]

    def test_a_pull_request_builds_and_publishes_nothing(self):
        self.assertEqual(self.workflow["permissions"], {})
        self.assertEqual(self.build["permissions"], {"contents": "read"})
        self.assertEqual((self.deploy["needs"], self.deploy["if"]), ("build", "github.event_name == 'push'"))
        self.assertEqual(self.workflow[True]["push"]["branches"], ["main"])

    def test_the_job_that_publishes_runs_no_code_of_the_repository(self):
        self.assertEqual(self.deploy["permissions"], {"pages": "write", "id-token": "write"})
        [step] = self.deploy["steps"]
        self.assertTrue(step["uses"].startswith("actions/deploy-pages@"))

    def test_what_was_made_is_uploaded(self):
        [make] = [step["run"] for step in self.build["steps"] if "run" in step]
        [upload] = [step for step in self.build["steps"] if "upload-pages-artifact" in step.get("uses", "")]
        self.assertEqual(make, f"bash scripts/site.sh --output {upload['with']['path']}")

    def test_whatever_the_site_is_made_of_makes_it_anew(self):
        paths = self.workflow[True]["push"]["paths"]
        self.assertEqual(paths, self.workflow[True]["pull_request"]["paths"])
        self.assertLessEqual({"**.md", "docs/**", "budgets/**", "scripts/site*", "scripts/site/**", SITE}, set(paths))

    def test_a_release_grants_what_it_needs(self):
        call = steps.read(RELEASE)["jobs"]["site"]
        self.assertEqual(call["uses"], f"./{SITE}")
        self.assertEqual(call["permissions"], self.build["permissions"] | self.deploy["permissions"])


if __name__ == "__main__":
    unittest.main()
