"""What the steps of the gate and its actions do, run with stand-ins for slogate, k6 and GitHub."""
import unittest

import steps
from action import Action
from folder import Folder
from stub import GitHub, archive, executable

GATE = ".github/workflows/performance-release-gate.yml"
SECRETS = {"PERF_BASE_URL": "https://perf.example", "PERF_BEARER_TOKEN": "t", "PERF_ACCOUNT_ID": "7"}


class Secrets(Folder):
    text = steps.named(GATE, "Every secret is there")

    def test_all_that_are_missing_are_named_at_once(self):
        empty = {"PERF_BASE_URL": "", "PERF_BEARER_TOKEN": " \n", "PERF_ACCOUNT_ID": ""}
        result = self.run_text(self.text, **empty, FROM_FORK="false")
        self.assertEqual(result.returncode, 1)
        self.assertIn("::PERF_BASE_URL PERF_BEARER_TOKEN PERF_ACCOUNT_ID not set.", result.stdout)

    def test_one_that_is_missing_is_named_alone(self):
        result = self.run_text(self.text, **{**SECRETS, "PERF_BEARER_TOKEN": ""}, FROM_FORK="true")
        self.assertIn("::PERF_BEARER_TOKEN not set.", result.stdout)
        self.assertIn("forks", result.stdout)

    def test_where_all_are_there_nothing_is_said(self):
        result = self.run_text(self.text, **SECRETS, FROM_FORK="false")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))


class Tools(Folder):
    text = steps.named(GATE, "Every tool is there")

    def test_all_that_a_runner_lacks_are_named_at_once(self):
        for name in ("bash", "git", "curl"):
            executable(self.folder / "bin" / name, "")
        (self.folder / "bin/bash").unlink()
        (self.folder / "bin/bash").symlink_to("/bin/bash")
        result = self.run_text(self.text, PATH=str(self.folder / "bin"), WORKFLOW_SHA="0a1b")
        self.assertEqual(result.returncode, 69)
        self.assertIn("The runner lacks jq unzip python3.", result.stdout)

    def test_a_runner_that_does_not_tell_the_commit_of_the_workflow_is_refused(self):
        for name in ("curl", "jq", "unzip", "git", "python3"):
            executable(self.folder / "bin" / name, "")
        variables = {"PATH": f"{self.folder}/bin:/bin"}
        result = self.run_text(self.text, WORKFLOW_SHA="", **variables)
        self.assertEqual(result.returncode, 69)
        self.assertIn("GitHub Enterprise Server", result.stdout)
        result = self.run_text(self.text, WORKFLOW_SHA="0a1b", **variables)
        self.assertEqual((result.returncode, result.stdout), (0, ""))


class OwnActions(unittest.TestCase):
    """A called workflow uses the actions of its own repository and commit, not those of its caller."""

    def test_they_are_checked_out_before_they_are_used(self):
        for file in (GATE, ".github/workflows/budget-review.yml"):
            with self.subTest(file):
                all_steps = steps.steps(file)
                [number] = [number for number, step in enumerate(all_steps)
                            if step.get("with", {}).get("path") == ".slogate"]
                given = all_steps[number]["with"]
                self.assertEqual((given["repository"], given["ref"], given["persist-credentials"]),
                                 ("${{ job.workflow_repository }}", "${{ job.workflow_sha }}", False))
                local = [(place, step["uses"]) for place, step in enumerate(all_steps)
                         if step.get("uses", "").startswith((".", "$"))]
                for place, action in local:
                    self.assertGreater(place, number)
                    folder = steps.ROOT / action.removeprefix("./.slogate").lstrip("/")
                    self.assertTrue(action.startswith("./.slogate") and (folder / "action.yml").exists(), action)
                self.assertTrue(local)

    def test_their_release_is_that_of_their_repository(self):
        for file in (GATE, ".github/workflows/budget-review.yml"):
            [ready] = [step["with"] for step in steps.steps(file) if step.get("id") == "slogate"]
            self.assertEqual(ready["repository"], "${{ job.workflow_repository }}")
            self.assertEqual(ready["check"], "false")

    def test_every_input_that_is_given_to_the_action_is_one_it_has(self):
        known = set(steps.read("action.yml")["inputs"])
        for file in steps.ROOT.glob(".github/workflows/*.yml"):
            for step in steps.steps(file):
                if step.get("uses") in ("./", "./.slogate"):
                    self.assertLessEqual(set(step["with"]), known, file)


class Check(Action):
    def test_every_line_of_an_input_is_an_argument(self):
        result = self.check(
            BASELINE="a b.json\n\n  c-*.json.gz \n", SPIKE="s.json", PROFILES="soak=x.json", ENV="stage=perf\ncpu=4",
            SET="pool=20", ENVIRONMENT="perf", SERVICE="orders", STRICT="true", REQUIRE_HISTORY="true", BRANCH="--no-record")
        self.assertEqual(result.stdout.splitlines(), [
            "check", "--baseline=a b.json", "--baseline=c-*.json.gz", "--spike=s.json", "--profile=soak=x.json",
            "--history=h.sqlite", "--environment=perf", "--service=orders", "--env=stage=perf", "--env=cpu=4", "--set=pool=20",
            "--branch=--no-record", "--strict", "--require-history", "--report=markdown=reports/slogate.md",
            "--report=html=reports/slogate.html", "--report=junit=reports/junit.xml",
            "--report=sarif=reports/slogate.sarif", "--report=json=reports/verdict.json", "--format=github"])

    def test_every_service_of_slogate_yaml_is_judged_with_the_history_that_is_kept(self):
        arguments = self.check(ALL="true", HISTORY="history/slogate.sqlite").stdout.splitlines()
        self.assertEqual(arguments[:3], ["check", "--all", "--history=history/slogate.sqlite"])
        result = self.check(ALL="true", ON_SUSPECT="continue")
        self.assertEqual(result.returncode, 64)
        self.assertIn("of one service", result.stdout)

    def test_slogate_yaml_may_name_the_results_of_a_service(self):
        self.assertEqual(self.check(SERVICE="orders").returncode, 64)
        (self.folder / "slogate.yaml").write_text("services: { orders: { profiles: { baseline: b.json } } }")
        self.assertIn("--service=orders", self.check(SERVICE="orders").stdout.splitlines())

    def test_evidence_of_any_kind_is_given(self):
        self.assertIn("--evidence=tests=junit.xml", self.check(EVIDENCE="tests=junit.xml\n").stdout.splitlines())

    def test_a_young_history_and_a_part_of_the_profiles_are_said(self):
        result = self.check(BASELINE="a", BOOTSTRAP="true", ONLY="baseline\nlighthouse-mobile")
        arguments = result.stdout.splitlines()
        for argument in ("--bootstrap", "--only=baseline", "--only=lighthouse-mobile"):
            self.assertIn(argument, arguments)

    def test_the_verdict_is_the_exit_code_and_no_old_report_remains(self):
        (self.folder / "reports").mkdir()
        (self.folder / "reports/slogate.md").write_text("of yesterday")
        self.assertEqual(self.check(code=3, RESULTS_DIR="results").returncode, 3)
        self.assertFalse((self.folder / "reports/slogate.md").exists())

    def test_nothing_to_judge_and_half_a_truth_are_usage_errors(self):
        self.assertEqual(self.check().returncode, 64)
        for name, value, wanted in (("STRICT", "yes", "strict is true or false"),
                                    ("TWO_STEP", "never", "two-step is true or false"),
                                    ("ON_SUSPECT", "true", "on-suspect is fail or continue"),
                                    ("ON_SUSPECT", "pass\ncontinue", "on-suspect is fail or continue")):
            result = self.check(BASELINE="a", **{name: value})
            self.assertEqual(result.returncode, 64)
            self.assertIn(f"{wanted}; found '{value}'".replace("\n", " "), result.stdout)

    def test_two_steps_are_asked_for_refused_or_left_to_the_budgets(self):
        for value, flags in (("true", ["--two-step"]), ("false", ["--no-two-step"]), ("", [])):
            words = self.check(BASELINE="a", TWO_STEP=value).stdout.splitlines()
            self.assertEqual([word for word in words if "two-step" in word], flags)

    def test_a_second_measurement_is_judged_with_the_first_or_with_the_recorded_one(self):
        confirm = "baseline=b.json\nspike=second/spike-*.json\n"
        arguments = ["--confirm=baseline=b.json", "--confirm=spike=second/spike-*.json"]
        self.assertEqual(self.check(CONFIRM=confirm).stdout.splitlines()[:3], ["check", *arguments])
        self.assertEqual(self.check(BASELINE="a", CONFIRM=confirm).stdout.splitlines()[:4],
                         ["check", "--baseline=a", *arguments])

    def test_a_suspect_fails_the_step_unless_a_later_job_decides(self):
        for otherwise in ("fail", ""):
            self.assertEqual(self.check(code=5, BASELINE="a", ON_SUSPECT=otherwise).returncode, 5)
        result = self.check(code=5, BASELINE="a", ON_SUSPECT="continue")
        self.assertEqual(result.returncode, 0)
        self.assertIn("::notice title=Suspect::", result.stdout)
        for code in (0, 1, 2, 3, 4, 70):
            result = self.check(code=code, BASELINE="a", ON_SUSPECT="continue")
            self.assertEqual(result.returncode, code)
            self.assertNotIn("Suspect", result.stdout)


class History(Folder):
    def artifact(self, id, created, branch="main", head=1, expired=False):
        return {"id": id, "created_at": created, "expired": expired,
                "workflow_run": {"head_branch": branch, "head_repository_id": head, "repository_id": 1}}

    def restore(self, artifacts, **answers):
        answers = {"actions/artifacts": {"artifacts": artifacts}, **answers}
        with GitHub(answers) as github:
            result = self.run_script("actions/restore-history/artifact.sh", **github.variables, HISTORY="history/slogate.sqlite",
                                     NAME="slogate-history-perf", BRANCH="slogate-history", DEFAULT_BRANCH="main")
            self.assertEqual(github.tokens, {"Bearer secret-token"})
            self.asked = github.asked
        return result

    def test_the_newest_of_the_default_branch_is_taken_and_none_of_a_fork(self):
        result = self.restore([
            self.artifact(1, "2026-01-01"), self.artifact(2, "2026-03-01"), self.artifact(3, "2026-04-01", branch="x"),
            self.artifact(4, "2026-05-01", head=9), self.artifact(5, "2026-06-01", expired=True)],
            **{"actions/artifacts/2/zip": archive(slogate__sqlite="history of 2")})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.folder / "history/slogate.sqlite").read_text(), "history of 2")
        self.assertEqual(self.output.read_text(), "artifact=2\n")
        self.assertIn("name=slogate-history-perf", self.asked[0])

    def test_without_an_artifact_the_branch_is_looked_for(self):
        self.assertEqual(self.restore([], **{"branches/slogate-history": {}}).returncode, 0)
        self.assertEqual(self.output.read_text(), "exported=true\n")

    def test_neither_is_no_error_yet(self):
        self.assertEqual(self.restore([]).returncode, 0)
        self.assertEqual(self.output.read_text(), "")

    def test_an_answer_that_tells_nothing_is_an_error(self):
        self.assertEqual(self.restore([], **{"branches/slogate-history": 403}).returncode, 1)
        self.assertNotEqual(self.restore([], **{"actions/artifacts": 403}).returncode, 0)
        damaged = self.restore([self.artifact(1, "2026")], **{"actions/artifacts/1/zip": b"no archive"})
        self.assertNotEqual(damaged.returncode, 0)
        self.assertFalse((self.folder / "history/slogate.sqlite").exists())

    def demand(self, **variables):
        slogate = executable(self.folder / "slogate", 'echo "$@" > asked; echo imported > h.sqlite\n')
        return self.run_script("actions/restore-history/demand.sh", **{
            "SLOGATE": slogate, "HISTORY": "h.sqlite", "NAME": "slogate-history-perf", "BRANCH": "slogate-history",
            "CACHED": "", "ARTIFACT": "", "EXPORTED": "", "BOOTSTRAP": "false", "REQUIRED": "true", **variables})

    def test_no_history_at_all_fails_and_says_where_it_was_looked_for(self):
        result = self.demand()
        self.assertEqual(result.returncode, 3)
        for place in ("cache", "slogate-history-perf", "branch slogate-history", "bootstrap"):
            self.assertIn(place, result.stdout)

    def test_a_first_run_and_one_that_needs_none_are_warned(self):
        for variables in ({"BOOTSTRAP": "true"}, {"REQUIRED": "false"}):
            result = self.demand(**variables)
            self.assertEqual(result.returncode, 0)
            self.assertTrue(result.stdout.startswith("::warning"), result.stdout)

    def test_what_was_exported_is_imported(self):
        result = self.demand(EXPORTED="true")
        self.assertEqual((self.folder / "asked").read_text(), "history import .slogate-history --history h.sqlite\n")
        self.assertIn("from the branch slogate-history", result.stdout)

    def test_a_history_that_was_found_is_told_of(self):
        (self.folder / "h.sqlite").write_text("x")
        self.assertIn("from the cache key-1.", self.demand(CACHED="key-1").stdout)
        self.assertIn("from the artifact 2 of slogate-history-perf.", self.demand(ARTIFACT="2").stdout)


class Load(Folder):
    text = steps.named(GATE, "The baseline, then the spike")

    def measure(self, code, repetitions="2"):
        executable(self.folder / "k6/bin/k6", f'echo "$@" >> asked; [[ "$*" != *PERF* ]] && exit {code}\n')
        return self.run_text(self.text, **SECRETS, BASELINE_SCRIPT="b.js", SPIKE_SCRIPT="s.js", REPETITIONS=repetitions)

    def test_the_baseline_is_run_then_the_spike_and_the_thresholds_of_k6_do_not_judge(self):
        self.assertEqual(self.measure(99).returncode, 0)
        self.assertEqual((self.folder / "asked").read_text().splitlines(), [
            f"run --quiet --out json=slogate-results/{profile}-{n}.json.gz {script}"
            for profile, script in (("baseline", "b.js"), ("spike", "s.js")) for n in (1, 2)])

    def test_a_script_that_fails_ends_the_step(self):
        result = self.measure(107)
        self.assertEqual(result.returncode, 1)
        self.assertIn("k6 ended the baseline with exit code 107", result.stdout)

    def test_repetitions_are_a_number(self):
        self.assertEqual(self.measure(0, repetitions="a[$(touch owned)]").returncode, 64)
        self.assertFalse((self.folder / "owned").exists())


class Key(Folder):
    text = steps.named(GATE, "What the artifacts of this gate are called")

    def key(self, **variables):
        output = self.folder / "output"
        output.write_text("")
        self.run_text(self.text, **{"KEY": "", "SERVICE": "", "ENVIRONMENT": "", "GITHUB_OUTPUT": str(output), **variables})
        return output.read_text()

    def test_artifacts_are_named_for_service_and_environment_with_a_verdict_or_without(self):
        self.assertEqual(self.key(KEY="orders_perf", SERVICE="x"), "key=orders_perf\n")
        self.assertEqual(self.key(SERVICE="orders", ENVIRONMENT="perf"), "key=orders_perf\n")
        self.assertEqual(self.key(), "key=default_default\n")

    def test_no_name_breaks_out(self):
        self.assertEqual(self.key(SERVICE="a/b\nc=$(id)"), "key=a-b-c---id-_default\n")
        self.assertLess(len(self.key(SERVICE="x" * 500)), 130)


class NoVerdict(Folder):
    text = steps.named(GATE, "Say that there is no verdict, so that an older one does not stand for it")

    def test_a_report_without_a_verdict_is_none(self):
        report = self.folder / "slogate-reports/slogate.md"
        self.run_text(self.text, VERDICT="")
        self.assertIn("No verdict", report.read_text())
        report.write_text("# PASS")
        self.run_text(self.text, VERDICT="pass")
        self.assertEqual(report.read_text(), "# PASS")
        self.run_text(self.text, VERDICT="")
        self.assertIn("No verdict", report.read_text())


if __name__ == "__main__":
    unittest.main()
