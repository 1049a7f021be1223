package dev.vedette.connect.store;

import dev.vedette.Decision;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.Opinion;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Seeded records with the values that stores get wrong. */
final class Odd {
  private static final double[] NUMBERS = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    12.34,
    -99.99,
    1e-300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.longBitsToDouble(0x7ff8000000000123L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.5f,
    0.1f,
    1L << 27,
    (1L << 53) + 2.0,
    134217727,
    -134217728,
    1342177.27
  };

  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "DOMAIN\\user",
    "it's \"quoted\"; DROP TABLE decisions; --",
    "nul\0in the middle",
    "\0",
    "\u001b",
    "\u001b0000",
    "tab\tnew\nline\r",
    "żółć 漢字 \uD83D\uDC0E",
    "half \uD83D",
    "\uDC0E half",
    "\uDC0E\uD83D",
    "?{$1}?",
    "\uFFFF\uFEFF"
  };

  private final Random random;

  Odd(long seed) {
    random = new Random(seed);
  }

  double number() {
    return switch (random.nextInt(4)) {
      case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 1 -> random.nextInt(10_000) / 100.0;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextDouble();
    };
  }

  String text() {
    if (random.nextInt(200) == 0) {
      return TEXTS[random.nextInt(TEXTS.length)].repeat(5_000);
    }
    return random.nextBoolean()
        ? TEXTS[random.nextInt(TEXTS.length)]
        : "text " + random.nextInt(50);
  }

  EventDecision decision(long number) {
    Map<String, Object> fields = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      fields.put(
          text(),
          switch (random.nextInt(3)) {
            case 0 -> number();
            case 1 -> text();
            default -> random.nextBoolean();
          });
    }
    var event = new Event(text(), text(), random.nextLong(), fields);
    List<Opinion> opinions = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      opinions.add(new Opinion(text(), number(), number(), number(), maybe()));
    }
    boolean flagged = random.nextInt(4) == 0;
    Handling[] handlings = Handling.values();
    return new EventDecision(
        number,
        event,
        handlings[random.nextInt(handlings.length)],
        new Decision(number(), number(), number(), flagged),
        number(),
        number(),
        number(),
        number(),
        opinions,
        flagged ? causes() : List.of(),
        text());
  }

  List<EventDecision> decisions(long from, int count) {
    List<EventDecision> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(decision(from + i));
    }
    return result;
  }

  Alert alert(String id, String pipeline) {
    Alert.State[] states = Alert.State.values();
    return new Alert(
        id,
        pipeline,
        text(),
        states[random.nextInt(states.length)],
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        number(),
        causes(),
        text());
  }

  private List<Cause> causes() {
    List<Cause> causes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      causes.add(new Cause(text(), number(), number(), number(), text()));
    }
    return causes;
  }

  private @Nullable String maybe() {
    return random.nextBoolean() ? null : text();
  }
}
