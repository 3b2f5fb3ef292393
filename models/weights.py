"""Reading a trained network's weights: as trained, or back from the 8-bit graph that is shipped."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import GraphProto, NodeProto, numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.corpus.errors import ModelError

FROM_THE_BASE = ("word_embeddings.weight", "pooler.dense.weight", "pooler.dense.bias")
"""Ends of the names of weights that no training changes: word embeddings are frozen, the pooler is not used."""

Array = npt.NDArray[np.float32]


def load_weights(network: nn.Module, folder: Path) -> None:
    """Gives a network the weights of a model folder, so that a training goes on from them.

    Args:
        network: Of the base that the model was trained on.
        folder: Holds `model.safetensors`, or `model.onnx`, whose 8-bit weights are close to those that were trained.

    Raises:
        ModelError: There are none, or they are another network's.
    """
    trained, graph = folder / "model.safetensors", folder / "model.onnx"
    if not trained.is_file() and not graph.is_file():
        raise ModelError(f"{folder}: neither model.safetensors nor model.onnx in it to go on from")
    wanted = network.state_dict()
    found = load_file(trained) if trained.is_file() else graph_weights(onnx.load(str(graph)).graph)
    weights = {name: old if name.endswith(FROM_THE_BASE) else found.get(name) for name, old in wanted.items()}
    faults = [name for name, new in weights.items() if new is None or new.shape != wanted[name].shape]
    if faults:
        raise ModelError(
            f"{folder}: {len(faults)} of {len(wanted)} weights, such as {faults[0]}, are missing or of another size; "
            "go on with the base and the kind of model that it was trained with"
        )
    network.load_state_dict(weights)


def settings_of(folder: Path) -> dict[str, Any]:
    """Returns what a folder tells of how its model was trained; empty where it tells nothing."""
    for name in ("training.json", "config.json"):
        if (folder / name).is_file():
            settings: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
            return settings
    return {}


def graph_weights(graph: GraphProto) -> dict[str, Tensor]:
    """Returns the named weights of a graph that `export_int8` wrote, 8-bit ones as floats again.

    A matrix product's weight, in 8 bits or in 32, has lost its name there; that of the bias added behind it tells it.
    """
    stored = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    found = {name: array for name, array in stored.items() if name.endswith((".weight", ".bias"))}
    scaled = {
        node.output[0]: _scaled(node, stored)
        for node in graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in stored
    }
    products = {**stored, **scaled}
    added_to = {name: node for node in graph.node if node.op_type == "Add" for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in products:
            bias = next((name for name in added_to[node.output[0]].input if name.endswith(".bias")), None)
            if bias is not None:
                found[bias.removesuffix("bias") + "weight"] = products[node.input[1]].T
    for name, array in _named(graph, scaled):
        found.setdefault(name, array)
    return {name: torch.from_numpy(np.array(array)) for name, array in found.items()}


def _scaled(node: NodeProto, stored: Mapping[str, npt.NDArray[np.generic]]) -> Array:
    """What a DequantizeLinear node makes of a stored weight."""
    whole, scale, zero = (stored[name].astype(np.float64) for name in node.input)
    axis = next((attribute.i for attribute in node.attribute if attribute.name == "axis"), 1)
    shape = [-1 if dimension == axis and scale.ndim else 1 for dimension in range(whole.ndim)]
    return ((whole - zero.reshape(shape)) * scale.reshape(shape)).astype(np.float32)


def _named(graph: GraphProto, scaled: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """The scaled weights that kept their names: those of the last layer."""
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.output[0] in scaled:
            name = node.input[0].removesuffix("_quantized")
            if name.endswith((".weight", ".bias")):
                yield name, scaled[node.output[0]]
