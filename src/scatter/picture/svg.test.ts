import { describe, expect, it } from "vitest";
import type { ScatterTheme } from "../types";
import { type DrawnMap, escapeXml, writeSvg } from "./svg";

const theme: ScatterTheme = {
  background: "#ffffff",
  text: "#111111",
  mutedText: "#666666",
  accent: "#2f5bea",
  line: "#dddddd",
  palette: ["#2f5bea"],
  font: '"Inter Variable", sans-serif',
};

const empty: DrawnMap = {
  width: 400,
  height: 300,
  dots: [],
  lines: [],
  pictures: [],
  rings: [],
  texts: [],
  legend: null,
};
const dot = { x: 10, y: 20, radius: 4, colour: "#123456", alpha: 1, halo: 0, ringed: false };

describe("writeSvg", () => {
  it("draws each kind in a shape of its own", () => {
    const shapes = [0, 1, 2, 3, 4].map((kind) => {
      const svg = writeSvg({ ...empty, dots: [{ ...dot, kind }] }, theme);
      return svg.split("\n").find((line) => line.includes("#123456"));
    });
    expect(shapes[0]).toBe('<circle cx="10" cy="20" r="4" fill="#123456"/>');
    expect(shapes[1]).toContain("<rect");
    expect(shapes[2]?.match(/L/g)).toHaveLength(3);
    expect(shapes[3]?.match(/L/g)).toHaveLength(2);
    expect(shapes[4]).toContain('fill="none" stroke="#123456"');
  });

  it("writes labels as text, whatever they hold", () => {
    const text = { x: 1, y: 2, width: 40.25, size: 12, weight: 400, alpha: 1, centred: false } as const;
    const svg = writeSvg(
      {
        ...empty,
        texts: [
          { ...text, text: `<b>"R&D"</b>`, direction: "ltr" },
          { ...text, text: "כדורגל", direction: "rtl" },
        ],
      },
      theme,
    );
    expect(svg).toContain(">&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;</text>");
    expect(svg).toMatch(/text-anchor="end" direction="rtl"[^>]*>כדורגל</);
  });

  it("has every text take the width that was planned for it, in whatever font it is opened", () => {
    const text = { x: 1, y: 2, width: 40.256, size: 12, weight: 400, alpha: 1, centred: true } as const;
    const legend = {
      height: 50,
      parts: [{ kind: "text", x: 0, y: 9, width: 31, text: "sport", title: false }],
    } as const;
    const svg = writeSvg({ ...empty, texts: [{ ...text, text: "ball", direction: "ltr" }], legend }, theme);
    expect(svg).toMatch(/ textLength="40.26" lengthAdjust="spacingAndGlyphs">ball</);
    expect(svg).toMatch(/ textLength="31" lengthAdjust="spacingAndGlyphs"[^>]*>sport</);
    expect(svg).toContain(
      `font-family="&quot;Inter Variable&quot;, &quot;Helvetica Neue&quot;, Arial, &quot;Liberation Sans&quot;, sans-serif"`,
    );
  });

  it("embeds one picture of many points, below the labels", () => {
    const svg = writeSvg({ ...empty, dots: "data:image/png;base64,AAAA" }, theme);
    expect(svg).toContain('<image width="400" height="300" href="data:image/png;base64,AAAA"/>');
  });

  it("frames a thumbnail in its colour, around the whole picture, and dims both alike", () => {
    const picture = { x: 50, y: 50, reach: 20, alpha: 0.2, source: "data:image/jpeg;base64,AAAA" };
    const framed = writeSvg({ ...empty, pictures: [{ ...picture, frame: "#cf2283" }] }, theme);
    expect(framed).toContain('<image x="32" y="32" width="36" height="36"');
    expect(framed).toMatch(
      /<rect x="32" y="32" width="36" height="36" rx="[\d.]+" fill="none" stroke="#cf2283" stroke-width="2" opacity="0.2"\/>/,
    );
    const plain = writeSvg({ ...empty, pictures: [picture] }, theme);
    expect(plain).toContain('<image x="30" y="30" width="40" height="40"');
    expect(plain).toMatch(/stroke="#111111" stroke-width="1" opacity="0.03"/);
  });

  it("makes room for the legend below the map", () => {
    const legend = {
      height: 50,
      parts: [{ kind: "text", x: 0, y: 9, width: 31, text: "sport", title: false }],
    } as const;
    const svg = writeSvg({ ...empty, legend }, theme);
    expect(svg).toContain('height="350"');
    expect(svg).toContain("translate(0 300)");
  });
});

describe("escapeXml", () => {
  it("leaves out what XML can't hold", () => {
    expect(escapeXml("a\u0000b\u001bc\ud800d")).toBe("abcd");
  });
});
