package dev.vedette.pipeline.alert;

import dev.vedette.ModelFileException;
import dev.vedette.pipeline.Cause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of a snapshot. */
final class State {
  private static final int LONGEST_TEXT = 1 << 24;

  private State() {}

  /** A text that UTF-8 cannot hold is written char by char, and its length as a negative number. */
  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.equals(new String(bytes, StandardCharsets.UTF_8))) {
      out.writeInt(bytes.length);
      out.write(bytes);
    } else {
      out.writeInt(-text.length());
      out.writeChars(text);
    }
  }

  static String readText(DataInput in) throws IOException {
    int size = readSize(in, -LONGEST_TEXT, LONGEST_TEXT);
    if (size < 0) {
      var text = new StringBuilder();
      for (int i = 0; i < -size; i++) {
        text.append(in.readChar());
      }
      return text.toString();
    }
    byte[] bytes = new byte[size];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void writeCauses(DataOutput out, List<Cause> causes) throws IOException {
    out.writeInt(causes.size());
    for (Cause cause : causes) {
      writeText(out, cause.feature());
      out.writeDouble(cause.value());
      out.writeDouble(cause.normal());
      out.writeDouble(cause.share());
      writeText(out, cause.text());
    }
  }

  static List<Cause> readCauses(DataInput in) throws IOException {
    int size = readSize(in, 0, Short.MAX_VALUE);
    var causes = new ArrayList<Cause>();
    for (int i = 0; i < size; i++) {
      causes.add(
          new Cause(readText(in), in.readDouble(), in.readDouble(), in.readDouble(), readText(in)));
    }
    return causes;
  }

  /** A size, so that a damaged snapshot does not ask for all memory. */
  static int readSize(DataInput in, int least, int most) throws IOException {
    int size = in.readInt();
    if (size < least || size > most) {
      throw new ModelFileException(
          "the snapshot is damaged: a size in the alerts is %d, possible are %d to %d"
              .formatted(size, least, most));
    }
    return size;
  }
}
