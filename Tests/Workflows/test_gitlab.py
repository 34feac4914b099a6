"""What the scripts of the GitLab example do, run with stand-ins for slogate, k6 and GitLab."""
import unittest

import steps
from folder import Folder
from stub import GitHub, executable


class GitLab(Folder):
    def block(self, words):
        [text] = [text for text in steps.gitlab_blocks() if words in text]
        return text

    def test_all_variables_that_are_missing_are_named_at_once(self):
        result = self.run_text(self.block("missing=()"), PERF_BASE_URL="x")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Not set: PERF_BEARER_TOKEN PERF_ACCOUNT_ID.", result.stdout)

    def restore(self, answers, **variables):
        with GitHub(answers) as server:
            return self.run_text(
                self.block("newest="), HISTORY="history/slogate.sqlite", CI_JOB_TOKEN="t", CI_DEFAULT_BRANCH="main",
                CI_API_V4_URL=f"http://127.0.0.1:{server.server_port}", CI_PROJECT_ID="7", **variables)

    def test_the_history_comes_from_the_newest_artifact_where_the_cache_has_none(self):
        path = "/projects/7/jobs/artifacts/main/raw/history/slogate.sqlite"
        result = self.restore({path: b"history"})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.folder / "history/slogate.sqlite").read_bytes(), b"history")

    def test_no_history_fails_but_where_one_is_begun(self):
        self.assertEqual(self.restore({}).returncode, 3)
        self.assertEqual(self.restore({}, BOOTSTRAP="true").returncode, 0)

    def test_k6_is_run_and_slogate_judges(self):
        executable(self.folder / ".k6/bin/k6", 'echo "k6 $@" >> asked; exit 99\n')
        executable(self.folder / ".slogate/.build/release/slogate", 'echo "slogate $@" >> asked; exit 2\n')
        text = "\n".join(steps.gitlab_blocks()[-2:])
        self.assertEqual(self.run_text(text, HISTORY="h", PERF_ENVIRONMENT="perf").returncode, 2)
        first, second, check = (self.folder / "asked").read_text().splitlines()
        self.assertEqual(first, "k6 run --quiet --out json=slogate-results/baseline-1.json.gz .github/k6/baseline.js")
        self.assertEqual(second, "k6 run --quiet --out json=slogate-results/spike-1.json.gz .github/k6/spike.js")
        self.assertTrue(check.startswith(
            "slogate check --results-dir=slogate-results --history=h --environment=perf --require-history --report junit="))


if __name__ == "__main__":
    unittest.main()
