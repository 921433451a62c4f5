import { expect } from "chai";

import { commandLine, environmentFor } from "./command";

describe("a command", () => {
  it("inherits the environment without what would change verdicts, plus its own additions", () => {
    process.env["PYTHONASYNCIODEBUG"] = "1";
    process.env["NODE_V8_COVERAGE_KEPT"] = "kept";
    try {
      const environment = environmentFor({ command: "x", args: [], env: { PYTHONOPTIMIZE: "2" } });

      expect(environment).to.include({ PYTHONOPTIMIZE: "2", NODE_V8_COVERAGE_KEPT: "kept" });
      expect(environment).not.to.have.property("PYTHONASYNCIODEBUG");
    } finally {
      delete process.env["PYTHONASYNCIODEBUG"];
      delete process.env["NODE_V8_COVERAGE_KEPT"];
    }
  });

  it("is shown as one would type it, shortened", () => {
    const command = { command: "python3", args: ["-c", "print(1)", "x".repeat(200)] };

    expect(commandLine(command)).to.equal(`python3 -c "print(1)" ${"x".repeat(137)}…`);
  });
});
