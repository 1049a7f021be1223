package dev.vedette.bench;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Json;
import dev.vedette.pipeline.Partition;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.simulate.PaymentStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a partition that is stopped and resumed again and again decides as one that never was,
 * and whether a million keys stay within the memory declared without one being lost.
 */
public final class Endurance {
  private static final String MANY_KEYS =
      """
      name: many-keys
      event: {key: key, id: id}
      features: [amount, "zscore(amount, 30d)", "count(1h)", "mean(amount, 7d)", since_last()]
      detectors: [streaming-zscore]
      memory: 256MB
      """;

  private Endurance() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.of(args, List.of("events", "keys"));
    int events = arguments.number("events", 1_000_000);
    resume(events);
    keys(arguments.number("keys", 1_000_000));
  }

  private static void resume(int events) throws IOException {
    Pipeline pipeline = Pipeline.parse(Pipeline.bundled("payments"));
    String never = digest(pipeline, events, Integer.MAX_VALUE);
    String often = digest(pipeline, events, 37_000);
    System.out.printf(
        Locale.ROOT,
        "resume: %,d payments, stopped and resumed every 37,000 or so: %s (SHA-256 of all decisions"
            + " %s and %s)%n",
        events,
        never.equals(often) ? "equal" : "DIFFERENT",
        never,
        often);
  }

  /** The digest of the decisions on {@code events} payments, in JSON. */
  private static String digest(Pipeline pipeline, int events, int every) throws IOException {
    PaymentStream stream = PaymentStream.of(new PaymentStream.Options().seed(4242));
    var random = new SplittableRandom(every);
    Archive archive = Archive.inMemory();
    Partition partition = Partition.start(pipeline, Crew.alone(), archive);
    MessageDigest digest = sha256();
    long next = every;
    try (JsonGenerator json =
        JsonMapper.shared()
            .createGenerator(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      while (partition.number() < events) {
        int size = (int) Math.min(random.nextInt(1, 2_000), events - partition.number());
        var batch = new ArrayList<Event>(size);
        for (int i = 0; i < size; i++) {
          batch.add(pipeline.event(stream.next().fields(), Long.MAX_VALUE / 2));
        }
        for (Step step : partition.process(batch)) {
          Json.write(step.decision(), json);
        }
        if (partition.number() >= next) {
          next += every;
          partition = Partition.resume(pipeline, partition.snapshot(), Crew.alone(), archive);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /**
   * Every key comes, all in turn, and then comes again: the decisions must be those of a partition
   * that has the memory to hold all.
   */
  private static void keys(int keys) {
    Partition tight = Partition.start(Pipeline.parse(MANY_KEYS), Crew.alone(), Archive.inMemory());
    Pipeline roomy = Pipeline.parse(MANY_KEYS.replace("256MB", "64GB"));
    Partition whole = Partition.start(roomy, Crew.alone(), Archive.inMemory());
    long cpu = 0;
    long most = 0;
    long different = 0;
    for (int round = 0; round < 2; round++) {
      for (int from = 0; from < keys; from += 1_000) {
        List<Event> batch = batch(roomy, round, from, keys);
        long before = cpu();
        List<Step> steps = tight.process(batch);
        cpu += cpu() - before;
        List<Step> expected = whole.process(batch);
        for (int i = 0; i < steps.size(); i++) {
          different += same(steps.get(i), expected.get(i)) ? 0 : 1;
        }
        most = Math.max(most, tight.status().bytes());
      }
    }
    Status status = tight.status();
    System.out.printf(
        Locale.ROOT,
        "keys: %,d keys, %,d in memory and %,d in the archive; at most %,d MB of %,d MB held; %,d"
            + " decisions differ from a partition with room for all; %.1f µs CPU an event%n",
        keys,
        status.keys(),
        status.archivedKeys(),
        most >> 20,
        status.bound() >> 20,
        different,
        cpu / 1e3 / (2.0 * keys));
  }

  /** Whether the decisions are equal, but for the version of the pipeline file. */
  private static boolean same(Step a, Step b) {
    return a.decision().decision().equals(b.decision().decision())
        && a.decision().opinions().equals(b.decision().opinions());
  }

  private static List<Event> batch(Pipeline pipeline, int round, int from, int keys) {
    var batch = new ArrayList<Event>(1_000);
    for (int key = from; key < Math.min(keys, from + 1_000); key++) {
      long at = 1_700_000_000_000L + ((long) round * keys + key) * 10;
      batch.add(
          pipeline.event(
              Map.of("key", "key-" + key, "id", round + ":" + key, "amount", 10.0 + key % 7), at));
    }
    return batch;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
