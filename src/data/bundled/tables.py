"""Writes iris.csv, wine.csv, breast_cancer.csv and diabetes.csv from scikit-learn's own copies, rows and columns in its order, numbers as they were measured.

Iris: R. A. Fisher, 1936, https://doi.org/10.24432/C56C76. Wine: S. Aeberhard and M. Forina, 1991, https://doi.org/10.24432/C5PC7J.
Breast Cancer Wisconsin (Diagnostic): W. Wolberg, O. Mangasarian, N. Street, W. Street, 1993, https://doi.org/10.24432/C5DW2B.
All three from the UCI Machine Learning Repository, licensed under CC BY 4.0.
Diabetes: B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, "Least Angle Regression", Annals of Statistics 32 (2004), the data of its section 7,
published with the paper at https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html.
"""

from pathlib import Path

from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine

sets = {
    "iris": (load_iris(), "species"),
    "wine": (load_wine(), "cultivar"),
    "breast_cancer": (load_breast_cancer(), "diagnosis"),
    "diabetes": (load_diabetes(scaled=False), "progression"),
}
for name, (data, target) in sets.items():
    classes = getattr(data, "target_names", None)
    lines = [",".join([*data.feature_names, target])]
    for row, value in zip(data.data, data.target):
        lines.append(",".join([*(f"{number:.6g}" for number in row), str(classes[value]) if classes is not None else f"{value:g}"]))
    Path(__file__).with_name(f"{name}.csv").write_text("\n".join(lines) + "\n")
