package dev.vedette.pipeline.alert;

import dev.vedette.data.Numbers;
import dev.vedette.pipeline.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The line that tells a person what an alert is about. */
final class Summary {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_CAUSE = 300;

  /** The share of the reasons from which on the second is named beside the first. */
  private static final double WORTH_A_WORD = 0.25;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Summary() {}

  static String of(Group group, Alert.State state, Duration window) {
    var line = new StringBuilder(plain(group.name, LONGEST_NAME));
    if (state == Alert.State.CLOSED) {
      line.append(": closed after ");
    } else if (group.openings > 0) {
      line.append(": flapping, opened ")
          .append(group.openings)
          .append(" times within ")
          .append(text(window))
          .append(", held back until calm; ");
    } else {
      line.append(": ");
    }
    line.append(group.count())
        .append(group.count() == 1 ? " anomalous event since " : " anomalous events since ")
        .append(TIME.format(Instant.ofEpochMilli(group.opened())))
        .append(", severity ")
        .append(Numbers.text(Math.rint(group.severity())));
    List<Cause> causes = group.causes();
    if (!causes.isEmpty()) {
      line.append(": ").append(plain(causes.getFirst().text(), LONGEST_CAUSE));
    }
    if (causes.size() > 1 && causes.get(1).share() >= WORTH_A_WORD) {
      line.append("; ").append(plain(causes.get(1).text(), LONGEST_CAUSE));
    }
    return line.toString();
  }

  /** {@code 1h}, {@code 90m}, {@code 45s}. */
  private static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /**
   * {@code text} on one line, cut short: control characters, line separators and marks that change
   * the direction of writing become spaces.
   */
  private static String plain(String text, int longest) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(longest + 1L)
        .map(c -> isControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    if (line.codePointCount(0, line.length()) > longest) {
      line.setLength(line.offsetByCodePoints(0, longest));
      line.append('…');
    }
    return line.toString().strip();
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    };
  }
}
