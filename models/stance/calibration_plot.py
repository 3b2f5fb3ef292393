"""The calibration plot of a model card, as SVG."""

import html
import math
from collections.abc import Sequence

from onrecord.models.stance.figures import Reliability, SetFigures

SIDE = 220
"""Length of a plot's axes, in pixels."""
MARGIN = 44
LARGEST = 11.0
"""Radius of the dot of most rows; areas go by the number of rows."""


def calibration_svg(figures: Sequence[SetFigures]) -> str:
    """Returns one plot a set, side by side: accuracy against confidence, a dot for each tenth of confidence."""
    width, height = len(figures) * (SIDE + 2 * MARGIN), SIDE + 2 * MARGIN
    plots = [
        f'<g transform="translate({index * (SIDE + 2 * MARGIN) + MARGIN},{MARGIN})">{_plot(one)}</g>'
        for index, one in enumerate(figures)
    ]
    style = "font:12px sans-serif"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="Accuracy against confidence" style="{style}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(plots)}</svg>\n'
    )


def _plot(one: SetFigures) -> str:
    ticks = "".join(
        f'<text x="{share * SIDE:g}" y="{SIDE + 15}" text-anchor="middle">{share:.1f}</text>'
        f'<text x="-6" y="{(1 - share) * SIDE + 4:g}" text-anchor="end">{share:.1f}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    most = max((dot.n_rows for dot in one.reliability), default=1)
    title = f"{html.escape(one.name)}: calibration error {one.calibration_error:.3f}"
    return (
        f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="0" y1="{SIDE}" x2="{SIDE}" y2="0" stroke="#999" stroke-dasharray="4 4"/>{ticks}'
        f'<text x="{SIDE / 2:g}" y="{SIDE + 32}" text-anchor="middle">confidence</text>'
        f'<text transform="translate(-32,{SIDE / 2:g}) rotate(-90)" text-anchor="middle">accuracy</text>'
        f'<text x="{SIDE / 2:g}" y="-12" text-anchor="middle">{title}</text>'
        + "".join(_dot(dot, most) for dot in one.reliability)
    )


def _dot(dot: Reliability, most: int) -> str:
    radius = max(2.5, LARGEST * math.sqrt(dot.n_rows / most))
    told = f"{dot.n_rows} rows, confidence {dot.confidence:.0%}, right {dot.accuracy:.0%}"
    return (
        f'<circle cx="{dot.confidence * SIDE:.1f}" cy="{(1 - dot.accuracy) * SIDE:.1f}" r="{radius:.1f}" '
        f'fill="#2b6cb0" fill-opacity="0.6"><title>{told}</title></circle>'
    )
