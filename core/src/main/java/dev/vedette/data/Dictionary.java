package dev.vedette.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers different texts in order of first appearance. Texts seen lately are found without making
 * a string of them; all others through a {@link HashMap}, which texts made to collide cannot slow.
 */
final class Dictionary {
  private static final int RECENT = 1024;

  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> codes = new HashMap<>();
  private final int[] recent = new int[RECENT];

  /** The number of {@code text[from, to)}. */
  int code(char[] text, int from, int to) {
    int slot = slot(text, from, to);
    int guess = recent[slot];
    if (guess < words.size() && equal(words.get(guess), text, from, to)) {
      return guess;
    }
    String word = new String(text, from, to - from);
    int code = codes.computeIfAbsent(word, this::append);
    recent[slot] = code;
    return code;
  }

  private int append(String word) {
    words.add(word);
    return words.size() - 1;
  }

  List<String> words() {
    return words;
  }

  private static int slot(char[] text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    return (hash ^ hash >>> 16 ^ hash >>> 8) & (RECENT - 1);
  }

  private static boolean equal(String word, char[] text, int from, int to) {
    if (word.length() != to - from) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }
}
