import { dot, QUAD, store4, tanh4, toFloat } from './activation';

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
