package dev.vedette.connect.sink;

import dev.vedette.pipeline.alert.Alert;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Alerts as e-mails by SMTP, encrypted unless that is switched off. */
final class EmailSink implements Sink {
  private final String name;
  private final Session session;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final InstantSource clock;

  EmailSink(SinkText text, Sinks sinks) {
    text.noWord();
    text.only("to", "host", "port", "user", "password", "from", "tls");
    name = text.text();
    clock = sinks.clock();
    from = address(text, "from", text.needed("from", "vedette@example.org"));
    to = new ArrayList<>();
    for (String one : text.needed("to", "ops@example.org").split(",", -1)) {
      to.add(address(text, "to", one));
    }
    session = session(text, sinks);
  }

  private static InternetAddress address(SinkText text, String option, String value) {
    try {
      var address = new InternetAddress(value, true);
      if (value.indexOf('@') > 0 && address.getAddress().equals(value)) {
        return address;
      }
    } catch (AddressException e) {
      // Refused below: the message of the library names no remedy.
    }
    throw text.wrong(
        "%s: '%s' is no address; write %s=ops@example.org"
            .formatted(option, Plain.line(value, 100), option));
  }

  private static Session session(SinkText text, Sinks sinks) {
    Secret password = Secret.of(text, "password", sinks);
    String user = text.option("user");
    if ((user == null) != (password == null)) {
      throw text.wrong("user and password belong together; one of them is missing");
    }
    String tls = text.option("tls", "true");
    if (!List.of("true", "implicit", "false").contains(tls)) {
      throw text.wrong("tls must be true (STARTTLS), implicit or false, is '" + tls + "'");
    }
    String host = text.needed("host", "smtp.example.org");
    if (tls.equals("false") && password != null && !host.equals("localhost")) {
      throw text.wrong("password would be sent for all to read; drop tls=false");
    }
    boolean implicit = tls.equals("implicit");
    var settings = new Properties();
    settings.put("mail.smtp.host", host);
    int port = text.number("port", implicit ? 465 : 587, 1, 65_535);
    settings.put("mail.smtp.port", Integer.toString(port));
    settings.put("mail.smtp.starttls.enable", Boolean.toString(tls.equals("true")));
    settings.put("mail.smtp.starttls.required", Boolean.toString(tls.equals("true")));
    settings.put("mail.smtp.ssl.enable", Boolean.toString(implicit));
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    settings.put("mail.smtp.connectiontimeout", "5000");
    settings.put("mail.smtp.timeout", "10000");
    settings.put("mail.smtp.writetimeout", "10000");
    // One bad address does not keep the alert from the others.
    settings.put("mail.smtp.sendpartial", "true");
    settings.put("mail.smtp.auth", Boolean.toString(password != null));
    return Session.getInstance(settings, user == null ? null : authenticator(user, password));
  }

  private static Authenticator authenticator(String user, @Nullable Secret password) {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return password == null ? null : new PasswordAuthentication(user, password.value());
      }
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Alert alert) throws IOException {
    try {
      Transport.send(new AlertMail(session, alert, clock.millis()).addressed(from, to));
    } catch (MessagingException e) {
      String message = Plain.line(String.valueOf(e.getMessage()), 300);
      throw isRefused(e) ? new RefusedException(message) : new IOException(message, e);
    }
  }

  /** Whether the server refused for good: 5yz (RFC 5321, 4.2.1), and nothing may change that. */
  private static boolean isRefused(MessagingException e) {
    boolean refused = false;
    for (Exception next = e;
        next instanceof MessagingException one;
        next = one.getNextException()) {
      int code =
          switch (one) {
            case SMTPAddressFailedException failed -> failed.getReturnCode();
            case SMTPSenderFailedException failed -> failed.getReturnCode();
            case SMTPSendFailedException failed -> failed.getReturnCode();
            default -> 0;
          };
      if (code >= 400 && code < 500) {
        return false;
      }
      refused |= code >= 500 && one instanceof SendFailedException;
    }
    return refused;
  }
}
