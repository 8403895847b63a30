"""Prints the JSON Schema of a scenario file, made from the model."""

import json

from valuemix.files.scenarios.scenario_file import make_json_schema

print(json.dumps(make_json_schema(), indent=1, ensure_ascii=False))
