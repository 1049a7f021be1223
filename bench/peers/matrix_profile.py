"""The matrix profile beside stumpy and SCAMP (pip install stumpy pyscamp; what is missing is left out).

Each side makes the same random walk and computes its self-join in a process of its own, warm: once on 16,384 points for the
compilers, then --repeat times. CPU time is user + system of all threads; the least of the repetitions counts.
"""

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
import time

WARM_UP = 16_384


def walk(points):
    import numpy as np
    from tab1 import Stream

    steps = 2 * ((Stream(1).longs(points - 1) >> np.uint64(11)).astype(float) * 2.0**-53) - 1
    return np.concatenate(([0.0], np.cumsum(steps)))


def peer(name, points, window, repeat):
    """Runs in a process of its own and prints what Profiles prints."""
    import numpy as np

    if name == "stumpy":
        import stumpy

        profile = lambda series: stumpy.stump(series, window)[:, 0].astype(float)
    else:
        import pyscamp

        profile = lambda series: np.asarray(
            pyscamp.selfjoin(series, window, threads=os.cpu_count(), precision="double")[0])
    profile(walk(WARM_UP))
    series = walk(points)
    for _ in range(repeat):
        cpu, wall = time.process_time(), time.perf_counter()
        distances = profile(series)
        print("cpu", time.process_time() - cpu)
        print("wall", time.perf_counter() - wall)
        print("checksum", distances.mean())


def run(command, repeat):
    """The least CPU time of the repetitions, with its wall time, and the mean distance."""
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    values = {}
    for line in text.splitlines():
        name, value = line.split()
        values.setdefault(name, []).append(float(value))
    best = min(range(repeat), key=lambda i: values["cpu"][i])
    return values["cpu"][best], values["wall"][best], values["checksum"][best]


def java(options, points, repeat, vector, extra=()):
    modules = ["--add-modules", "jdk.incubator.vector"] if vector else []
    return [options.java, *modules, "-cp", options.classpath, "dev.vedette.bench.Profiles", f"points={points}",
            f"window={options.window}", f"repeat={repeat}", *extra]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--java")
    parser.add_argument("--classpath")
    parser.add_argument("--points", type=int, default=131_072)
    parser.add_argument("--window", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--million", action="store_true", help="run 1,000,000 points once as well")
    parser.add_argument("--out")
    parser.add_argument("--peer")
    options = parser.parse_args()
    if options.peer:
        return peer(options.peer, options.points, options.window, options.repeat)
    sides = [("Vedette, Vector API", java(options, options.points, options.repeat, True)),
             ("Vedette, plain Java", java(options, options.points, options.repeat, False))]
    for name, package in (("stumpy", "stumpy"), ("SCAMP (pyscamp)", "pyscamp")):
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        sides.append((f"{name} {version}", [sys.executable, __file__, "--peer", package, "--points", str(options.points),
                                            "--window", str(options.window), "--repeat", str(options.repeat)]))
    taken = []
    for name, command in sides:
        taken.append((name, *run(command, options.repeat)))
        print(*taken[-1], file=sys.stderr, flush=True)
    pairs = options.points**2 / 2
    said = f" --points {options.points} --repeat {options.repeat}" + (" --million" if options.million else "")
    lines = ["# Matrix profile", "", f"Command: `bench/run profile{said}`  ",
             f"Machine: {os.cpu_count()}-core {platform.machine()}, {processor()}, {platform.system()}, "
             f"Python {platform.python_version()}", "",
             f"Self-join of a random walk of {options.points:,} points, m = {options.window}, exclusion zone m/4, exact, in "
             "double precision, warm. CPU seconds of all threads; extrapolated by n² to 1,000,000 points.", "",
             "| | CPU s | wall s | ns a pair | 1M points, CPU s | mean distance |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, cpu, wall, distance in taken:
        lines.append(f"| {name} | {cpu:.2f} | {wall:.2f} | {cpu / pairs * 1e9:.3f} | {cpu * (1e6 / options.points) ** 2:.0f} "
                     f"| {distance:.6f} |")
    if options.million:
        cpu, wall, distance = run(java(options, 1_000_000, 1, True), 1)
        lines += ["", f"Run with 1,000,000 points: {cpu:.0f} CPU s, {wall:.0f} s wall, {cpu / 5e11 * 1e9:.3f} ns a pair, "
                  f"mean distance {distance:.6f}."]
    lines += ["", "## Stream", "",
              f"`left-profile window={options.window}`: score and learn each point of the walk, one thread, warm.", "",
              "| memory, points | points a CPU second | bytes |", "| ---: | ---: | ---: |"]
    for memory in (1024, 4096, 20_000):
        text = subprocess.run(java(options, 2, 0, False, ("stream=40000", f"memory={memory}")), check=True,
                              capture_output=True, text=True).stdout
        values = dict(line.split() for line in text.splitlines())
        lines.append(f"| {memory:,} | {float(values['points_per_cpu_second']):,.0f} | {float(values['bytes']):,.0f} |")
    page = "\n".join(lines) + "\n"
    print(page)
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.write(page)


if __name__ == "__main__":
    main()
