import {
  above, below, dot, HALF, limited, QUAD, STATE_LEAST, STATE_MOST, store4, toFloat, VECTOR,
} from './activation';

/** Bytes of one entry in a table of sequences: input, output, length. */
const SEQUENCE: usize = 12;

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
