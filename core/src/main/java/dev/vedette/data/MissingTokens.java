package dev.vedette.data;

import java.util.Set;

/** The texts that stand for a missing value, whatever their case. */
final class MissingTokens {
  private final String[] tokens;
  private final boolean[] starts = new boolean[128];
  private boolean startsBeyond;
  private int longest;

  MissingTokens(Set<String> missing) {
    tokens = missing.stream().map(String::strip).filter(t -> !t.isEmpty()).toArray(String[]::new);
    for (String token : tokens) {
      char first = token.charAt(0);
      longest = Math.max(longest, token.length());
      if (first < 128) {
        starts[Character.toLowerCase(first)] = true;
        starts[Character.toUpperCase(first)] = true;
      } else {
        startsBeyond = true;
      }
    }
  }

  /** Whether {@code text[from, to)}, which has no surrounding blanks, is empty or a token. */
  boolean matches(char[] text, int from, int to) {
    if (from == to) {
      return true;
    }
    char first = text[from];
    boolean possible = first < 128 ? starts[first] : startsBeyond;
    if (!possible || to - from > longest) {
      return false;
    }
    for (String token : tokens) {
      if (same(token, text, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code word} is {@code text[from, to)}, whatever the case. */
  static boolean same(String word, char[] text, int from, int to) {
    if (word.length() != to - from) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char a = word.charAt(i);
      char b = text[from + i];
      if (a != b && Character.toLowerCase(a) != Character.toLowerCase(b)) {
        return false;
      }
    }
    return true;
  }
}
