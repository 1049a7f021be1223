package dev.vedette.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.vedette.data.Matrix;
import dev.vedette.evaluate.Evaluate;
import dev.vedette.math.Moments;
import dev.vedette.math.Seeds;
import dev.vedette.row.OneClassSvm;
import dev.vedette.row.OneClassSvm.Form;
import dev.vedette.row.OneClassSvmModel;
import dev.vedette.row.SvmKernel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * The one-class support vector machine beside LIBSVM's Java version on the same rows of TAB1 in the
 * same process, in turn; then the form for many rows beside the exact one. CPU time is that of the
 * whole process: compiler and collector threads count.
 */
public final class Svm {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double TOLERANCE = 1e-3;
  private static final int COLUMNS = 32;

  private final int rounds;
  private final Report report;

  private Svm(int rounds, Report report) {
    this.rounds = rounds;
    this.report = report;
  }

  /** {@code [rows=10000] [many=100000] [rounds=3] [out=FILE]}. */
  public static void main(String[] args) {
    var options = Arguments.of(args, List.of("rows", "many", "rounds", "out"));
    String command = "bench/run svm " + String.join(" ", args);
    var report = new Report("One-class support vector machine", command.strip());
    var bench = new Svm(options.number("rounds", 3), report);
    int rows = options.number("rows", 10_000);
    bench.beside(rows);
    bench.many(options.number("many", 100_000), rows);
    report.write(options.text("out", ""));
  }

  private static double cpu(Runnable work) {
    long start = SYSTEM.getProcessCpuTime();
    work.run();
    return (SYSTEM.getProcessCpuTime() - start) / 1e9;
  }

  private static String median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Report.fixed(sorted[sorted.length / 2], 3);
  }

  private void beside(int size) {
    report.section("Beside LIBSVM 3.35");
    report.line(
        "TAB1, %s rows × %s columns as they are, RBF, γ = 1/(columns · mean variance), tolerance 0.001, cache 200 MB, one thread."
            .formatted(size, COLUMNS));
    report.line(
        "CPU seconds of the fit: the first in the process (Vedette goes first), and the median of %s more, in turn."
            .formatted(rounds));
    report.line(
        "Decision values are LIBSVM's, of about ν·n in size; a row counts as decided differently when the signs differ and LIBSVM's value is farther than the tolerance from 0.");
    report.line("");
    var table = new ArrayList<List<String>>();
    for (double nu : new double[] {0.01, 0.5}) {
      table.add(line(Tab1.of(size, COLUMNS), nu));
    }
    report.table(
        List.of(
            "ν",
            "Vedette first",
            "LIBSVM first",
            "Vedette",
            "LIBSVM",
            "ratio",
            "support vectors",
            "LIBSVM's",
            "largest difference",
            "decided differently"),
        table);
  }

  private List<String> line(Tab1 data, double nu) {
    Matrix rows = data.matrix();
    double gamma = gamma(rows);
    var detector = new OneClassSvm().nu(nu).form(Form.EXACT).kernel(new SvmKernel().gamma(gamma));
    svm_problem problem = problem(rows);
    svm_parameter parameter = parameter(gamma, nu);
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    var models = new OneClassSvmModel[1];
    var peers = new svm_model[1];
    double first = cpu(() -> models[0] = detector.fit(rows));
    double peerFirst = cpu(() -> peers[0] = svm.svm_train(problem, parameter));
    for (int round = 0; round < rounds; round++) {
      ours[round] = cpu(() -> models[0] = detector.fit(rows));
      theirs[round] = cpu(() -> peers[0] = svm.svm_train(problem, parameter));
    }
    double[] scores = models[0].score(rows);
    double largest = 0;
    int differently = 0;
    double[] decision = new double[1];
    for (int i = 0; i < scores.length; i++) {
      svm.svm_predict_values(peers[0], problem.x[i], decision);
      double value = -scores[i] * nu * scores.length;
      largest = Math.max(largest, Math.abs(value - decision[0]));
      boolean clear = Math.abs(decision[0]) > TOLERANCE;
      differently += clear && value > 0 != decision[0] > 0 ? 1 : 0;
    }
    double ratio = Double.parseDouble(median(ours)) / Double.parseDouble(median(theirs));
    return List.of(
        Double.toString(nu),
        Report.fixed(first, 3),
        Report.fixed(peerFirst, 3),
        median(ours),
        median(theirs),
        Report.fixed(ratio, 2),
        Integer.toString(models[0].expansion().weights().length),
        Integer.toString(peers[0].l),
        String.format(Locale.ROOT, "%.1e", largest),
        Integer.toString(differently));
  }

  private static double gamma(Matrix rows) {
    double variance = 0;
    for (int j = 0; j < rows.columns(); j++) {
      double deviation = Moments.deviation(rows.column(j));
      variance += deviation * deviation;
    }
    return 1 / variance;
  }

  private static svm_problem problem(Matrix rows) {
    var problem = new svm_problem();
    problem.l = rows.rows();
    problem.y = new double[rows.rows()];
    problem.x = new svm_node[rows.rows()][rows.columns()];
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        var node = new svm_node();
        node.index = j + 1;
        node.value = rows.get(i, j);
        problem.x[i][j] = node;
      }
    }
    return problem;
  }

  private static svm_parameter parameter(double gamma, double nu) {
    var parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.ONE_CLASS;
    parameter.kernel_type = svm_parameter.RBF;
    parameter.gamma = gamma;
    parameter.nu = nu;
    parameter.eps = TOLERANCE;
    parameter.cache_size = 200;
    parameter.shrinking = 1;
    svm.svm_set_print_string_function(text -> {});
    return parameter;
  }

  private void many(int size, int sample) {
    report.section("Many rows");
    report.line(
        "TAB1, %s rows; the exact form learns from %s of them, drawn at random. ROC AUC on those rows and on all."
            .formatted(size, sample));
    report.line(
        "Seconds of the fit in this process after the runs above, one thread; the features once on all rows and once on the same sample.");
    report.line("");
    Tab1 data = Tab1.of(size, COLUMNS);
    int[] drawn = Seeds.sample(Seeds.stream(1, 0), size, sample);
    Matrix some = data.matrix().select(drawn);
    boolean[] labels = new boolean[sample];
    for (int i = 0; i < sample; i++) {
      labels[i] = data.labels()[drawn[i]];
    }
    var table = new ArrayList<List<String>>();
    for (double nu : new double[] {0.01, 0.5}) {
      var detector = new OneClassSvm().nu(nu);
      for (Form form : List.of(Form.EXACT, Form.FEATURES, Form.AUTO)) {
        Matrix learned = form == Form.AUTO ? data.matrix() : some;
        var models = new OneClassSvmModel[1];
        long start = System.nanoTime();
        double cpu = cpu(() -> models[0] = detector.form(form).fit(learned));
        double wall = (System.nanoTime() - start) / 1e9;
        table.add(
            List.of(
                "ν = %s, %s of %s"
                    .formatted(
                        nu,
                        models[0].solved().form().name().toLowerCase(Locale.ROOT),
                        learned.rows()),
                Report.fixed(cpu, 2),
                Report.fixed(wall, 2),
                Report.fixed(Evaluate.rocAuc(models[0].score(some), labels), 4),
                Report.fixed(Evaluate.rocAuc(models[0].score(data.matrix()), data.labels()), 4)));
      }
    }
    report.table(List.of("form", "CPU s", "wall s", "AUC sample", "AUC all"), table);
  }
}
