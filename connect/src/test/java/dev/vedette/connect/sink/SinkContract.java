package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.pipeline.alert.Alert;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every sink does, against a receiver that really receives. */
abstract class SinkContract {
  @TempDir Path folder;

  /** The text of the sink under test; its secret, if it has one, is {@link Some#SECRET}. */
  abstract String text() throws Exception;

  /** What the receiver has got so far, one text a message. */
  abstract List<String> received() throws Exception;

  @Test
  void everyStateArrivesOnce() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      int count = 1;
      for (Alert.State state : Alert.State.values()) {
        sink.send(Some.alert(7, state, count++, 87));
      }
    }
    assertThat(received())
        .hasSize(3)
        .allMatch(message -> message.contains("card 4711"))
        .allMatch(message -> message.contains("payments"));
    for (int i = 0; i < 3; i++) {
      assertThat(received().get(i)).contains((i + 1) + " anomalous events");
    }
  }

  @Test
  void hostileTextsStayTexts() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.hostile());
    }
    assertThat(received()).hasSize(1);
    assertThat(received().getFirst().lines().toList())
        .noneMatch(line -> line.startsWith("Bcc:"))
        .noneMatch(line -> line.indexOf('\0') >= 0);
  }

  @Test
  void aRepetitionIsSentAgain() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.alert(1));
      sink.send(Some.alert(1));
    }
    assertThat(received()).hasSize(2);
    assertThat(received().get(0)).contains("1 anomalous events");
  }

  @Test
  void theNameIsTheTextWithoutSecrets() throws Exception {
    String text = text();
    try (Sink sink = Some.sinks(folder).parse("  " + text.replace(" ", "   "))) {
      assertThat(sink.name()).isEqualTo(text).doesNotContain(Some.SECRET);
      assertThat(sink.toString()).doesNotContain(Some.SECRET);
      sink.send(Some.alert(1));
    }
    assertThat(received().getFirst()).doesNotContain(Some.SECRET);
  }

  @Test
  void closesTwiceAndUnused() throws Exception {
    Sink sink = Some.sinks(folder).parse(text());
    sink.close();
    sink.close();
    assertThat(received()).isEmpty();
  }
}
