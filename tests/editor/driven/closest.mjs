// A function for which a model has rewrites, and what it says.

export const CLOSEST = `def closest(values: list[int]) -> int:
    best = 1_000_000
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            best = min(best, abs(values[i] - values[j]))
    return best
`;

export const fenced = (code) => `Like this:\n\`\`\`python\n${code}\`\`\``;

// What is the same value twice is no distance to it.
export const WRONG = fenced(`def closest(values: list[int]) -> int:
    ordered = sorted(set(values))
    return min((after - before for before, after in zip(ordered, ordered[1:])), default=1_000_000)
`);
