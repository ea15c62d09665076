"""PyTorch on one thread, as a child of `pytorch.mjs`: one JSON request a line on standard input, one reply a line on standard output."""

import json
import sys
import time

import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)

ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}


def flat(values, *shape):
    return torch.tensor(values, dtype=torch.float32).reshape(*shape)


class Last(torch.nn.LSTM):
    """The last step of an LSTM, over rows as flat as the others'."""

    def __init__(self, sizes):
        super().__init__(sizes["features"], sizes["units"], batch_first=True)
        self.steps = sizes["steps"]
        with torch.no_grad():
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                parameter = getattr(self, f"{name}_l0")
                parameter.copy_(flat(sizes[name], *parameter.shape))

    def forward(self, x):
        return super().forward(x.reshape(len(x), self.steps, -1))[0][:, -1]


def images(sizes):
    """Convolutions and poolings over rows as flat as the others', and flat again."""
    yield torch.nn.Unflatten(1, (sizes["channels"], sizes["height"], sizes["width"]))
    channels = sizes["channels"]
    for layer in sizes["layers"]:
        if layer["sort"] == "pool":
            yield torch.nn.MaxPool2d(layer["kernel"], layer["stride"])
            continue
        conv = torch.nn.Conv2d(channels, layer["channels"], layer["kernel"], layer["stride"], layer["padding"])
        with torch.no_grad():
            conv.weight.copy_(flat(layer["weights"], *conv.weight.shape))
            conv.bias.copy_(flat(layer["biases"], -1))
        yield conv
        yield ACTIVATIONS[layer["activation"]]()
        channels = layer["channels"]
    yield torch.nn.Flatten()


class Model:
    def __init__(self, problem):
        sizes = problem["sizes"]
        self.softmax = problem["output"] == "softmax"
        modules = [Last(problem["lstm"])] if "lstm" in problem else []
        if "images" in problem:
            modules.extend(images(problem["images"]))
        for at, tensors in enumerate(problem["weights"]):
            linear = torch.nn.Linear(sizes[at], sizes[at + 1])
            with torch.no_grad():
                linear.weight.copy_(flat(tensors["weights"], sizes[at + 1], sizes[at]))
                linear.bias.copy_(flat(tensors["biases"], -1))
            modules.append(linear)
            name = problem.get("hidden") if at + 1 < len(problem["weights"]) else problem["output"]
            if name in ACTIVATIONS:
                modules.append(ACTIVATIONS[name]())
        self.net = torch.nn.Sequential(*modules)
        self.columns = problem["columns"]
        self.x = flat(problem["inputs"], -1, self.columns)
        self.y = torch.tensor(problem["targets"])
        self.y = self.y.long() if self.softmax else self.y.float().reshape(-1, 1)
        self.grid = flat(problem["grid"], -1, self.columns) if "grid" in problem else None
        self.batch = problem["batch"]
        rate, parameters = problem["rate"], self.net.parameters()
        if problem["optimizer"] == "adam":
            self.optimizer = torch.optim.Adam(parameters, lr=rate)
        else:
            self.optimizer = torch.optim.SGD(parameters, lr=rate, momentum=problem.get("momentum", 0))
        self.loss = torch.nn.CrossEntropyLoss() if self.softmax else torch.nn.MSELoss()
        self.batches = self.epoch()

    def epoch(self):
        """Batches of one shuffled pass after another."""
        while True:
            order = torch.randperm(len(self.x))
            x, y = self.x[order], self.y[order]
            for start in range(0, len(x), self.batch):
                yield x[start : start + self.batch], y[start : start + self.batch]

    def updates(self, count):
        rows = 0
        for _ in range(count):
            x, y = next(self.batches)
            self.optimizer.zero_grad()
            self.loss(self.net(x), y).backward()
            self.optimizer.step()
            rows += len(x)
        return rows

    @torch.no_grad()
    def predict(self, x):
        out = self.net(x)
        return torch.softmax(out, 1) if self.softmax else out


model = None
for line in sys.stdin:
    ((request, argument),) = json.loads(line).items()
    start = time.perf_counter()
    if request == "open":
        torch.manual_seed(0)
        model, value = Model(argument), torch.__version__
    elif request == "updates":
        value = model.updates(argument)
    elif request == "predict":
        value = model.predict(flat(argument, -1, model.columns)).flatten().tolist()
    elif request == "frames":
        for _ in range(argument):
            model.predict(model.grid)
        value = argument
    print(json.dumps({"value": value, "seconds": time.perf_counter() - start}), flush=True)
