import { expect } from "chai";

import { Processors, type Seat } from "./processors";

/** Takes every seat there is. */
function filled(number: number): { readonly processors: Processors; readonly seats: Seat[] } {
  const processors = new Processors(number);
  const seats: Seat[] = [];
  for (let seat = processors.spare(); seat !== undefined; seat = processors.spare())
    seats.push(seat);
  return { processors, seats };
}

function spareOf(processors: Processors): Seat {
  const seat = processors.spare();
  if (seat === undefined) throw new Error("expected a seat to spare, got none");
  return seat;
}

/** Who was let on, in that order, once everybody had the opportunity. */
async function letOn(waiting: Record<string, Seat>, meanwhile: () => void): Promise<string[]> {
  const order: string[] = [];
  for (const [name, seat] of Object.entries(waiting))
    void seat.ready().then(() => order.push(name));
  meanwhile();
  await new Promise((resolve) => setImmediate(resolve));
  return order;
}

describe("processors", () => {
  it("have a seat each", () => {
    expect(filled(3).seats).to.have.length(3);
  });

  it("have a seat to spare while somebody sleeps, and none when it wakes", () => {
    const { processors, seats } = filled(2);

    seats[0]?.sleep();
    const spare = processors.spare();
    seats[0]?.wake();
    spare?.leave();

    expect(spare).not.to.equal(undefined);
    expect(processors.spare()).to.equal(undefined);
  });

  it("let nobody begin while more are awake than there are seats", async () => {
    const { processors, seats } = filled(1);
    const [sleeper] = seats as [Seat];
    sleeper.sleep();
    const other = spareOf(processors);
    sleeper.wake();

    expect(await letOn({ other }, () => undefined)).to.deep.equal([]);
    expect(
      await letOn({}, () => {
        sleeper.leave();
      }),
    ).to.deep.equal([]);
    expect(processors.spare()).to.equal(undefined);
  });

  it("take turns: who waits longer comes first, and before anybody new", async () => {
    const { processors, seats } = filled(1);
    const [first] = seats as [Seat];
    first.sleep();
    const second = spareOf(processors);
    first.wake();

    const order = await letOn({ first, second }, () => {
      second.sleep();
    });

    expect(order).to.deep.equal(["first"]);
    expect(processors.spare()).to.equal(undefined);
  });

  it("tell when somebody leaves, even one that slept", async () => {
    const { processors, seats } = filled(1);
    seats[0]?.sleep();
    const told = processors.changed();

    seats[0]?.leave();

    await told;
  });

  it("hold nobody back any more when there is only stopping to do", async () => {
    const { processors, seats } = filled(1);
    const [first] = seats as [Seat];
    first.sleep();
    const second = spareOf(processors);
    first.wake();

    expect(
      await letOn({ first, second }, () => {
        processors.lift();
      }),
    ).to.deep.equal(["first", "second"]);
  });
});
