package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vedette.pipeline.alert.Alert;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailSinkTest extends SinkContract {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
    server.setUser("me", "me", Some.SECRET);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  String text() {
    return text("to=ops@example.org tls=false");
  }

  private String text(String options) {
    return "email from=vedette@example.org host=localhost port=%d user=me password=env:HOOK %s"
        .formatted(server.getSmtp().getPort(), options);
  }

  @Override
  List<String> received() throws Exception {
    var received = new ArrayList<String>();
    for (MimeMessage mail : server.getReceivedMessages()) {
      var text = new StringBuilder();
      for (String line : Collections.list(mail.getAllHeaderLines())) {
        text.append(line).append('\n');
      }
      text.append(mail.getSubject()).append('\n');
      var parts = (MimeMultipart) mail.getContent();
      for (int i = 0; i < parts.getCount(); i++) {
        text.append(parts.getBodyPart(i).getContent()).append('\n');
      }
      received.add(text.toString());
    }
    return received;
  }

  @Test
  void tellsInPlainTextAndHtmlAndInOneThread() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.alert(7));
      sink.send(Some.alert(7, Alert.State.CLOSED, 9, 87));
    }
    MimeMessage opened = server.getReceivedMessages()[0];
    assertThat(opened.getSubject()).isEqualTo("[Vedette] OPENED: card 4711: 1 anomalous events");
    assertThat(opened.getHeader("Date")).containsExactly("Mon, 4 May 2026 12:00:00 GMT");
    var parts = (MimeMultipart) opened.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("- amount is 18.25, normally 1");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<td>hour(at) is &lt;missing&gt; &amp; odd</td><td align=\"right\">-</td>")
        .contains("75 %");
    MimeMessage closed = server.getReceivedMessages()[1];
    assertThat(opened.getMessageID()).isEqualTo("<payments/7/opened/1@vedette.invalid>");
    assertThat(closed.getHeader("References")).containsExactly(opened.getMessageID());
    assertThat(closed.getMessageID()).isNotEqualTo(opened.getMessageID());
  }

  @Test
  void headersCannotBeInjected() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.hostile());
    }
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getRecipients(Message.RecipientType.BCC)).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getMessageID()).matches("<[!-;=?-~]+>");
    assertThat(Collections.list(mail.getAllHeaders()).stream().map(h -> h.getName()).toList())
        .doesNotContain("Bcc");
    assertThat(received().getFirst()).contains("&lt;script&gt;").doesNotContain("<p><script>");
  }

  @Test
  void withoutEncryptionNothingIsSentUnlessAllowed() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text("to=ops@example.org"))) {
      assertThatThrownBy(() -> sink.send(Some.alert(1)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Sink.RefusedException.class)
          .hasMessageContaining("STARTTLS");
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void aWrongPasswordIsTriedAgainAndNotShown() throws Exception {
    server.setUser("me", "me", "another");
    try (Sink sink = Some.sinks(folder).parse(text())) {
      assertThatThrownBy(() -> sink.send(Some.alert(1)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Sink.RefusedException.class)
          .hasMessageNotContaining(Some.SECRET);
    }
  }

  @Test
  void severalReceiveOneMail() throws Exception {
    try (Sink sink =
        Some.sinks(folder).parse(text("to=ops@example.org,night@example.org tls=false"))) {
      sink.send(Some.alert(1));
    }
    assertThat(server.getReceivedMessages())
        .allSatisfy(mail -> assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(2));
  }
}
