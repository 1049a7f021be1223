package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogSinkTest extends SinkContract {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.vedette.alert");
  private final ListAppender<ILoggingEvent> lines =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          super.append(event);
        }
      };

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Override
  String text() {
    return "log";
  }

  @Override
  List<String> received() {
    return lines.list.stream()
        .map(e -> e.getFormattedMessage() + " " + e.getMDCPropertyMap())
        .toList();
  }

  @Test
  void theRestIsInFields() throws Exception {
    Some.sinks(folder).parse("log").send(Some.alert(7));
    Map<String, String> fields = lines.list.getFirst().getMDCPropertyMap();
    assertThat(fields)
        .containsEntry("alert.id", "payments:7")
        .containsEntry("alert.state", "opened")
        .containsEntry("alert.severity", "87.0");
    assertThat(MDC.getCopyOfContextMap() == null || MDC.getCopyOfContextMap().isEmpty()).isTrue();
  }
}
