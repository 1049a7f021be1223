"""The ROC AUC of scikit-learn's isolation forest (100 trees of 256) on labelled CSV files.

usage: accuracy.py FOLDER OUT.csv [seeds]

Fitted on all rows and scored on the same rows; the mean over the seeds, in percent.
"""

import pathlib
import sys

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score


def measured(rows, labels, seed):
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(rows)
    scores = -forest.score_samples(rows)
    return 100 * roc_auc_score(labels, scores), 100 * average_precision_score(labels, scores)


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    lines = ["set,auc,average_precision,seeds,scikit_learn"]
    for file in sorted(folder.glob("*.csv.gz")):
        values = np.loadtxt(file, delimiter=",", skiprows=1)
        results = [measured(values[:, :-1], values[:, -1], seed) for seed in range(seeds)]
        auc, precision = np.mean(results, axis=0)
        name = file.name.removesuffix(".csv.gz")
        lines.append(f"{name},{auc:.4f},{precision:.4f},{seeds},{sklearn.__version__}")
        print(lines[-1], file=sys.stderr)
    part = out.with_name(out.name + ".part")
    part.write_text("\n".join(lines) + "\n")
    part.replace(out)


if __name__ == "__main__":
    main()
