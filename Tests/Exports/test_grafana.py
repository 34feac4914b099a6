"""Dashboards, by the models that Grafana publishes of its own schema."""
import json

from exports import BUDGETS, Exports
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard


def lost(written, read, path="$"):
    """What was written and is not in what the models made of it."""
    if isinstance(written, dict) and isinstance(read, dict):
        return [found for key, value in written.items() for found in lost(value, read.get(key, ...), f"{path}.{key}")]
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return [found for number, pair in enumerate(zip(written, read)) for found in lost(*pair, f"{path}[{number}]")]
    return [] if written == read else [f"{path}: {written!r} became {read!r}"]


class Grafana(Exports):
    def test_the_models_keep_every_key_and_value(self):
        register_default_plugins()
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                text = (self.export("grafana", budgets) / "slogate.dashboard.json").read_text()
                read = json.loads(JSONEncoder().encode(Dashboard.from_json(json.loads(text))))
                self.assertEqual(lost(json.loads(text), read), [])
                self.assertEqual(read["schemaVersion"], Dashboard().schema_version)

    def test_the_data_source_is_chosen_and_panels_have_their_places(self):
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                text = (self.export("grafana", budgets) / "slogate.dashboard.json").read_text()
                dashboard = json.loads(text)
                panels = dashboard["panels"]
                sources = {source["uid"] for panel in panels for source in
                           [panel.get("datasource"), *(target["datasource"] for target in panel.get("targets", []))] if source}
                self.assertEqual(sources, {"${datasource}"})
                self.assertEqual(len({panel["id"] for panel in panels}), len(panels))
                cells = [(x, y) for panel in panels for grid in [panel["gridPos"]]
                         for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])]
                self.assertEqual(len(set(cells)), len(cells))
                self.assertLessEqual(max(x for x, _ in cells), 23)
                for panel in panels:
                    for value in [panel["title"], panel.get("description", ""), *(
                            target["expr"] for target in panel.get("targets", []))]:
                        self.assertNotIn("$", value)
                        self.assertNotIn("[[", value)
