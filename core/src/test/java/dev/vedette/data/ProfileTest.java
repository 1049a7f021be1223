package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.data.Profile.Level;
import dev.vedette.data.Profile.Levels;
import dev.vedette.data.Profile.Note;
import dev.vedette.data.Profile.Spread;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static Optional<Note> note(Column column) {
    return Profile.of(Table.of(List.of(column))).columns().getFirst().note();
  }

  private static Column numbers(String name, double... values) {
    return Column.Numeric.numbers(name, values);
  }

  private static double[] range(int count, int start, int step) {
    return IntStream.range(0, count).mapToDouble(i -> start + step * i).toArray();
  }

  @Test
  void summaries() {
    double nan = Double.NaN;
    var profile =
        Profile.of(
            Table.of(
                List.of(
                    numbers("n", 4, 1, nan, 2, 3),
                    Column.Numeric.flags("f", new double[] {1, 0, 1, nan, 1}),
                    new Column.Categorical(
                        "c", List.of("x", "y", "unused"), new int[] {1, 0, 1, -1, 1}),
                    new Column.Time("t", new long[] {0, 1000, Column.Time.MISSING, 1000, 2000}))));
    assertThat(profile.rows()).isEqualTo(5);
    assertThat(profile.useless()).isEmpty();
    var none = Optional.<Note>empty();
    assertThat(profile.columns())
        .containsExactly(
            new Profile.Profiled("n", Kind.NUMBER, 1, 4, new Spread(1, 1.75, 2.5, 3.25, 4), none),
            new Profile.Profiled(
                "f",
                Kind.FLAG,
                1,
                2,
                new Levels(List.of(new Level("1", 3, 0.75), new Level("0", 1, 0.25))),
                none),
            new Profile.Profiled(
                "c",
                Kind.CATEGORY,
                1,
                2,
                new Levels(List.of(new Level("y", 3, 0.75), new Level("x", 1, 0.25))),
                none),
            new Profile.Profiled("t", Kind.TIME, 1, 3, new Spread(0, 750, 1000, 1250, 2000), none));
  }

  @Test
  void constants() {
    assertThat(note(numbers("a", 3, Double.NaN, 3))).contains(Note.CONSTANT);
    assertThat(note(numbers("a", Double.NaN))).contains(Note.CONSTANT);
    assertThat(note(new Column.Categorical("a", List.of("x"), new int[] {0, 0})))
        .contains(Note.CONSTANT);
    assertThat(note(Column.Numeric.flags("a", new double[] {0, 0}))).contains(Note.CONSTANT);
  }

  @Test
  void identifiers() {
    assertThat(note(numbers("a", range(20, 7, 3)))).contains(Note.IDENTIFIER);
    assertThat(note(numbers("a", range(19, 7, 3)))).isEmpty();
    double[] uneven = range(30, 100, 5);
    uneven[20]++;
    assertThat(note(numbers("a", uneven))).isEmpty();
    assertThat(note(numbers("user_id", uneven))).contains(Note.IDENTIFIER);
    assertThat(note(numbers("userId", uneven))).contains(Note.IDENTIFIER);
    assertThat(note(numbers("paid", uneven))).isEmpty();
    uneven[3] = uneven[4];
    assertThat(note(numbers("user_id", uneven))).isEmpty();
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "n" + i).toList();
    int[] codes = IntStream.range(0, 40).map(i -> Math.min(i, 38)).toArray();
    assertThat(note(new Column.Categorical("a", names, codes))).contains(Note.IDENTIFIER);
    int[] fewer = IntStream.range(0, 40).map(i -> Math.min(i, 30)).toArray();
    assertThat(note(new Column.Categorical("a", names, fewer))).isEmpty();
  }
}
