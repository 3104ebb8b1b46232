/**
 * The arithmetic of Tesseract's line recognisers for many lines at once: a weight that has been loaded
 * serves every line, where Tesseract loads all of them anew for each step of each line. Sums are
 * exact integers as Tesseract's are; only the order of the work differs.
 * https://github.com/tesseract-ocr/tesseract/tree/main/src/lstm
 *
 * T is the type that activations are stored in. `i8`: four products a lane by a dot product of the
 * relaxed SIMD proposal, whose second operand counts as signed or unsigned by the processor, so
 * that activations are stored with `offset` added. `i16`: two products a lane, the same everywhere.
 */

const VECTOR: usize = 16;
/** Bytes of weights for four outputs of each of four vectors. */
const QUAD: usize = 4 * VECTOR;

/**
 * Numbers as vectors in memory, from where an instruction takes them as it runs; a `splat` would be
 * put together anew each time. Activations are in 127ths; beyond 4.97 tanh is 1 within the
 * precision of its fraction.
 */
const LIMIT: usize = memory.data<f32>([4.97, 4.97, 4.97, 4.97], 16);
const LEAST: usize = memory.data<f32>([-4.97, -4.97, -4.97, -4.97], 16);
const ABOVE_5: usize = memory.data<f32>([378, 378, 378, 378], 16);
const ABOVE_3: usize = memory.data<f32>([17325, 17325, 17325, 17325], 16);
const LAMBERT: usize = memory.data<f32>([135135, 135135, 135135, 135135], 16);
const BELOW_6: usize = memory.data<f32>([28, 28, 28, 28], 16);
const BELOW_4: usize = memory.data<f32>([3150, 3150, 3150, 3150], 16);
const BELOW_2: usize = memory.data<f32>([62370, 62370, 62370, 62370], 16);
const ONE: usize = memory.data<f32>([127, 127, 127, 127], 16);
const HALF: usize = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);
const STATE_MOST: usize = memory.data<f32>([100, 100, 100, 100], 16);
const STATE_LEAST: usize = memory.data<f32>([-100, -100, -100, -100], 16);

/** Bytes of one entry in a table of sequences: input, output, length. */
const SEQUENCE: usize = 12;

/** What a vector of four weights (or two) times four outputs adds to their sums. */
@inline
function dot<T>(weights: v128, values: v128, sums: v128): v128 {
  if (sizeof<T>() == 1) return i32x4.relaxed_dot_i8x16_i7x16_add_s(weights, values, sums);
  return i32x4.add(sums, i32x4.dot_i16x8_s(weights, values));
}

export function relaxedDot(weight: i32, value: i32): i32 {
  const zero = i32x4.splat(0);
  const product = i32x4.relaxed_dot_i8x16_i7x16_add_s(
    i8x16.splat(<i8>weight),
    i8x16.splat(<i8>value),
    zero,
  );
  return i32x4.extract_lane(product, 0);
}

/**
 * tanh as a fraction, the seventh convergent of Lambert's continued fraction, within 1e-4: its argument
 * within the limit, then what stands above and below the line by the argument's square. Fractions
 * that are multiplied or added are divided once, at the end.
 */
@inline
function limited(value: v128): v128 {
  return f32x4.relaxed_max(f32x4.relaxed_min(value, v128.load(LIMIT)), v128.load(LEAST));
}

@inline
function above(x: v128, square: v128): v128 {
  let sum = f32x4.add(square, v128.load(ABOVE_5));
  sum = f32x4.relaxed_madd(sum, square, v128.load(ABOVE_3));
  sum = f32x4.relaxed_madd(sum, square, v128.load(LAMBERT));
  return f32x4.mul(sum, x);
}

@inline
function below(square: v128): v128 {
  let sum = f32x4.relaxed_madd(v128.load(BELOW_6), square, v128.load(BELOW_4));
  sum = f32x4.relaxed_madd(sum, square, v128.load(BELOW_2));
  return f32x4.relaxed_madd(sum, square, v128.load(LAMBERT));
}

@inline
function tanh4(value: v128): v128 {
  const x = limited(value);
  const square = f32x4.mul(x, x);
  return f32x4.div(above(x, square), below(square));
}

@inline
function toFloat(sums: v128, biases: usize, scales: usize): v128 {
  const total = i32x4.add(sums, v128.load(biases));
  return f32x4.mul(f32x4.convert_i32x4_s(total), v128.load(scales));
}

/** Four values in [-1, 1] as activations. */
@inline
function store4<T>(at: usize, values: v128, offset: i32): void {
  const scaled = i32x4.relaxed_trunc_f32x4_s(f32x4.nearest(f32x4.mul(values, v128.load(ONE))));
  const words = i16x8.narrow_i32x4_s(scaled, scaled);
  if (sizeof<T>() == 2) {
    v128.store64_lane(at, words, 0);
  } else if (offset) {
    const shifted = i16x8.add(words, i16x8.splat(<i16>offset));
    v128.store32_lane(at, i8x16.narrow_i16x8_u(shifted, shifted), 0);
  } else {
    v128.store32_lane(at, i8x16.narrow_i16x8_s(words, words), 0);
  }
}

/**
 * New state and output of four cells of one line from the sums of its gates. A logistic function is
 * half of tanh of half the argument, and a half: its fraction has twice the line below.
 */
@inline
function step4<T>(
  cell: v128,
  input: v128,
  forget: v128,
  output: v128,
  biases: usize,
  scales: usize,
  state: usize,
  to: usize,
  offset: i32,
): void {
  const half = v128.load(HALF);
  const c = limited(toFloat(cell, biases, scales));
  const i = limited(f32x4.mul(toFloat(input, biases + VECTOR, scales + VECTOR), half));
  const f = limited(f32x4.mul(toFloat(forget, biases + 2 * VECTOR, scales + 2 * VECTOR), half));
  const o = limited(f32x4.mul(toFloat(output, biases + 3 * VECTOR, scales + 3 * VECTOR), half));
  const c2 = f32x4.mul(c, c);
  const i2 = f32x4.mul(i, i);
  const f2 = f32x4.mul(f, f);
  const o2 = f32x4.mul(o, o);
  const belowC = below(c2);
  const belowI = below(i2);
  const belowF = below(f2);
  const belowO = below(o2);
  // What enters: tanh of the cell's input times the input gate.
  const enters = f32x4.mul(above(c, c2), f32x4.add(above(i, i2), belowI));
  const belowEnters = f32x4.mul(belowC, belowI);
  const stays = f32x4.mul(v128.load(state), f32x4.add(above(f, f2), belowF));
  const sum = f32x4.relaxed_madd(stays, belowEnters, f32x4.mul(enters, belowF));
  const next = f32x4.div(f32x4.mul(sum, half), f32x4.mul(belowEnters, belowF));
  const kept = f32x4.relaxed_max(f32x4.relaxed_min(next, v128.load(STATE_MOST)), v128.load(STATE_LEAST));
  v128.store(state, kept);
  const s = limited(kept);
  const s2 = f32x4.mul(s, s);
  const leaves = f32x4.mul(above(s, s2), f32x4.add(above(o, o2), belowO));
  const result = f32x4.div(f32x4.mul(leaves, half), f32x4.mul(below(s2), belowO));
  store4<T>(to, result, offset);
}

/**
 * Runs `count` sequences, sorted by falling length, through a layer of LSTM cells. `sequences` holds for
 * each the address of its first input row, of its first output row, and its length in steps;
 * `inputStep` and `outputStep` lead from a row to the next in bytes, back where it is read backwards.
 * `weights`, `biases` and `scales` are ordered by blocks of four cells, in a block by gate.
 * `states` has room for `count` + 1 rows of cells in f32, `spare` for an output row after the row
 * that stands for what was put out before the first step.
 */
@inline
function lstm<T>(
  count: i32,
  sequences: usize,
  inputStep: isize,
  outputStep: isize,
  inputs: i32,
  cells: i32,
  weights: usize,
  biases: usize,
  scales: usize,
  states: usize,
  spare: usize,
  offset: i32,
): void {
  const rowBytes = <usize>cells * sizeof<T>();
  const stateBytes = <usize>cells << 2;
  memory.fill(states, 0, stateBytes * <usize>(count + 1));
  for (let i = 0; i < cells; i++) store<T>(spare + <usize>i * sizeof<T>(), <T>offset);
  const unused = spare + rowBytes;
  const inputBytes = <usize>inputs * sizeof<T>();
  const blockBytes = ((inputBytes + rowBytes) >> 2) * QUAD;
  const blocks = cells >> 2;
  const longest = load<i32>(sequences, 8);
  let active = count;
  for (let t = 0; t < longest; t++) {
    while (load<i32>(sequences + <usize>(active - 1) * SEQUENCE, 8) <= t) active--;
    let quads = weights;
    for (let block = 0; block < blocks; block++) {
      const bias = biases + (<usize>block << 6);
      const scale = scales + (<usize>block << 6);
      for (let s = 0; s < active; s += 2) {
        const alone = s + 1 >= active;
        const first = sequences + <usize>s * SEQUENCE;
        const second = alone ? first : first + SEQUENCE;
        const inA = <usize>(<isize>load<u32>(first) + <isize>t * inputStep);
        const inB = <usize>(<isize>load<u32>(second) + <isize>t * inputStep);
        const outA = <usize>(<isize>load<u32>(first, 4) + <isize>t * outputStep);
        const outB = <usize>(<isize>load<u32>(second, 4) + <isize>t * outputStep);
        let w = quads;
        let a0 = i32x4.splat(0);
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        let b0 = a0;
        let b1 = a0;
        let b2 = a0;
        let b3 = a0;
        // First what the layer takes in, then what it put out at the step before.
        for (let part = 0; part < 2; part++) {
          let rowA = part ? (t ? <usize>(<isize>outA - outputStep) : spare) : inA;
          let rowB = part ? (t ? <usize>(<isize>outB - outputStep) : spare) : inB;
          const end = rowA + (part ? rowBytes : inputBytes);
          for (; rowA < end; rowA += 4, rowB += 4, w += QUAD) {
            const va = v128.load32_splat(rowA);
            const vb = v128.load32_splat(rowB);
            const w0 = v128.load(w);
            const w1 = v128.load(w, 16);
            const w2 = v128.load(w, 32);
            const w3 = v128.load(w, 48);
            a0 = dot<T>(w0, va, a0);
            b0 = dot<T>(w0, vb, b0);
            a1 = dot<T>(w1, va, a1);
            b1 = dot<T>(w1, vb, b1);
            a2 = dot<T>(w2, va, a2);
            b2 = dot<T>(w2, vb, b2);
            a3 = dot<T>(w3, va, a3);
            b3 = dot<T>(w3, vb, b3);
          }
        }
        const cell = <usize>block << 2;
        const stateA = states + <usize>s * stateBytes + (cell << 2);
        const stateB = states + <usize>(alone ? count : s + 1) * stateBytes + (cell << 2);
        const toA = outA + cell * sizeof<T>();
        const toB = (alone ? unused : outB) + cell * sizeof<T>();
        step4<T>(a0, a1, a2, a3, bias, scale, stateA, toA, offset);
        step4<T>(b0, b1, b2, b3, bias, scale, stateB, toB, offset);
      }
      quads += blockBytes;
    }
  }
}

/**
 * A 3 × 3 convolution of a gray line of `height` × `width` pixels to 16 channels, tanh, and the
 * greatest of each 3 × 3 pixels. `columns` holds for each pixel, column by column with a column of paper
 * on either side, the activations of the pixel above, itself, the one below and one without weight. Rows of
 * 16 channels go to `to`, top to bottom, column by column.
 */
@inline
function convolve<T>(
  columns: usize,
  width: i32,
  height: i32,
  weights: usize,
  biases: usize,
  scales: usize,
  to: usize,
  offset: i32,
): void {
  const pixelBytes: usize = 4 * sizeof<T>();
  const columnBytes = <usize>height * pixelBytes;
  const lowest = i32x4.splat(i32.MIN_VALUE);
  let out = to;
  for (let x = 0; x + 3 <= width; x += 3) {
    for (let y = 0; y + 3 <= height; y += 3) {
      let m0 = lowest;
      let m1 = lowest;
      let m2 = lowest;
      let m3 = lowest;
      for (let dx = 0; dx < 3; dx++) {
        const patch = columns + <usize>(x + dx) * columnBytes + <usize>y * pixelBytes;
        let w = weights;
        let a0 = i32x4.splat(0);
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        let b0 = a0;
        let b1 = a0;
        let b2 = a0;
        let b3 = a0;
        let c0 = a0;
        let c1 = a0;
        let c2 = a0;
        let c3 = a0;
        for (let column: usize = 0; column < 3; column++) {
          const top = patch + column * columnBytes;
          for (let part: usize = 0; part < pixelBytes; part += 4) {
            const va = v128.load32_splat(top + part);
            const vb = v128.load32_splat(top + pixelBytes + part);
            const vc = v128.load32_splat(top + 2 * pixelBytes + part);
            const w0 = v128.load(w);
            a0 = dot<T>(w0, va, a0);
            b0 = dot<T>(w0, vb, b0);
            c0 = dot<T>(w0, vc, c0);
            const w1 = v128.load(w, 16);
            a1 = dot<T>(w1, va, a1);
            b1 = dot<T>(w1, vb, b1);
            c1 = dot<T>(w1, vc, c1);
            const w2 = v128.load(w, 32);
            a2 = dot<T>(w2, va, a2);
            b2 = dot<T>(w2, vb, b2);
            c2 = dot<T>(w2, vc, c2);
            const w3 = v128.load(w, 48);
            a3 = dot<T>(w3, va, a3);
            b3 = dot<T>(w3, vb, b3);
            c3 = dot<T>(w3, vc, c3);
            w += QUAD;
          }
        }
        m0 = i32x4.max_s(i32x4.max_s(m0, a0), i32x4.max_s(b0, c0));
        m1 = i32x4.max_s(i32x4.max_s(m1, a1), i32x4.max_s(b1, c1));
        m2 = i32x4.max_s(i32x4.max_s(m2, a2), i32x4.max_s(b2, c2));
        m3 = i32x4.max_s(i32x4.max_s(m3, a3), i32x4.max_s(b3, c3));
      }
      // tanh and the scales rise, so that the greatest sum gives the greatest activation.
      store4<T>(out, tanh4(toFloat(m0, biases, scales)), offset);
      store4<T>(out + 4 * sizeof<T>(), tanh4(toFloat(m1, biases + 16, scales + 16)), offset);
      store4<T>(out + 8 * sizeof<T>(), tanh4(toFloat(m2, biases + 32, scales + 32)), offset);
      store4<T>(out + 12 * sizeof<T>(), tanh4(toFloat(m3, biases + 48, scales + 48)), offset);
      out += 16 * sizeof<T>();
    }
  }
}

/** e^x for x ≤ 0: 2 to the whole part of x·log2(e) times a polynomial of the rest; within 1e-6. */
@inline
function exp4(value: v128): v128 {
  const x = f32x4.mul(f32x4.relaxed_max(value, f32x4.splat(-86)), f32x4.splat(1.4426950408889634));
  const whole = f32x4.nearest(x);
  const r = f32x4.mul(f32x4.sub(x, whole), f32x4.splat(0.6931471805599453));
  let sum = f32x4.add(f32x4.mul(r, f32x4.splat(1.0 / 720)), f32x4.splat(1.0 / 120));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(sum, power);
}

/**
 * Probabilities of `outputs` classes for each of `rows` rows of `inputs` activations. Outputs are
 * padded to a multiple of 16; those beyond the last have a bias that leaves them none.
 */
@inline
function softmax<T>(
  rows: i32,
  from: usize,
  inputs: i32,
  outputs: i32,
  weights: usize,
  biases: usize,
  scales: usize,
  to: usize,
): void {
  const rowBytes = <usize>inputs * sizeof<T>();
  const blocks = outputs >> 4;
  for (let row = 0; row < rows; row++) {
    const values = from + <usize>row * rowBytes;
    const out = to + <usize>row * (<usize>outputs << 2);
    let w = weights;
    let greatest = f32x4.splat(-f32.MAX_VALUE);
    for (let block = 0; block < blocks; block++) {
      let a0 = i32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      for (let x = values, end = values + rowBytes; x < end; x += 4, w += QUAD) {
        const v = v128.load32_splat(x);
        a0 = dot<T>(v128.load(w), v, a0);
        a1 = dot<T>(v128.load(w, 16), v, a1);
        a2 = dot<T>(v128.load(w, 32), v, a2);
        a3 = dot<T>(v128.load(w, 48), v, a3);
      }
      const at = <usize>block << 6;
      const f0 = toFloat(a0, biases + at, scales + at);
      const f1 = toFloat(a1, biases + at + 16, scales + at + 16);
      const f2 = toFloat(a2, biases + at + 32, scales + at + 32);
      const f3 = toFloat(a3, biases + at + 48, scales + at + 48);
      v128.store(out + at, f0);
      v128.store(out + at, f1, 16);
      v128.store(out + at, f2, 32);
      v128.store(out + at, f3, 48);
      greatest = f32x4.relaxed_max(greatest, f32x4.relaxed_max(f32x4.relaxed_max(f0, f1), f32x4.relaxed_max(f2, f3)));
    }
    const top = f32x4.splat(
      max(
        max(f32x4.extract_lane(greatest, 0), f32x4.extract_lane(greatest, 1)),
        max(f32x4.extract_lane(greatest, 2), f32x4.extract_lane(greatest, 3)),
      ),
    );
    let sum = f32x4.splat(0);
    for (let x = out, end = out + (<usize>outputs << 2); x < end; x += VECTOR) {
      const e = exp4(f32x4.sub(v128.load(x), top));
      v128.store(x, e);
      sum = f32x4.add(sum, e);
    }
    const total =
      f32x4.extract_lane(sum, 0) +
      f32x4.extract_lane(sum, 1) +
      f32x4.extract_lane(sum, 2) +
      f32x4.extract_lane(sum, 3);
    const share = f32x4.splat(1 / total);
    for (let x = out, end = out + (<usize>outputs << 2); x < end; x += VECTOR) {
      v128.store(x, f32x4.mul(v128.load(x), share));
    }
  }
}

export function lstm8(
  count: i32, sequences: usize, inputStep: isize, outputStep: isize, inputs: i32, cells: i32,
  weights: usize, biases: usize, scales: usize, states: usize, spare: usize, offset: i32,
): void {
  lstm<i8>(count, sequences, inputStep, outputStep, inputs, cells, weights, biases, scales, states, spare, offset);
}

export function lstm16(
  count: i32, sequences: usize, inputStep: isize, outputStep: isize, inputs: i32, cells: i32,
  weights: usize, biases: usize, scales: usize, states: usize, spare: usize, offset: i32,
): void {
  lstm<i16>(count, sequences, inputStep, outputStep, inputs, cells, weights, biases, scales, states, spare, offset);
}

export function convolve8(
  columns: usize, width: i32, height: i32, weights: usize, biases: usize, scales: usize, to: usize, offset: i32,
): void {
  convolve<i8>(columns, width, height, weights, biases, scales, to, offset);
}

export function convolve16(
  columns: usize, width: i32, height: i32, weights: usize, biases: usize, scales: usize, to: usize, offset: i32,
): void {
  convolve<i16>(columns, width, height, weights, biases, scales, to, offset);
}

export function softmax8(
  rows: i32, from: usize, inputs: i32, outputs: i32, weights: usize, biases: usize, scales: usize, to: usize,
): void {
  softmax<i8>(rows, from, inputs, outputs, weights, biases, scales, to);
}

export function softmax16(
  rows: i32, from: usize, inputs: i32, outputs: i32, weights: usize, biases: usize, scales: usize, to: usize,
): void {
  softmax<i16>(rows, from, inputs, outputs, weights, biases, scales, to);
}
