"""From a trained PyTorch network to an int8 ONNX graph."""

import json
import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from onrecord.models.onnx_session import Ints, padded

logger = logging.getLogger(__name__)

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
MIN_TABLE_ROWS = 1000
"""A smaller embedding (token types, positions) is kept as it is."""
N_CALIBRATION = 64
"""Inputs by which the ranges of activations are set; 60 and 200 gave the tagger the same F1 on held-out articles."""
CALIBRATION_FILE = "calibration.json"

Sample = tuple[Sequence[int], Sequence[int]]
"""Word-piece ids and token types of one input."""


def save_calibration(folder: Path, samples: Sequence[Sample]) -> None:
    """Writes the inputs that `export_int8` sets ranges by, the first N_CALIBRATION of them."""
    rows = [[list(ids), list(types)] for ids, types in samples[:N_CALIBRATION]]
    (folder / CALIBRATION_FILE).write_text(json.dumps(rows), encoding="utf-8")


def load_calibration(folder: Path) -> list[Sample]:
    """Reads what `save_calibration` wrote."""
    rows = json.loads((folder / CALIBRATION_FILE).read_text(encoding="utf-8"))
    return [(ids, types) for ids, types in rows]


def export_int8(
    network: nn.Module, out: Path, *, outputs: Sequence[str], calibration: Sequence[Sample], keep_float: bool = False
) -> Path:
    """Writes a network's graph with 8-bit weights and activations.

    Ranges of activations are fixed by the calibration inputs, so what an input gives does not depend on the batch it is
    in. Weights of matrix products are signed and scaled by channel, within seven bits: on processors without VNNI,
    products of full 8-bit numbers would overflow their 16-bit sums. Embeddings are scaled by row. The first layer's
    product back from its wide part stays in 32 bits, for 1.8 MB more: its activations suffer most from a common scale.

    Args:
        network: Takes `input_ids`, `attention_mask` and `token_type_ids`, each (batch, n_pieces).
        out: Folder to write `model.onnx` to.
        outputs: Names of the network's outputs.
        calibration: Some typical inputs.
        keep_float: Also write `model_float.onnx`, for comparison.

    Returns:
        The graph's path.
    """
    network.eval()
    example = tuple(torch.ones((2, 8), dtype=torch.long) for _ in INPUTS)
    batch, pieces = torch.export.Dim("batch"), torch.export.Dim("pieces", max=512)
    path = out / "model.onnx"
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        plain, prepared = Path(folder) / "float.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            network,
            example,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(outputs),
            dynamic_shapes=tuple({0: batch, 1: pieces} for _ in INPUTS),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(path),
            _Samples(calibration),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_quantize=_quantised_products(prepared),
            op_types_to_quantize=["MatMul", "Gemm"],
            extra_options={"OpTypesToExcludeOutputQuantization": ["MatMul", "Gemm"]},
        )
        _store_embeddings_by_row(path)
        if keep_float:
            (out / "model_float.onnx").write_bytes(prepared.read_bytes())
    logger.info("%s: %.1f MB", path, path.stat().st_size / 1e6)
    return path


class _Samples(CalibrationDataReader):  # type: ignore[misc]
    """Gives the calibration inputs one by one."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._samples: Iterator[Sample] = iter(samples)

    def get_next(self) -> dict[str, Ints] | None:
        """Returns the next input, or None behind the last one."""
        sample = next(self._samples, None)
        if sample is None:
            return None
        ids, mask = padded([sample[0]])
        types, _ = padded([sample[1]])
        return dict(zip(INPUTS, (ids, mask, types), strict=True))


def _quantised_products(path: Path) -> list[str]:
    """Names of the matrix products with a weight, without the first that narrows.

    Those of attention, of two activations, stay as they are.
    """
    graph = onnx.load(str(path)).graph
    shapes = {weight.name: tuple(weight.dims) for weight in graph.initializer}
    products = [node for node in graph.node if node.op_type in ("MatMul", "Gemm") and node.input[1] in shapes]
    narrowing = next((n.name for n in products if n.op_type == "MatMul" and _narrows(shapes[n.input[1]])), None)
    return [node.name for node in products if node.name != narrowing]


def _narrows(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 and shape[0] > shape[1]


def _store_embeddings_by_row(path: Path) -> None:
    """Stores each large embedding as 8-bit rows with a scale each, a quarter of its size.

    One scale for a whole table, as the runtime's own quantisation has it, costs the tagger 0.2 F1 on held-out articles.
    """
    model = onnx.load(str(path))
    graph = model.graph
    weights = {weight.name: weight for weight in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "Gather" and node.input[0] in weights]:
        table = numpy_helper.to_array(weights[node.input[0]])
        if table.ndim != 2 or len(table) < MIN_TABLE_ROWS:
            continue
        scales = np.abs(table).max(axis=1, keepdims=True).clip(min=1e-12) / 127
        name = node.input[0]
        rows = numpy_helper.from_array(np.round(table / scales).astype(np.int8), f"{name}.rows")
        row_scales = numpy_helper.from_array(scales.astype(np.float32), f"{name}.scales")
        graph.initializer.extend([rows, row_scales])
        graph.initializer.remove(weights[name])
        looked_up = [
            helper.make_node("Gather", [rows.name, node.input[1]], [f"{name}.looked_up"], axis=0),
            helper.make_node("Cast", [f"{name}.looked_up"], [f"{name}.cast"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", [row_scales.name, node.input[1]], [f"{name}.row_scales"], axis=0),
            helper.make_node("Mul", [f"{name}.cast", f"{name}.row_scales"], list(node.output)),
        ]
        at = list(graph.node).index(node)
        graph.node.remove(node)
        for offset, new in enumerate(looked_up):
            graph.node.insert(at + offset, new)
    onnx.save(model, str(path))
