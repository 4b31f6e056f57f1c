"""What a list of 100 monuments and a GeoJSON of 10,000 cost the server, among 100,000.

    [DATABASE_URL=postgres://…] SECRET_KEY=x python benchmarks/api.py [--monuments N] [--rounds N]

Without DATABASE_URL on SQLite. Beside them, through the same middleware and in turns: a ModelViewSet with
ModelSerializers on the same rows (as it comes, and with everything prefetched), and raw SQL with orjson. Prints
medians, the number of queries, and ratios.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from database import database_of_either_kind
from registry import fill

LISTS = {
    "REST": "/api/v1/monuments/?page_size=100",
    "ModelViewSet": "/api/plain/?page_size=100",
    "ModelViewSet, prefetched": "/api/prefetched/?page_size=100",
    "raw SQL and orjson": "/raw/list?page_size=100",
}
MANY = {
    "OGC API Features": "/ogc/collections/monuments/items?f=json&limit=10000",
    "ModelViewSet, prefetched": "/api/prefetched/?page_size=10000",
    "raw SQL and orjson": "/raw/geojson?limit=10000",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--monuments", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    arguments = parser.parse_args()
    with database_of_either_kind():
        from django.db import connection
        from django.test import Client
        from django.test.utils import override_settings

        fill(arguments.monuments)
        client = Client()
        print(f"{connection.vendor}, {arguments.monuments:,} monuments")
        with override_settings(ROOT_URLCONF="plain", ALLOWED_HOSTS=["testserver"], REQUESTS_PER_MINUTE=0):
            compare("list of 100", LISTS, client, arguments.rounds)
            compare("GeoJSON of 10,000", MANY, client, max(3, arguments.rounds // 6))


def compare(what: str, addresses: dict[str, str], client: Any, rounds: int) -> None:
    """In turns, so that what else the machine does falls on all of them alike."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken: dict[str, list[float]] = {name: [] for name in addresses}
    queries, sizes = {}, {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            sizes[name] = len(answer(client, address).content)
        queries[name] = len(asked)
    for _round in range(rounds):
        for name, address in addresses.items():
            begun = time.perf_counter()
            answer(client, address)
            taken[name].append(time.perf_counter() - begun)
    medians = {name: statistics.median(some) for name, some in taken.items()}
    ours = next(iter(medians.values()))
    print(f"\n{what}, {rounds} rounds | median ms | queries | KB | times ours")
    for name, median in medians.items():
        print(f"{name} | {median * 1000:.1f} | {queries[name]} | {sizes[name] // 1024} | {median / ours:.2f}")


def answer(client: Any, address: str) -> Any:
    found = client.get(address)
    if found.status_code != 200:  # noqa: PLR2004
        raise SystemExit(f"{address}: {found.status_code} {found.content[:300]!r}")
    return found


if __name__ == "__main__":
    main()
