package dev.vedette.connect.sink;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sinks there are, by their texts in a pipeline file:
 *
 * <pre>
 * log
 * file alerts.jsonl
 * webhook https://host/path secret=env:HOOK_SECRET
 * email to=a@b.c host=smtp.host user=me password=file:smtp-password from=d@e.f
 * alertmanager http://localhost:9093
 * </pre>
 *
 * <p>Secrets are never written into the pipeline file but referred to, by {@code env:NAME} (an
 * environment variable) or {@code file:path}. Whoever may write pipeline files decides which
 * secrets are sent where.
 *
 * @param folder what files are relative to
 * @param environment the value of an environment variable, null where it is not set; {@code
 *     System::getenv}
 * @param clock for signatures and the dates of mails
 */
public record Sinks(Path folder, UnaryOperator<@Nullable String> environment, InstantSource clock) {
  /** Makes a sink of its text, or refuses with a reason. */
  private interface Maker {
    Sink make(SinkText text, Sinks sinks);
  }

  private static final Map<String, Maker> KNOWN = known();

  /** Stands for an environment that must not be read, nor what else secrets refer to. */
  private record Unread() implements UnaryOperator<@Nullable String> {
    @Override
    public @Nullable String apply(@Nullable String name) {
      return null;
    }
  }

  private static Map<String, Maker> known() {
    var known = new LinkedHashMap<String, Maker>();
    known.put("log", LogSink::new);
    known.put("file", FileSink::new);
    known.put("webhook", WebhookSink::new);
    known.put("email", EmailSink::new);
    known.put("alertmanager", AlertmanagerSink::new);
    return known;
  }

  /** Whether secrets are read, and not only looked at for how they are referred to. */
  boolean readSecrets() {
    return !(environment instanceof Unread);
  }

  /** The names of all sinks. */
  public static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  /**
   * Refuses {@code texts} that no server would take, whatever secrets there are: none is read.
   *
   * @throws IllegalArgumentException naming what is wrong and what to write
   */
  public static void check(List<String> texts) {
    new Sinks(Path.of(""), new Unread(), InstantSource.system()).parse(texts).forEach(Sink::close);
  }

  /**
   * The sink that {@code text} describes. Nothing is opened or sent before the first alert.
   *
   * @throws IllegalArgumentException naming what is wrong and what to write; also when a secret is
   *     not there
   */
  public Sink parse(String text) {
    SinkText parts = SinkText.parse(text);
    Maker maker = KNOWN.get(parts.kind());
    if (maker == null) {
      throw new IllegalArgumentException(
          "no sink [%s]; there are %s".formatted(parts.kind(), names()));
    }
    return maker.make(parts, this);
  }

  /** As {@link #parse}, for all, of which no two may be the same; none is left open otherwise. */
  public List<Sink> parse(List<String> texts) {
    var sinks = new ArrayList<Sink>();
    var names = new HashSet<String>();
    try {
      for (String text : texts) {
        Sink sink = parse(text);
        sinks.add(sink);
        if (!names.add(sink.name())) {
          throw new IllegalArgumentException("the sink '" + sink.name() + "' is given twice");
        }
      }
      return sinks;
    } catch (IllegalArgumentException e) {
      sinks.forEach(Sink::close);
      throw e;
    }
  }
}
