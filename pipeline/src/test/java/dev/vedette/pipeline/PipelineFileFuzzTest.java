package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.DataException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes are a pipeline that runs, or are refused in one line. Runs its seeds and past findings;
 * with JAZZER_FUZZ=1 in the environment it looks for new ones.
 */
class PipelineFileFuzzTest {
  /** A server asks for what a pipeline may need before it starts it. */
  private static final long MOST_MEMORY = 256L << 20;

  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] bytes) {
    String yaml = new String(bytes, StandardCharsets.UTF_8);
    Pipeline pipeline;
    try {
      pipeline = Pipeline.parse(yaml);
    } catch (IllegalArgumentException refused) {
      oneLine(refused);
      return;
    }
    assertThat(pipeline.name()).isNotEmpty();
    assertThat(pipeline.featureNames()).isNotEmpty();
    if (pipeline.memory() <= MOST_MEMORY) {
      run(pipeline);
    }
  }

  private static void oneLine(RuntimeException refused) {
    String message = String.valueOf(refused.getMessage());
    assertThat(message).isNotBlank().isNotEqualTo("null");
    // Not by a pattern: the message may be long, and this runs a thousand times a second.
    assertThat(message.indexOf('\n') < 0 && message.indexOf('\r') < 0).as(message).isTrue();
  }

  private static void run(Pipeline pipeline) {
    Partition partition = Partition.start(pipeline, Crew.alone(), new Streams.Memory());
    long handled = 0;
    for (int i = 0; i < 3; i++) {
      try {
        Event event = pipeline.event(fields(pipeline.schema(), i), Streams.START);
        EventDecision decision = partition.process(event).decision();
        assertThat(decision.number()).isEqualTo(++handled);
        assertThat(decision.decision().score()).isFinite();
      } catch (DataException refused) {
        oneLine(refused);
      }
    }
    assertThat(partition.status().events()).isEqualTo(handled);
    Partition again =
        Partition.resume(pipeline, partition.snapshot(), Crew.alone(), new Streams.Memory());
    assertThat(again.snapshot()).isEqualTo(partition.snapshot());
  }

  private static Map<String, Object> fields(EventSchema schema, int i) {
    var fields = new HashMap<String, Object>();
    for (String name : List.of("amount", "a", "b", "lat", "lon", "lat2", "lon2")) {
      fields.put(name, 10.0 * i * (name.length() - 2));
    }
    fields.put("kind", i == 0 ? "x" : "y");
    fields.put("flag", i == 1);
    put(fields, schema.id(), "e" + i);
    put(fields, schema.time(), (double) (Streams.START + i * 1_000L));
    put(fields, schema.key(), "k");
    return fields;
  }

  private static void put(Map<String, Object> fields, @Nullable String name, Object value) {
    if (name != null) {
      fields.put(name, value);
    }
  }
}
