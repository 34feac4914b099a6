"""Every form of a verdict, read by a parser or a validator of the system it is for."""
import json
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

import xmlschema
from prometheus_client.openmetrics.parser import text_string_to_metric_families

import reports


class FormatsTest(unittest.TestCase):
    def each(self, name, check):
        """Checks each report of one form, and tells of each that fails."""
        found = list(reports.texts(name))
        self.assertGreater(len(found), 10, f"no reports of the form {name}")
        for release, text in found:
            with self.subTest(form=name, release=release):
                self.assertEqual(reports.invisible(text), [])
                check(release, text)

    def test_json(self):
        def check(release, text):
            verdict = json.loads(text)
            self.assertEqual(verdict["schema"], "slogate.verdict/v1")
            if release.startswith("hostile"):
                self.assertGreater(verdict["summary"]["over"] + verdict["summary"]["waived"], 0)

        self.each("json", check)

    def test_text(self):
        def check(_, text):
            self.assertNotRegex(text, r"(?m)^\s*::|##\[")

        self.each("text", check)

    def test_junit(self):
        schema = xmlschema.XMLSchema(reports.HERE / "junit.xsd")

        def check(_, text):
            self.assertEqual([str(error) for error in schema.iter_errors(text)], [])
            root = xml.etree.ElementTree.fromstring(text)
            for scope in [root, *root.findall("testsuite")]:
                cases = list(scope.iter("testcase"))
                self.assertEqual(int(scope.get("tests")), len(cases))
                for counted, element in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
                    self.assertEqual(int(scope.get(counted)), sum(case.find(element) is not None for case in cases))

        self.each("junit", check)

    def test_sarif(self):
        validate = reports.validator(reports.sarif_schema())

        def check(_, text):
            log = json.loads(text)
            validate(log)
            results = log["runs"][0]["results"]
            fingerprints = [result["partialFingerprints"]["slogate/v1"] for result in results]
            self.assertEqual(len(set(fingerprints)), len(results))
            for result in results:
                self.assertNotRegex(result["message"]["text"], r"(?<!\\)\]\(")

        self.each("sarif", check)

    def test_code_quality(self):
        validate = reports.validator(reports.code_quality_schema())

        def check(_, text):
            issues = json.loads(text)
            validate(issues)
            self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))

        self.each("gitlab", check)

    def test_metrics(self):
        def check(_, text):
            families = {family.name: family for family in text_string_to_metric_families(text)}
            self.assertEqual(sum(sample.value for sample in families["slogate_verdict"].samples), 1)

        self.each("gitlab-metrics", check)

    def test_badge(self):
        def check(release, text):
            root = xml.etree.ElementTree.fromstring(text)
            names = {element.tag.partition("}")[2] for element in root.iter()}
            self.assertLessEqual(names, {"svg", "title", "clipPath", "rect", "g", "text"})
            keys = {key for element in root.iter() for key in element.attrib}
            self.assertFalse({key for key in keys if key.startswith("on") or "href" in key or key == "style"})
            if shutil.which("xmllint"):
                subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=text.encode(), check=True)

        self.each("badge", check)

    def test_github(self):
        def check(_, text):
            count = {"notice": 0, "warning": 0, "error": 0}
            for name, properties, message in reports.commands(text):
                count[name] += 1
                self.assertIn(list(properties), [["title"], ["file", "line", "title"]])
                self.assertTrue(message)
            self.assertLessEqual(max(count.values()), 10)

        self.each("github", check)

    def test_github_output(self):
        def check(_, text):
            outputs = reports.outputs(text)
            self.assertEqual(
                list(outputs),
                ["verdict", "exit-code", "blocked", "evaluated", "over", "regressed", "suspect", "missing", "warned", "waived",
                 "improved", "title", "key", "comment"])
            self.assertRegex(outputs["key"], r"\A[A-Za-z0-9.-]+_[A-Za-z0-9.-]+\Z")
            self.assertIn(outputs["verdict"], ["pass", "blocked", "inconclusive"])

        self.each("output", check)

    def test_markdown(self):
        def check(_, text):
            self.assertLess(len(text.encode()), 60_001)
            marker = re.match(r"<!--( slogate:sticky [A-Za-z0-9.-]+_[A-Za-z0-9.-]+ )-->\n", text)
            self.check_page(text, [marker[1]])

        self.each("markdown", check)

    def test_summary(self):
        def check(_, text):
            self.check_page(text, [])

        self.each("summary", check)

    def check_page(self, text, marker):
        page = reports.Page(text)
        self.assertLessEqual(
            page.tags,
            {"h2", "p", "br", "code", "pre", "strong", "sub", "table", "thead", "tbody", "tr", "th", "td", "ul", "li",
             "details", "summary"})
        self.assertLessEqual(page.attributes, {"align", "class", "lang"})
        self.assertEqual([comment for comment in page.comments if comment != " "], marker)
        self.assertLessEqual(set(page.rows), {6})
        for words in page.words:
            self.assertNotRegex(words, reports.CALLS)


if __name__ == "__main__":
    unittest.main()
