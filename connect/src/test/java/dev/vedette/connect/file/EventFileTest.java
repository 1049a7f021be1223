package dev.vedette.connect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  @TempDir Path folder;

  private List<Map<String, Object>> read(String text) throws IOException {
    List<Map<String, Object>> events = new ArrayList<>();
    Path file = Files.writeString(folder.resolve("events"), text);
    new EventFile(file).read((fields, place) -> events.add(fields));
    return events;
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
    assertThat(read("\uFEFFcard,amount\nc1,2\n"))
        .containsExactly(Map.of("card", "c1", "amount", 2.0));
    assertThat(read("\uFEFF{\"card\":\"c1\"}\n")).containsExactly(Map.of("card", "c1"));
  }

  @Test
  void aFieldThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> read("card,amount,amount\nc1,2,3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'amount'")
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> read("{\"card\":\"c1\",\"amount\":2,\"amount\":3}\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("amount");
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> read("card,amount\nc1\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("card,amount\nc1,2,3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void longWholeNumbersKeepTheirDigits() throws IOException {
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
