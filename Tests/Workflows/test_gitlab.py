"""What the scripts of the GitLab example do, run with stand-ins for slogate, k6 and GitLab."""
import hashlib
import unittest

import steps
from folder import Folder
from stub import GitHub, executable, tarball


class GitLab(Folder):
    def block(self, words, job="performance"):
        [text] = [text for text in steps.gitlab_blocks(job) if words in text]
        return text

    def test_all_variables_that_are_missing_are_named_at_once(self):
        result = self.run_text(self.block("missing=()"), PERF_BASE_URL="x")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Not set: PERF_BEARER_TOKEN PERF_ACCOUNT_ID.", result.stdout)

    def install(self, data, sha256):
        with GitHub({"/v0.1.0/slogate.tar.gz": data}) as server:
            address = f"http://127.0.0.1:{server.server_port}/v0.1.0/slogate.tar.gz"
            return self.run_text(self.block("SLOGATE_RELEASE"), SLOGATE_RELEASE=address, SLOGATE_SHA256=sha256)

    def test_the_released_slogate_is_unpacked_once_and_only_with_the_checksum_that_is_expected(self):
        data = tarball("0.1.0", "x86_64")
        digest = hashlib.sha256(data).hexdigest()
        result = self.install(data, "0" * 64)
        self.assertEqual(result.returncode, 65)
        self.assertIn(f"found {digest}, expected {'0' * 64}", result.stdout)
        self.assertFalse((self.folder / ".slogate").exists())
        result = self.install(data, digest)
        self.assertEqual((result.returncode, result.stdout), (0, "1.2.3 --version\n"), result.stderr)
        self.assertEqual(self.install(404, "").returncode, 0)
        self.run_text("rm -r .slogate")
        self.assertNotEqual(self.install(404, digest).returncode, 0)

    def test_the_cache_of_the_executable_is_that_of_its_checksum(self):
        [cache] = [cache for cache in steps.gitlab_job("performance")["cache"] if ".slogate" in cache["paths"]]
        self.assertEqual(cache["key"], "slogate-$SLOGATE_SHA256")

    def restore(self, answers, **variables):
        with GitHub(answers) as server:
            return self.run_text(
                self.block("newest="), HISTORY="history/slogate.sqlite", CI_JOB_TOKEN="t", CI_DEFAULT_BRANCH="main",
                CI_API_V4_URL=f"http://127.0.0.1:{server.server_port}", CI_PROJECT_ID="7", **variables)

    def test_the_history_comes_from_the_newest_artifact_where_the_cache_has_none(self):
        path = "/projects/7/jobs/artifacts/main/raw/slogate-reports/slogate.sqlite?job=performance"
        for answers in ({path: b"newest"}, {path: b"older", f"{path}-confirm": b"newest"}):
            with self.subTest(answers):
                result = self.restore(answers)
                self.assertEqual(result.returncode, 0, result.stderr)
                kept = self.folder / "history/slogate.sqlite"
                self.assertEqual(kept.read_bytes(), b"newest")
                kept.unlink()

    def test_no_history_fails_but_where_one_is_begun(self):
        self.assertEqual(self.restore({}).returncode, 3)
        self.assertEqual(self.restore({}, BOOTSTRAP="true").returncode, 0)

    def test_k6_is_run_and_slogate_judges(self):
        first, second, check = self.judge("performance", 2)
        self.assertEqual(first, "k6 run --quiet --out json=slogate-results/baseline-1.json.gz .github/k6/baseline.js")
        self.assertEqual(second, "k6 run --quiet --out json=slogate-results/spike-1.json.gz .github/k6/spike.js")
        self.assertTrue(check.startswith(
            "slogate check --two-step --results-dir=slogate-results --history=h --environment=perf --require-history "
            "--report junit="))

    def judge(self, job, code, k6="echo of-k6 > ${4#json=}"):
        """What k6 and slogate are asked by a job whose check ends with this code."""
        asked = self.folder / "asked"
        asked.write_text("")
        executable(self.folder / ".k6/bin/k6", f'echo "k6 $@" >> asked; {k6}; exit 99\n')
        executable(self.folder / ".slogate/bin/slogate",
                   f'echo "slogate $@" >> asked; echo history > h; exit {code}\n')
        text = "\n".join(steps.gitlab_blocks(job)[-2:])
        result = self.run_text(text, HISTORY="h", PERF_ENVIRONMENT="perf")
        self.assertEqual(result.returncode, code, result.stderr)
        return asked.read_text().splitlines()

    def kept(self):
        """What the artifact of a job has."""
        paths = steps.gitlab_job("performance")["artifacts"]["paths"]
        files = [file for path in paths for file in (self.folder / path).rglob("*")]
        return sorted(str(file.relative_to(self.folder)) for file in files)

    def test_results_are_kept_of_a_suspect_alone_and_the_history_always(self):
        for code in (0, 1, 2, 3):
            self.judge("performance", code)
            self.assertEqual(self.kept(), ["slogate-reports/exit-code", "slogate-reports/slogate.sqlite"])
        self.judge("performance", 5)
        self.assertEqual(self.kept(), [
            "slogate-reports/exit-code", "slogate-reports/slogate.sqlite",
            "slogate-results/baseline-1.json.gz", "slogate-results/spike-1.json.gz"])

    def test_a_suspect_is_no_failure_of_the_first_job_and_any_other_code_is(self):
        self.assertEqual(steps.gitlab_job("performance")["allow_failure"], {"exit_codes": 5})
        second = steps.gitlab_job("performance-confirm")
        self.assertNotIn("allow_failure", second)
        self.assertEqual(second["needs"], ["performance"])

    def test_both_jobs_measure_alike_one_after_the_other(self):
        first, second = (steps.gitlab_job(job) for job in ("performance", "performance-confirm"))
        for key in ("image", "resource_group", "rules", "variables", "cache", "script"):
            self.assertEqual(first[key], second[key], key)
        self.assertEqual(steps.gitlab_blocks("performance-confirm")[1:], steps.gitlab_blocks("performance"))

    def second(self):
        """What the second job does before it prepares anything."""
        return self.run_text(steps.gitlab_blocks("performance-confirm")[0] + "\ntouch prepared")

    def test_without_a_suspect_the_second_job_ends_at_once(self):
        self.judge("performance", 0)
        self.assertEqual(self.second().returncode, 0)
        self.assertFalse((self.folder / "prepared").exists())
        self.assertEqual(self.kept(), [])

    def test_a_suspect_is_judged_again_with_the_second_measurement(self):
        for code in (0, 2, 5):
            self.judge("performance", 5)
            self.assertEqual(self.second().returncode, 0)
            self.assertTrue((self.folder / "prepared").exists())
            check = self.judge("performance-confirm", code)[-1]
            self.assertTrue(check.startswith(
                "slogate check --two-step --results-dir=slogate-first "
                "--confirm=baseline=slogate-results/baseline-1.json.gz "
                "--confirm=spike=slogate-results/spike-1.json.gz --history=h"), check)
            self.run_text("rm -r slogate-first")

    def test_an_artifact_that_does_not_tell_how_the_check_ended_is_an_error(self):
        for text in (None, "", "2\n", "x"):
            if text is not None:
                (self.folder / "slogate-reports").mkdir()
                (self.folder / "slogate-reports/exit-code").write_text(text)
            self.assertEqual(self.second().returncode, 1)
            self.assertFalse((self.folder / "prepared").exists())


if __name__ == "__main__":
    unittest.main()
