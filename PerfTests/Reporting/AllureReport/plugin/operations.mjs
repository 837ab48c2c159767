// Collects the operations whose parts are measured by rows of their own.

/** Returns the operations with two or more measured parts, each part with its time and the key of its row. */
export function operationsOf(entries) {
  const operations = new Map();
  for (const { result } of entries) {
    for (const part of result?.part_of ?? []) {
      if (part.nanoseconds > 0) {
        const operation = operations.get(part.operation) ?? { title: part.operation, parts: [] };
        operations.set(part.operation, operation);
        operation.parts.push({ key: result.name, name: part.part, order: part.order, nanoseconds: part.nanoseconds });
      }
    }
  }

  return [...operations.values()].filter(({ parts }) => parts.length > 1)
    .map((operation) => ({ ...operation, parts: operation.parts.toSorted((one, other) => one.order - other.order) }))
    .toSorted((one, other) => other.title.localeCompare(one.title, "en"));
}
