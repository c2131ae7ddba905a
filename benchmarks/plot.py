"""Draw the docs' picture of the fan-out, from a result of that benchmark."""

import argparse
import json
from pathlib import Path

from benchmarks.report import RESULTS
from tools import output
from tools.settings import ROOT

_TARGET = ROOT / "docs" / "fanout.png"
# told apart in black and white, too
_MARKERS = "osD^vPX*"
_PERCENTILES = (("p50", "-"), ("p99", ":"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.plot", description=__doc__)
    parser.add_argument(
        "result", type=Path, nargs="?", help="JSON; else the newest of the fan-out"
    )
    parser.add_argument("--target", type=Path, default=_TARGET)
    options = parser.parse_args()
    result = options.result or max(RESULTS.glob("*-fanout.json"), default=None)
    if not result:
        parser.error("there is no result yet: make bench ONLY=fanout")
    draw(json.loads(result.read_text())["rows"], options.target)
    output.say(f"written: {options.target}")


def draw(rows: list[dict], target: Path) -> None:
    """Draw latency over watchers, one panel per rate of changes.

    :param rows: of a result; those that failed are left out
    :param target: a PNG
    """
    from matplotlib import ticker
    from matplotlib.figure import Figure

    rows = [row for row in rows if not row["median"]["failed"]]
    rates = sorted({row["rate"] for row in rows})
    titles = list(dict.fromkeys(row["title"] for row in rows))
    figure = Figure(figsize=(4.2 * len(rates) + 3, 4.2), layout="constrained")
    panels = figure.subplots(1, len(rates), sharey=True, squeeze=False)[0]
    for panel, rate in zip(panels, rates, strict=True):
        for number, title in enumerate(titles):
            chosen = [r for r in rows if (r["rate"], r["title"]) == (rate, title)]
            chosen.sort(key=lambda row: row["watchers"])
            for percentile, style in _PERCENTILES:
                panel.plot(
                    [row["watchers"] for row in chosen],
                    [row["median"][percentile] for row in chosen],
                    style,
                    marker=_MARKERS[number % len(_MARKERS)],
                    color=f"C{number}",
                    markersize=5,
                    label=f"{title}, {percentile}",
                )
        panel.set_title(f"{rate:g} changes a second")
        panel.set_xlabel("watchers")
        panel.set_xscale("log", base=2)
        panel.set_yscale("log")
        panel.set_xticks(sorted({row["watchers"] for row in rows}))
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(ticker.FormatStrFormatter("%g"))
        panel.xaxis.set_minor_locator(ticker.NullLocator())
        panel.grid(True, which="both", linewidth=0.4, alpha=0.5)
    panels[0].set_ylabel("commit → frame, ms")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside right center", fontsize=8)
    figure.savefig(target, dpi=200)


if __name__ == "__main__":
    main()
