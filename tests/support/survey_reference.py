"""Estimates from respondents by the formulas as they are written, on a whole table in memory: what the kernel is held
against."""

import numpy as np
import pandas as pd

from valuemix.respondents.survey import Survey


def reference(
    rows: pd.DataFrame,
    items: list[str],
    *,
    segment: str,
    weight: str,
    stratum: str | None = None,
    cluster: str | None = None,
    population: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Means of items by segment and their whole covariance, segment after segment in the order of their names."""
    w = rows[weight].to_numpy(float)
    residuals, means = [], []
    for name in sorted(rows[segment].unique()):
        inside = (rows[segment] == name).to_numpy()
        for item in items:
            y = rows[item].to_numpy(float)
            o = inside & ~np.isnan(y)
            mean = (w[o] * y[o]).sum() / w[o].sum()
            means.append(mean)
            residuals.append(np.where(o, w * (np.nan_to_num(y) - mean), 0.0) / w[o].sum())
    e = pd.DataFrame(np.array(residuals).T)
    strata = rows[stratum].to_numpy() if stratum else np.zeros(len(rows))
    units = rows[cluster].to_numpy() if cluster else np.arange(len(rows))
    covariance = np.zeros((len(means), len(means)))
    for h in np.unique(strata):
        here = strata == h
        totals = e[here].groupby(units[here]).sum().to_numpy()
        n = len(totals)
        f = n / rows.loc[here, population].iloc[0] if population else 0.0
        centred = totals - totals.mean(axis=0) if n > 1 else totals
        covariance += (1 - f) * (n / (n - 1) if n > 1 else 1.0) * centred.T @ centred
    return np.array(means), covariance


def estimates(survey: Survey) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a survey and their whole covariance, in the order of `reference`."""
    heard = survey.heard
    kept = [[i for i, item in enumerate(items) if item.of == "score"] for items in heard.items]
    groups = range(len(kept))
    rows = [
        [
            heard.blocks[a][np.ix_(kept[a], kept[a])]
            if a == b
            else heard.between[a, b][np.ix_(kept[a], kept[b])]
            if (a, b) in heard.between
            else heard.between[b, a][np.ix_(kept[b], kept[a])].T
            if (b, a) in heard.between
            else np.zeros((len(kept[a]), len(kept[b])))
            for b in groups
        ]
        for a in groups
    ]
    means = [heard.items[g][i].mean for g in groups for i in kept[g]]
    return np.array(means), np.block(rows)
