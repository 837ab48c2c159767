// Reads the figures of a row: the baseline, the change and the limit that decided. The suite chooses them; the page only shows them.

const isFigure = (value) => Number.isFinite(value);

/** True for a row that is judged by a fixed limit: it has no samples and no tolerance, and its baseline value is the limit. */
const hasBound = (result) => isFigure(result?.judgement?.baseline_value) && !(result.launches?.length > 0) && !isFigure(result.tolerance_percent);

/** Returns the figures of a result that carries none, which is of an earlier version of the suite. */
function olderFigures(result, better) {
  const { judgement } = result;
  const worse = judgement?.worse_percent;
  return {
    base: judgement?.baseline_value, change_percent: isFigure(worse) ? (better === "lower" ? worse : -worse) : undefined,
    limit_percent: result.tolerance_percent, source: judgement?.paired ? "pair" : isFigure(judgement?.baseline_value) ? "baseline" : "none",
  };
}

/** Returns the figures of a row. A row that was not measured has none, and a row with a fixed limit has no baseline and no change. */
export function figuresOf(result, better) {
  if (!result) {
    return { base: null, bound: null, changePercent: null, worsePercent: null, limitPercent: null, limitAmount: null, source: "none" };
  }

  const figures = result.figures ?? olderFigures(result, better);
  const isBound = result.figures ? figures.decider === "bound" : hasBound(result);
  const change = isBound ? undefined : figures.change_percent;
  return {
    base: isBound ? null : figures.base ?? null,
    bound: isBound ? figures.limit_amount ?? result.judgement.baseline_value : null,
    changePercent: change ?? null,
    worsePercent: isFigure(change) ? (better === "lower" ? change : -change) : null,
    limitPercent: isBound ? null : figures.limit_percent ?? null,
    limitAmount: isBound ? null : figures.limit_amount ?? null,
    source: isBound ? "none" : figures.source ?? "none",
  };
}
