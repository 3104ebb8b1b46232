export const VECTOR: usize = 16;
/** Bytes of weights for four outputs of each of four vectors. */
export const QUAD: usize = 4 * VECTOR;

/**
 * Numbers as vectors in memory, from where an instruction takes them as it runs; a `splat` would be
 * put together anew each time. Activations are in 127ths; beyond 4.97 tanh is 1 within the
 * precision of its fraction.
 */
export const LIMIT: usize = memory.data<f32>([4.97, 4.97, 4.97, 4.97], 16);
export const LEAST: usize = memory.data<f32>([-4.97, -4.97, -4.97, -4.97], 16);
export const ABOVE_5: usize = memory.data<f32>([378, 378, 378, 378], 16);
export const ABOVE_3: usize = memory.data<f32>([17325, 17325, 17325, 17325], 16);
export const LAMBERT: usize = memory.data<f32>([135135, 135135, 135135, 135135], 16);
export const BELOW_6: usize = memory.data<f32>([28, 28, 28, 28], 16);
export const BELOW_4: usize = memory.data<f32>([3150, 3150, 3150, 3150], 16);
export const BELOW_2: usize = memory.data<f32>([62370, 62370, 62370, 62370], 16);
export const ONE: usize = memory.data<f32>([127, 127, 127, 127], 16);
export const HALF: usize = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);
export const STATE_MOST: usize = memory.data<f32>([100, 100, 100, 100], 16);
export const STATE_LEAST: usize = memory.data<f32>([-100, -100, -100, -100], 16);

/** What a vector of four weights (or two) times four outputs adds to their sums. */
@inline
export function dot<T>(weights: v128, values: v128, sums: v128): v128 {
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
export function limited(value: v128): v128 {
  return f32x4.relaxed_max(f32x4.relaxed_min(value, v128.load(LIMIT)), v128.load(LEAST));
}

@inline
export function above(x: v128, square: v128): v128 {
  let sum = f32x4.add(square, v128.load(ABOVE_5));
  sum = f32x4.relaxed_madd(sum, square, v128.load(ABOVE_3));
  sum = f32x4.relaxed_madd(sum, square, v128.load(LAMBERT));
  return f32x4.mul(sum, x);
}

@inline
export function below(square: v128): v128 {
  let sum = f32x4.relaxed_madd(v128.load(BELOW_6), square, v128.load(BELOW_4));
  sum = f32x4.relaxed_madd(sum, square, v128.load(BELOW_2));
  return f32x4.relaxed_madd(sum, square, v128.load(LAMBERT));
}

@inline
export function tanh4(value: v128): v128 {
  const x = limited(value);
  const square = f32x4.mul(x, x);
  return f32x4.div(above(x, square), below(square));
}

@inline
export function toFloat(sums: v128, biases: usize, scales: usize): v128 {
  const total = i32x4.add(sums, v128.load(biases));
  return f32x4.mul(f32x4.convert_i32x4_s(total), v128.load(scales));
}

/** Four values in [-1, 1] as activations. */
@inline
export function store4<T>(at: usize, values: v128, offset: i32): void {
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
