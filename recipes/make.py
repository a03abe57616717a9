"""Makes everything the page ships and is tested against: `python recipes/make.py [step …]`, all steps without a name."""

import sys

STEPS = ["minilm", "efficientnet", "conse", "samples", "reference", "tiny_models", "odd_models", "layers", "offsets"]


def main(names: list[str]) -> None:
    """Run the named steps, in the order in which they need each other."""
    unknown = sorted(set(names) - set(STEPS))
    if unknown:
        raise SystemExit(f"No step {', '.join(unknown)}: choose from {', '.join(STEPS)}")
    for step in [step for step in STEPS if not names or step in names]:
        print(f"— {step}", flush=True)
        __import__(step).make()
    if not names:  # the image encoder's fidelity is measured on the samples, which come after it
        __import__("efficientnet").measure_again()


if __name__ == "__main__":
    main(sys.argv[1:])
