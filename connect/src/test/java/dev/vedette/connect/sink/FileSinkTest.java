package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FileSinkTest extends SinkContract {
  @Override
  String text() {
    return "file alerts/today.jsonl";
  }

  @Override
  List<String> received() throws Exception {
    Path file = folder.resolve("alerts/today.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Test
  void everyLineIsJson() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.alert(7));
      sink.send(Some.hostile());
    }
    JsonNode alert = JsonMapper.shared().readTree(received().get(0));
    assertThat(alert.get("id").stringValue()).isEqualTo("payments:7");
    assertThat(alert.get("state").stringValue()).isEqualTo("opened");
    assertThat(alert.get("opened").stringValue()).isEqualTo("2026-05-04T11:59:00Z");
    assertThat(alert.get("causes").get(0).get("value").doubleValue()).isEqualTo(18.25);
    assertThat(alert.get("causes").get(1).get("value").isNull()).isTrue();
    JsonNode hostile = JsonMapper.shared().readTree(received().get(1));
    assertThat(hostile.get("group").stringValue()).isEqualTo(Some.hostile().group());
    assertThat(hostile.get("severity").isNull()).isTrue();
  }

  @Test
  void aTornLineIsNotContinued() throws Exception {
    Path file = folder.resolve("alerts/today.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"id\":\"to");
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.alert(7));
      sink.send(Some.alert(8));
    }
    assertThat(received()).hasSize(3);
    assertThat(received().get(1)).startsWith("{\"id\":\"payments:7\"").endsWith("}");
  }
}
