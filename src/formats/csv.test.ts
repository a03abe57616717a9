import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { type CsvRows, type CsvShape, csvColumns, textCell } from "./csv";
import { createCsvFile } from "./csv-file";

/** A table as text, and read back by an independent parser. */
async function written(shape: CsvShape, ...blocks: CsvRows[]) {
  const file = createCsvFile(shape);
  for (const rows of blocks) file.write(rows);
  const text = await file.blob().text();
  const { data, errors } = Papa.parse<string[]>(text, { newline: "\r\n", skipEmptyLines: true });
  expect(errors.filter(({ type }) => type === "Quotes")).toEqual([]);
  return { text, columns: data[0], cells: data.slice(1) };
}

const oneRow = (label: string, vector: readonly number[] = []): CsvRows => ({
  items: [{ id: "i1", kind: "text", label }],
  positions: new Float32Array([0.5, -2]),
  vectors: new Float32Array(vector),
});

const labelled = async (label: string) =>
  (await written({ space: "s", dimensions: 2, dimension: 0 }, oneRow(label))).cells[0][2];

describe("a CSV file", () => {
  it("is what the article's words look like", async () => {
    const { text } = await written(
      { space: "minilm", dimensions: 3, dimension: 2 },
      {
        items: [
          { id: "i1", kind: "text", label: "football" },
          { id: "i2", kind: "image", label: "a ball, on grass" },
        ],
        positions: new Float32Array([1, -0.1, 0, Number.NaN, Number.NaN, Number.NaN]),
        vectors: new Float32Array([0.3, -0, 1 / 3, 1e-8]),
      },
    );
    expect(text).toBe(
      "id,kind,label,space,x,y,z,d0,d1\r\n" +
        "i1,text,football,minilm,1,-0.1,0,0.3,-0.0\r\n" +
        'i2,image,"a ball, on grass",minilm,,,,0.33333334,1e-8\r\n',
    );
  });

  it("has a header even without rows", async () => {
    const { text } = await written({ space: "s", dimensions: 2, dimension: 1 });
    expect(text).toBe("id,kind,label,space,x,y,d0\r\n");
  });

  it("reads back bit for bit, over several blocks and pieces", async () => {
    const dimension = 384;
    const shape: CsvShape = { space: "s", dimensions: 2, dimension };
    const random = fc.sample(fc.float32Array({ minLength: dimension * 4, maxLength: dimension * 4 }), 3);
    const blocks = random.map((vectors, block) => ({
      items: Array.from({ length: 4 }, (_, row) => ({
        id: `i${block}-${row}`,
        kind: "text" as const,
        label: "x",
      })),
      positions: Float32Array.from({ length: 8 }, (_, index) => Math.sin(block * 8 + index)),
      vectors,
    }));
    // Long labels fill the pieces, so that rows fall on both sides of their edges.
    blocks[1].items.forEach((item) => {
      item.label = "é".repeat(400_000);
    });
    const { columns, cells } = await written(shape, ...blocks);
    expect(columns).toEqual(csvColumns(shape));
    expect(cells).toHaveLength(12);
    const number = (text: string) => Math.fround(Number(text));
    blocks.forEach(({ vectors, positions }, block) => {
      for (let row = 0; row < 4; row++) {
        const line = cells[block * 4 + row];
        const expected = [
          ...positions.subarray(row * 2, row * 2 + 2),
          ...vectors.subarray(row * dimension, (row + 1) * dimension),
        ];
        const same = expected.every((value, index) => Object.is(number(line[4 + index]), value));
        expect(same, `block ${block}, row ${row}`).toBe(true);
      }
    });
  });

  it("keeps any label, but for the apostrophes in front of formulas", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (label) => {
        const read = await labelled(label);
        expect(read).toBe(
          Papa.parse<string[]>(textCell(label), { delimiter: ",", newline: "\r\n" }).data[0]?.[0] ?? "",
        );
        if (!/[=+\-@＝＋－＠\t\r\n]/u.test(label)) expect(read).toBe(label);
        else expect(read.replaceAll("'", "")).toBe(label.replaceAll("'", ""));
      }),
    );
  });

  it.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x";"y")',
    "a;=1+1",
    "a\t=1+1",
    "a\n=1+1",
    "a; +1",
  ])("leaves no cell that begins like a formula, whatever the spreadsheet's separator: %j", async (label) => {
    const { text } = await written({ space: label, dimensions: 2, dimension: 0 }, oneRow(label));
    const line = text.slice(text.indexOf("\r\n") + 2);
    const asComma = Papa.parse<string[]>(line, { delimiter: "," }).data.flat();
    const asOthers = line.split(/[;\t\r\n|]/);
    for (const cell of [...asComma.slice(0, 4), ...asOthers]) {
      expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*["]?[=+\-@＝＋－＠]/u);
    }
  });

  it("never touches numbers: a negative coordinate stays a number", async () => {
    const { cells } = await written({ space: "s", dimensions: 2, dimension: 1 }, oneRow("a", [-0.25]));
    expect(cells[0].slice(4)).toEqual(["0.5", "-2", "-0.25"]);
  });

  it("refuses lengths that do not fit", () => {
    const file = createCsvFile({ space: "s", dimensions: 3, dimension: 0 });
    expect(() => file.write(oneRow("a"))).toThrow(RangeError);
  });

  it("writes a million cells in about a second", () => {
    const dimension = 384;
    const count = 2_605;
    const vectors = Float32Array.from(
      { length: count * dimension },
      (_, index) => Math.sin(index * 1.7) * 0.1,
    );
    const items = Array.from({ length: count }, (_, row) => ({
      id: `i${row}`,
      kind: "text" as const,
      label: `${row}`,
    }));
    const file = createCsvFile({ space: "s", dimensions: 2, dimension });
    const before = process.cpuUsage();
    file.write({ items, positions: new Float32Array(count * 2), vectors });
    // Measured: 0.3 s of one processor. Time on the clock would tell how busy the machine is with other tests.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(1.5);
    expect(file.blob().size).toBeGreaterThan(8_000_000);
  });
});
