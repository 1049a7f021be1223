"""Times Vedette and scikit-learn (and PyOD and PyTorch, where installed) on TAB1, taking turns.

usage: compare.py --java JAVA --classpath PATH [--rounds 3] [--work forest,row,ecod,knn,lof,gmm,nets] [--out FILE]

Each piece of work runs in a fresh process, first ours, then theirs, `rounds` times; the medians
are printed. Python's linear algebra is pinned to one thread. CPU time is user + system.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ONE_THREAD = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA")
}


def run(command):
    """The named values a process prints, and `process_cpu`: its whole CPU time, start-up included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    values = {}
    for line in done.stdout.splitlines():
        name, value = line.split()
        values[name] = float(value)
    values["process_cpu"] = (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - values["generate_cpu"]
    )
    return values


class Sides:
    """Starts work on both sides and keeps what they said, round after round."""

    def __init__(self, java, rounds):
        self.java, self.rounds = java, rounds

    def ours(self, detector, rows, columns, repeat=0, alone=0, scores=None):
        options = dict(
            detector=detector, rows=rows, columns=columns, repeat=repeat, alone=alone
        )
        if scores:
            options["scores"] = scores
        return run(
            [*self.java, "dev.vedette.bench.Timed"] + [f"{k}={v}" for k, v in options.items()]
        )

    def theirs(self, name, rows, columns, repeat=0, alone=0, scores=None):
        given = [str(v) for v in (rows, columns, repeat, alone)]
        return run([sys.executable, str(HERE / "work.py"), name, *given] + ([scores] if scores else []))

    def turns(self, *works):
        """The medians of every work, each done once a round, in turn."""
        said = [[] for _ in works]
        for number in range(self.rounds):
            for work, list_ in zip(works, said):
                list_.append(work())
                print(f"  round {number + 1}: {list_[-1]}", file=sys.stderr)
        return [
            {name: statistics.median(one[name] for one in list_) for name in list_[0]}
            for list_ in said
        ]


def ratio(what, ours, theirs, unit, target=""):
    return [what, f"{ours:.4g} {unit}", f"{theirs:.4g} {unit}", f"{ours / theirs:.4g}", target]


def forest(sides, rows, columns):
    cold, warm, theirs, alone = sides.turns(
        lambda: sides.ours("iforest trees=100 sample=256", rows, columns),
        lambda: sides.ours("iforest trees=100 sample=256", rows, columns, repeat=9),
        lambda: sides.theirs("iforest", rows, columns, repeat=2),
        lambda: sides.theirs("iforest", rows, columns),
    )
    size = f"forest 100 × 256, {rows:,} × {columns}"
    return [
        ratio(f"{size}: fit + score, first in the process, CPU", cold["first_cpu"], theirs["first_cpu"], "s", "≤ 0.25"),
        ratio(f"{size}: fit + score, warm, CPU", warm["warm_cpu"], theirs["warm_cpu"], "s", "≤ 0.25"),
        ratio(f"{size}: whole process with start-up, CPU", cold["process_cpu"], alone["process_cpu"], "s"),
        ratio(f"{size}: fit + score, first, wall", cold["first_wall"], theirs["first_wall"], "s"),
        ratio(f"{size}: fit + score, warm, wall", warm["warm_wall"], theirs["warm_wall"], "s"),
        ratio(f"{size}: ROC AUC", cold["auc"], theirs["auc"], ""),
    ]


def row(sides, rows, columns):
    ours, theirs = sides.turns(
        lambda: sides.ours("iforest trees=100 sample=256", rows, columns, alone=50_000),
        lambda: sides.theirs("iforest", rows, columns, alone=300),
    )
    return single("forest", ours, theirs, "p50 ≤ 10 µs")


def single(name, ours, theirs, target):
    return [
        ratio(f"{name}, one row: p50", ours["p50_us"], theirs["p50_us"], "µs", target),
        ratio(f"{name}, one row: p99", ours["p99_us"], theirs["p99_us"], "µs"),
        [f"{name}, one row: bytes allocated", f"{ours['bytes']:.0f}", "", "", "0"],
        [f"{name}: rows scored differently alone", f"{ours['differ']:.0f} of 4096", f"{theirs['differ']:.0f} of 5", "", "0"],
    ]


def ecod(sides, rows, columns):
    if importlib.util.find_spec("pyod") is None:
        return [["ecod", "", "PyOD is not installed", "", ""]]
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, side) for side in ("ours", "theirs")]
        ours, theirs = sides.turns(
            lambda: sides.ours("ecod", rows, columns, alone=50_000, scores=files[0]),
            lambda: sides.theirs("ecod", rows, columns, alone=20, scores=files[1]),
        )
        agreement = compare_scores(files, rows)
    return [
        ratio(f"ecod {rows:,} × {columns}: fit + score, first, CPU", ours["first_cpu"], theirs["first_cpu"], "s"),
        *single("ecod", ours, theirs, "p50 ≤ 20 µs"),
        agreement,
    ]


def compare_scores(files, rows):
    import numpy
    from scipy.stats import spearmanr

    ours, theirs = (numpy.fromfile(file, dtype="<f8", count=rows) for file in files)
    pearson = numpy.corrcoef(ours, theirs)[0, 1]
    largest = numpy.max(numpy.abs(ours - theirs))
    text = f"Pearson {pearson:.9f}, Spearman {spearmanr(ours, theirs)[0]:.9f}, largest difference {largest:.3g}"
    return ["ecod: scores of the training rows, ours against PyOD's", text, "", "", ""]


def neighbors(name, options):
    def measured(sides, rows, _):
        ours, theirs = sides.turns(
            lambda: sides.ours(f"{name} {options}", rows, 10), lambda: sides.theirs(name, rows, 10)
        )
        size = f"{name} {options}, {rows:,} × 10"
        return [
            ratio(f"{size}: fit + training scores, CPU", ours["first_cpu"], theirs["first_cpu"], "s", "≤ 0.5"),
            ratio(f"{size}: whole process with start-up, CPU", ours["process_cpu"], theirs["process_cpu"], "s"),
            ratio(f"{size}: fit + training scores, wall", ours["first_wall"], theirs["first_wall"], "s"),
            ratio(f"{size}: ROC AUC", ours["auc"], theirs["auc"], ""),
        ]

    return measured


def mixture(sides, rows, columns):
    """One start and no trimming on both sides; and ours as it is by default."""
    options = "gmm components=3 keep=1 restarts=1 regularization=1e-6"
    cold, warm, robust, theirs, alone = sides.turns(
        lambda: sides.ours(options, rows, columns),
        lambda: sides.ours(options, rows, columns, repeat=9),
        lambda: sides.ours("gmm", rows, columns, repeat=9),
        lambda: sides.theirs("gmm", rows, columns, repeat=2),
        lambda: sides.theirs("gmm", rows, columns),
    )
    size = f"gmm, 3 full components, {rows:,} × {columns}"
    return [
        ratio(f"{size}: fit + score, first, CPU", cold["first_cpu"], theirs["first_cpu"], "s", "≤ 1"),
        ratio(f"{size}: fit + score, warm, CPU", warm["warm_cpu"], theirs["warm_cpu"], "s", "≤ 1"),
        ratio(f"{size}: whole process with start-up, CPU", cold["process_cpu"], alone["process_cpu"], "s"),
        ratio(f"{size}: ROC AUC", cold["auc"], theirs["auc"], ""),
        ratio(f"{size}: three starts, trimmed, warm, CPU", robust["warm_cpu"], theirs["warm_cpu"], "s"),
        ratio(f"{size}: three starts, trimmed, ROC AUC", robust["auc"], theirs["auc"], ""),
    ]


def nets(sides, rows, _):
    """Autoencoders of 18 columns: the one of the reference experiment, and one of a hundredfold size."""
    if importlib.util.find_spec("torch") is None:
        return [["autoencoder", "", "PyTorch is not installed", "", ""]]
    lines = []
    for name, hidden, target in (("small", "15-7-15", 0.25), ("large", "256-128-256", 1.2)):
        options = f"autoencoder hidden={hidden} epochs=5 batch=256 rate=0.002 schedule=constant validation=0"
        cold, warm, theirs, fused = sides.turns(
            lambda: sides.ours(options, rows, 18, alone=50_000),
            lambda: sides.ours(options, rows, 18, repeat=3),
            lambda: sides.theirs(f"{name}-net", rows, 18, repeat=1, alone=300),
            lambda: sides.theirs(f"{name}-net-fused", rows, 18, repeat=1),
        )
        size = f"autoencoder 18-{hidden}-18, {rows:,} rows, 5 epochs"
        lines += [
            ratio(f"{size}: fit + score, first, CPU", cold["first_cpu"], theirs["first_cpu"], "s", f"≤ {target}"),
            ratio(f"{size}: fit + score, warm, CPU", warm["warm_cpu"], theirs["warm_cpu"], "s", f"≤ {target}"),
            ratio(f"{size}: beside PyTorch's fused Adam, first, CPU", cold["first_cpu"], fused["first_cpu"], "s"),
            ratio(f"{size}: beside PyTorch's fused Adam, warm, CPU", warm["warm_cpu"], fused["warm_cpu"], "s"),
            ratio(f"{size}: fit + score, first, wall", cold["first_wall"], theirs["first_wall"], "s"),
            ratio(f"{size}: ROC AUC", cold["auc"], theirs["auc"], ""),
            ratio(f"{size}: memory above the data", cold["extra_mb"], theirs["extra_mb"], "MB", "≤ 150 MB"),
            *single(f"autoencoder 18-{hidden}-18", cold, theirs, "p50 ≤ 1 µs" if name == "small" else ""),
        ]
    return lines


WORK = {
    "forest": forest,
    "row": row,
    "ecod": ecod,
    "knn": neighbors("knn", "k=5"),
    "lof": neighbors("lof", "k=20"),
    "gmm": mixture,
    "nets": nets,
}


def machine():
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as info:
            model = next(
                (line.split(":")[1].strip() for line in info if line.startswith("model name")), model
            )
    return f"{os.cpu_count()}-core {platform.machine()}, {model}, {platform.system()}"


def versions(java):
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    jdk = said.splitlines()[1].strip() if len(said.splitlines()) > 1 else "unknown"
    parts = [f"Python {platform.python_version()}"]
    for name in ("numpy", "scikit-learn", "pyod", "torch"):
        try:
            parts.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            parts.append(f"{name} not installed")
    return jdk, ", ".join(parts)


def page(table, options, load):
    jdk, python = versions(options.java)
    lines = [
        "# Beside scikit-learn, PyOD and PyTorch",
        "",
        f"Command: `bench/run peers {options.shown}`  ",
        f"Machine: {machine()}, load {load[0]:.1f} before and {os.getloadavg()[0]:.1f} after  ",
        f"Ours: {jdk}{', ' + options.java_options if options.java_options else ''}  ",
        f"Theirs: {python}, linear algebra on one thread",
        "",
        f"Medians of {options.rounds} rounds, both sides in turn, every piece of work in a fresh process; each side makes",
        "its rows itself before the clock starts. CPU is user + system of the whole process, for ours with the threads of",
        "the compiler and the collector. \"First\" is the first fit + score after the rows were made; \"warm\" the",
        "median of the repetitions in the same process after it; \"whole process\" everything from start to end without making the",
        "rows. Ours uses all cores, theirs one (their default); networks are trained on one thread by both. \"Memory\" is the",
        "peak of what the process holds while it fits and scores for the first time, less what it held with the rows made.",
        "",
        "| what | ours | theirs | ratio | target |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += ["| " + " | ".join(cells) + " |" for cells in table]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--java", required=True)
    parser.add_argument("--classpath", required=True)
    parser.add_argument("--java-options", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=32)
    parser.add_argument("--work", default=",".join(WORK))
    parser.add_argument("--out")
    options = parser.parse_args()
    options.shown = f"--rounds {options.rounds} --rows {options.rows} --columns {options.columns} --work {options.work}"
    java = [options.java, *options.java_options.split(), "-cp", options.classpath]
    sides = Sides(java, options.rounds)
    load = os.getloadavg()
    table = []
    for name in options.work.split(","):
        print(name, file=sys.stderr)
        table += WORK[name](sides, options.rows, options.columns)
    text = page(table, options, load)
    print(text)
    if options.out:
        part = pathlib.Path(options.out + ".part")
        part.write_text(text)
        part.replace(options.out)


if __name__ == "__main__":
    main()
