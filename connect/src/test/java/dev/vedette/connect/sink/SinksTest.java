package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          pager 5 | no sink [pager]; there are [log, file, webhook, email, alertmanager]
          "" | no sink []
          log now | sink log: does not know what to do with [now]
          log level=info | sink log: has no options, not [level]
          file | needs the name of a file; write 'file alerts.jsonl'
          file ../alerts.jsonl | outside of the data folder
          file /etc/cron.d/x | outside of the data folder
          file . | outside of the data folder
          webhook | needs an address; write 'webhook https://host/path'
          webhook ftp://host/x | 'ftp://host/x' is no address
          webhook host/x | 'host/x' is no address
          webhook https://h/x color=red | has no option [color]; it has [secret, bearer]
          webhook https://h/x secret=env:NONE | the environment variable NONE is not set
          webhook https://h/x secret=env:EMPTY | the environment variable EMPTY is not set
          webhook https://h/x secret=file:none | file:none cannot be read (NoSuchFileException)
          webhook https://h/x secret=file:void | file:void is empty
          webhook env:NONE | the environment variable NONE is not set
          webhook http://h/x bearer=env:HOOK | bearer would be sent for all to read
          webhook https://h/x secret=env:HOOK secret=env:HOOK | option [secret] is given twice
          webhook https://h/x#part | has a fragment
          email from=a@b.c host=h | needs the option to; write to=ops@example.org
          email from=a@b.c to=x host=h | to: 'x' is no address
          email from=a@b.c to=a@b.c,, host=h | to: '' is no address
          email from=a@b.c to=a@b.c host=h port=0 | port must be from 1 to 65535, is '0'
          email from=a@b.c to=a@b.c host=h tls=maybe | tls must be true (STARTTLS), implicit or false
          email from=a@b.c to=a@b.c host=h user=me | user and password belong together
          email from=a@b.c to=a@b.c host=h tls=false user=me password=env:HOOK | drop tls=false
          """)
  void refusesWithAReason(String text, String reason) throws Exception {
    Files.writeString(folder.resolve("void"), "\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Some.sinks(folder).parse(text))
        .withMessageContaining(reason);
  }

  @Test
  void checkingReadsNoSecret() {
    Sinks.check(
        List.of(
            "log",
            "webhook env:NO_SUCH secret=file:none",
            "alertmanager file:none bearer=env:NO_SUCH",
            "email from=a@b.c to=a@b.c host=h user=me password=file:none"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sinks.check(List.of("log", "webhook https://h/x secret=abc")))
        .withMessageContaining("secret is written out")
        .withMessageNotContaining("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "webhook https://h/x secret=hunter2",
    "webhook https://h/x bearer=hunter2",
    "webhook https://me:hunter2@h/x",
    "webhook https://me:hunter2@h:no/x",
    "webhook https://h/x hunter2",
    "email from=a@b.c to=a@b.c host=h user=me password=hunter2",
    "alertmanager http://me:hunter2@h",
  })
  void literalSecretsAreRefusedAndNotRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Some.sinks(folder).parse(text))
        .withMessageNotContaining("hunter2");
  }

  @Test
  void anAddressMayBeASecret() throws Exception {
    Files.writeString(folder.resolve("hook"), "https://127.0.0.1:1/T0/B0/hunter2\n");
    try (Sink sink = Some.sinks(folder).parse("webhook file:hook")) {
      assertThat(sink.name()).isEqualTo("webhook file:hook");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Some.sinks(folder).parse(List.of("log", "pager")));
    }
    assertThat(Some.sinks(folder).parse(List.of("log", "file a.jsonl"))).hasSize(2);
  }
}
