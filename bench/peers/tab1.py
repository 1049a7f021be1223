"""The workload TAB1, as dev.vedette.bench.Tab1 makes it: see there for what the rows are."""

import numpy as np

STEP = np.uint64(0x9E3779B97F4A7C15)
CENTERS, NOISE, BLOCK = 3, 0.5, 20_000


class Stream:
    """SplitMix64, many numbers at a time."""

    def __init__(self, seed):
        self.state = np.uint64(seed)

    def longs(self, count):
        with np.errstate(over="ignore"):
            z = self.state + STEP * np.arange(1, count + 1, dtype=np.uint64)
            self.state = self.state + STEP * np.uint64(count)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    def uniforms(self, count):
        return ((self.longs(count) >> np.uint64(11)).astype(float) + 0.5) * 2.0**-53

    def gaussians(self, rows, columns):
        pairs = self.uniforms(2 * rows * columns).reshape(-1, 2)
        radius = np.sqrt(-2 * np.log(pairs[:, 0]))
        return (radius * np.cos(2 * np.pi * pairs[:, 1])).reshape(rows, columns)


def make(rows, columns):
    """The rows and, for each, whether it is an anomaly."""
    stream = Stream(42)
    factors = max(2, columns // 4)
    centers = -5 + 10 * stream.uniforms(CENTERS * columns).reshape(CENTERS, columns)
    loadings = stream.gaussians(columns, factors) / np.sqrt(factors)
    spread = np.sqrt((loadings**2).sum(axis=1) + NOISE**2)
    values = np.empty((rows, columns))
    for start in range(0, rows, BLOCK):
        index = np.arange(start, min(rows, start + BLOCK))
        drawn = stream.gaussians(len(index), factors + columns)
        noise = drawn[:, factors:]
        center = centers[index % CENTERS]
        outward = np.where(index // 100 % 2 == 0, 3.0, 1.0)[:, None]
        usual = center + drawn[:, :factors] @ loadings.T + NOISE * noise
        odd = center + outward * spread * noise
        values[index] = np.where((index % 100 == 50)[:, None], odd, usual)
    return values, np.arange(rows) % 100 == 50
