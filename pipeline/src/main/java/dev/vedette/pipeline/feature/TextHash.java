package dev.vedette.pipeline.feature;

import dev.vedette.math.Seeds;
import org.jspecify.annotations.Nullable;

/** Texts and other values as 64 bits, so that long ones take no room. */
final class TextHash {
  private TextHash() {}

  /** The hash of {@code text}, never 0. */
  static long of(String text) {
    long hash = 0xcbf29ce484222325L ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9FB21C651E98DF25L;
      hash ^= hash >>> 32;
    }
    return some(Seeds.mix(hash));
  }

  /** The hash of the value of a field; 0 for one that is missing. */
  static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> of(text);
      // 0 and -0 are one number; NaN is none.
      case Double number ->
          number.isNaN() ? 0 : some(Seeds.mix(Double.doubleToLongBits(number + 0.0) ^ 0x5bd1e995L));
      default -> of(value.toString());
    };
  }

  private static long some(long hash) {
    return hash == 0 ? 1 : hash;
  }
}
