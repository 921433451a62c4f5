import { expect } from "chai";
import { Context, ContextVar, copyContext } from "./context";
import { LookupError, RuntimeError, ValueError } from "./errors";

describe("ContextVar", () => {
  it("prefers its value, then the fallback, then the default", () => {
    const variable = new ContextVar("colour", { default: "red" });

    const seen = new Context().run(() => {
      const unset = [variable.get(), variable.get("green")];
      variable.set("blue");
      return [...unset, variable.get("green")];
    });

    expect(seen).to.deep.equal(["red", "green", "blue"]);
  });

  it("raises LookupError when there is nothing to give", () => {
    expect(() => new ContextVar("nothing").get()).to.throw(LookupError, "nothing");
  });

  it("goes back to what it was, once, and in the same context only", () => {
    const variable = new ContextVar<number>("depth");
    const context = new Context();
    const token = context.run(() => variable.set(1));

    expect(() => {
      variable.reset(token);
    }).to.throw(ValueError, "different context");
    context.run(() => {
      variable.reset(token);
    });
    expect(context.has(variable)).to.equal(false);
    expect(() => {
      context.run(() => {
        variable.reset(token);
      });
    }).to.throw(RuntimeError, "used once");
  });
});

describe("Context", () => {
  it("keeps what is set inside to itself", () => {
    const variable = new ContextVar("place", { default: "outside" });
    const context = copyContext();

    context.run(() => variable.set("inside"));

    expect([variable.get(), context.get(variable)]).to.deep.equal(["outside", "inside"]);
    expect(context.copy().get(variable)).to.equal("inside");
    expect([...context].filter(([key]) => key === variable)).to.deep.equal([[variable, "inside"]]);
  });

  it("cannot be entered twice, and is left also after an error", () => {
    const context = new Context();

    expect(() => context.run(() => context.run(() => 1))).to.throw(RuntimeError, "already entered");
    expect(context.isEntered()).to.equal(false);
  });
});
