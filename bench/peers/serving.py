"""A client that people already have (Triton's tritonclient) asks a running `vedette serve`.

It checks that HTTP with binary tensors, HTTP with JSON and gRPC give the same scores to the bit, alone and in a batch,
and measures requests a second over one connection, and the CPU time of the server where its process id is given.

    pip install -r requirements-serving.txt
    ./vedette serve num.vedette &
    python bench/peers/serving.py --model num --pid $!

The model must be one of numbers only.
"""

import argparse
import os
import pathlib
import time

import numpy as np
import tritonclient.grpc as grpc
import tritonclient.http as http


def cpu_seconds(pid):
    if pid is None:
        return float("nan")
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def infer(library, client, model, rows, **how):
    tensor = library.InferInput("input", list(rows.shape), "FP32")
    tensor.set_data_from_numpy(rows, **how)
    return client.infer(model, [tensor])


def check(clients, model, rows):
    (_, over_http), (_, over_grpc) = clients
    for _, client in clients:
        assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model)
    binary = infer(http, over_http, model, rows)
    scores = binary.as_numpy("score")
    assert np.array_equal(scores, infer(http, over_http, model, rows, binary_data=False).as_numpy("score"))
    assert np.array_equal(scores, infer(grpc, over_grpc, model, rows).as_numpy("score"))
    for i in range(10):
        alone = infer(http, over_http, model, rows[i : i + 1])
        assert alone.as_numpy("score")[0] == scores[i]
        assert alone.as_numpy("flagged")[0] == binary.as_numpy("flagged")[i]
    print(f"{len(rows)} rows: HTTP binary, HTTP JSON and gRPC give the same scores")


def measure(name, library, client, model, rows, seconds, pid):
    for _ in range(500):
        infer(library, client, model, rows)
    begin, used, requests = time.perf_counter(), cpu_seconds(pid), 0
    while time.perf_counter() - begin < seconds:
        infer(library, client, model, rows)
        requests += 1
    wall = time.perf_counter() - begin
    cpu = (cpu_seconds(pid) - used) / requests * 1000
    print(f"{name} {len(rows):4d} rows: {requests / wall:7.0f} requests/s, {cpu:.2f} ms of server CPU a request")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--model", required=True)
    options.add_argument("--http", default="localhost:8080")
    options.add_argument("--grpc", default="localhost:9090")
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--pid", type=int)
    given = options.parse_args()
    clients = [
        (http, http.InferenceServerClient(given.http)),
        (grpc, grpc.InferenceServerClient(given.grpc)),
    ]
    columns = len(clients[0][1].get_model_metadata(given.model)["inputs"])
    rows = np.random.default_rng(0).standard_normal((100, columns)).astype(np.float32)
    check(clients, given.model, rows)
    for count in (1, 100):
        for library, client in clients:
            name = library.__name__.rsplit(".", 1)[1]
            measure(name, library, client, given.model, rows[:count], given.seconds, given.pid)


if __name__ == "__main__":
    main()
