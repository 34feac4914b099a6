"""How performance-comment.yml finds its pull request and its comment, and what it lets through."""
import unittest

import steps
from folder import Folder
from stub import GitHub, archive, executable

SHA = "a" * 40
GATE, BUDGETS = "<!-- slogate:sticky orders_perf -->", "<!-- slogate:sticky budgets -->"


class Comment(Folder):
    text = steps.named(".github/workflows/performance-comment.yml", "Write or renew the comment")

    def comment(self, report, comments=(), artifact="slogate-comment-orders_perf", sha=SHA, pulls=None, **answers):
        pulls = [{"number": 12, "head": {"sha": sha}}] if pulls is None else pulls
        answers = {
            "pulls": pulls,
            "actions/runs/5/artifacts?per_page=100": {"artifacts": [
                {"id": 9, "name": "slogate-reports-orders_perf"}, {"id": 77, "name": artifact}]},
            "actions/artifacts/77/zip": archive(slogate__md=report), "issues/12/comments": list(comments), **answers}
        with GitHub(answers) as github:
            result = self.run_text(self.text, **github.variables, RUN_ID="5", RUN_URL="https://run.example/5",
                                   HEAD_SHA=SHA, HEAD_OWNER="mallory", HEAD_BRANCH="a&b=c d")
            self.assertEqual(github.tokens, {"Bearer secret-token"})
            self.asked = github.asked
        return result, github.written

    def bot(self, id, body):
        return {"id": id, "user": {"login": "github-actions[bot]"}, "body": body}

    def test_a_first_report_is_written(self):
        result, written = self.comment("# BLOCKED\n\np95 of search")
        self.assertEqual(result.returncode, 0, result.stderr)
        [(method, path, body)] = written
        self.assertEqual((method, path), ("POST", "/repos/acme/shop/issues/12/comments"))
        self.assertTrue(body.startswith(f"{GATE}\n# BLOCKED\n\np95 of search"))
        self.assertIn("[run](https://run.example/5)", body)
        self.assertIn("head=mallory:a&b=c d", self.asked[0])

    def test_a_later_one_renews_it_and_leaves_all_others(self):
        comments = [{"id": 1, "user": {"login": "mallory"}, "body": GATE}, self.bot(2, f"{BUDGETS}\nx"),
                    self.bot(3, f"quoted {GATE}"), self.bot(4, f"{GATE}\nold")]
        _, written = self.comment("new", comments)
        self.assertEqual([entry[:2] for entry in written], [("PATCH", "/repos/acme/shop/issues/comments/4")])

    def test_the_comment_is_found_beyond_the_first_page(self):
        page = [{"id": n, "user": {"login": "someone"}, "body": "hi"} for n in range(100)]
        _, written = self.comment("new", page, **{"issues/12/comments?per_page=100&page=2": [self.bot(500, GATE)]})
        self.assertEqual([entry[:2] for entry in written], [("PATCH", "/repos/acme/shop/issues/comments/500")])

    def test_a_budget_review_has_a_comment_of_its_own(self):
        _, written = self.comment("looser", [self.bot(4, f"{GATE}\nold")], artifact="slogate-comment-budgets")
        self.assertEqual(written[0][0], "POST")
        self.assertTrue(written[0][2].startswith(f"{BUDGETS}\nlooser"))

    def test_two_gates_of_a_repository_have_a_comment_each(self):
        both = {"artifacts": [{"id": 77, "name": "slogate-comment-orders_perf"},
                              {"id": 78, "name": "slogate-comment-search_perf"}]}
        _, written = self.comment(
            "orders", [self.bot(4, f"{GATE}\nold")],
            **{"actions/runs/5/artifacts?per_page=100": both, "actions/artifacts/78/zip": archive(slogate__md="search")})
        self.assertEqual([entry[:2] for entry in written], [
            ("PATCH", "/repos/acme/shop/issues/comments/4"), ("POST", "/repos/acme/shop/issues/12/comments")])
        self.assertTrue(written[1][2].startswith("<!-- slogate:sticky search_perf -->\nsearch"))

    def test_a_gate_without_a_report_takes_no_comment_from_the_others(self):
        both = {"artifacts": [{"id": 77, "name": "slogate-comment-orders_perf"},
                              {"id": 78, "name": "slogate-comment-search_perf"}]}
        result, written = self.comment(
            "", **{"actions/runs/5/artifacts?per_page=100": both, "actions/artifacts/78/zip": archive(slogate__md="search")})
        self.assertEqual(result.returncode, 1)
        self.assertEqual(len(written), 1)

    def test_names_that_are_not_ours_are_no_comments_and_few_are_taken(self):
        names = ["slogate-comment", "slogate-comment-", "slogate-comment-a b", "slogate-comment-$(id)", "x"]
        many = [f"slogate-comment-gate{n:02}_perf" for n in range(30)]
        artifacts = {"artifacts": [{"id": 77, "name": name} for name in names + many]}
        _, written = self.comment("x", **{"actions/runs/5/artifacts?per_page=100": artifacts})
        self.assertEqual(len(written), 10)
        self.assertTrue(all("<!-- slogate:sticky gate" in body for _, _, body in written))

    def test_a_run_that_is_not_the_head_of_an_open_pull_request_is_not_shown(self):
        for pulls in ([], [{"number": 12, "head": {"sha": "b" * 40}}]):
            result, written = self.comment("x", pulls=pulls)
            self.assertEqual((result.returncode, written), (0, []))
            self.assertIn("::notice::", result.stdout)

    def test_a_report_calls_nobody_and_brings_no_marker(self):
        _, written = self.comment(f"{GATE}\n{BUDGETS}\n@acme/owners look, $(id) `id` p95 @ search")
        body = written[0][2]
        self.assertEqual(body.count("<!--"), 1)
        self.assertIn("@\u200bacme/owners look, $(id) `id` p95 @ search", body)

    def test_a_report_too_long_for_github_leaves_a_pointer(self):
        _, written = self.comment("é" * 66000)
        self.assertIn("too long", written[0][2])
        self.assertLess(len(written[0][2]), 1000)

    def test_what_is_no_report_is_an_error(self):
        for answer in (archive(other__md="x"), b"no archive", archive(slogate__md="")):
            result, written = self.comment("", **{"actions/artifacts/77/zip": answer})
            self.assertEqual((result.returncode, written), (1, []))

    def test_a_refusal_of_github_is_an_error(self):
        result, written = self.comment("x", **{"issues/12/comments": 403})
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(written, [])


class BudgetReview(Folder):
    text = steps.named(".github/workflows/budget-review.yml", "Lint and compare")

    def review(self, lint=0, diff=0, **variables):
        slogate = executable(self.folder / "slogate", f"""echo "$@" >> asked
            case $2 in lint) echo '``` <b>warning'; exit {lint} ;; diff) echo '| looser |'; exit {diff} ;; esac\n""")
        commit = "git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x"
        self.run_text(f"git init -q . && {commit} && git rev-parse HEAD > base && {commit}")
        return self.run_text(self.text, **{
            "SLOGATE": slogate, "DEMANDED": "", "FROZEN": "false", "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            **variables})

    def test_the_difference_to_the_base_is_the_summary_and_the_comment(self):
        result = self.review()
        self.assertEqual(result.returncode, 0, result.stderr)
        base = (self.folder / "base").read_text().strip()
        self.assertEqual((self.folder / "asked").read_text().splitlines(), [
            "budgets lint", f"budgets diff {base} HEAD --format markdown"])
        report = (self.folder / "slogate-reports/slogate.md").read_text()
        self.assertTrue(report.startswith("| looser |\n"))
        self.assertIn("\n    ``` <b>warning\n", report)
        self.assertEqual((self.folder / "summary").read_text(), report)

    def test_a_label_or_the_caller_forbids_looser_limits(self):
        for variables in ({"FROZEN": "true"}, {"DEMANDED": "true"}):
            result = self.review(diff=1, **variables)
            self.assertEqual(result.returncode, 1)
            self.assertIn("--fail-on loosened", (self.folder / "asked").read_text().splitlines()[-1])

    def test_wrong_budgets_fail_with_the_code_of_lint(self):
        result = self.review(lint=78, diff=78)
        self.assertEqual(result.returncode, 78)
        self.assertIn("lint ended with exit code 78", result.stdout)


if __name__ == "__main__":
    unittest.main()
