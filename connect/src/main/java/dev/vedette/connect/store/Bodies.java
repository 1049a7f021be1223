package dev.vedette.connect.store;

import dev.vedette.Decision;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.LeftOut;
import dev.vedette.pipeline.Opinion;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of decisions, alerts and controls has no column of its own, as bytes. The first byte is the
 * version of the format.
 */
final class Bodies {
  private static final int VERSION = 1;

  private static final int FLAG = 0;
  private static final int NO_FLAG = 1;
  private static final int TEXT = 2;
  private static final int NUMBER = 3;

  private static final int FLAGGED = 1 << 2;

  private Bodies() {}

  /** All of a decision but the number, the event's id, key and time. */
  static byte[] write(EventDecision decision, BodyWriter out) {
    Decision fused = decision.decision();
    out.octet(VERSION);
    out.octet(code(decision.handling()) | (fused.flagged() ? FLAGGED : 0));
    out.number(fused.score());
    out.number(fused.pValue());
    out.number(fused.severity());
    out.number(decision.pLow());
    out.number(decision.pHigh());
    out.number(decision.threshold());
    out.number(decision.disagreement());
    out.text(decision.version());
    writeFields(decision.event().fields(), out);
    out.unsigned(decision.opinions().size());
    for (Opinion opinion : decision.opinions()) {
      write(opinion, out);
    }
    writeCauses(decision.causes(), out);
    return out.take();
  }

  static EventDecision readDecision(long number, String id, String key, long at, BodyReader in) {
    version(in);
    int head = in.octet();
    double score = in.number();
    double pValue = in.number();
    var fused = new Decision(score, pValue, in.number(), (head & FLAGGED) != 0);
    double pLow = in.number();
    double pHigh = in.number();
    double threshold = in.number();
    double disagreement = in.number();
    String version = in.text();
    var event = new Event(id, key, at, readFields(in));
    int count = count(in);
    List<Opinion> opinions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opinions.add(new Opinion(in.name(), in.number(), in.number(), in.number(), in.nameIfAny()));
    }
    return new EventDecision(
        number,
        event,
        handling(head & (FLAGGED - 1)),
        fused,
        pLow,
        pHigh,
        threshold,
        disagreement,
        opinions,
        readCauses(in),
        version);
  }

  static byte[] write(Alert alert, BodyWriter out) {
    out.octet(VERSION);
    out.octet(code(alert.state()));
    out.text(alert.id());
    out.text(alert.pipeline());
    out.text(alert.group());
    out.signed(alert.opened());
    out.signed(alert.last());
    out.signed(alert.first());
    out.signed(alert.worst());
    out.signed(alert.count());
    out.number(alert.severity());
    writeCauses(alert.causes(), out);
    out.text(alert.summary());
    return out.take();
  }

  static Alert readAlert(BodyReader in) {
    version(in);
    Alert.State state = state(in.octet());
    return new Alert(
        in.text(),
        in.text(),
        in.text(),
        state,
        in.signed(),
        in.signed(),
        in.signed(),
        in.signed(),
        in.signed(),
        in.number(),
        readCauses(in),
        in.text());
  }

  static byte[] write(Control control, BodyWriter out) {
    out.octet(VERSION);
    switch (control) {
      case Label label -> {
        out.octet(0);
        out.signed(label.number());
        out.number(label.score());
        out.octet(label.anomaly() ? 1 : 0);
        out.text(label.comment());
        out.text(label.by());
        out.signed(label.at());
      }
      case LeftOut leftOut -> {
        out.octet(1);
        out.signed(leftOut.detector());
        out.signed(leftOut.from());
        out.text(leftOut.reason());
      }
    }
    return out.take();
  }

  static Control readControl(BodyReader in) {
    version(in);
    int kind = in.octet();
    return switch (kind) {
      case 0 ->
          new Label(in.signed(), in.number(), in.octet() == 1, in.text(), in.text(), in.signed());
      case 1 -> new LeftOut((int) in.signed(), in.signed(), in.text());
      default -> throw new IllegalStateException("a control is of the unknown kind " + kind);
    };
  }

  private static void version(BodyReader in) {
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalStateException("the format is " + version + ", known is " + VERSION);
    }
  }

  /** How many items follow; each takes at least a byte, so that the sum is bounded by the body. */
  private static int count(BodyReader in) {
    return Math.toIntExact(in.unsigned());
  }

  private static void writeFields(Map<String, Object> fields, BodyWriter out) {
    out.unsigned(fields.size());
    fields.forEach(
        (name, value) -> {
          out.name(name);
          switch (value) {
            case Boolean flag -> out.octet(flag ? FLAG : NO_FLAG);
            case String text -> {
              out.octet(TEXT);
              out.text(text);
            }
            case Double number -> {
              out.octet(NUMBER);
              out.number(number);
            }
            default ->
                throw new IllegalArgumentException(
                    "field '%s' is a %s; an event holds Double, String and Boolean"
                        .formatted(name, value.getClass().getName()));
          }
        });
  }

  private static Map<String, Object> readFields(BodyReader in) {
    int count = count(in);
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.name();
      int kind = in.octet();
      fields.put(
          name,
          switch (kind) {
            case FLAG -> true;
            case NO_FLAG -> false;
            case TEXT -> in.text();
            case NUMBER -> in.number();
            default -> throw new IllegalStateException("a field is of the unknown kind " + kind);
          });
    }
    return fields;
  }

  private static void write(Opinion opinion, BodyWriter out) {
    out.name(opinion.detector());
    out.number(opinion.score());
    out.number(opinion.pValue());
    out.number(opinion.strength());
    String leftOut = opinion.leftOut();
    if (leftOut == null) {
      out.noName();
    } else {
      out.name(leftOut);
    }
  }

  private static void writeCauses(List<Cause> causes, BodyWriter out) {
    out.unsigned(causes.size());
    for (Cause cause : causes) {
      out.name(cause.feature());
      out.number(cause.value());
      out.number(cause.normal());
      out.number(cause.share());
      out.text(cause.text());
    }
  }

  private static List<Cause> readCauses(BodyReader in) {
    int count = count(in);
    List<Cause> causes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      causes.add(new Cause(in.name(), in.number(), in.number(), in.number(), in.text()));
    }
    return causes;
  }

  private static int code(Handling handling) {
    return switch (handling) {
      case JUDGED -> 0;
      case DUPLICATE -> 1;
      case LATE -> 2;
    };
  }

  private static Handling handling(int code) {
    return switch (code) {
      case 0 -> Handling.JUDGED;
      case 1 -> Handling.DUPLICATE;
      case 2 -> Handling.LATE;
      default -> throw new IllegalStateException("a handling is of the unknown kind " + code);
    };
  }

  private static int code(Alert.State state) {
    return switch (state) {
      case OPENED -> 0;
      case UPDATED -> 1;
      case CLOSED -> 2;
    };
  }

  private static Alert.State state(int code) {
    return switch (code) {
      case 0 -> Alert.State.OPENED;
      case 1 -> Alert.State.UPDATED;
      case 2 -> Alert.State.CLOSED;
      default -> throw new IllegalStateException("a state is of the unknown kind " + code);
    };
  }
}
