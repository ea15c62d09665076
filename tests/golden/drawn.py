"""Settings drawn from the experiment's JSON Schema, at and between their bounds, for the scripts beside it."""
import math

SCHEMA = None


def resolve(node):
    return SCHEMA["$defs"][node["$ref"].split("/")[-1]] if "$ref" in node else node


def draw(node, rng, limits=None, path=""):
    """A document that the schema allows. `limits` has narrower ranges, or lists of choices, by the path's end."""
    limits = limits or {}
    limit = next((limits[end] for end in limits if path.endswith(end)), None)
    node = {**resolve(node), **{key: value for key, value in node.items() if key != "$ref"}}
    if callable(limit):
        return limit(rng)
    if "oneOf" in node:
        choices = [choice for choice in node["oneOf"] if limit is None or name(choice) in limit]
        choice = choices[rng.integers(len(choices))]
        return choice["const"] if "const" in choice else draw(choice, rng, limits, path)
    kind = node.get("type")
    if kind == "object":
        return {key: draw(value, rng, limits, f"{path}.{key}") for key, value in node.get("properties", {}).items()}
    if kind == "boolean":
        return bool(rng.integers(2))
    if kind in ("integer", "number"):
        low, high = limit or (node["minimum"], node["maximum"])
        place = rng.choice([0.0, 1.0, rng.uniform(), rng.uniform(), rng.uniform()])
        if node.get("x-scale") == "log":
            value = math.exp(math.log(low) + place * (math.log(high) - math.log(low)))
        else:
            value = low + place * (high - low)
        return round(value) if kind == "integer" else float(value)
    raise ValueError(f"{path}: {node}")


def name(choice):
    return choice.get("const") or choice["required"][0]
