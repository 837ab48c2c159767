// Puts rows in an order that is the same for each run, whatever a run measured and whenever it measured it.

const GROUPS = ["allocation", "addressTranslation", "transfer", "traceReplay", "lifecycle"];
const ALLOCATORS = ["shm", "arena"];

/** Returns the position of a name in a list; names that the list lacks come last. */
const positionIn = (list, name) => (list.includes(name) ? list.indexOf(name) : list.length);

/** Compares the parameters of two rows of one metric by their numbers. */
function compareParameters(one, other) {
  for (const [name, value] of Object.entries(one)) {
    const difference = Number(value) - Number(other[name]);
    if (Number.isFinite(difference) && difference !== 0) {
      return difference;
    }
  }

  return 0;
}

const text = (one, other) => String(one).localeCompare(String(other), "en", { numeric: true });

/**
 * Compares two rows by their place in the catalogue. Rows of earlier versions of the suite have none and come last, by section, kind of
 * value, metric, allocator, parameters and key.
 */
export const compareRows = (one, other) =>
  (one.place ?? Infinity) - (other.place ?? Infinity)
  || positionIn(GROUPS, one.group) - positionIn(GROUPS, other.group)
  || Number(one.isCount) - Number(other.isCount)
  || text(one.metric, other.metric)
  || positionIn(ALLOCATORS, one.allocator) - positionIn(ALLOCATORS, other.allocator)
  || text(one.allocator, other.allocator)
  || compareParameters(one.parameters, other.parameters)
  || text(one.key, other.key);
