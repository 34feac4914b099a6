"""Alert rules and their unit tests, by promtool; every query of a dashboard and of an objective, too."""
import json

import yaml
from exports import BUDGETS, Exports


class Prometheus(Exports):
    def test_rules_are_accepted_and_pass_their_tests(self):
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                folder = self.export("prometheus", budgets)
                self.run_tool("promtool", "check", "rules", "--lint-fatal", folder / "slogate.rules.yml")
                result = self.run_tool("promtool", "test", "rules", folder / "slogate.rules.test.yml")
                self.assertIn("SUCCESS", result.stdout)

    def test_the_tests_fail_where_a_rule_is_another(self):
        folder = self.export("prometheus", BUDGETS["shop"])
        rules = folder / "slogate.rules.yml"
        rules.write_text(rules.read_text().replace(">= 0.4", ">= 0.5"))
        self.run_tool("promtool", "test", "rules", folder / "slogate.rules.test.yml", code=1)

    def test_what_slogate_publishes_is_what_the_rules_ask_for(self):
        """Whatever a check found over its limit has a rule that fires on the check's own figures, and nothing else has."""
        budgets, samples = self.folder / "b.yaml", "Tests/Samples/blocked"
        budgets.write_text(BUDGETS["shop"].read_text())
        from exports import ROOT, SLOGATE
        check = self.run_tool(
            SLOGATE, "check", "--baseline", ROOT / samples / "baseline-summary.json", "--spike",
            ROOT / samples / "spike-summary.json", "--budgets", budgets, "--no-record", "--format", "json", "--report",
            "gitlab-metrics=metrics.txt", code=None)
        over = {(finding["profile"], finding["endpoint"], finding["metric"], finding["statistic"])
                for finding in json.loads(check.stdout)["findings"] if (finding["budget"] or {}).get("outcome") == "over"}
        self.assertTrue(over)
        folder = self.export("prometheus", budgets)
        series = [line.rsplit(" ", 1) for line in (self.folder / "metrics.txt").read_text().splitlines()
                  if line.startswith("slogate_value")]
        firing = [{"labels": "ALERTS" + "{" + ",".join(f'{key}="{value}"' for key, value in {
            "profile": profile, "endpoint": endpoint, "metric": metric, "statistic": statistic}.items()) + "}", "value": 1}
            for profile, endpoint, metric, statistic in sorted(over)]
        query = "sum by (profile, endpoint, metric, statistic) (ALERTS{alertname='SlogateBudgetExceeded'})"
        for sample in firing:
            sample["labels"] = sample["labels"].removeprefix("ALERTS")
        (folder / "own.test.yml").write_text(yaml.safe_dump({
            "rule_files": ["slogate.rules.yml"],
            "tests": [{"interval": "1m",
                       "input_series": [{"series": name, "values": value} for name, value in series],
                       "promql_expr_test": [{"expr": query, "eval_time": "0m", "exp_samples": firing}]}]}))
        self.run_tool("promtool", "test", "rules", folder / "own.test.yml")

    def test_queries_of_dashboards_and_objectives_are_accepted(self):
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                dashboard = json.loads((self.export("grafana", budgets) / "slogate.dashboard.json").read_text())
                queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
                objectives = list(yaml.safe_load_all((self.export("openslo", budgets) / "slogate.openslo.yaml").read_text()))
                queries += [document["spec"]["indicator"]["spec"]["thresholdMetric"]["metricSource"]["spec"]["query"]
                            for document in objectives if document["kind"] == "SLO"]
                rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
                (self.folder / "queries.yml").write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}))
                self.run_tool("promtool", "check", "rules", "queries.yml")
