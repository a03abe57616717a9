"""The shipped encoders, run by onnxruntime from public/models: what the page sees, without a browser."""

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

import efficientnet
import minilm
from pixels import normalise

#: The machine may be shared: no recipe takes more than two threads.
THREADS = 2


def session(model: bytes | str) -> onnxruntime.InferenceSession:
    """An onnxruntime session on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class TextEncoder:
    """MiniLM from its folder: texts in, unit vectors out."""

    def __init__(self):
        self.session = session(str(minilm.FOLDER / "onnx" / "model.onnx"))
        self.tokenizer = Tokenizer.from_file(str(minilm.FOLDER / "tokenizer.json"))
        self.tokenizer.enable_truncation(minilm.MAX_LENGTH)

    def encode(self, texts: list[str], batch: int = 16) -> np.ndarray:
        """Padded in batches of similar length, as the page does it; vectors come back in the order of the texts."""
        self.tokenizer.enable_padding()
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            tokens = self.tokenizer.encode_batch([texts[index] for index in chosen])
            mask = np.array([token.attention_mask for token in tokens], dtype=np.int64)
            states = self.session.run(
                ["last_hidden_state"],
                {
                    "input_ids": np.array([token.ids for token in tokens], dtype=np.int64),
                    "attention_mask": mask,
                    "token_type_ids": np.array([token.type_ids for token in tokens], dtype=np.int64),
                },
            )[0]
            vectors[chosen] = minilm.pool(states, mask)
        return vectors


class ImageEncoder:
    """EfficientNet-Lite0 from its folder: pictures of 0..255 in, features and logits out."""

    def __init__(self):
        self.session = session(str(efficientnet.FOLDER / "onnx" / "model.onnx"))

    def encode(self, pixels: np.ndarray, batch: int = 8) -> tuple[np.ndarray, np.ndarray]:
        """Raw features [n, 1280] and logits [n, 1000]."""
        parts = [
            self.session.run(["features", "logits"], {"pixel_values": normalise(pixels[start : start + batch])})
            for start in range(0, len(pixels), batch)
        ]
        return tuple(np.concatenate([part[index] for part in parts]) for index in range(2))
