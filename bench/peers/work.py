"""One piece of work on TAB1 in this process; the twin of dev.vedette.bench.Timed.

usage: work.py NAME rows columns repeat alone [scores-file]

Prints lines of name and value. CPU time is that of this process around fit and scoring, without
imports and without making the rows.
"""

import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score

import tab1


class Forest:
    """scikit-learn's isolation forest; higher is more anomalous."""

    def fit_and_score(self, rows):
        from sklearn.ensemble import IsolationForest

        self.model = IsolationForest(n_estimators=100, max_samples=256, random_state=0).fit(rows)
        return self.score(rows)

    def score(self, rows):
        return -self.model.score_samples(rows)


class Knn:
    """The distance to the 5th neighbour; a row is its own nearest, so 6 are asked for."""

    score = None

    def fit_and_score(self, rows):
        from sklearn.neighbors import NearestNeighbors

        return NearestNeighbors(n_neighbors=6).fit(rows).kneighbors(rows)[0][:, -1]


class Lof:
    score = None

    def fit_and_score(self, rows):
        from sklearn.neighbors import LocalOutlierFactor

        model = LocalOutlierFactor(n_neighbors=20)
        model.fit_predict(rows)
        return -model.negative_outlier_factor_


class Mixture:
    """scikit-learn's Gaussian mixture of three full components."""

    def fit_and_score(self, rows):
        from sklearn.mixture import GaussianMixture

        self.model = GaussianMixture(3, random_state=0).fit(rows)
        return self.score(rows)

    def score(self, rows):
        return -self.model.score_samples(rows)


class Network:
    """The autoencoder of PyTorch with ReLU between the layers, Adam and the mean squared error.

    The rows are standardised; 5 epochs of batches of 256 in random order, as with ours.
    """

    def __init__(self, hidden, fused=None):
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(0)
        self.torch, self.hidden, self.fused = torch, hidden, fused

    def fit_and_score(self, rows):
        torch = self.torch
        self.mean, self.unit = rows.mean(0), rows.std(0)
        data = self.standard(rows)
        widths = [rows.shape[1], *self.hidden, rows.shape[1]]
        layers = []
        for before, after in zip(widths, widths[1:]):
            layers += [torch.nn.Linear(before, after), torch.nn.ReLU()]
        self.net = torch.nn.Sequential(*layers[:-1])
        adam = torch.optim.Adam(self.net.parameters(), lr=0.002, fused=self.fused)
        squared = torch.nn.MSELoss()
        for _ in range(5):
            order = torch.randperm(len(data))
            for start in range(0, len(data), 256):
                batch = data[order[start : start + 256]]
                adam.zero_grad()
                squared(self.net(batch), batch).backward()
                adam.step()
        return self.score(rows)

    def standard(self, rows):
        return self.torch.from_numpy(((rows - self.mean) / self.unit).astype(np.float32))

    def score(self, rows):
        with self.torch.no_grad():
            data = self.standard(rows)
            return ((self.net(data) - data) ** 2).mean(1).numpy()


class PyodEcod:
    """PyOD's ECOD, whose fit scores the training rows."""

    def fit_and_score(self, rows):
        from pyod.models.ecod import ECOD

        self.model = ECOD().fit(rows)
        return self.model.decision_scores_

    def score(self, rows):
        return self.model.decision_function(rows)


SMALL, LARGE = (15, 7, 15), (256, 128, 256)
WORK = {
    "iforest": Forest,
    "knn": Knn,
    "lof": Lof,
    "ecod": PyodEcod,
    "gmm": Mixture,
    "small-net": lambda: Network(SMALL),
    "small-net-fused": lambda: Network(SMALL, fused=True),
    "large-net": lambda: Network(LARGE),
    "large-net-fused": lambda: Network(LARGE, fused=True),
}
ALONE_SECONDS = 20


def say(name, value):
    print(f"{name} {value:.6f}", flush=True)


def kilobytes(name):
    """A figure of this process as Linux has it, such as VmRSS."""
    with open("/proc/self/status") as status:
        return next((int(line.split()[1]) for line in status if line.startswith(name + ":")), 0)


def forget_peak():
    """Makes the peak of the memory start anew from here; returns what is in use."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    return kilobytes("VmRSS")


def taken(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def alone(detector, rows, calls):
    """Scores rows one at a time, for a limited time."""
    until = time.perf_counter() + ALONE_SECONDS
    micros = []
    for i in range(calls + 5):
        row = rows[i * 997 % len(rows)].reshape(1, -1).copy()
        start = time.perf_counter_ns()
        detector.score(row)
        if i >= 5:
            micros.append((time.perf_counter_ns() - start) / 1e3)
        if time.perf_counter() > until and len(micros) >= 3:
            break
    say("p50_us", np.percentile(micros, 50))
    say("p99_us", np.percentile(micros, 99))
    say("calls", len(micros))
    batch = detector.score(rows[:64])
    one = np.array([detector.score(rows[i : i + 1])[0] for i in range(5)])
    say("differ", int((batch[:5] != one).sum()))


def main():
    name, (count, columns, repeat, calls) = sys.argv[1], map(int, sys.argv[2:6])
    start = time.process_time()
    rows, labels = tab1.make(count, columns)
    say("generate_cpu", time.process_time() - start)
    detector = WORK[name]()
    used = forget_peak() if sys.platform == "linux" else 0
    scores, cpu, wall = taken(lambda: detector.fit_and_score(rows))
    say("first_cpu", cpu)
    say("first_wall", wall)
    if used:
        say("extra_mb", (kilobytes("VmHWM") - used) / 1024)
    more = [taken(lambda: detector.fit_and_score(rows))[1:] for _ in range(repeat)]
    if more:
        say("warm_cpu", np.median([cpu for cpu, _ in more]))
        say("warm_wall", np.median([wall for _, wall in more]))
    if calls and detector.score:
        alone(detector, rows, calls)
    say("auc", roc_auc_score(labels, scores))
    if len(sys.argv) > 6:
        np.asarray(scores, dtype="<f8").tofile(sys.argv[6])


if __name__ == "__main__":
    main()
