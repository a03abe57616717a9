"""Makes e2e/fixtures/reference/offsets.json: where the tokens of tricky texts stand, by Python's tokenizers.

Offsets are counted in UTF-16 units, as browsers count. One list for each of three kinds of tokenisers: WordPiece (the
shipped text encoder's), byte-level BPE (tiny/clip's) and Unigram (tiny/multilingual-e5's).
"""

import json

from tokenizers import Tokenizer

from paths import MODELS, REFERENCE, REPOSITORY
from reference import TRICKY

HUB = REPOSITORY / "e2e" / "fixtures" / "hub" / "tiny"
TOKENIZERS = {
    "public/models/all-minilm-l6-v2": MODELS / "all-minilm-l6-v2",
    "e2e/fixtures/hub/tiny/clip": HUB / "clip",
    "e2e/fixtures/hub/tiny/multilingual-e5": HUB / "multilingual-e5",
}
MORE = [
    "Hello, world!",
    "The river bank; a savings bank.",
    "  two  spaces   and\ttabs ",
    "unbelievably tokenisable antidisestablishmentarianism",
    "Ünïcödé ÀÉÎÕÜ ﬁne ½ ①",
    "a🦄b 🦄🦄 c 🇬🇧🇫🇷 d",
    "I'm don't we'll",
    "e\u0301e\u0301 cafe\u0301s",
    "日本語のテキスト と English mixed",
]


def make() -> None:
    """Write the file."""
    texts = [text for text in dict.fromkeys([*TRICKY, *MORE]) if len(text) < 200]
    lists = {name: _cases(Tokenizer.from_file(str(folder / "tokenizer.json")), texts) for name, folder in TOKENIZERS.items()}
    lines = [f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]" for name, cases in lists.items()]
    (REFERENCE / "offsets.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _cases(tokenizer: Tokenizer, texts: list[str]) -> list[dict]:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    cases = []
    for text in texts:
        units = [0]
        for character in text:
            units.append(units[-1] + len(character.encode("utf-16-le")) // 2)
        encoding = tokenizer.encode(text)
        offsets = [[units[start], units[end]] for start, end in encoding.offsets]
        kept = [place for place, special in enumerate(encoding.special_tokens_mask) if not special]
        cases.append({"text": text, "tokens": [encoding.tokens[i] for i in kept], "offsets": [offsets[i] for i in kept]})
    return cases


if __name__ == "__main__":
    make()
