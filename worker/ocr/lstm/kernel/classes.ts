import { dot, QUAD, toFloat, VECTOR } from './activation';

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
