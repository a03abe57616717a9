"""Makes e2e/fixtures/hub: tiny models with random weights and the Hub's file layout, and what PyTorch says of them.

Each is a real architecture from its transformers config class, a few thousand numbers large: what is tested with them
is how the page finds, fetches, reads and feeds models, never what they know. Exported both ways that the Hub's files
were made: by TorchScript with opset 14 (layer norms taken apart) and by torch.export with opset 18.

Beside each model stand reference.json and reference.f32 (little-endian float32, row-major, one tensor after another):

    { "inputs": [{ "text", "ids" }] or [{ "picture" }],
      "taps":  [{ "name", "kind": "tokens" | "map" | "vector" | "logits", "tensors": [{ "offset", "shape" }] }],
      "pixels": [{ "offset", "shape" }],          what the image processor makes of each picture
      "vectors": [{ "offset", "shape" }] }        what the encoder should give: pooled, normalised

`offset` counts numbers, not bytes; there is one tensor per input, each run alone, so without padding. Taps come in the
network's order. A two-tower model has "text" and "image", each with these fields.
"""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from PIL import Image
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

import graph
from paths import CACHE, REPOSITORY

FOLDER = REPOSITORY / "e2e" / "fixtures" / "hub"
ORGANISATION = "tiny"
SEED = 20
TEXTS = ["football", "Hello, world!", "The river bank; a savings bank."]
WORDS = "football soccer foot ##ball wear ##wear hello world the river bank savings a and of in is photo".split()
SIDE = 32


# Tokenizers: small vocabularies, the real algorithms.


def word_pieces(lowercase: bool) -> Tokenizer:
    """BERT's: words, then pieces, down to single characters."""
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    letters += [] if lowercase else [letter.upper() for letter in letters]
    pieces = letters + [f"##{letter}" for letter in letters] + list(",.;!?'-0123456789")
    words = WORDS if lowercase else [*WORDS, "Hello", "The"]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *pieces, *(word for word in words if word not in pieces)]
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return tokenizer


def unigram(specials: list[str], template: str, unknown: str, lowercase: bool) -> Tokenizer:
    """SentencePiece's Unigram, as XLM-R and SigLIP have it."""
    pieces = [("▁", -3.0)]
    pieces += [(character, -6.0 - i / 100) for i, character in enumerate("etaoinshrdlcumwfgypbvkjxqzHTAB,.;!?:'-0123456789")]
    words = [word for word in WORDS if not word.startswith("##")] + ["que", "ry", "Hello", "The", "ball", "wear"]
    pieces += [(f"▁{word}", -4.0 - i / 50) for i, word in enumerate(words)]
    pieces += [("ball", -4.5), ("wear", -4.6), ("ing", -4.7)]
    vocabulary = [(special, 0.0) for special in specials] + pieces
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=specials.index(unknown)))
    steps = [normalizers.Lowercase()] if lowercase else [normalizers.NFKC()]
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    used = [(special, i) for i, special in enumerate(specials) if special in template]
    tokenizer.post_processor = processors.TemplateProcessing(single=template, special_tokens=used)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(specials)
    return tokenizer


def clip_bpe() -> Tokenizer:
    """CLIP's: lower case, byte pairs, words that end in </w>, an end that is also the unknown and the pad."""
    characters = list("abcdefghijklmnopqrstuvwxyz0123456789,.;!?:'-")
    merges = [("o", "o"), ("f", "oo"), ("foo", "t</w>"), ("a", "l"), ("b", "al"), ("bal", "l</w>"), ("foo", "t"), ("foot", "ball</w>")]
    merges += [("b", "a"), ("ba", "n"), ("ban", "k</w>"), ("t", "h"), ("th", "e</w>"), ("h", "e"), ("e", "r</w>")]
    vocabulary = characters + [f"{character}</w>" for character in characters] + ["".join(pair) for pair in merges]
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    ids = {piece: i for i, piece in enumerate(vocabulary)}
    model = models.BPE(ids, merges, unk_token="<|endoftext|>", end_of_word_suffix="</w>", continuing_subword_prefix="")
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    pattern = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    start, end = ("<|startoftext|>", ids["<|startoftext|>"]), ("<|endoftext|>", ids["<|endoftext|>"])
    tokenizer.post_processor = processors.RobertaProcessing(end, start, False, False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([start[0], end[0]])
    return tokenizer


# What the inputs are.


def pictures() -> dict[str, Image.Image]:
    """A wide and a tall picture of whole numbers, so that every language draws them alike."""

    def draw(width: int, height: int) -> Image.Image:
        y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
        disc = (x - width // 3) ** 2 + (y - height // 2) ** 2 < (min(width, height) // 3) ** 2
        values = np.where(disc, 230 - 60 * c, (x * (c + 2) + y * (5 - c)) % 256)
        return Image.fromarray(values.astype(np.uint8))

    return {"wide.png": draw(90, 61), "tall.png": draw(47, 80)}


class Reference:
    """Gathers tensors for reference.json and reference.f32."""

    def __init__(self):
        self.values: list[np.ndarray] = []
        self.length = 0

    def add(self, tensor) -> dict:
        array = np.ascontiguousarray(tensor.detach().numpy() if torch.is_tensor(tensor) else tensor, dtype=np.float32)
        entry = {"offset": self.length, "shape": list(array.shape)}
        self.values.append(array.ravel())
        self.length += array.size
        return entry

    def save(self, folder: Path, content: dict) -> None:
        np.concatenate(self.values).astype("<f4").tofile(folder / "reference.f32")
        write_json(folder / "reference.json", {"madeBy": f"torch {torch.__version__.split('+')[0]}, transformers {transformers.__version__}", **content})


def write_json(path: Path, content) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def watch(taps: list[tuple[str, str, torch.nn.Module]], run) -> dict[str, torch.Tensor]:
    """What each module puts out while `run` runs."""
    seen: dict[str, torch.Tensor] = {}

    def keep(name):
        def hook(_module, _inputs, output):
            seen[name] = output[0] if isinstance(output, tuple) else getattr(output, "last_hidden_state", output)

        return hook

    hooks = [module.register_forward_hook(keep(name)) for name, _kind, module in taps]
    with torch.no_grad():
        seen["out"] = run()
    for hook in hooks:
        hook.remove()
    return seen


def unit(vector) -> np.ndarray:
    array = vector.detach().numpy() if torch.is_tensor(vector) else vector
    return array / np.linalg.norm(array)


def record(reference: Reference, inputs, taps, run, vector) -> dict:
    """The taps of every input, and the encoder's vector."""
    content = {"inputs": inputs, "taps": [{"name": name, "kind": kind, "tensors": []} for name, kind, _ in taps], "vectors": []}
    for place in range(len(inputs)):
        seen = watch(taps, lambda place=place: run(place))
        for entry in content["taps"]:
            entry["tensors"].append(reference.add(seen[entry["name"]]))
        content["vectors"].append(reference.add(unit(vector(seen))))
    return content


# Exporting.


class Outputs(torch.nn.Module):
    """A model as a function of positional tensors that gives the named outputs, as the Hub's files do."""

    def __init__(self, model, inputs: list[str], outputs: list[str], run=None):
        super().__init__()
        self.model, self.inputs, self.outputs, self.run = model, inputs, outputs, run

    def forward(self, *tensors):
        given = dict(zip(self.inputs, tensors, strict=True))
        result = self.run(self.model, given) if self.run else self.model(**given)
        return tuple(result[name] if isinstance(result, dict) else getattr(result, name) for name in self.outputs)


def export(module: Outputs, example: tuple, axes: dict[str, dict[int, str]], path: Path, *, classic: bool) -> None:
    """An ONNX file; `classic` as the Hub's older files are: TorchScript, opset 14."""
    module.eval()
    scratch = CACHE / "tiny.onnx"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    if classic:
        torch.onnx.export(
            module, example, str(scratch), dynamo=False, opset_version=14, do_constant_folding=True,
            input_names=module.inputs, output_names=module.outputs, dynamic_axes=axes,
        )  # fmt: skip
    else:
        dimensions = {name: torch.export.Dim(name) for name in sorted({n for a in axes.values() for n in a.values()})}
        shapes = tuple({axis: dimensions[name] for axis, name in axes[input].items()} for input in module.inputs)
        program = torch.onnx.export(
            module, example, dynamo=True, verbose=False, opset_version=18,
            input_names=module.inputs, output_names=module.outputs, dynamic_shapes={"tensors": shapes},
        )  # fmt: skip
        program.save(str(scratch))
    graph.save(onnx.load(str(scratch)), path, "nearfield recipes/tiny_models.py")


def quantised(source: Path, target: Path) -> None:
    """As the Hub's model_quantized.onnx: int8 weights, activations quantised as they come."""
    quantize_dynamic(str(source), str(CACHE / "tiny-q8.onnx"), weight_type=QuantType.QUInt8)
    graph.save(onnx.load(str(CACHE / "tiny-q8.onnx")), target, "nearfield recipes/tiny_models.py")


def half(source: Path, target: Path) -> None:
    """As the Hub's model_fp16.onnx: everything but inputs and outputs in float16."""
    model = convert_float_to_float16(onnx.load(str(source)), keep_io_types=True, disable_shape_infer=True)
    graph.save(model, target, "nearfield recipes/tiny_models.py")


TEXT_AXES = {0: "batch_size", 1: "sequence_length"}
IMAGE_AXES = {0: "batch_size"}


def start(name: str) -> Path:
    folder = FOLDER / ORGANISATION / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    torch.manual_seed(SEED)
    return folder


def write_text_files(folder: Path, tokenizer: Tokenizer, settings: dict) -> None:
    content = json.loads(tokenizer.to_str())
    write_json(folder / "tokenizer.json", content)
    write_json(folder / "tokenizer_config.json", settings)


def write_config(folder: Path, config) -> None:
    content = config.to_dict()
    kept = {key: value for key, value in content.items() if value is not None and key not in ("transformers_version", "_name_or_path")}
    write_json(folder / "config.json", kept)


def text_rows(tokenizer: Tokenizer, prefix: str = "", pad_to: int = 0, pad_id: int = 0) -> list[list[int]]:
    rows = [tokenizer.encode(prefix + text).ids for text in TEXTS]
    return [row + [pad_id] * (pad_to - len(row)) for row in rows] if pad_to else rows


def text_example(inputs: list[str], rows: list[list[int]]) -> tuple:
    """A batch of two for the export; the shorter row is padded."""
    length = max(len(row) for row in rows[:2])
    ids = torch.tensor([row + [0] * (length - len(row)) for row in rows[:2]])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in rows[:2]])
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    return tuple(given[name] for name in inputs)


def feed(inputs: list[str], row: list[int]) -> dict:
    ids = torch.tensor([row])
    given = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
    return {name: given[name] for name in inputs}


def processed(folder: Path, processor, reference: Reference) -> tuple[list[torch.Tensor], list[dict]]:
    """The pictures as the image processor prepares them; its settings go beside the model."""
    settings = processor.to_dict()
    write_json(folder / "preprocessor_config.json", {key: value for key, value in settings.items() if value is not None})
    tensors = [torch.tensor(np.asarray(processor(picture)["pixel_values"]))[0][None] for picture in pictures().values()]
    return tensors, [reference.add(tensor) for tensor in tensors]


PICTURES = [{"picture": name} for name in pictures()]
BLOCKS = 3
WIDTH = 16
SIZES = {"hidden_size": WIDTH, "num_hidden_layers": BLOCKS, "num_attention_heads": 2, "intermediate_size": 24}


# The models.


def distilbert() -> None:
    """As distilbert-base-cased on the Hub: made for guessing masked words, so that its output is scores of words."""
    folder, tokenizer, reference = start("distilbert-cased"), word_pieces(lowercase=False), Reference()
    config = transformers.DistilBertConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=64, dim=WIDTH, n_layers=BLOCKS, n_heads=2, hidden_dim=24,
        architectures=["DistilBertForMaskedLM"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    model = transformers.DistilBertForMaskedLM(config).eval()
    inputs, rows = ["input_ids", "attention_mask"], text_rows(tokenizer)
    base = model.distilbert
    taps = [("embeddings", "tokens", base.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(base.transformer.layer)]
    taps += [("logits", "logits", model.vocab_projector)]
    content = record(
        reference, [{"text": text, "ids": ids} for text, ids in zip(TEXTS, rows, strict=True)], taps,
        lambda place: model(**feed(inputs, rows[place])), lambda seen: seen[f"block {BLOCKS}"][0].mean(0),
    )  # fmt: skip
    axes = {name: TEXT_AXES for name in [*inputs, "logits"]}
    target = folder / "onnx" / "model.onnx"
    export(Outputs(model, inputs, ["logits"]), text_example(inputs, rows), axes, target, classic=True)
    write_config(folder, config)
    write_text_files(folder, tokenizer, {"do_lower_case": False, "model_max_length": 64, "pad_token": "[PAD]", "tokenizer_class": "DistilBertTokenizer"})
    reference.save(folder, content)


def bert(name: str, *, classic: bool, pooling: str) -> None:
    """Sentence encoders with last_hidden_state: one pools by the mean (MiniLM), one takes the first token (bge)."""
    folder, tokenizer, reference = start(name), word_pieces(lowercase=True), Reference()
    config = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=64, **SIZES,
        architectures=["BertModel"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    inputs, rows = ["input_ids", "attention_mask", "token_type_ids"], text_rows(tokenizer)
    taps = [("embeddings", "tokens", model.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(model.encoder.layer)]
    last = f"block {BLOCKS}"
    content = record(
        reference, [{"text": text, "ids": ids} for text, ids in zip(TEXTS, rows, strict=True)], taps,
        lambda place: model(**feed(inputs, rows[place])),
        lambda seen: seen[last][0].mean(0) if pooling == "mean" else seen[last][0, 0],
    )  # fmt: skip
    axes = {key: TEXT_AXES for key in [*inputs, "last_hidden_state"]}
    target = folder / "onnx" / "model.onnx"
    export(Outputs(model, inputs, ["last_hidden_state"]), text_example(inputs, rows), axes, target, classic=classic)
    if pooling == "mean":
        half(target, folder / "onnx" / "model_fp16.onnx")
        quantised(target, folder / "onnx" / "model_quantized.onnx")
    write_config(folder, config)
    write_text_files(folder, tokenizer, {"do_lower_case": True, "model_max_length": 64, "pad_token": "[PAD]", "tokenizer_class": "BertTokenizer"})
    write_sentence_files(folder, pooling)
    reference.save(folder, content)


def write_sentence_files(folder: Path, pooling: str) -> None:
    """sentence-transformers' own files."""
    kind = "sentence_transformers.models"
    modules = [("0", "", "Transformer"), ("1", "1_Pooling", "Pooling"), ("2", "2_Normalize", "Normalize")]
    write_json(folder / "modules.json", [{"idx": int(i), "name": i, "path": path, "type": f"{kind}.{type}"} for i, path, type in modules])
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 48, "do_lower_case": False})
    (folder / "1_Pooling").mkdir()
    flags = {"cls_token": pooling == "cls", "mean_tokens": pooling == "mean", "max_tokens": False, "mean_sqrt_len_tokens": False}
    write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": WIDTH, **{f"pooling_mode_{key}": value for key, value in flags.items()}})


def e5() -> None:
    """As multilingual-e5-small: XLM-R's tokenizer, "query: " in front, weights outside of the graph."""
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer = unigram(specials, "<s> $A </s>", "<unk>", lowercase=False)
    folder, reference = start("multilingual-e5"), Reference()
    config = transformers.XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=66, type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        **SIZES, architectures=["XLMRobertaModel"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    model = transformers.XLMRobertaModel(config, add_pooling_layer=False).eval()
    inputs, rows = ["input_ids", "attention_mask"], text_rows(tokenizer, prefix="query: ")
    taps = [("embeddings", "tokens", model.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(model.encoder.layer)]
    content = record(
        reference, [{"text": text, "ids": ids} for text, ids in zip(TEXTS, rows, strict=True)], taps,
        lambda place: model(**feed(inputs, rows[place])), lambda seen: seen[f"block {BLOCKS}"][0].mean(0),
    )  # fmt: skip
    target = folder / "onnx" / "model.onnx"
    ids = torch.tensor([row + [1] * (max(map(len, rows[:2])) - len(row)) for row in rows[:2]])
    axes = {name: TEXT_AXES for name in [*inputs, "last_hidden_state"]}
    export(Outputs(model, inputs, ["last_hidden_state"]), (ids, (ids != 1).long()), axes, target, classic=True)
    outside = onnx.load(str(target))
    onnx.save_model(outside, str(target), save_as_external_data=True, location="model.onnx_data", size_threshold=256)
    write_config(folder, config)
    write_text_files(folder, tokenizer, {"model_max_length": 64, "pad_token": "<pad>", "tokenizer_class": "XLMRobertaTokenizer"})
    reference.save(folder, content)


def vision_transformer(name: str) -> None:
    """ViT with its classifier, as on the Hub: its only output is the logits."""
    folder, reference = start(name), Reference()
    config = transformers.ViTConfig(
        **SIZES, image_size=SIDE, patch_size=8, num_labels=5, architectures=["ViTForImageClassification"],
        attn_implementation="eager", initializer_range=0.3, id2label={i: f"thing {i}, thing" for i in range(5)},
    )  # fmt: skip
    model = transformers.ViTForImageClassification(config).eval()
    processor = transformers.ViTImageProcessorPil(size={"height": SIDE, "width": SIDE}, resample=2)
    tensors, pixels = processed(folder, processor, reference)
    taps = [("embeddings", "tokens", model.vit.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(model.vit.layers)]
    taps += [("final norm", "tokens", model.vit.layernorm), ("logits", "logits", model.classifier)]
    content = record(reference, PICTURES, taps, lambda place: model(pixel_values=tensors[place]), lambda seen: seen["final norm"][0, 0])
    axes = {"pixel_values": IMAGE_AXES, "logits": IMAGE_AXES}
    export(Outputs(model, ["pixel_values"], ["logits"]), (torch.cat(tensors),), axes, folder / "onnx" / "model.onnx", classic=True)
    write_config(folder, config)
    reference.save(folder, {**content, "pixels": pixels})


def dinov2() -> None:
    """DINOv2: last_hidden_state, shortest edge then crop, bicubic."""
    folder, reference = start("dinov2"), Reference()
    config = transformers.Dinov2Config(
        hidden_size=WIDTH, num_hidden_layers=BLOCKS, num_attention_heads=2, mlp_ratio=2, image_size=SIDE, patch_size=8,
        architectures=["Dinov2Model"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    model = transformers.Dinov2Model(config).eval()
    processor = transformers.BitImageProcessorPil(
        size={"shortest_edge": 36}, crop_size={"height": SIDE, "width": SIDE}, resample=3, do_center_crop=True,
        image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225],
    )  # fmt: skip
    tensors, pixels = processed(folder, processor, reference)
    taps = [("embeddings", "tokens", model.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(model.encoder.layer)]
    taps += [("final norm", "tokens", model.layernorm)]
    content = record(reference, PICTURES, taps, lambda place: model(pixel_values=tensors[place]), lambda seen: seen["final norm"][0, 0])
    axes = {"pixel_values": IMAGE_AXES, "last_hidden_state": IMAGE_AXES}
    export(Outputs(model, ["pixel_values"], ["last_hidden_state"]), (torch.cat(tensors),), axes, folder / "onnx" / "model.onnx", classic=False)
    write_config(folder, config)
    reference.save(folder, {**content, "pixels": pixels})


def resnet() -> None:
    """ResNet with its classifier and batch norms that have seen something."""
    folder, reference = start("resnet"), Reference()
    config = transformers.ResNetConfig(
        embedding_size=8, hidden_sizes=[16, 24, 32], depths=[1, 2, 1], layer_type="bottleneck", num_labels=5,
        architectures=["ResNetForImageClassification"], id2label={i: f"thing {i}" for i in range(5)},
    )  # fmt: skip
    model = transformers.ResNetForImageClassification(config)
    model.train()
    with torch.no_grad():
        for _ in range(20):
            model(pixel_values=torch.randn(4, 3, SIDE, SIDE))
    model.eval()
    processor = transformers.ConvNextImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_pct=0.875, resample=3, image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225]
    )
    tensors, pixels = processed(folder, processor, reference)
    taps = [("stem", "map", model.resnet.embedder)]
    for s, stage in enumerate(model.resnet.encoder.stages):
        taps += [(f"stage {s + 1} block {i + 1}", "map", block) for i, block in enumerate(stage.layers)]
    taps += [("pooled", "map", model.resnet.pooler), ("logits", "logits", model.classifier)]
    content = record(reference, PICTURES, taps, lambda place: model(pixel_values=tensors[place]), lambda seen: seen["pooled"].flatten())
    axes = {"pixel_values": IMAGE_AXES, "logits": IMAGE_AXES}
    export(Outputs(model, ["pixel_values"], ["logits"]), (torch.cat(tensors),), axes, folder / "onnx" / "model.onnx", classic=True)
    write_config(folder, config)
    reference.save(folder, {**content, "pixels": pixels})


def two_towers(name: str, model, config, tokenizer: Tokenizer, processor, rows: list[list[int]], settings: dict, pool) -> None:
    """CLIP and SigLIP: text_model.onnx and vision_model.onnx, whose vectors live in one space."""
    folder, reference = start(name), Reference()
    tensors, pixels = processed(folder, processor, reference)

    def blocks(tower):
        taps = [("embeddings", "tokens", getattr(tower, "pre_layrnorm", tower.embeddings))]
        taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(tower.encoder.layers)]
        return taps

    text_taps = [*blocks(model.text_model), ("final norm", "tokens", model.text_model.final_layer_norm)]
    image_taps = blocks(model.vision_model)
    if name == "siglip":
        image_taps += [("final norm", "tokens", model.vision_model.post_layernorm)]
    (text_name, image_name), text_run, image_run = pool

    content = {
        "text": record(
            reference, [{"text": text, "ids": ids} for text, ids in zip(TEXTS, rows, strict=True)], text_taps,
            lambda place: text_run(model, {"input_ids": torch.tensor([rows[place]])})[text_name], lambda seen: seen["out"][0],
        ),  # fmt: skip
        "image": record(
            reference, PICTURES, image_taps,
            lambda place: image_run(model, {"pixel_values": tensors[place]})[image_name], lambda seen: seen["out"][0],
        ),  # fmt: skip
    }  # fmt: skip
    content["image"]["pixels"] = pixels
    ids = torch.tensor([row + [row[-1]] * (max(map(len, rows[:2])) - len(row)) for row in rows[:2]])
    text = Outputs(model, ["input_ids"], [text_name], text_run)
    fixed = name == "siglip"
    text_axes = {"input_ids": IMAGE_AXES if fixed else TEXT_AXES, text_name: IMAGE_AXES}
    export(text, (ids,), text_axes, folder / "onnx" / "text_model.onnx", classic=True)
    image = Outputs(model, ["pixel_values"], [image_name], image_run)
    image_axes = {"pixel_values": IMAGE_AXES, image_name: IMAGE_AXES}
    export(image, (torch.cat(tensors),), image_axes, folder / "onnx" / "vision_model.onnx", classic=fixed)
    write_config(folder, config)
    write_text_files(folder, tokenizer, settings)
    reference.save(folder, content)


def clip() -> None:
    tokenizer = clip_bpe()
    end = tokenizer.token_to_id("<|endoftext|>")
    text = {**SIZES, "vocab_size": tokenizer.get_vocab_size(), "max_position_embeddings": 40, "bos_token_id": end - 1, "eos_token_id": end, "pad_token_id": end}
    config = transformers.CLIPConfig(
        text_config=text, vision_config={**SIZES, "image_size": SIDE, "patch_size": 8}, projection_dim=12,
        architectures=["CLIPModel"], attn_implementation="eager", initializer_factor=6.0,
    )  # fmt: skip
    torch.manual_seed(SEED)
    model = transformers.CLIPModel(config).eval()
    processor = transformers.CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}, resample=3)
    settings = {"model_max_length": 40, "pad_token": "<|endoftext|>", "tokenizer_class": "CLIPTokenizer", "do_lower_case": True}

    def text_run(model, given):
        return {"text_embeds": model.text_projection(model.text_model(**given).pooler_output)}

    def image_run(model, given):
        return {"image_embeds": model.visual_projection(model.vision_model(**given).pooler_output)}

    two_towers("clip", model, config, tokenizer, processor, text_rows(tokenizer), settings, (("text_embeds", "image_embeds"), text_run, image_run))


def siglip() -> None:
    tokenizer = unigram(["<unk>", "</s>"], "$A </s>", "<unk>", lowercase=True)
    length = 32
    text = {**SIZES, "vocab_size": tokenizer.get_vocab_size(), "max_position_embeddings": length, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 1}
    config = transformers.SiglipConfig(
        text_config=text, vision_config={**SIZES, "image_size": SIDE, "patch_size": 8},
        architectures=["SiglipModel"], attn_implementation="eager",
    )  # fmt: skip
    torch.manual_seed(SEED)
    model = transformers.SiglipModel(config).eval()
    processor = transformers.SiglipImageProcessorPil(size={"height": SIDE, "width": SIDE}, resample=3)
    settings = {"model_max_length": length, "pad_token": "</s>", "tokenizer_class": "SiglipTokenizer", "do_lower_case": True}

    def text_run(model, given):
        return {"pooler_output": model.text_model(**given).pooler_output}

    def image_run(model, given):
        return {"pooler_output": model.vision_model(**given).pooler_output}

    # As trained ones have: siglip-base-patch16-224's are about these.
    with torch.no_grad():
        model.logit_scale.fill_(4.7)
        model.logit_bias.fill_(-12.9)
    rows = text_rows(tokenizer, pad_to=length, pad_id=1)
    two_towers("siglip", model, config, tokenizer, processor, rows, settings, (("pooler_output", "pooler_output"), text_run, image_run))
    whole_siglip(model, processor, rows)


def whole_siglip(model, processor, rows: list[list[int]]) -> None:
    """The file of both towers, which alone holds the scale and the bias, and the probabilities they give."""
    folder = FOLDER / ORGANISATION / "siglip"
    tensors = [torch.tensor(np.asarray(processor(picture)["pixel_values"]))[0][None] for picture in pictures().values()]
    inputs, outputs = ["input_ids", "pixel_values"], ["logits_per_image", "logits_per_text", "text_embeds", "image_embeds"]
    example = (torch.tensor(rows), torch.cat(tensors))
    axes = {"input_ids": {0: "text_batch_size"}, "pixel_values": {0: "image_batch_size"}}
    export(Outputs(model, inputs, outputs), example, axes, folder / "onnx" / "model.onnx", classic=True)
    with torch.no_grad():
        probabilities = torch.sigmoid(model(input_ids=example[0], pixel_values=example[1]).logits_per_image)
    content = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    write_json(folder / "reference.json", {**content, "probabilities": probabilities.tolist()})


def make() -> None:
    """All models, the pictures, and the list of every file's SHA-256."""
    torch.set_num_threads(1)
    for picture, image in pictures().items():
        (FOLDER / "pictures").mkdir(parents=True, exist_ok=True)
        image.save(FOLDER / "pictures" / picture)
    distilbert()
    bert("minilm", classic=False, pooling="mean")
    bert("bge", classic=True, pooling="cls")
    e5()
    vision_transformer("vit")
    dinov2()
    resnet()
    clip()
    siglip()
    write_checksums()


def write_checksums() -> None:
    """The list of every file's SHA-256."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(FOLDER)}\n" for path in files]
    (FOLDER / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files):,} bytes")


if __name__ == "__main__":
    make()
