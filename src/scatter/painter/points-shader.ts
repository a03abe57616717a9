import { SHAPE } from "../shapes";

const glsl = (value: number) => value.toFixed(3);

/** What both ways of drawing a point have in common. Flags are those of `Flag` in cloud.ts. */
const COMMON = /* glsl */ `
precision highp float;
in vec3 position;
#ifdef TRAVELS
in vec3 aFrom;
#endif
in vec4 aStyle;
uniform mat4 uMatrix;
uniform float uMix;
uniform float uPixelRatio;
uniform vec3 uDepth;
uniform vec3 uBackground;
uniform vec3 uAccent;
uniform sampler2D uPalette;
uniform float uRadius;
uniform float uHalo;
uniform float uOpacity;
uniform float uPictures;
uniform float uMarksApart;
out vec4 vColour;

bool has(int flags, int flag) { return (flags & flag) != 0; }

void hide() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 0.0;
}

// Where the point is drawn. The travel from the old to the new place happens here, so that moving a million points costs
// the page nothing.
vec4 project() {
#ifdef TRAVELS
  return uMatrix * vec4(mix(aFrom, position, uMix), 1.0);
#else
  return uMatrix * vec4(position, 1.0);
#endif
}

vec3 paletteColour() { return texelFetch(uPalette, ivec2(int(aStyle.x + 0.5), 0), 0).rgb; }

// How much a point at this depth gives way to the background.
float fog(vec4 place) {
  return uDepth.z * clamp((place.w - uDepth.x) / max(uDepth.y - uDepth.x, 1e-6), 0.0, 1.0);
}
`;

/** Dots, each in the shape of its kind. */
export const POINTS_VERTEX = /* glsl */ `
${COMMON}
flat out vec4 vShape;

void main() {
  int flags = int(aStyle.z + 0.5);
  bool dimmed = has(flags, 1);
  bool selected = has(flags, 8);
  bool front = has(flags, 16);
  bool marked = selected || front;
  float shown = has(flags, 2) || has(flags, 32) ? 0.0 : 1.0;
  if (has(flags, 4)) shown *= 1.0 - uPictures;
#ifdef MARKS
  if (!marked) shown = 0.0;
#else
  if (marked && uMarksApart > 0.5) shown = 0.0;
#endif
  if (shown <= 0.0) { hide(); return; }
  vec4 place = project();
  float grown = aStyle.w > 0.5 ? uMix : 1.0;
  float radius = uRadius * grown * clamp(1.0 / place.w, 0.55, 2.2);
  if (marked) radius = max(radius, 3.0);
  if (front) radius *= 1.2;
  float halo = marked ? max(uHalo, 1.0) : uHalo;
  float ring = selected && uMarksApart > 0.5 ? 3.5 : 0.0;
  // Rhombs and triangles reach beyond a disc of their area. A margin of one device pixel holds the antialiased edge.
  float extent = radius * (aStyle.y > 1.5 ? ${glsl(SHAPE.triangle)} : 1.0) + max(halo, ring) + 1.0 / uPixelRatio;
  gl_PointSize = 2.0 * extent * uPixelRatio;
  place.z -= (dimmed ? 0.0 : front ? 3e-4 : selected ? 2e-4 : 1e-4) * place.w;
  gl_Position = place;
  float faded = dimmed ? 0.8 : marked ? 0.0 : fog(place);
  vec3 colour = selected && uMarksApart < 0.5 ? uAccent : paletteColour();
  float alpha = marked ? 1.0 : uOpacity;
  vColour = vec4(mix(colour, uBackground, faded), alpha * shown * min(1.0, grown * 3.0));
  vShape = vec4(extent, radius, ring > 0.0 ? -ring : halo, aStyle.y);
}
`;

export const POINTS_FRAGMENT = /* glsl */ `
precision highp float;
in vec4 vColour;
flat in vec4 vShape;
uniform vec3 uBackground;
uniform vec3 uAccent;
uniform float uPixelRatio;
out vec4 outColour;

#ifdef SHAPES
// Distance to a square of half-width r with rounded corners: Quilez, "2D distance functions".
float roundedSquare(vec2 p, float r, float corner) {
  vec2 q = abs(p) - (r - corner);
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

// Distance to the shape of a kind: disc, rounded square, rhomb, triangle, square; about as large for the eye.
float shape(vec2 p, float r, float kind) {
  if (kind < 0.5) return length(p) - r;
  if (kind < 1.5) return roundedSquare(p, r * ${glsl(SHAPE.square)}, r * 0.35);
  if (kind < 2.5) return (abs(p.x) + abs(p.y) - r * ${glsl(SHAPE.rhomb)}) * 0.7071;
  if (kind < 3.5) return max(abs(p.x) * 0.866 - p.y * 0.5, p.y) - r * ${glsl(SHAPE.triangle)} * 0.5;
  return roundedSquare(p, r * ${glsl(SHAPE.square)}, 0.0);
}
#endif

void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * vShape.x;
  float r = vShape.y;
#ifdef SHAPES
  float edge = shape(p, r, vShape.w);
#else
  float edge = length(p) - r;
#endif
  float inside = clamp(0.5 - edge * uPixelRatio, 0.0, 1.0);
#ifdef SHAPES
  // A patch is hollow: a frame.
  if (vShape.w > 3.5) inside *= clamp(0.5 + (edge + r * ${glsl(SHAPE.frame)}) * uPixelRatio, 0.0, 1.0);
#endif
  vec3 colour = mix(uBackground, vColour.rgb, inside);
  float around = vShape.z;
  float cover = clamp(0.5 - (edge - abs(around)) * uPixelRatio, 0.0, 1.0);
#ifdef SHAPES
  if (around == 0.0) cover = inside;
#endif
#ifdef MARKS
  // A ring in the accent's colour, below 0: as wide as it says, its outer 1.5 pixels drawn.
  if (around < 0.0) colour = mix(colour, uAccent, clamp(0.5 - (-around - 1.5 - edge) * uPixelRatio, 0.0, 1.0));
#endif
  float alpha = cover * vColour.a;
  if (alpha < 0.01) discard;
  outColour = vec4(colour, alpha);
}
`;

/**
 * Specks: dots so small that no shape, ring or halo could be seen. A plain square of the dot's area each, because a
 * million of them are drawn; one smaller than a pixel is a pixel that is fainter by as much.
 */
export const SPECKS_VERTEX = /* glsl */ `
${COMMON}
void main() {
  int flags = int(aStyle.z + 0.5);
  bool selected = has(flags, 8);
  bool marked = selected || has(flags, 16);
  bool dimmed = has(flags, 1);
  float shown = has(flags, 2) || has(flags, 32) || (marked && uMarksApart > 0.5) ? 0.0 : 1.0;
  if (has(flags, 4)) shown *= 1.0 - uPictures;
  if (shown <= 0.0) { hide(); return; }
  vec4 place = project();
  float grown = aStyle.w > 0.5 ? uMix : 1.0;
  // A square of a disc's area has a side of its radius times √π.
  float side = 1.7725 * uRadius * clamp(1.0 / place.w, 0.55, 2.2) * uPixelRatio;
  float drawn = max(1.0, side);
  gl_PointSize = drawn;
  place.z -= dimmed ? 0.0 : 1e-4 * place.w;
  gl_Position = place;
  float faded = dimmed ? 0.8 : fog(place);
  vec3 colour = selected ? uAccent : paletteColour();
  vColour = vec4(mix(colour, uBackground, faded), min(1.0, side * side / (drawn * drawn)) * uOpacity * shown * grown);
}
`;

export const SPECKS_FRAGMENT = /* glsl */ `
precision mediump float;
in vec4 vColour;
out vec4 outColour;
void main() { outColour = vColour; }
`;
