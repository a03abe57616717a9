import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { tidyText } from "../core/text";
import { readTexts } from "./texts";

const read = (content: BlobPart, name: string) => readTexts(new Blob([content]), name);

function utf16(text: string, { bigEndian = false, mark = true } = {}): Uint8Array<ArrayBuffer> {
  const marked = mark ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < marked.length; index++) {
    view.setUint16(index * 2, marked.charCodeAt(index), !bigEndian);
  }
  return bytes;
}

describe("a list of texts", () => {
  it("has one text a line and keeps commas", async () => {
    const { texts, problems, categories } = await read(
      "He came, he saw.\r\n\r\n  soccer\r\nsoccer",
      "words.txt",
    );
    expect(texts).toEqual(["He came, he saw.", "soccer", "soccer"]);
    expect(problems).toEqual([]);
    expect(categories).toBeUndefined();
  });

  it("is split at commas when it is one line", async () => {
    expect((await read("football, soccer\n", "words.txt")).texts).toEqual(["football", "soccer"]);
  });

  it.each<[string, BlobPart]>([
    ["UTF-8", "café\nça\nnaïve"],
    ["UTF-8 with a mark", "\ufeffcafé\nça\nnaïve"],
    ["UTF-16 little-endian", utf16("café\nça\nnaïve")],
    ["UTF-16 big-endian", utf16("café\nça\nnaïve", { bigEndian: true })],
    ["UTF-16 without a mark", utf16("café\nça\nnaïve", { mark: false })],
    ["Windows-1252", new Uint8Array([..."caf\xe9\n\xe7a\nna\xefve"].map((letter) => letter.charCodeAt(0)))],
    ["old Macintosh line ends", "café\rça\rnaïve"],
  ])("is read from %s", async (_, content) => {
    expect((await read(content, "words.txt")).texts).toEqual(["café", "ça", "naïve"]);
  });

  it("is read as UTF-8 even when one character of many is broken", async () => {
    const bytes = new TextEncoder().encode("äöüéèêçñåø football");
    const { texts } = await read(new Blob([bytes, new Uint8Array([0xff])]), "words.txt");
    expect(texts).toEqual(["äöüéèêçñåø football\ufffd"]);
  });

  it("loses nothing at the edges of what is read at a time", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `zeile ${index} äöü 👩‍👩‍👧`);
    const { texts } = await read(lines.join("\r\n"), "words.txt");
    expect(texts).toEqual(lines);
  });

  it("leaves out a line too long to be a text, and keeps the others", async () => {
    const { texts, problems } = await read(`first\n${"x".repeat(3_000_000)}\nlast`, "words.txt");
    expect(texts).toEqual(["first", "last"]);
    expect(problems).toMatchObject([{ name: "MalformedRow", message: expect.stringContaining("row 2") }]);
  });

  it("stops at 100,000 rows and says so", async () => {
    const { texts, problems } = await read("word\nother\n".repeat(50_001), "words.txt");
    expect(texts).toHaveLength(100_000);
    expect(problems).toMatchObject([{ name: "TooManyItems" }]);
  });

  it("can be given up", async () => {
    const reading = readTexts(new Blob(["a\nb"]), "words.txt", { signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ name: "Cancelled" });
  });

  it("reports how much has been read", async () => {
    const seen: number[] = [];
    const file = new Blob(["word\n".repeat(50_000)]);
    await readTexts(file, "words.txt", { progress: ({ bytes }) => seen.push(bytes) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(file.size);
  });
});

describe("a file that is no list", () => {
  it.each<[string, string, BlobPart]>([
    ["an empty file", "words.txt", ""],
    ["nothing but blank lines", "words.txt", "\n \n\t\n"],
    ["a header without rows", "words.csv", "word,category\n"],
    ["a workbook by the name of a table", "words.csv", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0])],
    [
      "a picture by the name of a list",
      "words.txt",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    ],
    ["machine code", "words.txt", Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 251)],
  ])("is refused by name: %s", async (_, name, content) => {
    await expect(read(content, name)).rejects.toMatchObject({
      name: "UnreadableFile",
      message: expect.stringContaining(name),
    });
  });
});

describe("a table of texts", () => {
  it("has its texts and categories found by the header", async () => {
    const table = await read("id,word,category\n1,football,sport\n2,shoe,\n3,,clothes\n", "words.csv");
    expect(table).toEqual({
      texts: ["football", "shoe"],
      categories: ["sport", undefined],
      column: "word",
      categoryColumn: "category",
      problems: [
        { name: "EmptyText", message: "words.csv: 1 row left out for want of a text in the column “word”." },
      ],
    });
  });

  it("takes “label” for the texts where there is no better column, else for the categories", async () => {
    expect(await read("label,x\nfootball,1\n", "a.csv")).toMatchObject({
      texts: ["football"],
      column: "label",
    });
    expect(await read("text,label\ngreat film,positive\n", "a.csv")).toMatchObject({
      texts: ["great film"],
      categories: ["positive"],
    });
  });

  it("has the first column of words where no name tells", async () => {
    expect((await read("1,football,sport\n2,shoe,clothes\n", "a.csv")).texts).toEqual(["football", "shoe"]);
    expect((await read("n;noun;count\n1;football;7\n2;shoe;8\n", "a.csv")).texts).toEqual([
      "football",
      "shoe",
    ]);
  });

  it.each([
    ["comma", "a.csv", ","],
    ["semicolon", "a.csv", ";"],
    ["tab", "a.csv", "\t"],
    ["bar", "a.csv", "|"],
    ["tab by its name", "a.tsv", "\t"],
  ])("is cut at a %s", async (_, name, separator) => {
    const rows = [
      ["word", "category"],
      ["football", "sport"],
      ["shoe", "clothes"],
    ];
    const { texts, categories } = await read(rows.map((row) => row.join(separator)).join("\n"), name);
    expect(texts).toEqual(["football", "shoe"]);
    expect(categories).toEqual(["sport", "clothes"]);
  });

  it("of one column keeps the commas nobody quoted", async () => {
    const { texts } = await read("sentence\nHe came, he saw.\nShe won.\n", "a.csv");
    expect(texts).toEqual(["He came, he saw.", "She won."]);
  });

  it("keeps quoted separators, quotes and line ends", async () => {
    const { texts } = await read(
      'word,category\r\n"a ""big"", red\r\nball",toy\r\nshoe,clothes\r\n',
      "a.csv",
    );
    expect(texts).toEqual(['a "big", red ball', "shoe"]);
  });

  it("reports an unclosed quote and keeps the rows before and after", async () => {
    const { texts, problems } = await read('word,n\nfootball,1\n"soccer,2\nshoe,3\n"hat",4\n', "a.csv");
    expect(texts).toEqual(["football", "shoe", "hat"]);
    expect(problems).toMatchObject([{ name: "MalformedRow", message: expect.stringContaining("row 3") }]);
  });

  it("reports an unclosed quote in a large file without reading it over and over", async () => {
    const rows = Array.from({ length: 90_000 }, (_, index) => `word ${index} with some company,${index}`);
    rows[500] = '"never closed,500';
    rows[80_000] = '"really, never,80000';
    const before = process.cpuUsage();
    const { texts, problems } = await read(`word,n\n${rows.join("\n")}`, "a.csv");
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
    expect(texts).toHaveLength(89_998);
    expect(problems).toHaveLength(2);
  });

  it("lists twenty malformed rows and counts the rest", async () => {
    const { texts, problems } = await read(`word,n\ngood,1\n${'"bad,2\n'.repeat(31)}better,3`, "a.csv");
    expect(texts).toEqual(["good", "better"]);
    expect(problems).toHaveLength(21);
    expect(problems[20].message).toContain("11 rows more");
  });

  it("takes quotes for characters once a hundred lines had them unpaired", async () => {
    const before = process.cpuUsage();
    const { texts, problems } = await read(`word,n\n${'"bad,2\n'.repeat(90_000)}`, "a.csv");
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
    expect(texts).toEqual(Array(89_900).fill('"bad'));
    expect(problems.at(-1)?.message).toContain("80 rows more");
  });

  it("gives back any texts that another writer put into a table", async () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((value) => tidyText(value) !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 40 }), async (texts) => {
        const csv = Papa.unparse({
          fields: ["text", "n"],
          data: texts.map((value, index) => [value, index]),
        });
        expect((await read(csv, "a.csv")).texts).toEqual(texts.map(tidyText));
      }),
    );
  });

  it("loses nothing at the edges of what is read at a time", async () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `zeile "${index}", äöü\n👩‍👩‍👧`);
    const csv = Papa.unparse({ fields: ["text", "n"], data: texts.map((value, index) => [value, index]) });
    expect((await read(csv, "a.csv")).texts).toEqual(texts.map(tidyText));
  });
});
