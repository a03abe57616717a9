"""Makes the tiny models of e2e/fixtures/hub that ask for something unusual, or whose numbers fail; see tiny_models.py.

Failing numbers come from where they come from in real files: a weight that is not a number, a word without a vector, a
picture that leaves every neuron silent.

    nan-word      minilm, but the vector of "river" is NaN: texts with it have no vector, all others have minilm's
    nan           minilm, but one number of the last norm is NaN: no text has a vector
    zero-word     the words' own vectors, as static embeddings have; unknown words, [CLS] and [SEP] have zeros
    zero-picture  a ResNet whose norms have seen nothing: black pictures (pictures/black.png) give zeros
    positions     BERT that asks for position_ids, counted from 0
    roberta       XLM-R that asks for position_ids, counted from 2
    half-pixels   DINOv2 in float16 throughout, pixel_values too
"""

import numpy as np
import onnx
import torch
import transformers
from onnxruntime.transformers.float16 import convert_float_to_float16
from PIL import Image

import graph
import tiny_models as tiny
from tiny_models import BLOCKS, FOLDER, SIDE, SIZES, TEXT_AXES, TEXTS, WIDTH, IMAGE_AXES, Outputs, Reference

BERT_INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def bert_model(vocabulary: int):
    """minilm's network: after `tiny.start`, the same random weights."""
    config = transformers.BertConfig(
        vocab_size=vocabulary, max_position_embeddings=64, **SIZES,
        architectures=["BertModel"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    return config, transformers.BertModel(config, add_pooling_layer=False).eval()


def write_bert_files(folder, config, tokenizer) -> None:
    tiny.write_config(folder, config)
    tiny.write_text_files(folder, tokenizer, {"do_lower_case": True, "model_max_length": 64, "pad_token": "[PAD]", "tokenizer_class": "BertTokenizer"})
    tiny.write_sentence_files(folder, "mean")


def spoilt(name: str, spoil) -> None:
    """minilm with one of its weights spoilt."""
    folder, tokenizer = tiny.start(name), tiny.word_pieces(lowercase=True)
    config, model = bert_model(tokenizer.get_vocab_size())
    with torch.no_grad():
        spoil(model, tokenizer)
    axes = {key: TEXT_AXES for key in [*BERT_INPUTS, "last_hidden_state"]}
    example = tiny.text_example(BERT_INPUTS, tiny.text_rows(tokenizer))
    tiny.export(Outputs(model, BERT_INPUTS, ["last_hidden_state"]), example, axes, folder / "onnx" / "model.onnx", classic=True)
    write_bert_files(folder, config, tokenizer)


def nan_word(model, tokenizer) -> None:
    model.embeddings.word_embeddings.weight[tokenizer.token_to_id("river")] = torch.nan


def nan_everywhere(model, _tokenizer) -> None:
    model.encoder.layer[-1].output.LayerNorm.bias[0] = torch.nan


class WordVectors(torch.nn.Module):
    """A table of vectors, looked up."""

    def __init__(self, vocabulary: int, nothing: list[int]):
        super().__init__()
        self.table = torch.nn.Embedding(vocabulary, WIDTH)
        with torch.no_grad():
            self.table.weight[nothing] = 0

    def forward(self, input_ids):
        return {"last_hidden_state": self.table(input_ids)}


def zero_word() -> None:
    folder, tokenizer = tiny.start("zero-word"), tiny.word_pieces(lowercase=True)
    nothing = [tokenizer.token_to_id(token) for token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")]
    model = WordVectors(tokenizer.get_vocab_size(), nothing)
    axes = {key: TEXT_AXES for key in ["input_ids", "last_hidden_state"]}
    example = tiny.text_example(["input_ids"], tiny.text_rows(tokenizer))
    tiny.export(Outputs(model, ["input_ids"], ["last_hidden_state"]), example, axes, folder / "onnx" / "model.onnx", classic=True)
    config = transformers.PretrainedConfig(vocab_size=tokenizer.get_vocab_size(), hidden_size=WIDTH, max_position_embeddings=64)
    write_bert_files(folder, config, tokenizer)


def zero_picture() -> None:
    folder = tiny.start("zero-picture")
    config = transformers.ResNetConfig(
        embedding_size=8, hidden_sizes=[16, 32], depths=[1, 1], layer_type="bottleneck", num_labels=5,
        architectures=["ResNetForImageClassification"], id2label={i: f"thing {i}" for i in range(5)},
    )  # fmt: skip
    model = transformers.ResNetForImageClassification(config).eval()
    processor = transformers.ConvNextImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_pct=0.875, resample=3, image_mean=[0.0, 0.0, 0.0], image_std=[1.0, 1.0, 1.0]
    )
    tensors, _ = tiny.processed(folder, processor, Reference())
    axes = {"pixel_values": IMAGE_AXES, "logits": IMAGE_AXES}
    tiny.export(Outputs(model, ["pixel_values"], ["logits"]), (torch.cat(tensors),), axes, folder / "onnx" / "model.onnx", classic=True)
    tiny.write_config(folder, config)


def positions(name: str, model, config, tokenizer, settings: dict, first: int) -> None:
    """A text encoder that is told where each token stands, as the network itself would count: from `first` on."""
    folder, reference = tiny.start(name), Reference()
    inputs, rows = ["input_ids", "attention_mask", "position_ids"], tiny.text_rows(tokenizer)
    taps = [("embeddings", "tokens", model.embeddings)]
    taps += [(f"block {i + 1}", "tokens", block) for i, block in enumerate(model.encoder.layer)]
    # Not told: what PyTorch counts by itself is the reference.
    content = tiny.record(
        reference, [{"text": text, "ids": ids} for text, ids in zip(TEXTS, rows, strict=True)], taps,
        lambda place: model(**tiny.feed(inputs[:2], rows[place])), lambda seen: seen[f"block {BLOCKS}"][0].mean(0),
    )  # fmt: skip
    ids, mask = tiny.text_example(inputs[:2], rows)
    places = torch.arange(first, first + ids.shape[1]).repeat(len(ids), 1)
    axes = {key: TEXT_AXES for key in [*inputs, "last_hidden_state"]}
    tiny.export(Outputs(model, inputs, ["last_hidden_state"]), (ids, mask, places), axes, folder / "onnx" / "model.onnx", classic=True)
    tiny.write_config(folder, config)
    tiny.write_text_files(folder, tokenizer, settings)
    reference.save(folder, content)


def bert_positions() -> None:
    tokenizer = tiny.word_pieces(lowercase=True)
    torch.manual_seed(tiny.SEED)
    config, model = bert_model(tokenizer.get_vocab_size())
    settings = {"do_lower_case": True, "model_max_length": 64, "pad_token": "[PAD]", "tokenizer_class": "BertTokenizer"}
    positions("positions", model, config, tokenizer, settings, 0)


def roberta_positions() -> None:
    tokenizer = tiny.unigram(["<s>", "<pad>", "</s>", "<unk>"], "<s> $A </s>", "<unk>", lowercase=False)
    torch.manual_seed(tiny.SEED)
    config = transformers.XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=66, type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        **SIZES, architectures=["XLMRobertaModel"], attn_implementation="eager", initializer_range=0.3,
    )  # fmt: skip
    model = transformers.XLMRobertaModel(config, add_pooling_layer=False).eval()
    settings = {"model_max_length": 64, "pad_token": "<pad>", "tokenizer_class": "XLMRobertaTokenizer"}
    positions("roberta", model, config, tokenizer, settings, 2)


def half_pixels() -> None:
    """tiny/dinov2 with every number of its graph in float16, inputs and outputs too; PyTorch's reference is float32's."""
    folder, source = tiny.start("half-pixels"), FOLDER / tiny.ORGANISATION / "dinov2"
    model = convert_float_to_float16(onnx.load(str(source / "onnx" / "model.onnx")), keep_io_types=False, disable_shape_infer=True)
    graph.save(model, folder / "onnx" / "model.onnx", "nearfield recipes/odd_models.py")
    for name in ("config.json", "preprocessor_config.json", "reference.json", "reference.f32"):
        (folder / name).write_bytes((source / name).read_bytes())


def make() -> None:
    """All of them, and the list of every file's SHA-256."""
    torch.set_num_threads(1)
    Image.fromarray(np.zeros((24, 32, 3), dtype=np.uint8)).save(FOLDER / "pictures" / "black.png")
    spoilt("nan-word", nan_word)
    spoilt("nan", nan_everywhere)
    zero_word()
    zero_picture()
    bert_positions()
    roberta_positions()
    half_pixels()
    tiny.write_checksums()


if __name__ == "__main__":
    make()
