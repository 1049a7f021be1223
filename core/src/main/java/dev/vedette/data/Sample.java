package dev.vedette.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.Require;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A made-up table of card payments with known anomalies, to try things on. The same options make
 * the same bytes everywhere.
 *
 * <p>Columns: {@code time} (30 days), {@code amount} and {@code fee} (the fee follows from the
 * amount), {@code merchant_type}, {@code country}, {@code channel}, {@code card_present} (follows
 * from the channel), {@code distance_km} and {@code minutes_since_last} (far payments come after
 * longer pauses; about 2 % of each missing), {@code label} (1 for an anomaly) and {@code kind}.
 *
 * <p>About 1 % of the rows are anomalies, in equal parts of these kinds; {@code kind} is {@code
 * normal} in all other rows:
 *
 * <ul>
 *   <li>{@code extreme-amount}: 30 to 100 times what is usual at this type of merchant
 *   <li>{@code broken-correlation}: the fee is not that of the amount, though each is usual
 *   <li>{@code rare-combination}: cash from a machine booked at a type of merchant that has no
 *       machines, each of which is frequent by itself
 *   <li>{@code odd-hour}: between 02:30 and 04:30, when nobody else pays
 *   <li>{@code missing-burst}: amount, fee, distance and pause are all missing
 * </ul>
 *
 * @param rows from 100 to 1,000,000
 */
public record Sample(int rows, long seed) {
  private static final String[] HEADER = {
    "time",
    "amount",
    "fee",
    "merchant_type",
    "country",
    "channel",
    "card_present",
    "distance_km",
    "minutes_since_last",
    "label",
    "kind"
  };

  public Sample {
    Require.range("rows", rows, 100, 1_000_000);
  }

  /** 5,000 rows. */
  public Sample() {
    this(5_000, 1);
  }

  /** With this many rows. */
  public Sample rows(int count) {
    return new Sample(count, seed);
  }

  /** With other random draws. */
  public Sample seed(long number) {
    return new Sample(rows, number);
  }

  /** Writes the table as CSV to {@code path}, which appears only when it is complete. */
  public void write(Path path) {
    try (Draft draft = Draft.of(path)) {
      try (Writer out = Files.newBufferedWriter(draft.path(), StandardCharsets.UTF_8)) {
        write(out);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  /** The table as a file in memory, to be read with {@code options}. */
  public TableFile open(ReadOptions options) {
    var text = new StringWriter();
    try {
      write(text);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    Source source =
        Source.of(
            "a made-up table of card payments", text.toString().getBytes(StandardCharsets.UTF_8));
    return TableFile.open(source, options, Dialect.Format.CSV);
  }

  /** Writes the table as CSV to {@code out}, and flushes it. */
  public void write(Writer out) throws IOException {
    List<Payment> payments = new ArrayList<>(rows);
    int anomalies = Math.max(Payment.Oddity.values().length, Math.round(rows / 100f));
    int every = rows / anomalies;
    for (int i = 0; i < rows; i++) {
      int number = i / every;
      boolean odd = i % every == every / 2 && number < anomalies;
      payments.add(Payment.draw(seed, i, rows, odd ? number : -1));
    }
    payments.sort(Comparator.comparingLong(Payment::second));
    CsvWriter csv = CsvWriter.builder().build(out);
    csv.writeRecord(HEADER);
    for (Payment payment : payments) {
      csv.writeRecord(record(payment));
    }
    csv.flush();
  }

  private static String[] record(Payment payment) {
    return new String[] {
      Instant.ofEpochSecond(payment.second()).toString(),
      cents(payment.amount()),
      cents(payment.fee()),
      payment.merchant(),
      payment.country(),
      payment.channel(),
      payment.channel().equals("online") ? "no" : "yes",
      count(payment.kilometres()),
      count(payment.pause()),
      payment.kind().equals("normal") ? "0" : "1",
      payment.kind()
    };
  }

  private static String cents(long amount) {
    if (amount < 0) {
      return "";
    }
    long rest = amount % 100;
    return amount / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  private static String count(long value) {
    return value < 0 ? "" : Long.toString(value);
  }
}
