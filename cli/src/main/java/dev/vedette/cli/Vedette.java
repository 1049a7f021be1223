package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Provenance;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
      CompareCommand.class,
      ForecastCommand.class,
      ExplainCommand.class,
      DetectorsCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      SampleCommand.class,
      ReplayCommand.class,
      ServeCommand.class,
      DemoCommand.class,
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
      "Environment:",
      "  VEDETTE_JAVA_OPTS  options for the Java machine, such as -Xmx8g",
      "  VEDETTE_DEBUG      set to 1 to see where in the program a fault happened",
      "",
      "Examples:",
      "  vedette detect --sample",
      "  vedette detect payments.csv",
      "  vedette forecast load.csv --points 144",
      "  vedette fit payments.csv --model payments.vedette",
      "  vedette score payments.vedette today.csv --out scored.csv",
      "  vedette demo"
    })
public final class Vedette {
  static final int DONE = CommandLine.ExitCode.OK;
  static final int FAULT = CommandLine.ExitCode.SOFTWARE;
  static final int USAGE = CommandLine.ExitCode.USAGE;
  static final int DATA = 3;
  static final int ANOMALIES = 4;

  Vedette() {}

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vedette " + Provenance.version()};
    }
  }

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    var out = new StandardOutput();
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
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((e, given) -> refuseUsage(console, e, e.getCommandLine()))
            .setExecutionExceptionHandler((e, command, parsed) -> refuse(console, e, command));
    int code;
    try {
      code = arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      console.error("not enough memory; give more, such as VEDETTE_JAVA_OPTS=-Xmx8g");
      code = DATA;
    }
    console.out().flush();
    boolean unread = console.out() instanceof StandardOutput output && output.unread();
    if (console.out().checkError() && code == DONE && !unread) {
      console.error("the output could not be written");
      code = DATA;
    }
    return code;
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return USAGE;
  }

  private static int refuseUsage(Console console, Exception e, CommandLine command) {
    console.error(e instanceof UnmatchedArgumentException u ? unmatched(u) : plain(message(e)));
    String name = command.getParent() == null ? "" : command.getCommandName() + " ";
    console.notice("Try 'vedette %s--help'.", name);
    return USAGE;
  }

  /** Without the names that numbers have in Java. */
  private static String plain(String message) {
    return message
        .replaceFirst("('-?\\d{10,}') is not an? (int|long)$", "$1 is too large")
        .replaceFirst("is not an? (int|long)$", "is not a whole number")
        .replaceFirst("is not a double$", "is not a number");
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String given = Console.clip(e.getUnmatched().getFirst(), 60);
    String what =
        e.isUnknownOption()
            ? "there is no option '%s'"
            : e.getCommandLine().getParent() == null
                ? "there is no command '%s'"
                : "'%s' is one argument too many; quote names with blanks";
    List<String> near = e.isUnknownOption() ? List.of() : e.getSuggestions();
    return what.formatted(given)
        + (near.isEmpty() ? "" : "; did you mean '" + near.getFirst() + "'?");
  }

  private static int refuse(Console console, Exception e, CommandLine command) {
    if (e instanceof DataException) {
      console.error(message(e));
      return DATA;
    } else if (e instanceof UncheckedIOException) {
      console.error("cannot read or write: " + message(e));
      return DATA;
    } else if (e instanceof IllegalArgumentException) {
      return refuseUsage(console, e, command);
    }
    console.error(
        "a fault in Vedette, please report it: "
            + message(e)
            + " (VEDETTE_DEBUG=1 shows where it happened)");
    if (System.getenv("VEDETTE_DEBUG") != null) {
      e.printStackTrace(console.err());
    }
    return FAULT;
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null || (e instanceof RuntimeException && !said(e)) ? e.toString() : message;
  }

  /** Whether the message of {@code e} was written for people. */
  private static boolean said(Exception e) {
    return e instanceof DataException
        || e instanceof IllegalArgumentException
        || e instanceof ParameterException;
  }
}
