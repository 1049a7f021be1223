package dev.vedette.connect.sink;

import dev.vedette.data.Numbers;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.alert.Alert;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** An alert as a mail, in plain text and HTML. The mails on one alert form one thread. */
final class AlertMail extends MimeMessage {
  private final Alert alert;
  private final OffsetDateTime time;

  AlertMail(Session session, Alert alert, long now) {
    super(session);
    this.alert = alert;
    time = Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC);
  }

  AlertMail addressed(InternetAddress from, List<InternetAddress> to) throws MessagingException {
    setFrom(from);
    setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
    setSubject(
        "[Vedette] %s: %s".formatted(alert.state(), Plain.line(alert.summary(), 200)), "UTF-8");
    setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time));
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("Message-ID", id(alert.idempotencyKey()));
    if (alert.state() != Alert.State.OPENED) {
      String opened = id(alert.id() + ":opened:1");
      setHeader("In-Reply-To", opened);
      setHeader("References", opened);
    }
    var plain = new MimeBodyPart();
    plain.setText(plain(), "UTF-8");
    var html = new MimeBodyPart();
    html.setText(html(), "UTF-8", "html");
    setContent(new MimeMultipart("alternative", plain, html));
    saveChanges();
    return this;
  }

  /** Keeps the one set: the same message has the same id, however often it is sent. */
  @Override
  protected void updateMessageID() {}

  private static String id(String key) {
    return "<" + Plain.token(key).replace(':', '/') + "@vedette.invalid>";
  }

  private String plain() {
    var text = new StringBuilder(Plain.line(alert.summary(), 1000)).append("\n\n");
    for (Cause cause : alert.causes()) {
      text.append("- ").append(Plain.line(cause.text(), 300)).append('\n');
    }
    return text.append('\n').append(footer()).append('\n').toString();
  }

  private String footer() {
    return "pipeline %s, alert %s, events %d to worst %d, from %s to %s"
        .formatted(
            Plain.line(alert.pipeline(), 100),
            Plain.line(alert.id(), 200),
            alert.first(),
            alert.worst(),
            AlertJson.time(alert.opened()),
            AlertJson.time(alert.last()));
  }

  private String html() {
    var page = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\"><p>");
    page.append(Plain.html(Plain.line(alert.summary(), 1000)));
    page.append("</p><table cellpadding=\"4\"><tr><th align=\"left\">why</th>");
    page.append("<th align=\"right\">value</th><th align=\"right\">normal</th>");
    page.append("<th align=\"right\">share</th></tr>");
    for (Cause cause : alert.causes()) {
      page.append("<tr><td>").append(Plain.html(Plain.line(cause.text(), 300)));
      for (String number :
          List.of(
              number(cause.value()),
              number(cause.normal()),
              number(Math.rint(cause.share() * 100)) + " %")) {
        page.append("</td><td align=\"right\">").append(number);
      }
      page.append("</td></tr>");
    }
    page.append("</table><p style=\"color:#666\">").append(Plain.html(footer()));
    return page.append("</p></body></html>").toString();
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Numbers.text(value, 5) : "-";
  }
}
