"""How the gate comes to a verdict by one measurement or two, run with a stand-in for slogate."""
import itertools
import re
import unittest

import steps
from action import Action
from folder import Folder

GATE = ".github/workflows/performance-release-gate.yml"
JOBS = steps.read(GATE)["jobs"]
RESULTS = ("success", "failure", "cancelled", "skipped")


class Decision(Folder):
    text = steps.named(GATE, "The verdict of the measurement that decides")

    def decide(self, first, second=("skipped", "", "")):
        self.output.write_text("")
        names = [f"{job}{what}" for job in ("FIRST", "SECOND") for what in ("", "_VERDICT", "_CODE")]
        result = self.run_text(self.text, **dict(zip(names, (*first, *second))))
        return result.returncode, self.output.read_text(), result.stdout

    def test_only_a_pass_and_a_suspect_that_the_second_measurement_clears_may_go(self):
        codes = ("", "0", "1", "2", "3", "4", "5", "64")
        passed = [
            (first, second)
            for first, second in itertools.product(itertools.product(RESULTS, codes), repeat=2)
            if (second == ("skipped", "")) == (first != ("success", "5")) # as the condition of the second job has it
            and self.decide((first[0], "v", first[1]), (second[0], "v", second[1]))[0] == 0]
        self.assertEqual(passed, [(("success", "0"), ("skipped", "")), (("success", "5"), ("success", "0"))])

    def test_a_suspect_without_a_second_measurement_stays_suspect_and_fails(self):
        for second in (("skipped", "", ""), ("cancelled", "", ""), ("failure", "", "")):
            code, output, log = self.decide(("success", "suspect", "5"), second)
            self.assertEqual((code, output), (5, "verdict=suspect\nexit-code=5\n"))
            self.assertIn(f"the job of the second measurement: {second[0]}", log)

    def test_the_second_measurement_decides(self):
        suspect = ("success", "suspect", "5")
        self.assertEqual(self.decide(suspect, ("success", "pass", "0"))[:2], (0, "verdict=pass\nexit-code=0\n"))
        self.assertEqual(self.decide(suspect, ("failure", "blocked", "2"))[:2], (2, "verdict=blocked\nexit-code=2\n"))
        self.assertEqual(self.decide(suspect, ("failure", "suspect", "5"))[:2], (5, "verdict=suspect\nexit-code=5\n"))

    def test_what_one_measurement_decides_keeps_its_exit_code(self):
        self.assertEqual(self.decide(("failure", "blocked", "1"))[:2], (1, "verdict=blocked\nexit-code=1\n"))
        code, _, log = self.decide(("failure", "", ""))
        self.assertEqual(code, 1)
        self.assertIn("verdict: none, the job of the first measurement: failure", log)

    def test_a_job_that_failed_after_its_verdict_is_no_pass(self):
        self.assertEqual(self.decide(("failure", "pass", "0"))[0], 1)


class Jobs(Action):
    def test_the_second_job_runs_for_a_suspect_alone_and_the_gate_always(self):
        self.assertEqual((JOBS["second"]["needs"], JOBS["second"]["if"]),
                         ("first", "needs.first.outputs.exit-code == '5'"))
        self.assertEqual((JOBS["gate"]["needs"], JOBS["gate"]["if"]), (["first", "second"], "always()"))
        self.assertNotIn("if", JOBS["first"])

    def test_callers_are_told_what_the_gate_decides(self):
        for name, output in steps.read(GATE)[True]["workflow_call"]["outputs"].items():
            self.assertEqual(output["value"], f"${{{{ jobs.gate.outputs.{name} }}}}")
            self.assertIn(name, JOBS["gate"]["outputs"])

    def test_both_jobs_measure_alike_and_nothing_else_does_meanwhile(self):
        for key in ("steps", "outputs", "permissions", "runs-on", "timeout-minutes", "defaults"):
            self.assertEqual(JOBS["first"][key], JOBS["second"][key])
        self.assertEqual(set(JOBS["first"]["env"]), set(JOBS["second"]["env"]))
        self.assertEqual(JOBS["first"]["env"]["HISTORY_NAME"], JOBS["second"]["env"]["HISTORY_NAME"])
        self.assertIn("inputs.environment", steps.read(GATE)["concurrency"]["group"])

    def step(self, **wanted):
        [found] = [step for step in JOBS["first"]["steps"] if all(step.get(key) == wanted[key] for key in wanted)]
        return found

    def resolved(self, job, text):
        return re.sub(r"\$\{\{ env\.(\w+) \}\}", lambda name: str(JOBS[job]["env"][name[1]]), str(text))

    def judge(self, job, code):
        """The check of a job, by the inputs that its step `Judge` gives the action."""
        given = {name.upper().replace("-", "_"): self.resolved(job, value)
                 for name, value in self.step(name="Judge")["with"].items()
                 if name in ("baseline", "spike", "confirm", "on-suspect")}
        return self.check(code=code, TWO_STEP="true", **given)

    def test_the_first_job_leaves_a_suspect_to_the_second(self):
        result = self.judge("first", 5)
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertEqual([word for word in result.stdout.splitlines() if "result" in word], [
            "--baseline=slogate-results/baseline-*.json.gz", "--spike=slogate-results/spike-*.json.gz"])
        self.assertEqual([self.judge("first", code).returncode for code in (0, 1, 2, 3, 4, 64)], [0, 1, 2, 3, 4, 64])

    def test_the_second_judges_the_first_results_by_its_own_and_leaves_nothing_to_others(self):
        result = self.judge("second", 5)
        self.assertEqual(result.returncode, 5)
        self.assertEqual([word for word in result.stdout.splitlines() if "-*" in word], [
            "--baseline=slogate-first/baseline-*.json.gz", "--spike=slogate-first/spike-*.json.gz",
            "--confirm=baseline=slogate-results/baseline-*.json.gz", "--confirm=spike=slogate-results/spike-*.json.gz"])

    def test_the_first_results_are_handed_on_where_the_second_job_looks_for_them(self):
        handed = self.step(name="The results for the second measurement")
        taken = self.step(name="The results of the first measurement")
        self.assertEqual(handed["if"], "github.job == 'first' && steps.check.outputs.exit-code == '5'")
        self.assertEqual(handed["with"]["path"], "slogate-results/")
        self.assertEqual(handed["with"]["if-no-files-found"], "error")
        self.assertEqual(taken["if"], "github.job == 'second'")
        self.assertEqual(taken["with"]["path"], JOBS["second"]["env"]["RESULTS"])
        self.assertEqual(handed["with"]["name"].replace("steps.gate.outputs.key", "needs.first.outputs.key"),
                         self.resolved("second", taken["with"]["name"]))

    def test_every_job_of_every_gate_keeps_its_history_where_it_is_looked_for_and_no_other(self):
        [save] = [step for step in JOBS["first"]["steps"] if step.get("uses", "").startswith("actions/cache/save")]
        [look] = [step for step in steps.steps(".github/actions/restore-history/action.yml") if step.get("id") == "cache"]

        def key(environment, gate, job):
            values = {"env.HISTORY_NAME": f"slogate-history-{environment}", "github.run_id": "7", "github.run_attempt": "1",
                      "steps.gate.outputs.key": gate, "github.job": job}
            return re.sub(r"\$\{\{ (\S+) \}\}", lambda name: values[name[1]], save["with"]["key"])

        keys = [key("perf", gate, job) for gate in ("orders_perf", "search_perf") for job in ("first", "second")]
        self.assertEqual(len(set(keys)), 4)
        sought, never = (look["with"][name].replace("${{ inputs.name }}", "slogate-history-perf")
                         for name in ("restore-keys", "key"))
        for kept in keys:
            self.assertTrue(kept.startswith(sought) and not kept.startswith(never) and " " not in kept, kept)
        self.assertFalse(key("perf-eu", "orders_perf-eu", "first").startswith(sought))


if __name__ == "__main__":
    unittest.main()
