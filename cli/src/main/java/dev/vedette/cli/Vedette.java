package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Provenance;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The program {@code vedette}. */
@Command(
    name = "vedette",
    description = "Finds what does not belong, and says why.",
    mixinStandardHelpOptions = true,
    versionProvider = Vedette.Version.class,
    subcommands = {
      Detect.class,
      Fit.class,
      Score.class,
      EvaluateCommand.class,
      ExplainCommand.class,
      DetectorsCommand.class,
      SampleCommand.class,
      GenerateCompletion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a fault in Vedette itself",
      "2:wrong usage",
      "3:data or file that cannot be used",
      "4:anomalies found, with --fail-on-anomaly"
    },
    footer = {
      "",
      "Examples:",
      "  vedette detect --sample",
      "  vedette detect payments.csv",
      "  vedette fit payments.csv --model payments.vedette",
      "  vedette score payments.vedette today.csv --out scored.csv"
    })
public final class Vedette {
  static final int DONE = CommandLine.ExitCode.OK;
  static final int FAULT = CommandLine.ExitCode.SOFTWARE;
  static final int USAGE = CommandLine.ExitCode.USAGE;
  static final int DATA = 3;
  static final int ANOMALIES = 4;

  private Vedette() {}

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vedette " + Provenance.version()};
    }
  }

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    boolean terminal = Boolean.getBoolean("vedette.terminal");
    int code = run(new Console(out, err, terminal, InstantSource.system()), arguments);
    System.exit(code);
  }

  /** Runs a command and returns its exit code. */
  static int run(Console console, String... arguments) {
    CommandLine.IFactory factory = new Commands(console);
    CommandLine commandLine =
        new CommandLine(new Vedette(), factory)
            .setOut(console.out())
            .setErr(console.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(Vedette::refuseUsage)
            .setExecutionExceptionHandler((e, command, parsed) -> refuse(console, e));
    int code;
    try {
      code = arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      console.error("not enough memory; give more, such as VEDETTE_JAVA_OPTS=-Xmx8g");
      code = DATA;
    }
    console.out().flush();
    if (console.out().checkError() && code == DONE) {
      console.error("the output could not be written");
      code = DATA;
    }
    return code;
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return USAGE;
  }

  private static int refuseUsage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("vedette: " + oneLine(e));
    err.println(
        "Try 'vedette %s--help'."
            .formatted(
                e.getCommandLine().getParent() == null
                    ? ""
                    : e.getCommandLine().getCommandName() + " "));
    return USAGE;
  }

  private static int refuse(Console console, Exception e) {
    console.endProgress();
    if (e instanceof DataException) {
      console.error(oneLine(e));
      return DATA;
    } else if (e instanceof IllegalArgumentException) {
      console.error(oneLine(e));
      return USAGE;
    }
    console.error("a fault in Vedette, please report it: " + oneLine(e));
    if (System.getenv("VEDETTE_DEBUG") != null) {
      e.printStackTrace(console.err());
    }
    return FAULT;
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage();
    return (message == null ? e.toString() : message).replaceAll("\\s*\\R\\s*", " ");
  }
}
