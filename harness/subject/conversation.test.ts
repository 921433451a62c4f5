import { expect } from "chai";

import { HarnessBug } from "../protocol/frames";
import { Conversation } from "./conversation";
import { FakeSession } from "./testing";

describe("a conversation", () => {
  it("hands the floor over with a call and gets it back with the answer", async () => {
    const session = new FakeSession();
    const conversation = new Conversation(session);

    const answer = conversation.call("object.new", {});
    const during = conversation.hasFloor;
    session.say({ type: "returned", value: 7 });

    expect([during, await answer, conversation.hasFloor]).to.deep.equal([
      false,
      { type: "returned", value: 7 },
      true,
    ]);
  });

  it("gives an answer to the innermost call", async () => {
    const session = new FakeSession();
    const conversation = new Conversation(session);
    let inner: Promise<unknown> = Promise.resolve();
    const puppet = conversation.addPuppet(() => {
      inner = conversation.call("object.new", {});
    });

    const outer = conversation.call("asyncio.run", {});
    session.say({ type: "step", puppet, activation: 1, outcome: { started: [] } });
    session.say({ type: "returned", value: "inner" });
    conversation.finish({ type: "finish", value: null });
    session.say({ type: "returned", value: "outer" });

    expect(await Promise.all([inner, outer])).to.deep.equal([
      { type: "returned", value: "inner" },
      { type: "returned", value: "outer" },
    ]);
  });

  it("refuses a call while the subject has the floor, and names what is under way", () => {
    const conversation = new Conversation(new FakeSession());
    void conversation.call("asyncio.run", {});

    expect(() => void conversation.call("object.new", {})).to.throw(
      HarnessBug,
      "expected to have the floor for call object.new, but the subject has it (innermost call: asyncio.run)",
    );
  });

  it("refuses a SIGINT while the subject is blocked in a read", () => {
    const session = new FakeSession();
    const conversation = new Conversation(session);

    expect(() => {
      conversation.interrupt();
    }).to.throw(HarnessBug, "got a SIGINT while the harness has the floor");
    expect(session.interrupts).to.equal(0);
  });

  const outOfTurn = {
    "an answer nobody asked for": [
      { type: "returned", value: 1 },
      "expected silence while the harness has the floor, got returned; wait for the next instruction",
    ],
    "a step of a puppet nobody made": [
      { type: "step", puppet: 9, activation: 1, outcome: { started: [] } },
      "expected a step of a puppet that was named, got puppet 9; use the numbers the harness sends",
    ],
    "a step of a puppet that was told nothing": [
      { type: "step", puppet: 9, activation: 1, outcome: { returned: null } },
      "expected no outcome from puppet 9, activation 1, which was told nothing; say started first, and one outcome per instruction",
    ],
  } as const;

  for (const [what, [message, sentence]] of Object.entries(outOfTurn)) {
    it(`fails on ${what}`, async () => {
      const session = new FakeSession();
      const conversation = new Conversation(session);
      if (message.type === "step") void conversation.call("asyncio.run", {});

      session.say(message as Parameters<FakeSession["say"]>[0]);

      const error = await conversation.failed.catch((reason: unknown) => reason as Error);
      expect(error.message).to.equal(sentence);
    });
  }
});
