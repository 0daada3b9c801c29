"""A bar chart of the medians as SVG, on a logarithmic scale: milliseconds differ by thousands."""

import html
import math

COLOURS = ["#b03a2e", "#5d6d7e", "#7d8f69", "#a98467", "#6c8ebf", "#9673a6"]
LEFT, WIDTH, BAR, GAP = 190, 760, 11, 14


def chart(report):
    """The searches of the largest corpus."""
    size = report["sizes"][-1]
    names = list(dict.fromkeys(name for found in size["search"].values() for name in found))
    colours = dict(zip(names, COLOURS))
    bars, y = [], 60
    for kind, found in size["search"].items():
        if not found:
            continue
        bars.append(text(LEFT - 8, y + len(found) * BAR / 2 + 4, kind, "end"))
        for name, run in found.items():
            length = scale(run["wall"] * 1000)
            bars.append(f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR - 2}" fill="{colours[name]}"/>')
            bars.append(text(LEFT + length + 4, y + BAR - 3, f"{run['wall'] * 1000:.0f} ms", "start", 9))
            y += BAR
        y += GAP
    legend = []
    for at, name in enumerate(names):
        legend.append(f'<rect x="{LEFT + at * 110}" y="34" width="10" height="10" fill="{colours[name]}"/>')
        legend.append(text(LEFT + at * 110 + 14, 43, name, "start"))
    title = f"Whole-process time of a query, {size['megabytes']:.0f} MB of text (logarithmic)"
    body = "\n".join([text(LEFT, 20, title, "start", 14), *legend, *bars])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 60} {y}" '
        f'font-family="system-ui, sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def scale(milliseconds):
    """From 1 ms at the left to 100 s at the right."""
    return max(1.0, math.log10(max(milliseconds, 1.0)) / 5 * WIDTH)


def text(x, y, words, anchor, size=11):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{html.escape(words)}</text>'
