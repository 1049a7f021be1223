package dev.vedette.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** One run of the program inside this process. */
record Run(int code, String out, String err) {
  static Run of(String... arguments) {
    return of(false, arguments);
  }

  static Run onTerminal(String... arguments) {
    return of(true, arguments);
  }

  private static Run of(boolean terminal, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var clock = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    var console = new Console(new PrintWriter(out), new PrintWriter(err, true), terminal, clock);
    int code = Vedette.run(console, arguments);
    return new Run(code, out.toString(), err.toString());
  }

  /** With {@code input} as standard input. */
  static Run reading(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
    try {
      return of(arguments);
    } finally {
      System.setIn(before);
    }
  }

  /**
   * The arguments of a command line as a shell would split it, file names taken to be in {@code
   * folder}.
   */
  static String[] split(String line, Path folder) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line.strip() + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words.stream()
        .map(
            w ->
                w.matches("[\\w-]+\\.(csv\\.gz|csv|yaml|vedette|html|jsonl|onnx|gz|x)")
                    ? folder.resolve(w)
                    : w)
        .map(Object::toString)
        .toArray(String[]::new);
  }

  /** All commands, the program itself first. */
  static List<CommandLine> commands() {
    var console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            InstantSource.system());
    var all = new CommandLine(new Vedette(), new Commands(console));
    var commands = new ArrayList<>(List.of(all));
    commands.addAll(all.getSubcommands().values());
    return commands;
  }
}
