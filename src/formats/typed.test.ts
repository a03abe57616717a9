import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTyped } from "./typed";

describe("parseTyped", () => {
  it.each<[string, string[]]>([
    ["football, soccer, footwear", ["football", "soccer", "footwear"]],
    ["football,soccer,,footwear,", ["football", "soccer", "footwear"]],
    ["football\nsoccer\n\nfootwear\n", ["football", "soccer", "footwear"]],
    ["football, soccer\n", ["football", "soccer"]],
    ["He came, he saw.\nShe, too, won.", ["He came, he saw.", "She, too, won."]],
    ['"He came, he saw.", she won', ["He came, he saw.", "she won"]],
    ['"He came, he saw."', ["He came, he saw."]],
    ["“He came, he saw.”, she won", ["He came, he saw.", "she won"]],
    ['"a ""quoted"" word", other', ['a "quoted" word', "other"]],
    ['12" record, 7" single', ['12" record', '7" single']],
    ['"never closed, still split', ['"never closed', "still split"]],
    ['the "inner" quotes, stay', ['the "inner" quotes', "stay"]],
    ['"first line"\r\n"second, line"', ["first line", "second, line"]],
    ["red; green; blue", ["red", "green", "blue"]],
    ["red, green; blue", ["red", "green; blue"]],
    ["cat\tdog, wolf\tfox", ["cat", "dog, wolf", "fox"]],
    ["サッカー、野球，靴", ["サッカー", "野球", "靴"]],
    ["كرة القدم، حذاء", ["كرة القدم", "حذاء"]],
    ["👩‍👩‍👧, ❤️", ["👩‍👩‍👧", "❤️"]],
    ["don't, rock 'n' roll", ["don't", "rock 'n' roll"]],
    ["same, same", ["same", "same"]],
    ["nul\u0000l, \u0000", ["null"]],
    [" \n\t\u200b", []],
    [",,;,", [";"]],
    ["", []],
  ])("reads %j as %j", (input, texts) => {
    expect(parseTyped(input)).toEqual(texts);
  });

  it("gives every line of several as one text, whatever is in it", () => {
    const line = fc.string({ minLength: 1 }).map((text) => `a${text.replace(/[\s"“„«「]/gu, "_")}b`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 2 }), (lines) => {
        expect(parseTyped(lines.join("\n"))).toHaveLength(lines.length);
      }),
    );
  });

  it("takes 100,000 characters of unclosed quotes in one line at once", () => {
    const before = process.cpuUsage();
    expect(parseTyped('"a,'.repeat(33_333))).toHaveLength(33_333);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(0.5);
  });
});
