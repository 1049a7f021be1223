package dev.vedette.connect.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @Test
  void longWholeNumbersKeepTheirDigits(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("events.csv");
    Files.writeString(
        csv,
        """
        id
        1234567890123456789
        -1234567890123456
        123456789012345
        1234567890.1234567
        1e300
        """);
    Path json = folder.resolve("events.jsonl");
    Files.writeString(json, "{\"id\": 1234567890123456789}\n");

    assertThat(ids(csv))
        .containsExactly(
            new BigInteger("1234567890123456789"),
            new BigInteger("-1234567890123456"),
            123_456_789_012_345.0,
            1_234_567_890.123_456_7,
            1e300);
    assertThat(ids(json)).containsExactly(1_234_567_890_123_456_789L);
  }

  private static List<Object> ids(Path file) {
    var ids = new ArrayList<Object>();
    new EventFile(file).read((fields, place) -> ids.add(fields.get("id")));
    return ids;
  }
}
