import { afterEach, describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../core/random";
import { portWorkers } from "../../remote/port-worker.fixture";
import { createCamera, type Lens, writeMatrix } from "../camera";
import { Choice, type Chosen } from "../choice";
import { Cloud } from "../cloud";
import { Grid, type GridCells } from "../grid";
import { isShared, MANY } from "../memory";
import { type Spot, seenPoints } from "../near";
import { Projector } from "../projector";
import { Sight } from "../sight";
import { exhaust } from "../steps";
import { Finder } from "./finder";
import { finderHandlers } from "./handlers";
import type { FinderMethods } from "./methods";

const lens: Lens = { width: 800, height: 600, reach: 1 };
const COUNT = 5_000;

/** Points on a plane, a few of them without a place, some way along to where they go. */
function travellingCloud(): Cloud {
  const random = seededRandom(7);
  const place = (_: unknown, at: number) => (at % 400 === 0 ? Number.NaN : random() * 2 - 1);
  const positions = Float32Array.from({ length: COUNT * 2 }, place);
  const kinds = new Uint8Array(COUNT);
  const cloud = new Cloud();
  exhaust(cloud.replacing({ count: COUNT, dimensions: 2, positions, colours: kinds, kinds }, 0));
  cloud.move(
    positions.map((value) => value * 0.5),
    0,
    1000,
  );
  cloud.tick(400);
  return cloud;
}

function standIn() {
  const { StandIn, made } = portWorkers<FinderMethods>(finderHandlers);
  vi.stubGlobal("Worker", StandIn);
  const finder = new Finder();
  finder.start(true);
  return { finder, made };
}

const asked = <K extends keyof FinderMethods>(
  finder: Finder,
  method: K,
  input: FinderMethods[K]["input"],
  signal = new AbortController().signal,
) =>
  new Promise<FinderMethods[K]["output"]>((resolve, reject) =>
    finder.ask(method, input, signal, resolve, () => reject(new Error("No answer."))),
  );

describe("Finder", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("finds the points that the page itself would find", async () => {
    const cloud = travellingCloud();
    const matrix = new Float32Array(16);
    writeMatrix({ ...createCamera(), zoom: 300 }, lens, matrix);
    const projector = new Projector(cloud, lens, matrix);
    const { finder } = standIn();
    let hits = 0;
    for (let x = 50; x < 800; x += 75) {
      const spot: Spot = { x, y: 300 + x / 10, radius: 8, disc: 3 };
      const sight = new Sight(cloud, projector);
      const choice = new Choice();
      choice.begin(8);
      exhaust(sight.near(spot, choice));
      const { best, distance, scale } = choice;
      finder.show(seenPoints(cloud));
      const from = { mix: cloud.mix, matrix, lens };
      const request = { from, spot, reach: 8 };
      expect(await asked(finder, "near", request)).toEqual({ best, distance, scale } satisfies Chosen);
      if (best >= 0) hits++;
    }
    expect(hits).toBeGreaterThan(2);
    finder.close();
  });

  it("sees what the page writes to memory that both share, however the points were replaced, moved and hidden", async () => {
    vi.stubGlobal("crossOriginIsolated", true);
    const random = seededRandom(3);
    const cloud = new Cloud();
    const kinds = new Uint8Array(MANY * 2);
    const places = (count: number) => Float32Array.from({ length: count * 2 }, () => random() * 2 - 1);
    const replace = (count: number) =>
      exhaust(cloud.replacing({ count, dimensions: 2, positions: places(count), colours: kinds, kinds }, 0));
    const matrix = new Float32Array(16);
    writeMatrix({ ...createCamera(), zoom: 300 }, lens, matrix);
    const projector = new Projector(cloud, lens, matrix);
    const { finder } = standIn();
    // Too few to share memory, more than there was room for, and fewer again.
    replace(MANY - 10_000);
    const changes = [
      () => replace(MANY + 5_000),
      () => cloud.move(places(cloud.count), 0, 0),
      () => cloud.filter(Uint8Array.from({ length: cloud.count }, (_, index) => index & 1)),
      () => cloud.move(places(cloud.count), 0, 1000),
      () => cloud.tick(600),
      () => replace(MANY + 1_000),
    ];
    for (const change of changes) {
      change();
      expect(isShared(cloud.to) && isShared(cloud.blocks.boxes.to)).toBe(true);
      finder.show(seenPoints(cloud));
      for (let x = 200; x <= 600; x += 100) {
        const spot: Spot = { x, y: x / 2 + 100, radius: 8, disc: 3 };
        const choice = new Choice();
        choice.begin(8);
        exhaust(new Sight(cloud, projector).near(spot, choice));
        const { best, distance, scale } = choice;
        expect(best).toBeGreaterThanOrEqual(0);
        const from = { mix: cloud.mix, matrix, lens };
        expect(await asked(finder, "near", { from, spot, reach: 8 })).toEqual({ best, distance, scale });
      }
    }
    finder.close();
  });

  it("makes the index that the page itself would make, again and again", async () => {
    const cloud = travellingCloud();
    const { to: places, style, count } = cloud;
    const grid = new Grid();
    grid.build(places, count, (index) => cloud.isHidden(index));
    const { finder } = standIn();
    const none: GridCells = await asked(finder, "index", { places, style, count: 0 });
    expect(none.items).toHaveLength(0);
    for (let time = 0; time < 2; time++) {
      expect(await asked(finder, "index", { places, style, count })).toEqual(grid.cells);
    }
    finder.close();
  });

  it("says nothing to those who no longer wait, and goes on answering others", async () => {
    const { to: places, style, count } = travellingCloud();
    const { finder } = standIn();
    const controller = new AbortController();
    const heard = vi.fn();
    finder.ask("index", { places, style, count }, controller.signal, heard, heard);
    controller.abort();
    expect((await asked(finder, "index", { places, style, count })).items.length).toBeGreaterThan(0);
    expect(heard).not.toHaveBeenCalled();
    expect(finder.ready).toBe(true);
    finder.close();
  });

  it("leaves the work to the page once its worker has died, and where no memory is shared", async () => {
    const { to: places, style, count } = travellingCloud();
    const { finder, made } = standIn();
    const answer = asked(finder, "index", { places, style, count });
    made[0].crash("out of memory");
    await expect(answer).rejects.toThrow("No answer.");
    expect(finder.ready).toBe(false);
    finder.start(true);
    expect(finder.ready).toBe(false);
    const other = new Finder();
    other.start(false);
    expect(other.ready).toBe(false);
  });
});
