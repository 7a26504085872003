"""PyTorch on the networks of Digit Lab's verification, as its users make it fast: everything on the card, float32 throughout.

Prints a line a measurement: network, batch, way of doing it, milliseconds for an epoch of 60,000 images (of all networks, if there are
several). Ways: eager; graph, a CUDA graph of some steps; compiled, torch.compile inside of such a graph. Several networks at once are
stacked, each product of matrices one torch.bmm.

    python3 pytorch.py [--device cpu --images 2000]      # on the CPU: only to see that it runs
"""

import argparse
import sys
import time

import torch
import torch.nn.functional as F

NETWORKS = [([784, 16, 16, 10], 32), ([784, 128, 64, 10], 64), ([784, 1024, 1024, 10], 256)]
MANY = ([784, 16, 16, 10], 32, 132)
STEPS_IN_A_GRAPH = 15


class Training:
    """One network, or several of one shape, with plain SGD on cross-entropy."""

    def __init__(self, sizes, batch, images, labels, count=1):
        self.images, self.labels, self.batch, self.count = images, labels, batch, count
        device = images.device
        stack = [] if count == 1 else [count]
        self.weights = [(torch.randn(*stack, i, o, device=device) * (2 / i) ** 0.5).requires_grad_() for i, o in zip(sizes, sizes[1:])]
        self.biases = [torch.zeros(*stack, 1, o, device=device, requires_grad=True) for o in sizes[1:]]
        fused = {"fused": True} if device.type == "cuda" else {"foreach": True}
        self.optimizer = torch.optim.SGD(self.weights + self.biases, lr=0.01, **fused)
        self.order = torch.randperm(len(images), device=device)
        self.position = torch.zeros((), dtype=torch.long, device=device)
        self.within = torch.arange(batch, device=device)
        self.loss_of = self.loss

    @property
    def steps(self):
        return len(self.images) // self.batch

    def loss(self, pixels, labels):
        y = pixels.float() * (1 / 255)
        if self.count > 1:
            y = y.expand(self.count, -1, -1)
        for layer, (weights, bias) in enumerate(zip(self.weights, self.biases)):
            y = torch.baddbmm(bias, y, weights) if self.count > 1 else torch.addmm(bias, y, weights)
            if layer < len(self.weights) - 1:
                y = F.relu(y)
        if self.count > 1:
            return F.cross_entropy(y.reshape(-1, y.shape[-1]), labels.repeat(self.count)) * self.count
        return F.cross_entropy(y, labels)

    def step(self):
        chosen = self.order[(self.position + self.within) % len(self.order)]
        self.loss_of(self.images[chosen], self.labels[chosen]).backward()
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.position.add_(self.batch)

    def eager(self):
        return lambda: [self.step() for _ in range(self.steps)]

    def graph(self):
        """Some steps in one CUDA graph, which is replayed."""
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(5):
                self.step()
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            for _ in range(STEPS_IN_A_GRAPH):
                self.step()
        return lambda: [graph.replay() for _ in range(self.steps // STEPS_IN_A_GRAPH)]

    def compiled(self):
        self.loss_of = torch.compile(self.loss, mode="max-autotune-no-cudagraphs")
        return self.graph()


def milliseconds(epoch, wait, times):
    """The best of some epochs behind one that warms up."""
    epoch()
    wait()
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        epoch()
        wait()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--images", type=int, default=60_000)
    arguments = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False  # the same precision on both sides
    torch.backends.cudnn.allow_tf32 = False
    device = torch.device(arguments.device)
    on_card = device.type == "cuda"
    wait = torch.cuda.synchronize if on_card else lambda: None
    name = torch.cuda.get_device_name() if on_card else "CPU"
    print(f"# PyTorch {torch.__version__} on {name}", flush=True)
    torch.manual_seed(1)
    images = torch.randint(0, 256, (arguments.images, 784), dtype=torch.uint8, device=device)
    labels = torch.randint(0, 10, (arguments.images,), device=device)
    ways = ["eager", "graph", "compiled"] if on_card else ["eager"]
    for way in ways:  # what torch.compile has to prepare takes long: it comes last
        for sizes, batch, count in [(*network, 1) for network in NETWORKS] + [MANY]:
            try:
                training = Training(sizes, batch, images, labels, count)
                epoch = getattr(training, way)()
                steps = training.steps if way == "eager" else training.steps // STEPS_IN_A_GRAPH * STEPS_IN_A_GRAPH
                whole = milliseconds(epoch, wait, 5 if on_card else 1) * 60_000 / (steps * batch)
                print(f"{'-'.join(map(str, sizes))} x{count} {batch} {way} {whole:.3f}", flush=True)
            except Exception as e:  # torch.compile needs a compiler of its own, which may be missing
                print(f"# {sizes} x{count} {way}: {type(e).__name__}: {str(e).splitlines()[0][:200]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
