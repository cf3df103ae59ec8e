import { drive, until } from "../workbench/editor.mjs";

const TWO = `def known(orders: list[str], users: list[str]) -> list[str]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found


def paid(orders: list[str], invoices: list[str]) -> int:
    total = 0
    for order in orders:
        if order in invoices:
            total += 1
    return total
`;

drive("The palette", (editor) => {
  beforeEach(async () => {
    await editor.openFolder({ "orders.py": TWO });
    await editor.openFile("orders.py");
    await editor.expectCount(editor.squiggles, 2);
  });

  it("turns hints off and on", async () => {
    await editor.command("Perfwise: Turn Hints On or Off");
    await editor.expectCount(editor.squiggles, 0);
    await editor.command("Perfwise: Turn Hints On or Off");
    await editor.expectCount(editor.squiggles, 2);
  });

  it("goes from hint to hint", async () => {
    await editor.goTo(1, 1);
    await editor.command("Perfwise: Go to Next Hint");
    await editor.cursorAt(4, 12);
    await editor.command("Perfwise: Go to Next Hint");
    await editor.cursorAt(12, 12);
    await editor.command("Perfwise: Go to Previous Hint");
    await editor.cursorAt(4, 12);
  });

  it("explains the rule of the hint at the cursor", async () => {
    await editor.goTo(4, 17);
    await editor.command("Perfwise: Explain a Rule");
    await editor.page.locator(".tab.active", { hasText: "list-membership-in-loop" }).waitFor();
    await editor.expectWebview("compares item after item");
    await editor.screenshot("explain");
  });

  it("fixes everything in the file", async () => {
    await editor.command("Perfwise: Fix All in This File");
    await editor.expectCount(editor.squiggles, 0);
    await editor.save("orders.py", (text) => text.includes("set(users)") && text.includes("set(invoices)"));
  });

  it("restarts the server, and hints are there again", async () => {
    await editor.command("Perfwise: Restart Server");
    await editor.goTo(13, 1);
    await editor.keyboard.press("Control+A");
    await editor.keyboard.press("Delete");
    await editor.expectCount(editor.squiggles, 0);
    await editor.keyboard.press("Control+Z");
    await editor.expectCount(editor.squiggles, 2);
  });

  it("shows the log", async () => {
    await editor.command("Perfwise: Show Log");
    await until(
      async () => (await editor.page.locator("[id='workbench.panel.output'] select").inputValue()) === "Perfwise",
    );
  });

  it("has a status in the status bar that names the server", async () => {
    await editor.page.locator("[id='status.languageStatus']").click();
    await editor.page.locator(".hover-language-status", { hasText: "Perfwise" }).waitFor();
    await editor.screenshot("status");
  });
});
