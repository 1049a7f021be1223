package dev.vedette.pipeline.simulate;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes payments as text, with the truth in a last column {@code fraud}: {@link Fraud#text} of its
 * kind, empty (CSV) or absent (JSON Lines) for a payment of the holder.
 */
public enum PaymentText {
  /** A header and one line for each payment; what is missing is empty. */
  CSV {
    @Override
    public void write(PaymentStream stream, long count, Writer out) throws IOException {
      CsvWriter csv = CsvWriter.builder().build(out);
      List<String> header = new ArrayList<>(CardPayment.FIELDS);
      header.add(FRAUD);
      csv.writeRecord(header);
      for (long i = 0; i < count; i++) {
        Map<String, Object> fields = withTruth(stream.next());
        csv.writeRecord(
            header.stream().map(name -> fields.getOrDefault(name, "").toString()).toList());
      }
      csv.flush();
    }
  },
  /** One JSON object for each payment, each on its line; what is missing is absent. */
  JSON_LINES {
    @Override
    public void write(PaymentStream stream, long count, Writer out) throws IOException {
      var mapper = new JsonMapper();
      for (long i = 0; i < count; i++) {
        out.write(mapper.writeValueAsString(withTruth(stream.next())));
        out.write('\n');
      }
      out.flush();
    }
  };

  private static final String FRAUD = "fraud";

  /** Writes the next {@code count} payments of {@code stream} to {@code out}, and flushes it. */
  public abstract void write(PaymentStream stream, long count, Writer out) throws IOException;

  private static Map<String, Object> withTruth(CardPayment payment) {
    Map<String, Object> fields = payment.fields();
    Fraud fraud = payment.fraud();
    if (fraud != null) {
      fields.put(FRAUD, fraud.text());
    }
    return fields;
  }
}
