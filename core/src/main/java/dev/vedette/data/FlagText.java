package dev.vedette.data;

/** True and false in text, as flags and as labels. */
final class FlagText {
  /** The words for false and true, in pairs. */
  private static final String[] WORDS = {"false", "true", "no", "yes", "f", "t", "n", "y"};

  /** How many pairs of words there are. */
  static final int PAIRS = WORDS.length / 2;

  /** From this pair on the words are single letters, which mean a flag only side by side. */
  static final int LETTERS = 2;

  private static final String[] LABELS = {"normal", "anomaly", "nominal", "anomaly"};

  /** What a label may be, for messages. */
  static final String LABELS_ACCEPTED = "0/1, true/false, yes/no, normal/anomaly, nominal/anomaly";

  private FlagText() {}

  /** Twice the number of the pair, plus 1 for its word for true; −1 for any other text. */
  static int word(char[] text, int from, int to) {
    return find(WORDS, WORDS.length, text, from, to);
  }

  private static int find(String[] words, int count, char[] text, int from, int to) {
    for (int i = 0; i < count; i++) {
      if (MissingTokens.same(words[i], text, from, to)) {
        return i;
      }
    }
    return -1;
  }

  /** 0 or 1, of a word or of a number that is 0 or 1; NaN otherwise. */
  static double parse(char[] text, int from, int to) {
    int word = word(text, from, to);
    if (word >= 0) {
      return word & 1;
    }
    double number = NumberText.parse(text, from, to);
    return number == 0 || number == 1 ? Math.abs(number) : Double.NaN;
  }

  /** 0 for normal, 1 for an anomaly, −1 for a text that says neither. */
  static int label(char[] text, int from, int to) {
    int word = find(WORDS, 2 * LETTERS, text, from, to);
    if (word < 0) {
      word = find(LABELS, LABELS.length, text, from, to);
    }
    if (word >= 0) {
      return word & 1;
    }
    double number = NumberText.parse(text, from, to);
    return number == 0 || number == 1 ? (int) number : -1;
  }
}
