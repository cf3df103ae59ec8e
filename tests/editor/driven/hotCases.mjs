/** Programs whose hottest line is the one that says so, where a line is easily taken for another; and a call of each. */
const HOT = "total += sum(range(3000))  # hot";

const loop = (indent, head, rest = "return total") =>
  [head, "    total = 0", "    for round in range(40):", `        ${HOT}`, `    ${rest}`]
    .map((line) => indent + line)
    .join("\n");

export const CASES = [
  { name: "a function", call: "work()", text: loop("", "def work():") },
  {
    name: "a method of a class below another of the same name",
    call: "Second().work()",
    text: `class First:\n    def work(self):\n        return 1\n\n\nclass Second:\n${loop("    ", "def work(self):")}`,
  },
  {
    name: "a generator behind characters that are two units long",
    call: "work()",
    text: `WORDS = "𝒳𝒴 é"\n\n\n${loop("", "def work():", "yield '𝒳', total").replace("# hot", '+ len("𝒳")  # hot')}`,
  },
  {
    name: "a decorated function in a file with Windows line ends",
    call: "work()",
    text: `import functools\n\n\n@functools.lru_cache(maxsize=0)\n${loop("", "def work():")}`.replaceAll("\n", "\r\n"),
  },
  { name: "a coroutine", call: "work()", text: loop("", "async def work():") },
  {
    name: "a class method",
    call: "Shop.work()",
    text: `class Shop:\n    @classmethod\n${loop("    ", "def work(cls):")}`,
  },
  {
    name: "a static method",
    call: "Shop.work()",
    text: `class Shop:\n    @staticmethod\n${loop("    ", "def work():")}`,
  },
  {
    name: "a function below a long docstring",
    call: "work()",
    text: loop("", `def work():\n    """One.\n\n${"    More.\n".repeat(30)}    """`),
  },
  { name: "a function indented by tabs", call: "work()", text: loop("", "def work():").replaceAll("    ", "\t") },
  {
    name: "a function at the end of a long file",
    call: "work()",
    text: "x = 1\n".repeat(3000) + loop("", "def work():"),
  },
  {
    name: "a comprehension",
    call: "work()",
    text: "def work():\n    rounds = range(40)\n    return [sum(range(3000)) for round in rounds]  # hot",
  },
  {
    name: "a loop with a condition",
    call: "work(40)",
    text: `def work(left):\n    total = 0\n    while left:\n        left -= 1\n        ${HOT}\n    return total`,
  },
  {
    name: "a try with a finally",
    call: "work()",
    text: `def work():\n    total = 0\n    try:\n        for round in range(40):\n            ${HOT}\n    finally:\n        total += 1\n    return total`,
  },
  {
    name: "a with",
    call: "work()",
    text: `import contextlib\n\n\ndef work():\n    total = 0\n    with contextlib.suppress(ValueError):\n        for round in range(40):\n            ${HOT}\n    return total`,
  },
  {
    name: "a match",
    call: "work(3)",
    text: `def work(kind):\n    total = 0\n    for round in range(40):\n        match kind:\n            case 3:\n                ${HOT}\n            case _:\n                total += 1\n    return total`,
  },
  {
    name: "a recursion",
    call: "work(30)",
    text: `def work(depth, total=0):\n    if not depth:\n        return total\n    ${HOT}\n    return work(depth - 1, total)`,
  },
  {
    name: "the second of two loops alike",
    call: "work()",
    text: `def work():\n    total = 0\n    for round in range(2):\n        total += sum(range(3000))\n    for round in range(40):\n        ${HOT}\n    return total`,
  },
  {
    name: "a function between others alike",
    call: "work()",
    text: ["before", "work", "after"]
      .map((name) => loop("", `def ${name}():`).replace("  # hot", name === "work" ? "  # hot" : ""))
      .join("\n\n\n"),
  },
  {
    name: "a sort",
    call: "work([7, 3, 9] * 20)",
    text: "def work(items):\n    found = list(items)\n    found.reverse()\n    return sorted(found, key=lambda item: sum(range(3000)) + item)  # hot",
  },
  {
    name: "a property of a class in a class",
    call: "Outer.Inner().work",
    text: `class Outer:\n    class Inner:\n        @property\n${loop("        ", "def work(self):")}`,
  },
].map((each) => ({ ...each, text: `${each.text}${each.text.includes("\r\n") ? "\r\n" : "\n"}` }));
