"""Writes digits.bin from scikit-learn's own copy of the digits (`sklearn.datasets.load_digits`).

A row is 41 bytes: 64 pixels of 0 to 16 in five bits each, lowest bits first, row by row from the top left; then the digit.

Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, https://doi.org/10.24432/C50P49,
licensed under CC BY 4.0. These are its 1,797 test rows, by 13 writers, unchanged.
"""

from pathlib import Path

from sklearn.datasets import load_digits

data = load_digits()
rows = bytearray()
for pixels, digit in zip(data.data.astype(int), data.target):
    bits = sum(int(pixel) << (5 * at) for at, pixel in enumerate(pixels))
    rows += bits.to_bytes(40, "little") + bytes([digit])
Path(__file__).with_suffix(".bin").write_bytes(rows)
