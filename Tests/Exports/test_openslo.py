"""Objectives, by a schema written after OpenSLO's specification that admits nothing else."""
import json

import fastjsonschema
import yaml
from exports import BUDGETS, ROOT, Exports


class OpenSLO(Exports):
    def test_documents_are_what_the_specification_says(self):
        validate = fastjsonschema.compile(json.loads((ROOT / "Tests/Exports/openslo.schema.json").read_text()))
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                text = (self.export("openslo", budgets) / "slogate.openslo.yaml").read_text()
                documents = list(yaml.safe_load_all(text))
                for document in documents:
                    validate(document)
                names = [(document["kind"], document["metadata"]["name"]) for document in documents]
                self.assertEqual(len(set(names)), len(names))
                services = {document["metadata"]["name"] for document in documents if document["kind"] == "Service"}
                self.assertEqual({document["spec"]["service"] for document in documents if document["kind"] == "SLO"}, services)

    def test_the_schema_admits_no_other(self):
        validate = fastjsonschema.compile(json.loads((ROOT / "Tests/Exports/openslo.schema.json").read_text()))
        text = (self.export("openslo", BUDGETS["shop"]) / "slogate.openslo.yaml").read_text()
        for old, new in [("op: lt", "op: below"), ("target: 0.99", "target: 1"), ("kind: SLO", "kind: Objective"),
                         ("budgetingMethod", "method"), ("name: shop", "name: Shop")]:
            with self.subTest(new), self.assertRaises(fastjsonschema.JsonSchemaException):
                for document in yaml.safe_load_all(text.replace(old, new)):
                    validate(document)
