package dev.vedette.connect.sink;

import dev.vedette.pipeline.alert.Alert;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Alerts as lines of the log: the summary, and the rest as fields. */
final class LogSink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.vedette.alert");

  LogSink(SinkText text, Sinks sinks) {
    text.noWord();
    text.only();
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void send(Alert alert) {
    Map<String, String> fields = fields(alert);
    fields.forEach(MDC::put);
    try {
      LOG.info("{}", Plain.line(alert.summary(), 1000));
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  private static Map<String, String> fields(Alert alert) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("alert.id", alert.id());
    fields.put("alert.pipeline", alert.pipeline());
    fields.put("alert.group", alert.group());
    fields.put("alert.state", alert.state().name().toLowerCase(Locale.ROOT));
    fields.put("alert.count", Long.toString(alert.count()));
    fields.put("alert.severity", Double.toString(alert.severity()));
    fields.replaceAll((name, value) -> Plain.line(value, 1000));
    return fields;
  }
}
